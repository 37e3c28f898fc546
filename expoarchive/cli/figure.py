"""``figure``: how to cite a claim in prose, what readers will see, who says it, what speaks against it."""

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from expoarchive.build import survey
from expoarchive.cli.grammar import Parser
from expoarchive.cli.terminal import Faulty, Slip, Terminal, say
from expoarchive.problem import errors, nearest
from expoarchive.records import EXPO, Claim, in_conflict
from expoarchive.render.specimen import Specimen, specimens
from expoarchive.render.strings import Strings, read_strings
from expoarchive.render.theme import theme_of
from expoarchive.site import Site


def declare(command: Parser) -> None:
    """Which claim."""
    command.add_argument("address", nargs="?", help="help.figure-address")


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Show one claim, the addresses of a record, or the records."""
    site, strings = _site(root)
    claims = site.records.claims
    records = [str(year) for year in site.records.editions] + [EXPO]
    name = address_in(options.address or "")
    if not name:
        for record in records:
            terminal.say("figure.record", record=record, count=len(claims.of_record(record)))
        terminal.say("figure.hint", record=records[-2] if len(records) > 1 else EXPO)
    elif name in records:
        say("\n".join(listing(site, strings, name, terminal.language)) or terminal.word("figure.none", record=name))
    elif name in claims.by_address:
        say("\n".join(described(site, strings, claims.by_address[name], terminal)))
    else:
        raise Slip("figure.unknown", nearest(name, [*claims.by_address, *records]), name=name)
    return 0


def _site(root: Path) -> tuple[Site, Mapping[str, Strings]]:
    """The site and the strings of its pages, free of errors."""
    site, problems = survey(root)
    if site is None:
        raise Faulty(problems)
    strings, of_strings = read_strings(theme_of(root), site.config)
    if errors([*problems, *of_strings]):
        raise Faulty([*problems, *of_strings])
    return site, strings


def address_in(text: str) -> str:
    """The address in what somebody typed or pasted: as it stands in prose, or from a browser."""
    address = text.strip().removeprefix("[[claim:").removeprefix("[=").rstrip("]").partition("|")[0]
    link = re.search(r"/editions/([0-9]{4})/(#[\w-]+)?$", address)
    return link.group(1) + (link.group(2) or "") if link else address.rstrip("#")


def listing(site: Site, strings: Mapping[str, Strings], record: str, language: str) -> list[str]:
    """The claims of a record by address, each with its value in the editor's language where the site has it."""
    at = site.config.language_ids.index(language) if language in site.config.language_ids else 0
    claims = site.records.claims.of_record(record)
    widest = max((len(claim.address) for claim in claims), default=0)
    examples = ((claim, specimens(site, strings, claim)[at]) for claim in claims)
    return [f"{claim.address:{widest}}  {example.label}: {example.text}" for claim, example in examples]


def described(site: Site, strings: Mapping[str, Strings], claim: Claim, terminal: Terminal) -> Iterator[str]:
    """Everything about one claim, line by line."""
    yield claim.address
    for example in specimens(site, strings, claim):
        yield ""
        yield from _references(claim.address, example, terminal)
    yield ""
    yield terminal.word("figure.without-notes", reference=f"[={claim.address}|nocite]")
    yield terminal.word("figure.link", reference=f"[[claim:{claim.address}]]")
    yield ""
    place = claim.statement.found_at
    yield terminal.word("figure.recorded", file=place.file, line=place.line)
    if claim.statement.sources:
        yield terminal.word("figure.sources")
    for citation in claim.statement.sources:
        source = site.records.sources[citation.source]
        names = source.title or source.publisher or {"": str(citation.source)}
        name = next(iter(names.values()))
        yield terminal.word("figure.source", id=citation.source, name=name, grade=source.grade)
    for title, claims in _related(site, claim).items():
        if claims:
            yield terminal.word(title)
        for other in claims:
            text = specimens(site, strings, other)[0].text
            yield terminal.word("figure.other", address=other.address, text=text)
    sources = [citation.source for dispute in claim.statement.disputed_by for citation in dispute.sources]
    if sources:
        yield terminal.word("figure.disputed")
        yield from (f"  [@{source}]" for source in sources)


def _references(address: str, example: Specimen, terminal: Terminal) -> Iterator[str]:
    """How prose refers to the claim in one language, and what readers see then."""
    yield terminal.word("figure.about", language=example.language, label=example.label)
    yield terminal.word("figure.shows", reference=f"[={address}]", text=example.text)
    if example.note:
        yield terminal.word("figure.notes", sources=" · ".join(example.note))
    if example.bare:
        yield terminal.word("figure.shows", reference=f"[={address}|bare]", text=example.bare)


def _related(site: Site, claim: Claim) -> dict[str, Iterable[Claim]]:
    """Claims of the same key that differ or agree, what it is derived from, and what disputes it."""
    claims = site.records.claims
    others = [other for other in claims.group_of(claim) if other is not claim]
    derived = claim.statement.derived
    return {
        "figure.conflict": [other for other in others if in_conflict([claim, other])],
        "figure.agrees": [other for other in others if not in_conflict([claim, other])],
        "figure.derived": [claims.by_address[ref] for ref in derived.inputs.values()] if derived else [],
        "figure.disputed": [claims.by_address[ref.claim] for ref in claim.statement.disputed_by if ref.claim],
    }
