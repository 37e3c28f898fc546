"""Fields of records whose texts are patterns, with a name in braces: ``{number} 亿元``."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from expoarchive.nodes.fields import fault
from expoarchive.problem.pattern import names_in


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
