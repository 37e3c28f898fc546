"""``python build.py COMMAND``: each command is a module with ``run``, and ``declare`` if it has options of its own.

Exit codes: 0 done (also a preview that Ctrl-C ended), 1 the sources have errors, 2 the command line has, 130 a
command that Ctrl-C broke off.
"""

import gc
import sys
from collections.abc import Collection, Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from types import ModuleType

from expoarchive import __version__
from expoarchive.cli.grammar import Parser, a_path, asked_language, in_language
from expoarchive.cli.terminal import Faulty, Stop, Terminal, complain, terminals_language
from expoarchive.cli.words import ENGLISH, hint

# What the command line is called, unless the generator is installed as a command.
PROGRAM = "build.py"
# Objects more than there were, before Python looks for garbage. To import the generator and to build what was edited of
# a large site makes as many, nearly all to be kept.
_FEW = 500_000
# In the order of help. A command is imported when it is the one asked for, so that help answers at once.
COMMANDS = (
    "build",
    "check",
    "serve",
    "status",
    "explain",
    "schemas",
    "forms",
    "figure",
    "restamp",
    "new",
    "rename",
    "archive",
    "release",
    "export",
    "import",
    "upgrade",
    "diff",
    "clean",
)


def _module(command: str) -> ModuleType:
    """The module of a command; one that is called like a word of Python's own has an underscore after it."""
    return import_module(f"expoarchive.cli.{command}{'_' if iskeyword(command) else ''}")


def grammar_of(
    language: str = ENGLISH, declared: Collection[str] = COMMANDS, program: str = PROGRAM
) -> tuple[Parser, dict[str, Parser]]:
    """The command line's grammar, and that of each command; only those ``declared`` have their own arguments."""
    grammar = Parser(prog=program, language=language, description="help.about", epilog="help.exit-codes")
    grammar.add_argument("--version", action="version", version=f"expoarchive {__version__}", help="help.version")
    commands = grammar.add_subparsers(dest="command", required=True, metavar="COMMAND")
    parsers = {name: commands.add_parser(name, help=f"help.command-{name}", language=language) for name in COMMANDS}
    for name, parser in parsers.items():
        path = parser.value(a_path, "grammar.path")
        parser.add_argument("--output", type=path, default=Path("output"), help="help.output")
        if name in declared and hasattr(module := _module(name), "declare"):
            module.declare(parser)
    return grammar, parsers


def _settle(root: Path, terminal: Terminal) -> None:
    """Before any command, let one that writes end, and take back what one left that was killed."""
    # Imported here, and nothing more: help, and a build with nothing to do, answer before the generator is loaded.
    from expoarchive.cache.location import exchange_note

    note = exchange_note(root)
    if note is not None and note.exists():
        from expoarchive.cli.amend import turn

        with turn(root, terminal):
            pass


def main(arguments: Sequence[str] | None = None, program: str = PROGRAM) -> int:
    """Run one command and give its exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    terminal = Terminal(asked_language(words) or terminals_language())
    try:
        with in_language(terminal.language):
            command = next((text for text in words if text in COMMANDS), "")
            grammar, parsers = grammar_of(terminal.language, [command], program)
            grammar.readable(words)
            options, rest = grammar.parse_known_args(words)
            parsers[options.command].unrecognized(rest)
        _settle(Path.cwd(), terminal)
        code: int = _module(options.command).run(Path.cwd(), options, terminal)
        return code
    except KeyboardInterrupt:
        return 130
    except Stop as stop:
        complain(terminal.word(stop.key, **stop.values) + hint(terminal.language, stop.nearest))
        return stop.code
    except Faulty as faulty:
        from expoarchive.cli.report import show_problems

        show_problems(faulty.problems, terminal)
        return 1
    except OSError as error:
        # A disk that is full, read-only or gone: no fault of the generator's, which a traceback would report.
        terminal.complain("general.broke-off", file=error.filename or ".", reason=error.strerror or error)
        return 1


def start(program: str = PROGRAM) -> int:
    """Run the command that this process was started for and give its exit code; the process ends with it."""
    gc.set_threshold(_FEW)
    try:
        return main(program=program)
    finally:
        # Else Python goes through all there is once more as it ends, which takes as long as to report a slip.
        gc.freeze()
