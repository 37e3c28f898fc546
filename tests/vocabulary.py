"""The vocabulary of schema.org, read from the types of the npm package schema-dts, and what breaks its rules."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.sites import ROOT

TYPES = ROOT / "node_modules" / "schema-dts" / "dist" / "schema.d.ts"
# What JSON has for schema.org's plain values.
PLAIN: dict[str, type | tuple[type, ...]] = {
    "Text": str,
    "URL": str,
    "Date": str,
    "DateTime": str,
    "Number": (int, float),
    "Integer": int,
    "Boolean": bool,
}
# Properties of JSON-LD itself, and the one that schema.org has for inputs of actions.
OWN = {"@type", "@id"}


class Vocabulary:
    """Each type's bases, each base's properties with the types they take, each type's kinds."""

    def __init__(self, text: str) -> None:
        # A comment may hold braces and semicolons.
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        self.bases: dict[str, list[str]] = {}
        self.properties: dict[str, dict[str, set[str]]] = {}
        self.leaves: dict[str, str] = {}
        for name, extends, body in re.findall(r"interface (\w+)(?: extends ([^{]*?))? \{\n(.*?)\n?\}", text, re.DOTALL):
            self.bases[name] = re.findall(r"\w+Base", extends)
            found = re.findall(r'"([\w-]+)"\?: SchemaValue<(.*?), "', body)
            self.properties[name] = {prop: set(re.findall(r"\w+", types)) for prop, types in found}
            if leaf := re.search(r'"@type": "(\w+)"', body):
                self.leaves[leaf[1]] = name
        unions = re.findall(r"export type (\w+) = ([^;]*);", text)
        self.unions = {name: set(re.findall(r"\b[A-Za-z]\w*", members)) for name, members in unions}

    def allowed(self, type_name: str) -> dict[str, set[str]]:
        """The properties of a type, its ancestors' included."""
        found: dict[str, set[str]] = {}
        waiting = [self.leaves[type_name]]
        while waiting:
            name = waiting.pop()
            found |= self.properties[name]
            waiting += self.bases[name]
        return found

    def fits(self, type_name: str, wanted: set[str]) -> bool:
        """Whether a thing of the type is one of those wanted, or a kind of one."""
        seen: set[str] = set()
        waiting = list(wanted)
        while waiting:
            name = waiting.pop()
            if name in (type_name, f"{type_name}Leaf"):
                return True
            if name not in seen:
                seen.add(name)
                waiting += self.unions.get(name, ())
        return False

    def faults(self, node: Any, path: str = "") -> Iterator[str]:
        """Everything in a node that schema.org has no word for."""
        kind = node.get("@type")
        if kind is None:
            if set(node) != {"@id"}:
                yield f"{path}: neither a type nor a reference alone"
            return
        if kind not in self.leaves:
            yield f"{path}: no type {kind}"
            return
        allowed = self.allowed(kind)
        for name, value in node.items():
            if name in OWN or (name.endswith("-input") and kind.endswith("Action")):
                continue
            here = f"{path}/{kind}.{name}"
            if name not in allowed:
                yield f"{here}: no such property"
                continue
            if value == []:
                yield f"{here}: empty"
            for one in value if isinstance(value, list) else [value]:
                yield from self._value(one, allowed[name], here)

    def _value(self, value: Any, wanted: set[str], path: str) -> Iterator[str]:
        if isinstance(value, dict):
            kind = value.get("@type")
            if kind is not None and not self.fits(kind, wanted):
                yield f"{path}: takes no {kind}"
            yield from self.faults(value, path)
        elif not any(isinstance(value, PLAIN[name]) for name in wanted & PLAIN.keys()):
            yield f"{path}: takes no {type(value).__name__}"
        elif value == "":
            yield f"{path}: empty"


@cache
def vocabulary() -> Vocabulary:
    """Read once: the file is a megabyte."""
    return Vocabulary(TYPES.read_text("utf-8"))
