"""One page of each kind, found in the built archive, for tests that look at all kinds."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from expoarchive.load.content import EXHIBITORS
from expoarchive.site.kinds import KINDS as TABLE
from tests.links import html_files
from tests.sites import ROOT
from tests.sweep import swept

LANGUAGES = ("zh", "en")
# Kinds of page that only an archive with such records has.
RECORDED = {"pictures": "pictures", "picture": "pictures", "recording": "recordings"}
# An edition of which next to nothing is known is drawn otherwise than one of which much is.
LEAST_KNOWN = "edition hardly known"


def _kinds() -> Iterator[tuple[str, str]]:
    """The kinds of page that the archive has in each language, and where: pages of records at an address with ``*``.

    Those of the workshop are not published with it, and it has no list of exhibitors.
    """
    lists = TABLE.lists
    for kind in TABLE.values():
        vocabulary = lists.get(kind.section) or lists.get(kind.name)
        if kind.name == "exhibitors" and not (ROOT / EXHIBITORS).exists():
            continue
        if kind.neutral or (kind.name != "search" and not kind.indexed):
            continue
        if kind.name in RECORDED and not (ROOT / "content" / RECORDED[kind.name]).exists():
            continue
        if vocabulary is None or (ROOT / vocabulary.file).exists():
            yield kind.name, kind.address.replace("{id}", "*")
        if kind.name == "edition":
            yield LEAST_KNOWN, kind.address.replace("{id}", "*")


KINDS = dict(_kinds())
# Pages of no language.
SHARED = {kind.name: kind.address for kind in TABLE.values() if kind.neutral}


def _drawn_apart() -> Iterator[str]:
    """The kinds that are drawn each in its own way: of several with one template, one for each language."""
    drawn: Counter[str] = Counter()
    for name in KINDS:
        kind = TABLE[name.removesuffix(LEAST_KNOWN) or "edition"]
        template = kind.template or kind.name
        drawn[template] += 1
        if drawn[template] <= len(LANGUAGES):
            yield name


DRAWN_APART = list(_drawn_apart())
# The languages take turns, so that each is looked at and no kind twice; the long tests look at every page.
IN_TURN = [f"{LANGUAGES[at % 2]} {kind}" for at, kind in enumerate(DRAWN_APART)]
# English words are the longer ones.
LONG_WORDS = [f"en {kind}" for kind in DRAWN_APART]
SHARED_PAGES = list(SHARED)
# One page of each sort stands for others in what takes a browser long: the first, charts, a table that a script serves,
# a list, the longest, prose, a record, and a page of no language. The long tests look at every kind.
STANDING = {"home", "growth", "compare", "articles", "edition", "article", "source", "404"}


# Kinds of pages that a script of their own serves.
SCRIPTED = {"timeline", "reach", "editions", "claims", "sources", "search", "chooser"}


def each_sort(names: list[str], more: Collection[str] = ()) -> list[Any]:
    """The names of such a list for ``parametrize``: what does not stand for others is a long proof."""
    return swept(names, [name for name in names if name.rpartition(" ")[2] in {*STANDING, *more}])


def each_other(names: list[str]) -> list[Any]:
    """As ``each_sort``, for what is rather of the frame of a page than of what is in it."""
    return swept(names, [name for name in names if name.rpartition(" ")[2] in {"home", "compare", "edition", "404"}])


def permalink_of(output: Path, name: str) -> str:
    """The address of the page that ``name`` of those lists stands for: of several, that which says most.

    AssertionError where the archive has none.
    """
    if name in SHARED:
        return SHARED[name]
    return _permalink(output, _pages_of(output, name)[0 if name.endswith(LEAST_KNOWN) else -1])


def usual_permalink_of(output: Path, name: str) -> str:
    """As ``permalink_of``, but of several pages one of middling length: half are longer."""
    if name in SHARED or name.endswith(LEAST_KNOWN):
        return permalink_of(output, name)
    pages = _pages_of(output, name)
    return _permalink(output, pages[len(pages) // 2])


def _pages_of(output: Path, name: str) -> list[Path]:
    """The built pages of this language and kind, the shortest first."""
    language, _, kind = name.partition(" ")
    pages = sorted(output.glob(f"{language}/{KINDS[kind]}index.html"), key=lambda page: page.stat().st_size)
    # The address of one kind may be a pattern that fits another kind's pages too, and pages that only lead on.
    of_the_kind = [page for page in pages if (its := _kind(page)) and kind.startswith(its)]
    assert of_the_kind, f"no page {language}/{KINDS[kind]}"
    return of_the_kind


def _permalink(output: Path, page: Path) -> str:
    return page.relative_to(output).as_posix().removesuffix("index.html")


def permalinks(output: Path, pages: Iterable[Path]) -> list[str]:
    """The addresses of these pages of a built site, in order."""
    return sorted(_permalink(output, path) for path in pages)


def kind_of(page: Path) -> str:
    """The kind that a built page says it is."""
    kind = _kind(page)
    assert kind, page
    return kind


def _kind(page: Path) -> str | None:
    found = re.search(r'<html [^>]*data-kind="([^"]+)"', page.read_text("utf-8"))
    return found.group(1) if found else None


def kinds_in(output: Path) -> set[str]:
    """The kinds that the built pages say they are."""
    return {kind_of(page) for page in html_files(output)}
