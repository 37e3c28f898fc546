"""What ``build`` and ``check`` can answer at once, without importing the generator, nor more than the answer needs."""

import argparse
import contextlib
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from expoarchive.cli.main import asked, say

if TYPE_CHECKING:
    from expoarchive.cache.last import Snapshot
    from expoarchive.problem import Problem

UNCHANGED = {
    "en": "nothing has changed: {pages} pages, {files} files; {seconds:.2f} s",
    "zh": "没有变化：{pages} 个页面，{files} 个文件；用时 {seconds:.2f} 秒",
}


def run_early_build(root: Path, options: argparse.Namespace, language: str) -> int:
    """Build, unless the last build's output still is what this one would make; then that is said."""
    from expoarchive.cache.last import look, unchanged

    started = perf_counter()
    sources = look(root)
    # A bag is asked for, or the time of each stage: for that the stages have to run.
    plain = options.archive is None and not options.verbose
    said = unchanged(root, root / options.output, asked(options), sources) if plain else None
    if said is not None and (warned := _warned(said)) is not None:
        if warned:
            from expoarchive.cli.report import show_problems

            show_problems(warned, "text", language)
        say(UNCHANGED[language].format(pages=said["pages"], files=said["files"], seconds=perf_counter() - started))
        return 0
    return run_early(root, options, language, sources)


def _warned(said: dict[str, Any]) -> "list[Problem] | None":
    """What the last build warned of, and what nobody has mended since; None for what no build says."""
    from expoarchive.cache.shape import shaped

    if shaped((said.get("pages"), said.get("files")), tuple[int, int]) is None:
        return None
    if said.get("warned") == []:
        return []
    from expoarchive.problem import Problem

    with contextlib.suppress(AttributeError, KeyError, TypeError):
        return shaped([Problem.of(one) for one in said["warned"]], list[Problem])
    return None


def run_early(root: Path, options: argparse.Namespace, language: str, sources: "Snapshot | None" = None) -> int:
    """Build or check, unless the configuration is wrong; then that is said. ``sources`` are those of a build."""
    if getattr(options, "live", None) is None:
        from expoarchive.cli.report import show_problems
        from expoarchive.config import read_config
        from expoarchive.problem import in_order

        config, problems = read_config(root)
        if config is None:
            show_problems(in_order(problems), getattr(options, "format", "text"), language)
            return 1
    from expoarchive.cli.build import run_build

    return run_build(root, options, language, sources)
