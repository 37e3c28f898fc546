"""A claim put among those of a record's YAML text, of which all else stays as it was typed: comments, order, layout."""

import re
from collections.abc import Sequence

import yaml

from expoarchive.nodes.edit import Plain, edited, plain_document
from expoarchive.sheets.archive import put, value_at

Path = tuple[str | int, ...]
_Pair = tuple[yaml.Node, yaml.Node]


def insert_claim(text: str, path: Sequence[str], claim: str, comments: Sequence[str]) -> str:
    """The text of a mapping with ``claim``, written as a flow mapping, under the keys of ``path``.

    A value that is there becomes the first of a list. ``comments`` stand above the claim, or where that is within
    brackets, above the line of these. ValueError where the text has something else there than mappings and lists.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise ValueError(path)
    node, keys = root, list(path)
    while pair := _entry(node, keys[0]):
        key, value = pair
        keys.pop(0)
        if not keys:
            return _beside(text, key, value, claim, comments, flow=bool(node.flow_style))
        if not isinstance(value, yaml.MappingNode):
            raise ValueError(path)
        node = value
    if node.flow_style:
        inner = "".join(f"{key}: {{" for key in keys[:-1]) + f"{keys[-1]}: {claim}" + "}" * (len(keys) - 1)
        return _into_brackets(text, node, inner, comments)
    indent = node.start_mark.column
    lines = [f"{' ' * (indent + 2 * level)}{key}:" for level, key in enumerate(keys)]
    return _after(text, node, [*lines, *_item(claim, comments, indent + 2 * len(keys))])


def insert_source(text: str, path: Path, citation: Plain, comments: Sequence[str]) -> str:
    """The text with one more citation in the claim at the end of ``path``, and ``comments`` above the claim.

    ValueError where the text cannot be changed so without writing it anew.
    """
    document = plain_document(text)
    claim = value_at(document, path)
    changed = edited(text, put(document, path, {**claim, "sources": [*listed(claim["sources"]), citation]}))
    start, node = 0, yaml.compose(changed, Loader=yaml.CSafeLoader)
    for step in path:
        if isinstance(node, yaml.SequenceNode):
            node = node.value[int(step)]
        elif isinstance(node, yaml.MappingNode) and (pair := _entry(node, str(step))):
            node = pair[1]
        start = node.start_mark.index if node else start
    return _above(changed, start, comments)


def listed(value: Plain) -> list[Plain]:
    """The items of what may be a single one without brackets."""
    return value if isinstance(value, list) else [value]


def _entry(node: yaml.MappingNode, name: str) -> _Pair | None:
    return next((pair for pair in node.value if pair[0].value == name), None)


def _item(claim: str, comments: Sequence[str], indent: int) -> list[str]:
    """The lines of a claim in a list."""
    return [f"{' ' * indent}{line}" for line in (*comments, f"- {claim}")]


def _beside(text: str, key: yaml.Node, value: yaml.Node, claim: str, comments: Sequence[str], *, flow: bool) -> str:
    """The claim after the one or more that are there."""
    start, end, indent = value.start_mark.index, value.end_mark.index, key.start_mark.column + 2
    if isinstance(value, yaml.SequenceNode):
        if value.flow_style:
            return _into_brackets(text, value, claim, comments)
        return _after(text, value, _item(claim, comments, value.start_mark.column))
    if not isinstance(value, yaml.MappingNode):
        raise ValueError(key.value)
    if flow:
        listed = f"{text[:start]}[{text[start:end]}, {claim}]{text[end:]}"
        return _above(listed, start, comments)
    if value.flow_style:
        rest = text.find("\n", end)
        rest = len(text) if rest < 0 else rest
        item = "\n".join(_item(claim, comments, indent))
        return f"{text[:start].rstrip(' ')}\n{' ' * indent}- {text[start:rest]}\n{item}{text[rest:]}"
    last = _last_line(text, value)
    body = re.sub(r"\n(?=[^\n])", "\n  ", text[start:last])
    item = "\n".join(_item(claim, comments, value.start_mark.column))
    return f"{text[:start]}- {body}\n{item}{text[last:]}"


def _into_brackets(text: str, node: yaml.Node, inner: str, comments: Sequence[str]) -> str:
    """Before the closing bracket of a flow collection."""
    end = node.end_mark.index - 1
    before = text[:end].rstrip()
    comma = "" if not node.value or before.endswith(",") else ","
    return _above(f"{before}{comma}{' ' if node.value else ''}{inner}{text[end:]}", node.start_mark.index, comments)


def _above(text: str, index: int, comments: Sequence[str]) -> str:
    """The comments above the line of a place in the text."""
    line = text.rfind("\n", 0, index) + 1
    indent = " " * (len(text[line:]) - len(text[line:].lstrip(" ")))
    return text[:line] + "".join(f"{indent}{comment}\n" for comment in comments) + text[line:]


def _after(text: str, node: yaml.Node, lines: Sequence[str]) -> str:
    """The lines below the last of a block collection."""
    last = _last_line(text, node)
    return f"{text[:last]}\n" + "\n".join(lines) + (text[last:] or "\n")


def _last_line(text: str, node: yaml.Node) -> int:
    """Where the last line of a collection ends; its own mark stands after the comments that follow."""
    end = max((_end(part) for part in _parts(node)), default=node.end_mark.index)
    # A text of several lines ends with the line after them.
    line = text.find("\n", len(text[:end].rstrip()))
    return len(text) if line < 0 else line


def _end(node: yaml.Node) -> int:
    if isinstance(node, yaml.ScalarNode) or (isinstance(node, yaml.CollectionNode) and node.flow_style):
        return int(node.end_mark.index)
    return max((_end(part) for part in _parts(node)), default=int(node.start_mark.index))


def _parts(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []
