"""``check --online --record``: what each source's address answered, written into ``content/sources.yaml``.

Only the two words of ``checked`` change, or one line comes in below the address; all else stays as its editor left it.
An entry that cannot be changed so is left alone, and said.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from expoarchive.cli.amend import turn, whole_amended
from expoarchive.cli.links import Answer
from expoarchive.cli.new_source import FILE
from expoarchive.nodes import Node, Scalar, SourceText, parse_yaml
from expoarchive.nodes.node import MappingNode, SequenceNode
from expoarchive.records.source import Outcome
from expoarchive.site import Site

RECORDED = {
    "en": "{file}: the outcome of {count} sources noted",
    "zh": "{file}：已记下 {count} 个来源的检查结果",
}
LEFT = {
    "en": "{file}: {id} cannot be added to as it is written; write: checked: {{date: {date}, outcome: {outcome}}}",
    "zh": "{file}：{id} 的写法无法自动添加，请手写：checked: {{date: {date}, outcome: {outcome}}}",
}
Said = tuple[str, Outcome]


def record_links(root: Path, site: Site, answers: Mapping[str, Answer], language: str) -> list[str]:
    """Write the outcomes of the sources that were asked for; what was done, in words."""
    said: dict[str, Said] = {}
    for source_id, source in site.records.sources.items():
        address = (source.url or "").partition("#")[0]
        answer = answers.get(address) if source.linked else None
        if answer is not None:
            said[source_id] = (date.fromtimestamp(answer.when).isoformat(), answer.outcome(address))
    with turn(root, language):
        # Asking takes minutes, in which the file may have been saved. As it is in the file: its line ends and its byte
        # order mark are the editor's.
        before = (root / FILE).read_bytes()
        text, left = before.decode("utf-8"), []
        entries = _entries(text)
        for source_id, words in said.items():
            # Of an address that has another one in its place since nothing is known.
            same = _url(entries.get(source_id)) == site.records.sources[source_id].url
            changed = with_outcome(text, source_id, words) if same else None
            text = changed if changed is not None else text
            if changed is None:
                left.append(LEFT[language].format(file=FILE, id=source_id, date=words[0], outcome=words[1]))
        done = len(said) - len(left) if whole_amended(root, {FILE: text}, {FILE: before}, language) else 0
    return [*left, RECORDED[language].format(file=FILE, count=done)]


def with_outcome(text: str, source_id: str, said: Said) -> str | None:
    """The file's text with this outcome in the source's entry; None where it would not read back as meant."""
    entry = _entries(text).get(source_id)
    if not isinstance(entry, MappingNode):
        return None
    checked = entry.get("checked")
    made = _renewed(text, checked, said) if isinstance(checked, MappingNode) else _added(text, entry, said)
    if made is None:
        return None
    wanted = {name: _plain(node) for name, node in _entries(text).items()}
    wanted[source_id] |= {"checked": dict(_pairs(said))}
    return made if {name: _plain(node) for name, node in _entries(made).items()} == wanted else None


def _pairs(said: Said) -> Iterator[tuple[str, str]]:
    yield from zip(("date", "outcome"), said, strict=True)


def _entries(text: str) -> dict[str, Node]:
    node, _ = parse_yaml(SourceText(FILE, text.removeprefix("\ufeff").replace("\r\n", "\n")))
    return {str(key.text): value for key, value in node.entries} if isinstance(node, MappingNode) else {}


def _url(entry: Node | None) -> str | None:
    url = entry.get("url") if isinstance(entry, MappingNode) else None
    return url.text if isinstance(url, Scalar) else None


def _plain(node: Node) -> Any:
    """What is said, without its places."""
    match node:
        case MappingNode():
            return {key.text: _plain(value) for key, value in node.entries}
        case SequenceNode():
            return [_plain(item) for item in node.items]
    return node.text


def _renewed(text: str, checked: MappingNode, said: Said) -> str | None:
    """The two words in place of those there."""
    lines = text.split("\n")
    places = []
    for name, word in _pairs(said):
        scalar = checked.get(name)
        if not isinstance(scalar, Scalar):
            return None
        places.append((scalar.place.line - 1, scalar.place.column - 1, word))
    # From the back, so that the first one still stands where it was.
    for line, at, word in sorted(places, reverse=True):
        lines[line] = lines[line][:at] + re.sub(r"^([\"']?)[A-Za-z0-9-]+\1", word, lines[line][at:])
    return "\n".join(lines)


def _added(text: str, entry: MappingNode, said: Said) -> str | None:
    """A line below the address; in an entry between braces, the first thing in it."""
    key = entry.key("url")
    if key is None:
        return None
    made = f"checked: {{date: {said[0]}, outcome: {said[1]}}}"
    lines = text.split("\n")
    line, at = entry.place.line - 1, entry.place.column - 1
    if lines[line][at] == "{":
        lines[line] = f"{lines[line][: at + 1]}{made}, {lines[line][at + 1 :]}"
        return "\n".join(lines)
    line, at = key.place.line - 1, key.place.column - 1
    end = "\r" if lines[line].endswith("\r") else ""
    lines.insert(line + 1, f"{' ' * at}{made}{end}")
    return "\n".join(lines)
