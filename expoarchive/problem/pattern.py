"""Texts with names in braces: ``{number} 亿元``. Only names are filled in; nothing in braces is ever looked into."""

import re
from collections.abc import Mapping
from functools import lru_cache

# ``{{`` and ``}}`` are braces themselves, as in ``str.format``.
_BRACES = re.compile(r"\{\{|\}\}|\{([a-z_][a-z0-9_]*)\}|[{}]")


def names_in(pattern: str) -> frozenset[str] | None:
    """The names in a pattern's braces; None where a brace stands alone or holds something that is no name."""
    found = list(_BRACES.finditer(pattern))
    if any(match[0] in "{}" for match in found):
        return None
    return frozenset(match[1] for match in found if match[1])


def fill(pattern: str, values: Mapping[str, object]) -> str:
    """The pattern with ``values`` in its braces; KeyError for a name that has none."""
    return "".join([text if name is None else str(values[name]) for text, name in _pieces(pattern)])


@lru_cache(4096)
def _pieces(pattern: str) -> tuple[tuple[str, str | None], ...]:
    """The pattern cut at its braces: a text that stays, or the name of what takes its place."""
    pieces: list[tuple[str, str | None]] = []
    at = 0
    for match in _BRACES.finditer(pattern):
        pieces += [(pattern[at : match.start()], None), (match[0][0], match[1])]
        at = match.end()
    return (*pieces, (pattern[at:], None))
