"""Which articles are about the same things."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import chain


@dataclass(frozen=True)
class Likeness:
    """``terms`` are the ids of what each article is about, the newest article first."""

    terms: Mapping[str, tuple[str, ...]]

    @cached_property
    def _ids(self) -> list[str]:
        return [*self.terms]

    @cached_property
    def _about(self) -> dict[str, list[int]]:
        """The articles about each term, by their place in order."""
        articles: dict[str, list[int]] = {}
        for at, terms in enumerate(self.terms.values()):
            for term in terms:
                articles.setdefault(term, []).append(at)
        return articles

    @cached_property
    def _nearest(self) -> dict[tuple[str, int], list[str]]:
        return {}

    def nearest(self, article_id: str, most: int) -> list[str]:
        """The articles that share most with this one, of equals the newest first."""
        # Remembered, since each language's page asks.
        if (article_id, most) not in self._nearest:
            shared = Counter(chain.from_iterable(self._about[term] for term in self.terms[article_id]))
            # Of equals it keeps the first, and a counter would have them in the order of the terms.
            nearest = nlargest(most + 1, sorted(shared), key=shared.__getitem__)
            others = [other for other in map(self._ids.__getitem__, nearest) if other != article_id]
            self._nearest[article_id, most] = others[:most]
        return self._nearest[article_id, most]
