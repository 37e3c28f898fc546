"""What the search searches: each page of a language as plain text, in a script that only the search page loads.

A script, not JSON: a page opened from a folder may load scripts, and so may one whose policy lets it fetch nothing.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from expoarchive.records import EXPO, Article, Claim
from expoarchive.records.statement import SideEvent, Wording
from expoarchive.records.vocabulary import Place, Venue
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.format import day
from expoarchive.render.plain import plain_lines
from expoarchive.render.prose import prose_view, text_language
from expoarchive.render.strings import Strings
from expoarchive.render.views import words
from expoarchive.render.views.search import group_of, searched, title_of
from expoarchive.site import Page, Site
from expoarchive.site.address import search_index
from expoarchive.site.graph import LEADS
from expoarchive.site.recall import Recall
from expoarchive.site.taxonomy import TAXONOMIES, terms_of

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


def search_jobs(recall: Recall, strings: Mapping[str, Strings]) -> dict[str, dict[Page, Callable[[], str]]]:
    """What makes the entry of each page that is searched, by language."""
    jobs: dict[str, dict[Page, Callable[[], str]]] = {}
    for at in recall.site.pages:
        if at.kind != "search":
            continue

        def made(site: Site, page: Page, at: Page = at) -> str:
            return _written(_item(desk_of(site, at, strings), page))

        jobs[at.language] = {
            page: partial(recall.made_of, f"search {at.language} {page.permalink}", partial(made, page=page), kind=str)
            for page in searched(desk_of(recall.site, at, strings))
        }
    return jobs


def make_search(recall: Recall, strings: Mapping[str, Strings]) -> dict[str, bytes]:
    """The script of each language by permalink: a list of pages under the language's id in ``searchIndexes``."""
    files = {}
    for language, jobs in search_jobs(recall, strings).items():
        lines = ",\n".join(job() for job in jobs.values())
        script = f"(globalThis.searchIndexes ??= {{}})[{json.dumps(language)}] = [\n{lines}\n];\n"
        files[search_index(language)] = script.encode()
    return files


def _written(item: Mapping[str, object]) -> str:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))


def _item(desk: Desk, page: Page) -> dict[str, object]:
    """A page as the search page of the desk's language links it; what is empty is left out."""
    title, lang = title_of(desk, page)
    entry = _entry(desk, page)
    names = [name for name in dict.fromkeys(entry.names) if name[0] != title]
    item: dict[str, object] = {
        "url": desk.href(page.kind, page.id),
        "kind": group_of(page),
        "title": title,
        "lang": lang,
        "names": names,
        "text": "\n".join(dict.fromkeys(entry.text)),
        "textLang": entry.lang,
        "eras": [era_id for era_id, _ in _eras(desk, entry)],
        "years": sorted(entry.years),
        "when": _when(desk, entry),
    }
    return {key: value for key, value in item.items() if value}


def _entry(desk: Desk, page: Page) -> Entry:
    """What is known of a page beside its title."""
    records = desk.site.records
    match page.kind:
        case "edition":
            return _edition(desk, int(page.id))
        case "article":
            entry = _article(desk, records.articles[page.id])
            entry.years = {int(name) for _, name in desk.site.named_in(page.id) if name.isdigit()}
            return entry
        case "page":
            return _article(desk, records.pages[page.id])
        case "source":
            return _source(desk, page.id)
        case kind if kind in TAXONOMIES:
            return _term(desk, kind, page.id)
    return _section(desk, page)


def _edition(desk: Desk, year: int) -> Entry:
    claims = desk.site.records.claims.of_record(str(year))
    names = [name for claim in claims for name in _claim_names(desk, claim)]
    lines = [line for claim in claims for line in _claim_lines(desk, claim, whole=True)]
    return Entry(names, lines, {year})


