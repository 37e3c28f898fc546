"""What views are made with and what they give, and where each registers for the kinds of pages that it draws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from expoarchive.render.assets import Assets
from expoarchive.render.charts import ChartBoard
from expoarchive.render.desk import Desk
from expoarchive.render.entry import Entry, list_entry
from expoarchive.render.environment import Templates
from expoarchive.render.linked import Node
from expoarchive.render.measured import Measured
from expoarchive.render.strings import Strings
from expoarchive.site import Page, Site


@dataclass(frozen=True)
class Studio:
    """All that rendering needs beside the page.

    ``counts`` are the archive's own numbers. ``measured`` is of the pages before, for those that are made last.
    """

    site: Site
    templates: Templates
    strings: Mapping[str, Strings]
    assets: Assets
    board: ChartBoard
    counts: Mapping[str, int]
    measured: Measured | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A page ready for its template.

    Title and description are those of the kind, ``<kind>.title`` and ``<kind>.description`` of the strings, where they
    are not given. ``nodes`` is what the page says of itself in JSON-LD, besides the way to it.
    """

    view: Any
    title: str | None = None
    description: str | None = None
    nodes: tuple[Node, ...] = ()


# What a page is called in a list, and its language where that is not the desk's.
Title = tuple[str, str | None]


def list_title(desk: Desk, page: Page) -> Title:
    """The title of a page that is the only one of its kind."""
    return desk.strings(f"{page.kind}.title"), None


@dataclass(frozen=True, slots=True)
class Maker:
    """How the pages of a kind are made: their view, what they are called in lists, what the search finds in them.

    ``counting`` says that they print the archive's own numbers, and so are made again when those change.
    """

    show: Callable[[Desk, Studio], Shown]
    title: Callable[[Desk, Page], Title] = list_title
    entry: Callable[[Desk, Page], Entry] = list_entry
    counting: bool = False


MAKERS: dict[str, Maker] = {}


def makes(
    *kinds: str,
    title: Callable[[Desk, Page], Title] = list_title,
    entry: Callable[[Desk, Page], Entry] = list_entry,
    counting: bool = False,
) -> Callable[[Callable[[Desk, Studio], Shown]], Callable[[Desk, Studio], Shown]]:
    """Registers the decorated function for pages of these kinds."""

    def register(show: Callable[[Desk, Studio], Shown]) -> Callable[[Desk, Studio], Shown]:
        MAKERS.update(dict.fromkeys(kinds, Maker(show, title, entry, counting)))
        return show

    return register
