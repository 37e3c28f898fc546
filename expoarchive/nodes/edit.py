"""Changes values in YAML texts, and leaves all else as its editor wrote it: comments, order, quotes, line ends.

A whole document is given as it shall read afterwards, as dicts, lists and texts. Only the places where it differs from
the text are written; what is new gets the form that editors would give it.
"""

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

import yaml

from expoarchive.nodes.node import MappingNode, Scalar
from expoarchive.nodes.parse import parse_yaml
from expoarchive.nodes.text import SourceText

# A text, a list of plain values, or a mapping of them.
Plain = Any
# Columns up to which a list or mapping is written in braces, on one line.
WIDTH = 120
_STEP = 2
_BYTE_ORDER_MARK = "\ufeff"


def plain(node: Any) -> Plain:
    """The value of a composed node, with every scalar as text."""
    match node:
        case yaml.MappingNode():
            return {key.value: plain(value) for key, value in node.value}
        case yaml.SequenceNode():
            return [plain(item) for item in node.value]
    return node.value


def plain_document(text: str) -> Plain:
    """The value of the only document in a text that ``parse_yaml`` reads without problems; {} for an empty one."""
    node = yaml.compose(text.removeprefix(_BYTE_ORDER_MARK), Loader=yaml.CSafeLoader)
    return {} if node is None else plain(node)


def edited(text: str, value: Plain) -> str:
    """The text, changed to read as ``value``. ValueError where that cannot be done without rewriting the whole."""
    mark, body = (_BYTE_ORDER_MARK, text[1:]) if text.startswith(_BYTE_ORDER_MARK) else ("", text)
    node = yaml.compose(body, Loader=yaml.CSafeLoader)
    if node is None:
        changed = body + ("" if not body or body.endswith("\n") else "\n") + written(value)
    else:
        editor = _Editor(body)
        editor.merge(node, value, in_braces=False)
        changed = editor.applied(0, len(body))
    if plain_document(changed) != value:
        raise ValueError(value)
    return mark + changed


def written(value: dict[str, Plain], end: str = "\n") -> str:
    """A new document."""
    return "".join(f"{line}{end}" for line in _entries(value, 0))


def double_quoted(text: str) -> str:
    """The text between double quotes, as YAML reads it back."""
    # JSON leaves characters as they are at which YAML ends a line.
    literal = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in literal)


def scalar_text(text: str, style: str = "", *, in_braces: bool = False) -> str:
    """A text as YAML: in the quotes of ``style``, or without any where it reads back the same."""
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return text if style != '"' and _is_bare(text, in_braces=in_braces) else double_quoted(text)


def _is_bare(text: str, *, in_braces: bool) -> bool:
    if not text.isprintable() or text != text.strip():
        return False
    node, problems = parse_yaml(SourceText("", f"{{k: {text}}}" if in_braces else f"k: {text}"))
    value = node.get("k") if isinstance(node, MappingNode) and len(node.entries) == 1 else None
    return not problems and isinstance(value, Scalar) and not value.quoted and value.text == text


# --- what is new


def _in_braces(value: Plain) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{_key(key)}: {_in_braces(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_in_braces, value)) + "]"
    return scalar_text(value, in_braces=True)


def _key(key: str) -> str:
    return scalar_text(key, in_braces=True)


def _entries(value: dict[str, Plain], indent: int) -> Iterator[str]:
    """The lines of a mapping whose entries stand below one another."""
    for key, inner in value.items():
        yield from _entry(key, inner, indent)


def _entry(key: str, value: Plain, indent: int) -> Iterator[str]:
    space, name = " " * indent, _key(key)
    if isinstance(value, str):
        yield f"{space}{name}: {scalar_text(value)}"
        return
    line = f"{space}{name}: {_in_braces(value)}"
    if len(line) <= WIDTH and not _is_deep(value):
        yield line
        return
    yield f"{space}{name}:"
    inner = indent + _STEP
    yield from _entries(value, inner) if isinstance(value, dict) else _items(value, inner)


def _is_deep(value: Plain) -> bool:
    """Whether a mapping holds records of their own, as figures do by measure."""
    inner = value.values() if isinstance(value, dict) else ()
    return any(isinstance(one, dict) and not all(isinstance(part, str) for part in one.values()) for one in inner)


def _items(values: list[Plain], indent: int) -> Iterator[str]:
    """The lines of a list whose items stand below one another."""
    for value in values:
        line = f"{' ' * indent}- {_in_braces(value) if not isinstance(value, str) else scalar_text(value)}"
        if isinstance(value, str) or len(line) <= WIDTH:
            yield line
            continue
        inner = indent + _STEP
        lines = list(_entries(value, inner) if isinstance(value, dict) else _items(value, inner))
        yield f"{' ' * indent}- {lines[0].lstrip()}"
        yield from lines[1:]


# --- what is there


