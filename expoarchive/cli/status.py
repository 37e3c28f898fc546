"""``status``: what is still to do: drafts, and translations that are missing or out of date."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from expoarchive.cli.grammar import Parser
from expoarchive.cli.reading import read_site
from expoarchive.cli.terminal import Faulty, Slip, Terminal, say
from expoarchive.cli.words import hint
from expoarchive.problem import errors, nearest
from expoarchive.records.draft import drafts_of
from expoarchive.records.style import styles
from expoarchive.records.translation import HEAD, LEAD, Difference, Standing, standings
from expoarchive.render.lacking import Lacking, find_lacking
from expoarchive.render.strings import Strings, read_strings
from expoarchive.render.theme import theme_of
from expoarchive.site import Site

# The states of a text that somebody has to do something about.
DUE = ("missing", "stale", "unstamped")


def declare(command: Parser) -> None:
    """What to look at."""
    command.add_argument("--prose", action="store_true", help="help.status-prose")
    command.add_argument("--lacking", metavar="LANGUAGE", help="help.status-lacking")


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Print how far each language is, then each text with something to do; or, if asked, how each text reads."""
    site = read_site(root)
    if options.prose:
        lines = prose_lines(site, terminal)
    else:
        strings, problems = read_strings(theme_of(root), site.config)
        if errors(problems):
            raise Faulty(problems)
        lacking = find_lacking(site.config, site.records, strings)
        if options.lacking is None:
            lines = status_lines(site, lacking, terminal)
        else:
            lines = lacking_lines(site, lacking, options.lacking, strings, terminal)
    say("\n".join(lines))
    return 0


def lacking_lines(
    site: Site, lacking: Sequence[Lacking], language: str, strings: Mapping[str, Strings], terminal: Terminal
) -> Iterator[str]:
    """Each word and text that a language lacks, in a line, with what stands in for it. ``Slip`` for no language."""
    if language not in site.config.language_ids:
        close = hint(terminal.language, nearest(language, site.config.language_ids))
        raise Slip("status.no-language", name=language, choices=", ".join(site.config.language_ids), hint=close)
    for one in lacking:
        if one.language.id != language:
            continue
        yield terminal.word("status.lacking", **one.counts)
        own = strings[language]
        yield from (f"{own.file}: {key}: {own.texts[key]}" for key in own.foreign)
        for text in one.texts:
            yield f"{text.place.file}:{text.place.line}: {text.key}: {text.texts[language]}"
        return
    yield terminal.word("status.lacking-none", name=site.config.language(language).name)


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


def status_lines(site: Site, lacking: Sequence[Lacking], terminal: Terminal) -> Iterator[str]:
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
    yield from (terminal.word("status.lacking", **one.counts) for one in lacking)
    yield terminal.word("status.conflicts", count=len(site.conflicts))
    for sort, name, place in drafts_of(site.records):
        yield terminal.word(f"status.draft-{sort}", name=name, file=place.file)
    yield ""
    due = [standing for standing in texts if standing.state in DUE]
    for standing in due:
        state = terminal.word(f"status.text-{standing.state}", original=standing.original)
        yield f"{_file(standing)}: {state}"
        yield from (f"  {_part(part, terminal)}" for part in standing.differences)
    if not due and not lacking:
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
