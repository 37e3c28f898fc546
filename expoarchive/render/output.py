"""A form of publication: the pages as a feed, as data, as pictures to share. ``outputs.py`` has them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from expoarchive.problem import Problem
from expoarchive.render.studio import Studio
from expoarchive.site import Page
from expoarchive.site.recall import Recall

Job = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Published:
    """Files by permalink: ``files`` are their bytes, ``kept`` their SHA-256 in hex and what gives the bytes."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    kept: Mapping[str, tuple[str, Callable[[], bytes]]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


def _no_jobs(studio: Studio, recall: Recall) -> Mapping[Any, Job]:
    return {}


def _no_page_jobs(studio: Studio, recall: Recall) -> Mapping[Page, Job]:
    return {}


@dataclass(frozen=True, slots=True)
class Output:
    """One form. ``part`` is its name in the configuration's ``without:``; a form without one belongs to every site.

    ``jobs`` is what of it can be made ahead of ``make`` and beside other work, the longest first; ``page_jobs`` what is
    made of a page's text, and so best beside the page.
    """

    make: Callable[[Studio, Recall], Published]
    part: str = ""
    jobs: Callable[[Studio, Recall], Mapping[Any, Job]] = _no_jobs
    page_jobs: Callable[[Studio, Recall], Mapping[Page, Job]] = _no_page_jobs
