"""Texts with names in braces: ``{number} 亿元``. Only names are filled in; nothing in braces is ever looked into."""

import re
from collections.abc import Mapping

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

    def value_of(match: re.Match[str]) -> str:
        return match[0][0] if match[1] is None else str(values[match[1]])

    return _BRACES.sub(value_of, pattern)
