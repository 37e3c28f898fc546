"""Each language's search index: its pages as plain text, in a script that only the search page loads.

It is a script rather than JSON because a page that was opened from a folder can load scripts but fetch nothing.
"""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from expoarchive.render import search_pieces
from expoarchive.render.answers import answers_of
from expoarchive.render.compact import compact_json
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.search_entry import SearchEntry
from expoarchive.render.search_terms import Reading
from expoarchive.render.search_words import characters, han, newer_characters, scales, search_words
from expoarchive.render.studio import OutputFiles, Studio, view_of
from expoarchive.render.views.search import group_of, searched, title_of
from expoarchive.site import Page, Site
from expoarchive.site.address import search_answers, search_index, search_piece
from expoarchive.site.recall import Recall

# A page as the search page links it, in JSON, and the terms that find it where the index is in pieces.
Found: TypeAlias = tuple[str, search_pieces.Ranked]


def search_jobs(studio: Studio, recall: Recall) -> dict[Page, Callable[[], Found]]:
    """A job for the entry of each page that is searched."""
    jobs: dict[Page, Callable[[], Found]] = {}
    for search_page in recall.site.pages:
        if search_page.kind == "search":
            pages = searched(desk_of(recall.site, search_page, studio.strings))
            reading = _reading(studio, search_page.language) if len(pages) > search_pieces.WHOLE else None
            for page in pages:
                make = partial(_found, studio=studio, search_page=search_page, page=page, reading=reading)
                name = f"search {search_page.language} {page.permalink}"
                jobs[page] = partial(recall.made_of, name, make, reading is None, kind=Found)
    return jobs


def make_search(studio: Studio, recall: Recall) -> OutputFiles:
    """Each language's index and answers, put into ``searchIndexes`` and ``searchAnswers`` under the language's id.

    Those of a language with many pages come in pieces, put into ``searchPieces``.
    """
    found: dict[str, list[Found]] = {}
    for page, job in search_jobs(studio, recall).items():
        found.setdefault(page.language, []).append(job())
    files: dict[str, bytes] = {}
    for search_page in recall.site.pages:
        if search_page.kind == "search":
            pages = found.get(search_page.language, [])
            make = _in_pieces if len(pages) > search_pieces.WHOLE else _whole
            files |= make(studio, recall, search_page, pages)
    return OutputFiles(files)


def _reading(studio: Studio, language: str) -> Reading:
    return Reading(newer_characters(), scales(studio, language))


def _whole(studio: Studio, recall: Recall, search_page: Page, found: Sequence[Found]) -> dict[str, bytes]:
    """What the engine needs to know of words and characters, then the pages, one a line; and the answers."""
    language = search_page.language
    entries = [entry for entry, _ in found]
    pages = ",\n".join(entries)
    words = search_words(desk_of(studio.site, search_page, studio.strings), studio)
    words |= _characters(recall, language, entries)
    index = f'{{"words":{compact_json(words)},"pages":[\n{pages}\n]}}'
    return {
        search_index(language): _script("searchIndexes", language, index),
        search_answers(language): _script("searchAnswers", language, answers_of(studio, recall, search_page)),
    }


def _in_pieces(studio: Studio, recall: Recall, search_page: Page, found: Sequence[Found]) -> dict[str, bytes]:
    """The same, so that a question loads what it needs."""
    language = search_page.language
    words = search_words(desk_of(studio.site, search_page, studio.strings), studio)
    reading = _reading(studio, language)
    words |= _characters(recall, language, [entry for entry, _ in found], reading)
    answers = json.loads(answers_of(studio, recall, search_page))
    pages = [(json.loads(entry), ranked) for entry, ranked in found]
    index, common, pieces = search_pieces.in_pieces(words, pages, answers, reading)
    files = {
        search_index(language): _script("searchIndexes", language, compact_json(index)),
        search_answers(language): _script("searchAnswers", language, compact_json(common)),
    }
    for name, piece in pieces.items():
        files[search_piece(language, name)] = _script("searchPieces", f"{language}/{name}", compact_json(piece))
    return files


def _characters(recall: Recall, language: str, entries: list[str], reading: Reading | None = None) -> dict[str, str]:
    """What is known of the characters of all pages, and where a reading is given, of what it takes them for."""
    names = [name for entry in entries for name in search_pieces.names_in(json.loads(entry))]
    texts = ["".join(entries), "".join(names)]
    letters = tuple(han(text + reading.fold(text) if reading else text) for text in texts)
    made: dict[str, str] = recall.made_of(
        f"characters {language}", lambda _: characters(letters[0], letters[1]), letters, kind=dict[str, str]
    )
    return made


def _script(name: str, language: str, value: str) -> bytes:
    return f"(globalThis.{name} ??= {{}})[{json.dumps(language)}] = {value};\n".encode()


def _found(site: Site, studio: Studio, search_page: Page, page: Page, reading: Reading | None) -> Found:
    """A page as the search page links it, and where a reading is given, the terms that find it."""
    entry = _item(site, studio, search_page, page)
    return entry, search_pieces.ranked_terms(json.loads(entry), reading) if reading else ("", "", "")


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
