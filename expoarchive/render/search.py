"""What the search searches: each page of a language as plain text, in a script that only the search page loads.

A script, not JSON: a page opened from a folder may load scripts, and so may one whose policy lets it fetch nothing.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial

from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.entry import Entry
from expoarchive.render.output import Published
from expoarchive.render.studio import MAKERS, Studio
from expoarchive.render.views.search import group_of, searched, title_of
from expoarchive.site import Page, Site
from expoarchive.site.address import search_index
from expoarchive.site.recall import Recall


def search_jobs(studio: Studio, recall: Recall) -> dict[Page, Callable[[], str]]:
    """What makes the entry of each page that is searched."""
    jobs: dict[Page, Callable[[], str]] = {}
    for at in recall.site.pages:
        if at.kind != "search":
            continue

        def made(site: Site, page: Page, at: Page = at) -> str:
            return _written(_item(desk_of(site, at, studio.strings), page))

        for page in searched(desk_of(recall.site, at, studio.strings)):
            name = f"search {at.language} {page.permalink}"
            jobs[page] = partial(recall.made_of, name, partial(made, page=page), kind=str)
    return jobs


def make_search(studio: Studio, recall: Recall) -> Published:
    """The script of each language by permalink: a list of pages under the language's id in ``searchIndexes``."""
    entries: dict[str, list[str]] = {}
    for page, job in search_jobs(studio, recall).items():
        entries.setdefault(page.language, []).append(job())
    files = {}
    for language, lines in entries.items():
        index = ",\n".join(lines)
        script = f"(globalThis.searchIndexes ??= {{}})[{json.dumps(language)}] = [\n{index}\n];\n"
        files[search_index(language)] = script.encode()
    return Published(files)


def _written(item: Mapping[str, object]) -> str:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))


def _item(desk: Desk, page: Page) -> dict[str, object]:
    """A page as the search page of the desk's language links it; what is empty is left out."""
    title, lang = title_of(desk, page)
    entry = MAKERS[page.kind].entry(desk, page)
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
