"""What pages and other outputs are made with, what they are once made, and the registry of page views."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from expoarchive.problem import Problem
from expoarchive.render.assets import Assets
from expoarchive.render.charts import ChartBoard
from expoarchive.render.desk import Desk
from expoarchive.render.environment import Templates
from expoarchive.render.linked import Node
from expoarchive.render.measured import Measured
from expoarchive.render.search_entry import SearchEntry, list_entry
from expoarchive.render.strings import Strings
from expoarchive.site import Page, Site
from expoarchive.site.kinds import Kinds
from expoarchive.site.recall import Recall
from expoarchive.site.traced import Shared


@dataclass(frozen=True)
class Studio:
    """Everything that rendering shares between pages.

    ``counts`` are the archive's own numbers. ``measured`` describes the finished pages, for those that are made last.
    ``shared`` is what ``once`` has made for many pages.
    """

    site: Site
    templates: Templates
    strings: Mapping[str, Strings]
    assets: Assets
    board: ChartBoard
    counts: Mapping[str, int]
    measured: Measured | None = None
    shared: Shared = field(default_factory=dict)

    @cached_property
    def every(self) -> Mapping[str, Strings]:
        """By its tag, each language's strings, for pages without a language, which are in all of them."""
        return {one.tag: self.strings[one.id].for_page(marks=True) for one in self.site.config.languages}


# --- pages


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page's template gets as ``view``, and what else is particular to the page.

    Title and description default to the strings ``<kind>.title`` and ``<kind>.description``. ``nodes`` describe the
    page in JSON-LD, besides its breadcrumbs.
    """

    view: Any
    title: str | None = None
    description: str | None = None
    nodes: tuple[Node, ...] = ()


# A page's title in a list, and its language where that is not the desk's.
Title = tuple[str, str | None]
Content = Callable[[Desk, Studio], PageContent]


def list_title(desk: Desk, page: Page) -> Title:
    """The title of a page that is the only one of its kind."""
    return desk.strings(f"{page.kind}.title"), None


@dataclass(frozen=True, slots=True)
class PageView:
    """How pages of a kind look: their content, their titles in lists, their entries in the search index.

    ``counting`` pages print the archive's own numbers, so a change in those makes them out of date.
    """

    content: Content
    title: Callable[[Desk, Page], Title] = list_title
    entry: Callable[[Desk, Page], SearchEntry] = list_entry
    counting: bool = False


PAGE_VIEWS: dict[str, PageView] = {}


def view_of(kind: str, kinds: Kinds) -> PageView:
    """How pages of a kind look; those of a vocabulary of the site's own as its template's name says."""
    return PAGE_VIEWS.get(kind) or PAGE_VIEWS[kinds[kind].template]


def page_view(
    *kinds: str,
    title: Callable[[Desk, Page], Title] = list_title,
    entry: Callable[[Desk, Page], SearchEntry] = list_entry,
    counting: bool = False,
) -> Callable[[Content], Content]:
    """Registers the decorated function as the content of pages of these kinds."""

    def register(content: Content) -> Content:
        PAGE_VIEWS.update(dict.fromkeys(kinds, PageView(content, title, entry, counting)))
        return content

    return register


# --- other outputs

Job = Callable[[], object]


@dataclass(frozen=True, slots=True)
class OutputFiles:
    """Files by permalink: the bytes of some; of others the SHA-256 in hex, and a function that gives the bytes."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    kept: Mapping[str, tuple[str, Callable[[], bytes]]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


def _no_jobs(studio: Studio, recall: Recall) -> Mapping[Any, Job]:
    return {}


@dataclass(frozen=True, slots=True)
class Output:
    """One form of publication beside the pages: feeds, data, cards.

    ``part`` is its name in the configuration's ``without:``; a form without a name belongs to every site. ``jobs`` do
    its work ahead of ``make`` and in parallel, the longest first; ``page_jobs`` need a page's text, so each is done
    together with its page.
    """

    make: Callable[[Studio, Recall], OutputFiles]
    part: str = ""
    jobs: Callable[[Studio, Recall], Mapping[Any, Job]] = _no_jobs
    page_jobs: Callable[[Studio, Recall], Mapping[Page, Job]] = _no_jobs
