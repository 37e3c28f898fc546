"""``check``: find everything that is wrong, write nothing."""

import argparse
from pathlib import Path

from expoarchive.cli.build import check_config, declare_site, declare_whole
from expoarchive.cli.grammar import Parser, an_address
from expoarchive.cli.terminal import Faulty, Terminal


def declare(command: Parser) -> None:
    """What to look at beside the sources, and how to print what is wrong."""
    declare_site(command)
    declare_whole(command)
    command.add_argument("--format", choices=("text", "json", "github"), default="text", help="help.check-format")
    command.add_argument("--links", action="store_true", help="help.check-links")
    command.add_argument("--online", action="store_true", help="help.check-online")
    command.add_argument("--record", action="store_true", help="help.check-record")
    command.add_argument(
        "--live", type=command.value(_published, "grammar.published"), metavar="ADDRESS", help="help.check-live"
    )
    command.add_argument("--strict", action="store_true", help="help.check-strict")


def _published(text: str) -> str | None:
    return text if Path(text).is_dir() else an_address(r"[^?#]*")(text)


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Check the sources, or the published site; errors of the configuration come first, and alone."""
    if options.live is not None:
        from expoarchive.cli.live import check_published

        return check_published(root, options.live, options.format, terminal)
    try:
        check_config(root)
    except Faulty as faulty:
        from expoarchive.cli.report import show_problems

        show_problems(faulty.problems, terminal, options.format)
        return 1
    from expoarchive.cli.builder import check_site

    return check_site(root, options, terminal)
