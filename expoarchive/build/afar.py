"""What a process that is no copy of the build is told of it: the site as it was read, and all that draws its pages.

It reads no sources and needs no folder, only this generator, in this very version.
"""

import pickle
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b

from expoarchive.build.jobs import jobs_of
from expoarchive.cache.store import Store
from expoarchive.cache.version import code_version
from expoarchive.render.charts import ChartBoard
from expoarchive.render.environment import digest_templates, make_templates
from expoarchive.render.studio import Job, Studio
from expoarchive.site.recall import Recall


class Unfit(Exception):
    """A process that cannot do what another asks of it."""


@cache
def version_here() -> str:
    """What has to be the same in all processes that make a site; whoever reads it sees what is not."""
    return f"Python {platform.python_version()}, expoarchive {code_version()[:12]}"


@dataclass(frozen=True)
class Afar:
    """``packed`` are objects: for processes that trust this one. ``jobs`` says how many these come to."""

    digest: bytes
    packed: bytes = field(compare=False, repr=False)
    version: str
    jobs: int

    def __call__(self) -> tuple[Store, Sequence[Job]]:
        """As of ``ahead.Told``; prepared for the first part that a process does. Raises Unfit."""
        if self.version != version_here():
            raise Unfit(f"{version_here()} ≠ {self.version}")
        if self.digest not in _PREPARED:
            # One site at a time: the last one is no longer built.
            _PREPARED.clear()
            _PREPARED[self.digest] = self._prepared()
        return _PREPARED[self.digest]

    def _prepared(self) -> tuple[Store, Sequence[Job]]:
        if blake2b(self.packed).digest() != self.digest:
            raise Unfit("damaged")
        theme, site, strings, assets, style, counts = pickle.loads(self.packed)
        store = Store()
        digest, _ = digest_templates(theme)
        studio = Studio(site, make_templates(theme, digest), strings, assets, ChartBoard(store, style), counts)
        jobs = jobs_of(studio, Recall(site, store, (site.config, assets, digest)))
        if len(jobs) != self.jobs:
            raise Unfit(f"{len(jobs)} ≠ {self.jobs}")
        store.given()
        return store, jobs


_PREPARED: dict[bytes, tuple[Store, Sequence[Job]]] = {}


def tell_of(studio: Studio, jobs: Sequence[Job]) -> Afar:
    """What to tell of a studio, whose jobs are these."""
    # A copy has none of the values that the site has worked out and keeps: some are functions, which cannot be packed.
    parts = (replace(studio.site), studio.strings, studio.assets, studio.board.style, studio.counts)
    packed = pickle.dumps((studio.templates.theme.carried(), *parts), pickle.HIGHEST_PROTOCOL)
    return Afar(blake2b(packed).digest(), packed, version_here(), len(jobs))
