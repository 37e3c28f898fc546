"""``clean``: remove the output folder and what builds kept for later ones, and nothing else."""

import argparse
import shutil
from pathlib import Path

from expoarchive.cache.location import cache_file
from expoarchive.cli.terminal import Stop, Terminal
from expoarchive.write import MANIFEST, spare_tree


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Remove what earlier builds kept, and the output folder if its manifest says that it is ours."""
    file = cache_file(root)
    for path in file.parent.glob(f"{file.name}*") if file else ():
        path.unlink(missing_ok=True)
    output = root / options.output
    spare = spare_tree(output)
    if spare is not None:
        shutil.rmtree(spare, ignore_errors=True)
    if not output.exists():
        terminal.say("clean.nothing", output=options.output)
        return 0
    if output.is_symlink() or not (output / MANIFEST).is_file():
        raise Stop("clean.foreign", output=options.output, manifest=MANIFEST)
    shutil.rmtree(output)
    terminal.say("clean.removed", output=options.output)
    return 0
