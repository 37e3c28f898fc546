"""``build`` with nothing to do: said without importing the generator."""

import argparse
from pathlib import Path
from time import perf_counter

from expoarchive.cache.last import unchanged
from expoarchive.cli.main import say

UNCHANGED = {
    "en": "nothing has changed: {pages} pages, {files} files; {seconds:.2f} s",
    "zh": "没有变化：{pages} 个页面，{files} 个文件；用时 {seconds:.2f} 秒",
}


def asked(options: argparse.Namespace) -> tuple[object, ...]:
    """What of the command line decides the output."""
    return options.output, options.address, options.base_path, options.drafts


def run_if_changed(root: Path, options: argparse.Namespace, language: str) -> int:
    """Build, unless the last build's output still is what this one would make; then that is said."""
    started = perf_counter()
    # A bag is asked for, or the time of each stage: for that the stages have to run.
    plain = options.archive is None and not options.verbose
    said = unchanged(root, root / options.output, asked(options)) if plain else None
    if said is not None:
        say(UNCHANGED[language].format(**said, seconds=perf_counter() - started))
        return 0
    from expoarchive.cli.build import run_build

    return run_build(root, options, language)
