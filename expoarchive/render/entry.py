"""What the search finds in one page: other names of what it is about, its text in lines, the years it speaks of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from expoarchive.records import EXPO, Article, Claim
from expoarchive.records.statement import SideEvent, Wording
from expoarchive.render import words
from expoarchive.render.desk import Desk
from expoarchive.render.plain import plain_lines
from expoarchive.render.prose import prose_view, text_language
from expoarchive.site import Page
from expoarchive.site.kinds import KINDS

Name = tuple[str, str]


@dataclass
class Entry:
    """One page. ``names`` are other names of what it is about, each with its language; ``text`` is in lines.

    ``lang`` is the language of the text where it is borrowed from another.
    """

    names: list[Name] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    lang: str = ""


def list_entry(desk: Desk, page: Page) -> Entry:
    """A list or another page that the archive makes of itself: its description, and the text that opens it."""
    entry = Entry(text=[desk.strings(f"{page.kind}.description", expo=desk.local(desk.site.config.expo))])
    return opened_entry(desk, page, entry)


def opened_entry(desk: Desk, page: Page, entry: Entry) -> Entry:
    """The entry with the text of content/pages/ that opens the page, where there is one."""
    records = desk.site.records
    if KINDS[page.kind].opened and page.kind in records.pages:
        lead = text_entry(desk, records.pages[page.kind])
        entry.names += lead.names
        entry.text += lead.text
    return entry


def text_entry(desk: Desk, article: Article) -> Entry:
    """The text of an article or page as it is shown, live figures filled in, in the language it is shown in."""
    language = text_language(desk, article)
    names = [(other.front.title, desk.tag(name)) for name, other in article.translations.items()]
    text = [article.translations[language].front.summary]
    text += plain_lines(prose_view(desk, article, language).html)
    return Entry(names, text, lang="" if language == desk.language.id else desk.tag(language))


def claim_lines(desk: Desk, claim: Claim, *, whole: bool = False) -> Iterator[str]:
    """The claim in words with what limits it, then its notes if ``whole``. Words of other languages are names."""
    statement = claim.statement
    part = getattr(statement, "part", None)
    value, lang = words.value_text(desk, claim)
    said = []
    if lang is None:
        record = desk.strings("claim.expo") if claim.record == EXPO else claim.record
        said.append(desk.strings("claim.named", record=record, label=words.label(desk, claim), value=value))
    said += [stage] if (stage := words.stage_name(desk, claim)) else []
    said += [words.part_name(desk, part)] if part else []
    said += [desk.local(statement.scope)] if statement.scope else []
    if said:
        yield " · ".join(said)
    reading = statement.derived.reading if statement.derived else None
    yield from (desk.local(text) for text in (statement.note, reading) if whole and text)


def claim_names(desk: Desk, claim: Claim) -> list[Name]:
    """What something was called, in each language that a source or the archive has it in."""
    match claim.statement:
        case Wording(text=text):
            return every_name(desk, text)
        case SideEvent(name=name) if name:
            return every_name(desk, name)
    return []


def every_name(desk: Desk, texts: Mapping[str, str] | None) -> list[Name]:
    """A text in each language it has."""
    return [(text, desk.tag(language)) for language, text in (texts or {}).items()]


def years_of(claims: Iterable[Claim]) -> set[int]:
    """The editions that the claims are of."""
    return {claim.year for claim in claims if claim.year is not None}
