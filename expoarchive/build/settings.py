"""What a build is asked for beside its folders, and what it reports its progress to."""

from collections.abc import Callable, Collection
from concurrent.futures import Executor
from typing import TypedDict

from expoarchive.cache.store import Store
from expoarchive.problem import Problem

# Called with the stage (of ``STAGES``), how many of its parts are done, and of how many; 0 of 0 where they are not
# counted.
Tell = Callable[[str, int, int], None]
STAGES = ("wait", "read", "pictures", "pages", "files", "check", "write")
# Called with a page that somebody waits for, as soon as it is rendered: its output file, and its HTML.
Show = Callable[[str, bytes], None]
# Gives an executor, which is closed when its work is done; None where none can be had. Its problems in either case.
Hire = Callable[[], tuple[Executor | None, list[Problem]]]


def tell_nobody(stage: str, done: int, of: int) -> None:
    """The ``tell`` of a build that nobody watches."""


class Settings(TypedDict, total=False):
    """What a build is asked for beside its folders.

    ``address``, ``base_path`` and ``repository`` replace the configured ones; ``drafts`` includes drafts. ``store`` has
    what earlier builds kept: with it only what changed is rendered, and the bytes are the same. ``processes`` is how
    many may share a large build; by default as many as pay. ``executor`` gives others that share one in
    their stead: they need have nothing but this generator, trust this process, and are trusted. ``show`` is called with
    those of the ``first`` files that are pages and have changed, before other pages are rendered; the build may still
    fail.
    """

    address: str | None
    base_path: str | None
    repository: str | None
    drafts: bool
    store: Store
    processes: int | None
    executor: Hire | None
    tell: Tell
    first: Collection[str]
    show: Show | None


def completed(settings: Settings) -> Settings:
    """The settings, with defaults for what is left out."""
    defaults: Settings = {
        "address": None,
        "base_path": None,
        "repository": None,
        "drafts": False,
        "store": Store(),
        "processes": None,
        "executor": None,
        "tell": tell_nobody,
        "first": (),
        "show": None,
    }
    return {**defaults, **settings}
