"""``build``: what it can answer at once it does without importing the generator."""

import argparse
import contextlib
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from expoarchive.cli.grammar import Parser, a_base_path, a_path, an_address
from expoarchive.cli.terminal import Faulty, Terminal

if TYPE_CHECKING:
    from expoarchive.problem import Problem


def declare(command: Parser) -> None:
    """Where the site goes, and what goes into it."""
    declare_site(command)
    declare_whole(command)
    command.add_argument("--archive", type=command.value(a_path, "grammar.path"), help="help.build-archive")


def declare_site(command: Parser) -> None:
    """The options of every command that makes the pages."""
    command.add_argument("--address", type=command.value(an_address("/?"), "grammar.address"), help="help.address")
    command.add_argument("--base-path", type=command.value(a_base_path, "grammar.base-path"), help="help.base-path")
    command.add_argument("--verbose", action="store_true", help="help.verbose")
    command.add_argument("--drafts", action="store_true", help="help.drafts")


def declare_whole(command: Parser) -> None:
    """The options of those that make all pages at once: among how many, with which others, of which repository."""
    command.add_argument("--jobs", type=command.value(_count, "grammar.count"), help="help.jobs")
    command.add_argument("--executor", type=command.executor, help="help.executor")
    repository = command.value(an_address(r"[^?#]*"), "grammar.repository")
    command.add_argument("--repository", type=repository, help="help.build-repository")


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and text[0] != "0" and len(text) < 3 else None


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Build, unless the last build's output still is what this one would make; then say so."""
    from expoarchive.cache.last import look, unchanged

    started = perf_counter()
    sources = look(root)
    request = (options.output, options.address, options.base_path, options.repository, options.drafts)
    # A bag is asked for, or the time of each stage: for that the stages have to run.
    plain = options.archive is None and not options.verbose
    last = unchanged(root / options.output, request, sources) if plain else None
    if last is not None and (problems := _problems(last)) is not None:
        if problems:
            from expoarchive.cli.report import show_problems

            show_problems(problems, terminal)
        seconds = f"{perf_counter() - started:.2f}"
        terminal.say("build.unchanged", pages=last["pages"], files=last["files"], seconds=seconds)
        return 0
    check_config(root)
    from expoarchive.cli.builder import build_site

    return build_site(root, options, terminal, sources, request)


def _problems(last: dict[str, Any]) -> "list[Problem] | None":
    """What the last build warned of, and nobody has mended since; None where its note is none that a build writes."""
    from expoarchive.cache.shape import shaped

    if shaped((last.get("pages"), last.get("files")), tuple[int, int]) is None:
        return None
    if last.get("warned") == []:
        return []
    from expoarchive.problem import Problem

    with contextlib.suppress(AttributeError, KeyError, TypeError):
        return shaped([Problem.of(one) for one in last["warned"]], list[Problem])
    return None


def check_config(root: Path) -> None:
    """Stop at errors of the configuration, before anything more is imported."""
    from expoarchive.config import read_config
    from expoarchive.problem import in_order

    config, problems = read_config(root, may_lack=True)
    if config is None:
        raise Faulty(in_order(problems))