def _article(desk: Desk, article: Article) -> Entry:
    """The text of an article or page as it is shown, live figures filled in, in the language it is shown in."""
    language = text_language(desk, article)
    names = [(other.front.title, desk.tag(name)) for name, other in article.translations.items()]
    text = [article.translations[language].front.summary]
    text += plain_lines(prose_view(desk, article, language).html)
    return Entry(names, text, lang="" if language == desk.language.id else desk.tag(language))


def _source(desk: Desk, source_id: str) -> Entry:
    source = desk.site.records.sources[source_id]
    names = [*_every(desk, source.title), *_every(desk, source.publisher)]
    text = [day(source.published, desk.language)] if source.published else []
    text += [desk.local(source.note)] if source.note else []
    return Entry(names, text, _years(desk.site.backlinks.sources[source_id].claims))


def _term(desk: Desk, taxonomy: str, term_id: str) -> Entry:
    records = desk.site.records
    term = terms_of(records, taxonomy)[term_id]
    claims = desk.site.usage[taxonomy, term_id].claims
    names = _every(desk, term.name)
    if isinstance(term, Venue):
        names += [name for period in term.names for name in _every(desk, period.text)]
    if taxonomy == "event":
        names += [name for claim in claims for name in _claim_names(desk, claim)]
    text = [desk.local(term.description)] if term.description else []
    if isinstance(term, Place):
        text.append(desk.local(records.vocabularies.regions[term.region].name))
    text += [line for claim in claims for line in _claim_lines(desk, claim)]
    return Entry(names, text, _years(claims))


def _section(desk: Desk, page: Page) -> Entry:
    """A list or another page that the archive makes of itself: what stands on it and on no page of its own."""
    records, expo = desk.site.records, desk.local(desk.site.config.expo)
    entry = Entry()
    if page.kind == "home":
        entry.names = [*_every(desk, desk.site.config.title), *_every(desk, desk.site.config.expo)]
        entry.text = [desk.local(desk.site.config.description)]
    else:
        entry.text = [desk.strings(f"{page.kind}.description", expo=expo)]
    if page.kind in LEADS and page.kind in records.pages:
        lead = _article(desk, records.pages[page.kind])
        entry.names += lead.names
        entry.text += lead.text
    if page.kind == "timeline":
        for era in records.eras.values():
            entry.names += _every(desk, era.name)
            entry.text += [desk.local(era.name), desk.local(era.summary), desk.local(era.reading)]
    if page.kind == "growth":
        entry.text += [desk.local(text) for chart in records.charts.values() for text in (chart.title, chart.says)]
        claims = records.claims.of_record(EXPO)
        entry.text += [line for claim in claims for line in _claim_lines(desk, claim, whole=True)]
    return entry


def _claim_lines(desk: Desk, claim: Claim, *, whole: bool = False) -> Iterator[str]:
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


def _claim_names(desk: Desk, claim: Claim) -> list[Name]:
    """What something was called, in each language that a source or the archive has it in."""
    match claim.statement:
        case Wording(text=text):
            return _every(desk, text)
        case SideEvent(name=name) if name:
            return _every(desk, name)
    return []


def _every(desk: Desk, texts: Mapping[str, str] | None) -> list[Name]:
    return [(text, desk.tag(language)) for language, text in (texts or {}).items()]


def _years(claims: Iterable[Claim]) -> set[int]:
    return {int(claim.record) for claim in claims if claim.record.isdigit()}


def _eras(desk: Desk, entry: Entry) -> list[tuple[str, str]]:
    """Ids and names of the eras that the entry's years fall in, in order."""
    found = [desk.site.era_of(year) for year in sorted(entry.years)]
    return list(dict.fromkeys((era[0], desk.local(era[1].name)) for era in found if era))


def _when(desk: Desk, entry: Entry) -> str:
    """The era of the entry where there is one alone; else from its first year to its last."""
    eras = _eras(desk, entry)
    if len(eras) == 1:
        return eras[0][1]
    if not entry.years:
        return ""
    return desk.strings("timeline.span", start=str(min(entry.years)), end=str(max(entry.years)))
