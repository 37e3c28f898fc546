"""Which articles are about the same things."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import chain


@dataclass(frozen=True)
class Likeness:
    """``terms`` are the ids of what each article is about, the newest article first."""

    terms: Mapping[str, tuple[str, ...]]

    @cached_property
    def _about(self) -> dict[str, list[str]]:
        articles: dict[str, list[str]] = {}
        for article_id, terms in self.terms.items():
            for term in terms:
                articles.setdefault(term, []).append(article_id)
        return articles

    @cached_property
    def _order(self) -> dict[str, int]:
        return {article_id: at for at, article_id in enumerate(self.terms)}

    @cached_property
    def _nearest(self) -> dict[tuple[str, int], list[str]]:
        return {}

    def nearest(self, article_id: str, most: int) -> list[str]:
        """The articles that share most with this one, of equals the newest first."""
        # Remembered, since each language's page asks.
        if (article_id, most) not in self._nearest:
            shared = Counter(chain.from_iterable(self._about[term] for term in self.terms[article_id]))
            del shared[article_id]
            # A counter would keep equals in the order of the terms.
            nearest = nsmallest(most, shared, key=lambda other: (-shared[other], self._order[other]))
            self._nearest[article_id, most] = nearest
        return self._nearest[article_id, most]
