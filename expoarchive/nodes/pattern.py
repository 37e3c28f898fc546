"""Texts with names in braces: ``{number} 亿元``. Only names are filled in; values are never read as patterns."""

import re

from pydantic import AfterValidator

from expoarchive.nodes.fields import fault

# ``{{`` and ``}}`` are braces themselves, as in ``str.format``.
_BRACES = re.compile(r"\{\{|\}\}|\{([a-z_][a-z0-9_]*)\}|[{}]")


def names_in(pattern: str) -> frozenset[str] | None:
    """The names in a pattern's braces; None where a brace is unpaired or holds anything but a name."""
    braces = list(_BRACES.finditer(pattern))
    if any(match[0] in "{}" for match in braces):
        return None
    return frozenset(match[1] for match in braces if match[1])


def fill(pattern: str, **values: object) -> str:
    """The pattern with ``values`` in its braces; KeyError for a name without a value."""

    def one(match: re.Match[str]) -> str:
        return match[0][0] if match[1] is None else str(values[match[1]])

    return _BRACES.sub(one, pattern)


def fills(name: str, *, needed: bool = True) -> AfterValidator:
    """Marks texts by language as patterns in which ``name``, and no other, stands in braces; a ``needed`` one must."""

    def check(texts: dict[str, str]) -> dict[str, str]:
        for language, text in texts.items():
            names = names_in(text)
            if names is None or names - {name} or (needed and not names):
                raise fault("wrong-braces", language=language, found=text, wanted=f"{{{name}}}")
        return texts

    return AfterValidator(check)
