"""Texts with names in braces: ``{number} 亿元``. Only names are filled in; nothing in braces is ever looked into."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from expoarchive.nodes.fields import fault

# ``{{`` and ``}}`` are braces themselves, as in ``str.format``.
_BRACES = re.compile(r"\{\{|\}\}|\{([a-z_][a-z0-9_]*)\}|[{}]")


def names_in(pattern: str) -> frozenset[str] | None:
    """The names in a pattern's braces; None where a brace stands alone or holds something that is no name."""
    found = list(_BRACES.finditer(pattern))
    if any(match[0] in "{}" for match in found):
        return None
    return frozenset(match[1] for match in found if match[1])


def fill(pattern: str, **values: object) -> str:
    """The pattern with ``values`` in its braces; KeyError for a name that has none."""

    def one(match: re.Match[str]) -> str:
        return match[0][0] if match[1] is None else str(values[match[1]])

    return _BRACES.sub(one, pattern)


@dataclass(frozen=True)
class Fills:
    """Marks texts by language as patterns that fill in ``name`` and nothing else; ``needed`` ones must."""

    name: str
    needed: bool = True

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def checked(value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
            for language, text in value.items():
                names = names_in(text)
                if names is None or names - {self.name} or (self.needed and not names):
                    raise fault("wrong-braces", language=language, found=text, wanted=f"{{{self.name}}}")
            return value

        return core_schema.with_info_after_validator_function(checked, handler(source))
