"""``python -m benchmarks.floor FOLDER``: the texts of ours through Python-Markdown alone, on all processors.

The lower bound of a generator that uses it: no extension, no front matter, no template, nothing written.
"""

import os
import sys
from multiprocessing import Pool
from pathlib import Path

from markdown import Markdown

_MARKDOWN = Markdown(output_format="html")


def main(folder: Path) -> int:
    """Convert every text below ``folder`` and print how many there were."""
    files = sorted(folder.glob("content/articles/*/*.md"))
    with Pool(os.cpu_count()) as pool:
        sizes = pool.map(converted, files, chunksize=50)
    sys.stdout.write(f"{len([size for size in sizes if size])} texts\n")
    return 0


def converted(file: Path) -> int:
    """The length of one text's HTML."""
    body = file.read_text("utf-8").split("---\n", 2)[2]
    return len(_MARKDOWN.reset().convert(body))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
