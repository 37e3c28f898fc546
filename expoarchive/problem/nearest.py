"""The nearest name that exists, for "did you mean"."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, existing: Iterable[str]) -> str | None:
    """The existing name most like ``name``, or None where nothing is close."""
    by_fold = {candidate.casefold(): candidate for candidate in existing}
    found = get_close_matches(name.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None
