"""``python build.py COMMAND``.

Exit codes: 0 done (also a preview that Ctrl-C ended), 1 the sources have errors, 2 the command line has, 130 a
command that Ctrl-C broke off.
"""

import argparse
import locale
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from expoarchive import __version__

UNDONE = {"en": "{file}: {reason}: the command broke off", "zh": "{file}：{reason}，命令中止"}
# Characters of an argument, and octets of a name in a path on any system.
LONGEST_ARGUMENT = 2000
LONGEST_NAME = 255
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# The module and function of each command.
COMMANDS = {
    "build": ("early", "run_early_build"),
    "check": ("early", "run_early"),
    "serve": ("serve", "run_serve"),
    "status": ("status", "run_status"),
    "explain": ("explain", "run_explain"),
    "schemas": ("schemas", "run_schemas"),
    "figure": ("figure", "run_figure"),
    "restamp": ("restamp", "run_restamp"),
    "new": ("new", "run_new"),
    "release": ("release", "run_release"),
    "diff": ("diff", "run_diff"),
    "clean": ("clean", "run_clean"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    options = parser().parse_args(_readable(sys.argv[1:] if arguments is None else arguments))
    root = Path.cwd()
    language: str = options.messages or editors_language()
    module, function = COMMANDS[options.command]
    try:
        # Each command imports what it needs, so that help and a slip on the command line answer at once.
        found = import_module(f"expoarchive.cli.{module}")
        run: Callable[[Path, argparse.Namespace, str], int] = getattr(found, function)
        return run(root, options, language)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        # A disk that is full, read-only or gone: no fault of the generator's, which a traceback would tell of.
        complain(UNDONE[language].format(file=error.filename or ".", reason=error.strerror or error))
        return 1


def editors_language() -> str:
    """English or Chinese, as the terminal's locale says."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    named = named or (locale.getlocale()[0] or "")
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


def _readable(arguments: Sequence[str]) -> Sequence[str]:
    """The arguments, unless one holds what no text does: a byte that is none, a control, or more than a command has."""
    for text in arguments:
        if _UNREADABLE.search(text) or len(text) > LONGEST_ARGUMENT:
            shown = repr(text if len(text) <= 60 else f"{text[:59]}…")
            parser().error(f"{shown} is not a text of at most {LONGEST_ARGUMENT} characters, without controls")
        # Of this argparse makes a list without anything in it, whatever the option's type.
        if text.startswith("--") and text.endswith("=--"):
            parser().error(f"{text!r} gives the option no value")
    return arguments


# Of what is checked the readers of the sources are asked, which the other commands need not import.
def _base_path(text: str) -> str:
    from expoarchive.config.model import is_base_path

    inner = text.strip("/")
    if inner and not is_base_path(f"/{inner}/"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a path such as /archive/")
    return text


def _address(text: str) -> str:
    return _web_address(text, "https://example.org", r"/?")


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 99")
    return int(text)


def _repository(text: str) -> str:
    return _web_address(text, "https://github.com/someone/archive", r"[^?#]*")


def _published(text: str) -> str:
    return _web_address(text, "https://example.org/archive/", r"[^?#]*")


def _web_address(text: str, example: str, rest: str) -> str:
    """An address with this after its host."""
    from expoarchive.nodes.host import parts_of

    parts = parts_of(text)
    if parts is None or not re.fullmatch(rf"https?://{re.escape(parts.netloc)}{rest}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not an address such as {example}")
    return text


def is_path(text: str) -> bool:
    """Whether a file or folder can be called this."""
    return bool(text) and all(len(os.fsencode(part)) <= LONGEST_NAME for part in Path(text).parts)


def _path(text: str) -> Path:
    if not is_path(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a path")
    return Path(text)


def _day(text: str) -> str:
    from expoarchive.nodes.fields import PartialDate

    try:
        return str(PartialDate.parse(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-01-31") from None


def _release(text: str) -> str:
    from expoarchive.records.ledger import is_release

    if not is_release(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not the name of a release, such as 1.0")
    return text


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    made = argparse.ArgumentParser(
        prog="build.py",
        description="The static-site generator of an exhibition's archive.",
        epilog="exit codes: 0 done; 1 the sources have errors, or with --strict warnings; 2 the command line has",
    )
    made.add_argument("--version", action="version", version=f"expoarchive {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--messages", choices=("en", "zh"), help="language of messages; the terminal's by default")
    common.add_argument("--output", type=_path, default=Path("output"), help="folder of the site (default: output)")
    site = argparse.ArgumentParser(add_help=False)
    site.add_argument("--address", type=_address, help="scheme and host, in place of the configured ones")
    site.add_argument("--base-path", type=_base_path, help="folder on the host, in place of the configured one")
    site.add_argument("--verbose", action="store_true", help="say how long each stage took")
    site.add_argument("--drafts", action="store_true", help="show drafts too, marked as such")
    whole = argparse.ArgumentParser(add_help=False)
    whole.add_argument("--jobs", type=_count, help="processes that share a large build (default: one a processor)")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    built = commands.add_parser("build", parents=[common, site, whole], help="build the site into the output folder")
    built.add_argument("--repository", type=_repository, help="where the sources are kept, for links to edit a page")
    built.add_argument("--archive", type=_path, help="also write the site as one ZIP, a BagIt bag to keep")
    checked = commands.add_parser(
        "check", parents=[common, site, whole], help="find everything that is wrong, write nothing"
    )
    checked.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to print problems")
    checked.add_argument("--links", action="store_true", help="list the addresses of other sites")
    checked.add_argument("--online", action="store_true", help="ask each of them, politely, whether it is still there")
    checked.add_argument("--record", action="store_true", help="ask, and note the outcomes in content/sources.yaml")
    checked.add_argument(
        "--live", type=_published, metavar="ADDRESS", help="look at the published site there, or in a folder, instead"
    )
    checked.add_argument("--strict", action="store_true", help="take warnings for errors")
    served = commands.add_parser("serve", parents=[common, site], help="build, show in a browser, rebuild at each save")
    served.add_argument("--port", default="8000", help="first port to try (default: 8000)")
    served.add_argument("--host", default="127.0.0.1", help="address to serve at (default: 127.0.0.1, this machine)")
    served.add_argument("--no-open", dest="open", action="store_false", help="open no browser")
    served.add_argument("--editor", help="what opens a source: code, 'subl -n', or vscode://file/{file}:{line}")
    commands.add_parser("status", parents=[common], help="say which texts lack a translation or have an old one")
    stamped = commands.add_parser("restamp", parents=[common], help="say that a translation is up to date")
    stamped.add_argument("article", nargs="?", help="the article's or page's id")
    stamped.add_argument("language", nargs="?", help="one language's text alone")
    stamped.add_argument("--all", action="store_true", help="every translation of the archive")
    explained = commands.add_parser("explain", parents=[common], help="say which files and records made a page")
    explained.add_argument("page", help="its address: /en/editions/2022/")
    commands.add_parser("schemas", parents=[common], help="let an editor's program complete ids, in VS Code and others")
    shown = commands.add_parser("figure", parents=[common], help="say how to cite a claim, and what readers will see")
    shown.add_argument("address", nargs="?", help="a claim such as 2022#value-signed, or a year, for its addresses")
    created = commands.add_parser("new", parents=[common], help="begin an edition, article, source or site")
    created.add_argument("sort", choices=("edition", "article", "source", "site"), help="what to begin")
    created.add_argument("name", help="the edition's year, the article's id, the source's address, the site's folder")
    created.add_argument("--id", help="a source's id, in place of the one made of its address")
    released = commands.add_parser("release", parents=[common], help="write down what is published, to keep it")
    released.add_argument("name", type=_release, help="what the release is called: 1.0")
    released.add_argument("--date", type=_day, help="the day it is made, YYYY-MM-DD (default: today)")
    compared = commands.add_parser("diff", parents=[common], help="say what changed in the data between two builds")
    compared.add_argument("old", type=_path, help="the folder of an earlier site")
    compared.add_argument("new", type=_path, nargs="?", help="that of a later one (default: the output folder)")
    compared.add_argument("--format", choices=("text", "json"), default="text", help="how to print it")
    commands.add_parser("clean", parents=[common], help="remove the output folder, if the generator made it")
    return made


def asked(options: argparse.Namespace) -> tuple[object, ...]:
    """What of a build's command line decides its output."""
    return options.output, options.address, options.base_path, options.repository, options.drafts


def say(text: str) -> None:
    """Print to the person at the terminal."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """Print an error."""
    sys.stderr.write(text + "\n")


def colour_wanted() -> bool:
    """Colours on a terminal, unless NO_COLOR is set."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")
