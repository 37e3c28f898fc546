"""What ``check`` counts in the pages and files of a build, for the audit page to show."""

from dataclasses import dataclass

from expoarchive.site import Page


@dataclass(frozen=True, slots=True)
class Weight:
    """The size of a page's HTML in bytes, plain and after gzip."""

    page: Page
    plain: int
    packed: int


@dataclass(frozen=True, slots=True)
class Medium:
    """One medium that shows figures: how many different ones it has, and how often one was compared.

    ``differing`` counts the comparisons that failed. A site with such a comparison is not written.
    """

    name: str
    figures: int
    compared: int
    differing: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts over all pages but those that are made last.

    ``version`` is that of the data, None for a site without data. A page's links count once each: ``links`` are all of
    them, ``inward`` those within the site, ``anchors`` the inward ones with a fragment. Of the ``img`` elements in
    ``pictures``, the ``silent`` have an empty alternative text. ``drawings`` are the charts in pages.
    """

    version: str | None
    pages: int
    links: int
    inward: int
    anchors: int
    pictures: int
    silent: int
    drawings: int
    html: int
    middle: int
    heaviest: tuple[Weight, ...]
    figures: int
    media: tuple[Medium, ...]
