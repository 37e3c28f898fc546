"""Claims as rows of a table."""

from expoarchive.records import EXPO, Claim, in_conflict
from expoarchive.render.desk import Desk
from expoarchive.render.values import ClaimRow, Link
from expoarchive.render.words import as_of_text, label, part_name, stage_name, value_text
from expoarchive.site.address import home_of

# What a reader must know of a claim before trusting it, and the string that says so.
MARKS = {"derived": "basis.derived", "weak": "basis.weak", "conflict": "claim.conflict"}


def claim_row(desk: Desk, claim: Claim, *, part: bool = True) -> ClaimRow:
    """A claim in few words, in the page's language; without its ``part`` where a heading names that."""
    text, lang = value_text(desk, claim)
    return ClaimRow(
        record=record_link(desk, claim.record),
        about=label(desk, claim),
        text=text,
        href=desk.claim_href(claim),
        lang=lang,
        limits=limits_text(desk, claim, part=part),
        scope=desk.local(claim.statement.scope) if claim.statement.scope else "",
        marks=tuple((mark, desk.strings(MARKS[mark])) for mark in marks_of(desk, claim)),
        sources=tuple(source_link(desk, source_id) for source_id in source_ids(claim)),
    )


def record_link(desk: Desk, record: str) -> Link:
    """The page that shows a record's claims, by its year."""
    return Link(record if record != EXPO else desk.strings("claim.expo"), desk.href(*home_of(record)))


def limits_text(desk: Desk, claim: Claim, *, part: bool = True) -> str:
    """What of the fair, at which stage and at what moment the claim is about; empty for the whole without limits."""
    named = part_name(desk, claim) if part else None
    return desk.listed(filter(None, (stage_name(desk, claim), named, as_of_text(desk, claim))))


def marks_of(desk: Desk, claim: Claim) -> tuple[str, ...]:
    """Those of ``MARKS`` that the claim has."""
    statement = claim.statement
    has = {
        "derived": statement.derived is not None,
        "weak": desk.weak(statement.sources),
        "conflict": in_conflict(desk.site.records.claims.group_of(claim)),
    }
    return tuple(mark for mark in MARKS if has[mark])


def source_ids(claim: Claim) -> tuple[str, ...]:
    """The sources of a claim, each once."""
    return tuple(dict.fromkeys(str(citation.source) for citation in claim.statement.sources))


def source_link(desk: Desk, source_id: str) -> Link:
    """A source's page by its publisher; where nobody knows that, by what pages call the source."""
    publisher = desk.site.records.sources[source_id].publisher
    if publisher:
        name, lang = desk.words(publisher)
    else:
        name, lang = desk.source_name(source_id).text, None
    return Link(name, desk.href("source", source_id), lang)
