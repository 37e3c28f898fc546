"""What the search finds in a page: other names of its subject, its text in lines, the years it is about."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from expoarchive.records import EXPO, Article, Claim
from expoarchive.records.statement import NamedPart, Positioning, SideEvent, Wording
from expoarchive.render import words
from expoarchive.render.desk import Desk
from expoarchive.render.prose import prose_view, text_language
from expoarchive.site import Page

# A name, and its language.
Name = tuple[str, str]

_BLOCKS = "p li dt dd h1 h2 h3 h4 h5 h6 td th tr caption figcaption blockquote pre div hr br summary".replace(" ", "|")
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b[^>]*>")
# Note numbers, marks of what is not known and links back mean nothing outside the page; nor is the space before one
# part of the text.
_NOTE = re.compile(
    r' *(?:<sup\b[^>]*(?:\sclass="(?:[^"]*\s)?(?:note|absence)[\s"]|\sid="fnref)[^>]*>.*?</sup>'
    r'|<a\b[^>]*\sclass="(?:[^"]*\s)?footnote-backref[\s"][^>]*>.*?</a>)',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


@dataclass
class SearchEntry:
    """One page: other names of its subject, and its text in lines.

    ``lang`` is the text's language where it is borrowed from another.
    """

    names: list[Name] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    lang: str = ""


def list_entry(desk: Desk, page: Page) -> SearchEntry:
    """A list or another page without a record of its own: its description, and the text that opens it."""
    entry = SearchEntry(text=[desk.strings(f"{page.kind}.description", expo=desk.local(desk.site.config.expo))])
    return opened_entry(desk, page, entry)


def opened_entry(desk: Desk, page: Page, entry: SearchEntry) -> SearchEntry:
    """The entry, with the text of content/pages/ that opens the page, if there is one."""
    records = desk.site.records
    if desk.site.table[page.kind].opened and page.kind in records.pages:
        lead = text_entry(desk, records.pages[page.kind])
        entry.names += lead.names
        entry.text += lead.text
    return entry


def text_entry(desk: Desk, article: Article) -> SearchEntry:
    """The text of an article or page as readers see it, live figures included, in the language they see it in."""
    language = text_language(desk, article)
    names = [(other.front.title, desk.tag(name)) for name, other in article.translations.items()]
    text = [article.translations[language].front.summary]
    text += plain_lines(prose_view(desk, article, language).html)
    return SearchEntry(names, text, lang="" if language == desk.language.id else desk.tag(language))


def plain_lines(html: str) -> list[str]:
    """The text of each block of finished prose, empty ones left out. There, ``>`` always ends a tag."""
    text = _NOTE.sub("", html.replace("\n", " "))
    text = unescape(_TAG.sub("", _BLOCK.sub("\n", text)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in lines if line]


def claim_lines(desk: Desk, claim: Claim, *, whole: bool = False) -> Iterator[str]:
    """The claim in words with its limits, then its notes if ``whole``. A value in another language counts as a name."""
    statement = claim.statement
    value, lang = words.value_text(desk, claim)
    texts: list[str | None] = []
    if lang is None:
        record = desk.strings("claim.expo") if claim.record == EXPO else claim.record
        texts.append(desk.strings("claim.named", record=record, label=words.label(desk, claim), value=value))
    texts += [words.stage_name(desk, claim), words.part_name(desk, claim)]
    texts.append(desk.local(statement.scope) if statement.scope else None)
    if any(texts):
        yield " · ".join(filter(None, texts))
    reading = statement.derived.reading if statement.derived else None
    yield from (desk.local(text) for text in (statement.note, reading) if whole and text)


def claim_names(desk: Desk, claim: Claim) -> list[Name]:
    """The name that a claim gives, in each language that a source or the archive has it in."""
    match claim.statement:
        case Wording(text=text) | Positioning(text=text):
            return every_name(desk, text)
        case SideEvent(name=name) | NamedPart(name=name) if name:
            return every_name(desk, name)
    return []


def every_name(desk: Desk, texts: Mapping[str, str] | None) -> list[Name]:
    """A text in each of its languages."""
    return [(text, desk.tag(language)) for language, text in (texts or {}).items()]


def years_of(claims: Iterable[Claim]) -> set[int]:
    """The editions that the claims are about."""
    return {claim.year for claim in claims if claim.year is not None}
