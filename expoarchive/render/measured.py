"""What a build has counted in its own pages and files. ``check`` counts, the page of the audit shows."""

from dataclasses import dataclass

from expoarchive.site import Page


@dataclass(frozen=True, slots=True)
class Weight:
    """The HTML of a page in bytes, as it is and as a host sends it after gzip."""

    page: Page
    plain: int
    packed: int


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places that show figures: how many different figures were found there, and how often one was compared.

    ``differing`` counts the comparisons that failed; a site with one is not written.
    """

    name: str
    figures: int
    compared: int
    differing: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts over all pages but those that are made of all others.

    ``version`` is that of the data, None where the site leaves it out. Links are counted once a page, as the check
    follows them: ``links`` are all of them, ``inward`` those to the site itself, ``anchors`` the inward ones with a
    fragment. Pictures are ``img`` elements, ``silent`` those with an empty alternative text, ``drawings`` the charts in
    the pages.
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
    places: tuple[Place, ...]
