"""``status``: what is still to do: drafts, and translations that are missing or out of date."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from expoarchive.cli.grammar import Parser
from expoarchive.cli.reading import read_site
from expoarchive.cli.terminal import Terminal, say
from expoarchive.records.draft import drafts_of
from expoarchive.records.style import styles
from expoarchive.records.translation import HEAD, LEAD, Difference, Standing, standings
from expoarchive.site import Site

# The states of a text that somebody has to do something about.
DUE = ("missing", "stale", "unstamped")


def declare(command: Parser) -> None:
    """What to look at."""
    command.add_argument("--prose", action="store_true", help="help.status-prose")


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Print how far each language is, then each text with something to do; or, if asked, how each text reads."""
    lines = prose_lines if options.prose else status_lines
    say("\n".join(lines(read_site(root), terminal)))
    return 0


def prose_lines(site: Site, terminal: Terminal) -> Iterator[str]:
    """Each text in a line: its words and sentences, its caveats and negations, its figures."""
    for translation, style in styles(site.records):
        yield terminal.word(
            "status.prose",
            file=translation.file,
            length=style.length,
            sentences=style.sentences,
            average=round(style.length / max(1, style.sentences)),
            longest=style.longest,
            caveats=style.caveats,
            hedging=round(100 * style.hedging),
            negations=style.negations,
            negating=round(100 * style.negating),
            figures=style.figures,
            alone=style.alone,
        )


def status_lines(site: Site, terminal: Terminal) -> Iterator[str]:
    """The report, line by line, in the editor's language."""
    texts = standings(site.records, site.config.language_ids)
    for language in site.config.languages:
        states = [standing.state for standing in texts if standing.language == language.id]
        present = len(states) - states.count("missing")
        yield terminal.word(
            "status.language",
            name=language.name,
            present=present,
            total=len(states),
            percent=100 * present // max(1, len(states)),
            stale=states.count("stale"),
            unstamped=states.count("unstamped"),
        )
    yield terminal.word("status.conflicts", count=len(site.conflicts))
    for sort, name, place in drafts_of(site.records):
        yield terminal.word(f"status.draft-{sort}", name=name, file=place.file)
    yield ""
    due = [standing for standing in texts if standing.state in DUE]
    for standing in due:
        state = terminal.word(f"status.text-{standing.state}", original=standing.original)
        yield f"{_file(standing)}: {state}"
        yield from (f"  {_part(part, terminal)}" for part in standing.differences)
    if not due:
        yield terminal.word("status.complete")


def _file(standing: Standing) -> str:
    """Where the text stands, or will."""
    text = standing.article.translations.get(standing.language)
    return text.file if text else f"{standing.article.file.rpartition('/')[0]}/{standing.language}.md"


def _part(part: Difference, terminal: Terminal) -> str:
    """A section, where it is and what became of it."""
    name = part.title or part.key
    if part.key in (HEAD, LEAD):
        name = terminal.word("status.head" if part.key == HEAD else "status.lead")
    if part.how != "gone":
        name = terminal.word("status.place", part=name, file=part.place.file, line=part.place.line)
    return terminal.word(f"status.part-{part.how}", part=name)