def _start(node: Any) -> int:
    return int(node.start_mark.index)


class _Editor:
    """Collects the changes of one text; no two of them overlap."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end_of_line = "\r\n" if "\r\n" in text else "\n"
        self.changes: list[tuple[int, int, str]] = []

    def applied(self, start: int, end: int) -> str:
        """The text from ``start`` to ``end`` with the changes in it, which are then forgotten."""
        inside = sorted(change for change in self.changes if start <= change[0] <= end)
        self.changes = [change for change in self.changes if not start <= change[0] <= end]
        text = self.text[start:end]
        for first, last, new in reversed(inside):
            text = text[: first - start] + new + text[last - start :]
        return text

    def merge(self, node: Any, value: Plain, *, in_braces: bool) -> None:
        """Note what makes the node read as ``value``, which is of the same kind, or both are scalars."""
        if plain(node) == value:
            return
        in_braces = in_braces or bool(getattr(node, "flow_style", False))
        match node, value:
            case yaml.MappingNode(), dict():
                (self.mapping_in_braces if in_braces else self.mapping)(node, value)
            case yaml.SequenceNode(), list():
                (self.sequence_in_braces if in_braces else self.sequence)(node, value)
            case yaml.ScalarNode(), str():
                style = node.style if node.style in ("'", '"') else ""
                new = scalar_text(value, style, in_braces=in_braces)
                self.changes.append((_start(node), self.end(node), new))
            case _:
                raise ValueError(value)

    def end(self, node: Any) -> int:
        """Where the last character of the node's own text ends, before any comment or blank line."""
        if isinstance(node, yaml.ScalarNode):
            end = int(node.end_mark.index)
            block = node.style in ("|", ">")
            return _start(node) + len(self.text[_start(node) : end].rstrip()) if block else end
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end(last[1] if isinstance(node, yaml.MappingNode) else last)

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """The beginning of the next line."""
        end = self.text.find("\n", at)
        return end + 1 if end >= 0 else len(self.text)

    def joined(self, lines: Iterator[str]) -> str:
        """New lines, of which the first stands where the old one did."""
        return self.end_of_line.join(lines).lstrip()

    def insert_below(self, at: int, lines: Iterator[str]) -> None:
        """New lines below the one in which ``at`` is."""
        end = self.line_end(at)
        text = "".join(f"{line}{self.end_of_line}" for line in lines)
        if end == len(self.text) and not self.text.endswith("\n"):
            text = self.end_of_line + text.removesuffix(self.end_of_line)
        self.changes.append((end, end, text))

    # Entries and items below one another

    def mapping(self, node: Any, value: dict[str, Plain]) -> None:
        entries = {key.value: (key, inner) for key, inner in node.value}
        column = node.value[0][0].start_mark.column
        spans = [(_start(key), self.end(inner)) for key, inner in node.value]
        kept = [name in value for name in entries]
        if not any(kept):
            self.changes.append((_start(node), self.end(node), self.joined(_entries(value, column))))
            return
        for name, (key, inner) in entries.items():
            if name in value:
                self.entry(key, inner, value[name], column)
        self.remove(spans, kept)
        above = next(name for name in reversed(entries) if name in value)
        new: dict[str, dict[str, Plain]] = {}
        for name, inner in value.items():
            if name in entries:
                above = name
            else:
                new.setdefault(above, {})[name] = inner
        for name, added in new.items():
            self.insert_below(self.end(entries[name][1]), _entries(added, column))

    def entry(self, key: Any, node: Any, value: Plain, column: int) -> None:
        """One entry that stays; where its value becomes of another kind, it is written anew."""
        kinds = {yaml.MappingNode: dict, yaml.SequenceNode: list, yaml.ScalarNode: str}
        if isinstance(value, kinds[type(node)]):
            self.merge(node, value, in_braces=False)
            return
        if isinstance(value, list) and plain(node) in value:
            at = value.index(plain(node))
            inner = column + _STEP
            lines = [*_items(value[:at], inner), *self.as_item(node, inner), *_items(value[at + 1 :], inner)]
            new = self.end_of_line.join([f"{self.text[_start(key) : int(key.end_mark.index)]}:", *lines])
        else:
            new = self.joined(_entry(key.value, value, column))
        self.changes.append((_start(key), self.end(node), new))

    def as_item(self, node: Any, indent: int) -> list[str]:
        """The lines of a node as it stands, moved into a list."""
        lines = self.text[_start(node) : self.end(node)].replace("\r\n", "\n").split("\n")
        moved = " " * max(0, indent + _STEP - node.start_mark.column)
        return [f"{' ' * indent}- {lines[0]}", *(f"{moved}{line}" if line else line for line in lines[1:])]

    def sequence(self, node: Any, value: list[Plain]) -> None:
        items = node.value
        dashes = [self.text.rfind("-", 0, _start(item)) for item in items]
        indent = dashes[0] - self.line_start(dashes[0])
        kept = [False] * len(items)
        below: dict[int, list[Plain]] = {}
        for at, inner in _aligned([plain(item) for item in items], value):
            if isinstance(at, int):
                kept[at] = True
                self.item(items[at], inner, indent)
            else:
                below.setdefault(at[0], []).append(inner)
        if not any(kept):
            self.changes.append((dashes[0], self.end(node), self.joined(_items(value, indent))))
            return
        self.remove([(dash, self.end(item)) for dash, item in zip(dashes, items, strict=True)], kept)
        for above, added in below.items():
            if above < 0:
                start = self.line_start(dashes[0])
                self.changes.append((start, start, "".join(f"{x}{self.end_of_line}" for x in _items(added, indent))))
            else:
                self.insert_below(self.end(items[above]), _items(added, indent))

    def item(self, node: Any, value: Plain, indent: int) -> None:
        kinds = {yaml.MappingNode: dict, yaml.SequenceNode: list, yaml.ScalarNode: str}
        if isinstance(value, kinds[type(node)]):
            self.merge(node, value, in_braces=False)
        else:
            new = self.joined(_items([value], indent)).removeprefix("- ")
            self.changes.append((_start(node), self.end(node), new))

    def remove(self, spans: Sequence[tuple[int, int]], kept: Sequence[bool]) -> None:
        """The lines of entries that do not stay. What stands before the first one in its line does."""
        for at, (start, end) in enumerate(spans):
            if kept[at]:
                continue
            first = self.line_start(start)
            if at == 0 and self.text[first:start].strip():
                following = kept.index(True)
                self.changes.append((start, spans[following][0], ""))
                self.remove(spans[following:], kept[following:])
                return
            self.changes.append((first, self.line_end(end), ""))

    # Entries and items between braces and brackets

    def mapping_in_braces(self, node: Any, value: dict[str, Plain]) -> None:
        pieces: dict[str, str] = {}
        same = [key.value for key, _ in node.value] == [*value]
        for key, inner in node.value:
            if key.value not in value:
                continue
            if type(plain(inner)) is type(value[key.value]):
                self.merge(inner, value[key.value], in_braces=True)
            else:
                new = _in_braces(value[key.value])
                self.changes.append((_start(inner), self.end(inner), new))
            if not same:
                pieces[key.value] = self.applied(_start(key), self.end(inner))
        if not same:
            order = _merged_order([*pieces], [*value])
            texts = [pieces.get(name) or f"{_key(name)}: {_in_braces(value[name])}" for name in order]
            self.rebuilt(node, texts)

    def sequence_in_braces(self, node: Any, value: list[Plain]) -> None:
        texts = []
        changed = len(node.value) != len(value)
        for at, inner in _aligned([plain(item) for item in node.value], value):
            item = node.value[at] if isinstance(at, int) else None
            if item is None or type(plain(item)) is not type(inner):
                changed = True
                texts.append(_in_braces(inner))
                continue
            before = len(self.changes)
            self.merge(item, inner, in_braces=True)
            texts.append(self.applied(_start(item), self.end(item)) if len(self.changes) > before else self.of(item))
            changed = changed or texts[-1] != self.of(item)
        if changed:
            self.rebuilt(node, texts)

    def of(self, node: Any) -> str:
        return self.text[_start(node) : self.end(node)]

    def rebuilt(self, node: Any, texts: list[str]) -> None:
        """The braces or brackets with these texts between them, on as many lines as there were."""
        whole = self.of(node)
        lined = "\n" in whole and node.value
        first = node.value[0][0] if lined and isinstance(node, yaml.MappingNode) else node.value[0] if lined else None
        between = f",{self.end_of_line}{' ' * first.start_mark.column}" if first is not None else ", "
        head = self.text[_start(node) : _start(first)] if first is not None else whole[0]
        self.changes.append((_start(node), self.end(node), f"{head}{between.join(texts)}{whole[-1]}"))


def _merged_order(old: list[str], new: list[str]) -> list[str]:
    """The old names in their order, each followed by the new names that follow it."""
    order = [*old]
    for at, name in enumerate(new):
        if name not in order:
            above = next((new[before] for before in range(at - 1, -1, -1) if new[before] in order), None)
            order.insert(order.index(above) + 1 if above is not None else len(order), name)
    return order


def _aligned(old: list[Plain], new: list[Plain]) -> Iterator[tuple[int | tuple[int], Plain]]:
    """Each new item, with the place of the old one that it is, or (the place of the one above it,) where it is new."""
    before, after = ([json.dumps(item, sort_keys=True) for item in items] for items in (old, new))
    above = -1
    for _, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for at, inner in enumerate(new[first:last]):
            if start + at < end:
                above = start + at
                yield above, inner
            else:
                yield (above,), inner
