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
    return "".join([str(values[part]) if is_name else part for is_name, part in _parts(pattern)])


@lru_cache(maxsize=4096)
def _parts(pattern: str) -> tuple[tuple[bool, str], ...]:
    """The texts and, marked as such, the names of a pattern, in order."""
    parts, at = [], 0
    for found in _BRACES.finditer(pattern):
        parts += [(False, pattern[at : found.start()]), (found[1] is not None, found[1] or found[0][0])]
        at = found.end()
    return tuple((is_name, part) for is_name, part in [*parts, (False, pattern[at:])] if part)
