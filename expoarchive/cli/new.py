"""``new``: a valid beginning for an edition, an article, a source, a picture, a language or a site, to be filled in.

Or from a reader's report, filled in as far as the reader did. ``new table`` begins no record: it makes Markdown of
cells.
"""

import argparse
import re
import sys
from contextlib import suppress
from pathlib import Path

from expoarchive.build import survey
from expoarchive.cli.amend import amend_whole, in_turn, refuse_links
from expoarchive.cli.archetypes import archetype, text_archetype
from expoarchive.cli.grammar import Parser
from expoarchive.cli.new_language import add_language
from expoarchive.cli.new_picture import add_picture
from expoarchive.cli.new_site import lay_out_site
from expoarchive.cli.new_source import add_source, blanks, languages_of
from expoarchive.cli.new_table import print_table
from expoarchive.cli.reported.command import add_report
from expoarchive.cli.samples import Samples, samples_for
from expoarchive.cli.terminal import Slip, Stop, Terminal
from expoarchive.nodes.fields import is_id


def declare(command: Parser) -> None:
    """What to begin, and its name."""
    command.add_argument(
        "sort",
        choices=("edition", "article", "source", "picture", "language", "site", "from-report", "table"),
        help="help.new-sort",
    )
    command.add_argument("name", nargs="?", help="help.new-name")
    command.add_argument("--id", help="help.new-id")
    command.add_argument("--edition", default="", help="help.new-edition")
    command.add_argument("--generator", help="help.new-generator")
    command.add_argument("--languages", help="help.new-languages")


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the files of the new record; an existing one is never touched. A table is only printed."""
    if options.sort == "table":
        print_table(root, options.name)
        return 0
    options.name = options.name or asked_name(terminal)
    return begin(root, options, terminal)


@in_turn
def begin(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the files of a record while no other command writes."""
    match options.sort:
        case "source":
            add_source(root, options.name, options.id, terminal)
        case "picture":
            add_picture(root, options.name, options.id, options.edition, terminal)
        case "from-report":
            add_report(root, options.name, terminal)
        case "site":
            lay_out_site(root, options.name, options.generator, options.languages, terminal)
        case "language":
            add_language(root, options.name, terminal)
        case "edition":
            if not re.fullmatch(r"[1-9][0-9]{3}", options.name):
                raise Slip("new.bad-year", name=options.name)
            site, _ = survey(root)
            samples = samples_for(site.records, int(options.name)) if site else Samples()
            create(root, edition_files(options.name, languages_of(root), samples), terminal)
            terminal.say("new.next-edition")
        case _:
            if not is_id(options.name):
                raise Slip("new.bad-id", name=options.name)
            create(root, article_files(options.name, languages_of(root)), terminal)
            terminal.say("new.next-article", name=options.name)
    return 0


def asked_name(terminal: Terminal) -> str:
    """What whoever sits at a terminal answers. Where nobody does, as in a script, a name that lacks is an error."""
    question = terminal.word("help.new-name")
    name = ""
    if sys.stdin.isatty():
        with suppress(EOFError):
            name = input(f"{question}: ").strip()
    if not name:
        raise Slip("new.lacks", name=question)
    return name


def create(root: Path, files: dict[str, str], terminal: Terminal) -> None:
    """Write files that do not exist yet."""
    refuse_links(root, files)
    for file in files:
        if (root / file).exists():
            raise Stop("new.exists", file=file)
    amend_whole(root, files, dict.fromkeys(files), terminal)
    for file in files:
        terminal.say("new.file", file=file)


def edition_files(year: str, languages: tuple[str, ...], samples: Samples) -> dict[str, str]:
    """The file of an edition."""
    values = {"source": samples.source, "ordinal": samples.ordinal, "figures": samples.figures()}
    return {f"content/editions/{year}.yaml": archetype("edition.yaml", year=year, texts=blanks(languages), **values)}


def article_files(name: str, languages: tuple[str, ...]) -> dict[str, str]:
    """The files of an article, one a language and one for all."""
    folder = f"content/articles/{name}"
    texts = {f"{folder}/{language}.md": archetype(text_archetype(language), name=name) for language in languages}
    return {f"{folder}/article.yaml": archetype("article.yaml", texts=blanks(languages)), **texts}
