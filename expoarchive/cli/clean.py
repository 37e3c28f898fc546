"""``clean``: remove the output folder and what builds kept for later ones, and nothing else."""

import argparse
import shutil
from pathlib import Path

from expoarchive.cache import cache_file
from expoarchive.cli.main import complain, say
from expoarchive.write import MANIFEST, spare_tree

GONE = {"en": "{output} removed", "zh": "已删除 {output}"}
NOTHING = {"en": "{output} is not there: nothing to remove", "zh": "{output} 不存在，无需删除"}
FOREIGN = {
    "en": "{output} was not made by this generator (no {manifest} in it): left alone",
    "zh": "{output} 不是本生成器所建（其中没有 {manifest}），未作改动",
}


def run_clean(root: Path, options: argparse.Namespace, language: str) -> int:
    """Remove what earlier builds kept, and the output folder if its manifest says that it is ours."""
    kept = cache_file(root)
    for path in kept.parent.glob(f"{kept.name}*") if kept else ():
        path.unlink(missing_ok=True)
    output = root / options.output
    spare = spare_tree(output)
    if spare is not None:
        shutil.rmtree(spare, ignore_errors=True)
    words = {"output": options.output, "manifest": MANIFEST}
    if not output.exists():
        say(NOTHING[language].format(**words))
        return 0
    if output.is_symlink() or not (output / MANIFEST).is_file():
        complain(FOREIGN[language].format(**words))
        return 1
    shutil.rmtree(output)
    say(GONE[language].format(**words))
    return 0
