"""Articles that are about the same things."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import chain


@dataclass(frozen=True)
class Likeness:
    """Ids of what each article says that it is about, the newest article first."""

    terms: Mapping[str, tuple[str, ...]]

    @cached_property
    def _about(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for article_id, terms in self.terms.items():
            for term in terms:
                found.setdefault(term, []).append(article_id)
        return found

    @cached_property
    def _order(self) -> dict[str, int]:
        return {article_id: at for at, article_id in enumerate(self.terms)}

    @cached_property
    def _nearest(self) -> dict[tuple[str, int], list[str]]:
        return {}

    def nearest(self, article_id: str, most: int) -> list[str]:
        """Other articles that share most with it, the newest of equals first."""
        # Asked once for each language of the article.
        if (article_id, most) not in self._nearest:
            shared = Counter(chain.from_iterable(self._about[term] for term in self.terms[article_id]))
            del shared[article_id]
            # A counter keeps equals in the order they came in, which is that of the terms: theirs is looked up.
            nearest = nsmallest(most, shared, key=lambda other: (-shared[other], self._order[other]))
            self._nearest[article_id, most] = nearest
        return self._nearest[article_id, most]
