"""Each language's search index: its pages as plain text, in a script that only the search page loads.

It is a script rather than JSON because a page that was opened from a folder can load scripts but fetch nothing.
"""

import json
from collections.abc import Callable
from functools import partial

from expoarchive.render.answers import answers_of
from expoarchive.render.compact import compact_json
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.search_entry import SearchEntry
from expoarchive.render.search_words import characters, han, search_words
from expoarchive.render.studio import OutputFiles, Studio, view_of
from expoarchive.render.views.search import group_of, searched, title_of
from expoarchive.site import Page, Site
from expoarchive.site.address import search_answers, search_index
from expoarchive.site.recall import Recall


def search_jobs(studio: Studio, recall: Recall) -> dict[Page, Callable[[], str]]:
    """A job for the entry of each page that is searched."""
    jobs: dict[Page, Callable[[], str]] = {}
    for search_page in recall.site.pages:
        if search_page.kind == "search":
            for page in searched(desk_of(recall.site, search_page, studio.strings)):
                make = partial(_item, studio=studio, search_page=search_page, page=page)
                name = f"search {search_page.language} {page.permalink}"
                jobs[page] = partial(recall.made_of, name, make, kind=str)
    return jobs


def make_search(studio: Studio, recall: Recall) -> OutputFiles:
    """Each language's index and answers, put into ``searchIndexes`` and ``searchAnswers`` under the language's id."""
    entries: dict[str, list[str]] = {}
    for page, job in search_jobs(studio, recall).items():
        entries.setdefault(page.language, []).append(job())
    files = {}
    for search_page in recall.site.pages:
        if search_page.kind == "search":
            language = search_page.language
            files[search_index(language)] = _index(studio, recall, search_page, entries.get(language, []))
            files[search_answers(language)] = _script(
                "searchAnswers", language, answers_of(studio, recall, search_page)
            )
    return OutputFiles(files)


def _index(studio: Studio, recall: Recall, search_page: Page, entries: list[str]) -> bytes:
    """What the engine needs to know of words and characters, then the pages, one a line."""
    pages = ",\n".join(entries)
    words = search_words(desk_of(studio.site, search_page, studio.strings), studio)
    words |= _characters(recall, search_page.language, entries)
    text = compact_json(words)
    return _script("searchIndexes", search_page.language, f'{{"words":{text},"pages":[\n{pages}\n]}}')


def _characters(recall: Recall, language: str, entries: list[str]) -> dict[str, str]:
    items = [json.loads(entry) for entry in entries]
    names = [text for item in items for text in (item["title"], *(name for name, _ in item.get("names", ())))]
    letters = (han("".join(entries)), han("".join(names)))
    made: dict[str, str] = recall.made_of(
        f"characters {language}", lambda _: characters(*letters), letters, kind=dict[str, str]
    )
    return made


def _script(name: str, language: str, value: str) -> bytes:
    return f"(globalThis.{name} ??= {{}})[{json.dumps(language)}] = {value};\n".encode()


def _item(site: Site, studio: Studio, search_page: Page, page: Page) -> str:
    """A page as the search page links it, in JSON; empty values are left out."""
    desk = desk_of(site, search_page, studio.strings)
    title, lang = title_of(desk, page)
    entry = view_of(page.kind, desk.site.table).entry(desk, page)
    eras = _eras(desk, entry)
    names = [name for name in dict.fromkeys(entry.names) if name[0] != title]
    item: dict[str, object] = {
        "url": desk.href(page.kind, page.id),
        "kind": group_of(page, desk.site.table),
        "title": title,
        "lang": lang,
        "names": names,
        "text": "\n".join(dict.fromkeys(entry.text)),
        "textLang": entry.lang,
        "eras": eras,
        "years": sorted(entry.years),
        "when": _when(desk, entry, eras),
    }
    given = {key: value for key, value in item.items() if value}
    return compact_json(given)


def _eras(desk: Desk, entry: SearchEntry) -> list[str]:
    """The ids of the eras of the entry's years, in order."""
    eras = [desk.site.era_of(year) for year in sorted(entry.years)]
    return list(dict.fromkeys(era[0] for era in eras if era))


def _when(desk: Desk, entry: SearchEntry, eras: list[str]) -> str:
    """The entry's first and last year; nothing where one era says when, whose name the search page has."""
    if len(eras) == 1 or not entry.years:
        return ""
    return desk.strings("timeline.span", start=str(min(entry.years)), end=str(max(entry.years)))
