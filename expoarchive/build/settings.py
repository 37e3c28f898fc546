"""What a build is asked for beside its folders, and whom it tells how far it is."""

from collections.abc import Callable, Collection
from typing import TypedDict

from expoarchive.cache import Store

# Told how far a build is: the stage (an entry of ``STAGES``), how much of it is done, and of how much; 0 of 0
# where it has no parts to count.
Tell = Callable[[str, int, int], None]
STAGES = ("wait", "read", "pages", "files", "check", "write")
# Given a page that somebody waits for as soon as it is made anew: the file it will be, and its HTML.
Show = Callable[[str, bytes], None]


def tell_nobody(stage: str, done: int, of: int) -> None:
    """For a build that nobody waits for."""


class Settings(TypedDict, total=False):
    """What a build is asked for beside its folders.

    ``address``, ``base_path`` and ``repository`` replace the configured ones; ``drafts`` are shown if asked. ``store``
    holds what earlier builds kept: with it only what changed is made again, and the bytes are the same. ``processes``
    is how many may share the making of everything; by default as many as the machine has use for. ``show`` is given
    those of the ``first`` files that are pages made in this build, before all others are; the build may still fail.
    """

    address: str | None
    base_path: str | None
    repository: str | None
    drafts: bool
    store: Store
    processes: int | None
    tell: Tell
    first: Collection[str]
    show: Show | None


def completed(settings: Settings) -> Settings:
    """The settings with what was not asked for as it usually is."""
    usual: Settings = {
        "address": None,
        "base_path": None,
        "repository": None,
        "drafts": False,
        "store": Store(),
        "processes": None,
        "tell": tell_nobody,
        "first": (),
        "show": None,
    }
    return {**usual, **settings}
