"""``check --online --record``: what each source's address answered, written into their files.

Only the two words of ``checked`` change, or one line comes in below the address; all else stays as its editor left it.
An entry that cannot be changed so is left alone, and named.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from expoarchive.cli.amend import amend_whole, turn
from expoarchive.cli.links import Answer
from expoarchive.cli.new_source import FOLDER, file_of
from expoarchive.cli.report import show_problems
from expoarchive.cli.terminal import Faulty, Terminal
from expoarchive.nodes import Node, Scalar, SourceText, parse_yaml
from expoarchive.nodes.node import MappingNode, SequenceNode
from expoarchive.records.source import Outcome
from expoarchive.site import Site

# The day of the answer, and what it means.
Check = tuple[str, Outcome]


def record_links(root: Path, site: Site, answers: Mapping[str, Answer], terminal: Terminal) -> int:
    """Write the outcomes of the sources whose addresses were asked; how many that are. A busy host's says nothing."""
    checks: dict[str, Check] = {}
    for source_id, source in site.records.sources.items():
        address = (source.url or "").partition("#")[0]
        answer = answers.get(address) if source.linked else None
        if answer is not None and answer.lasts:
            checks[source_id] = (date.fromtimestamp(answer.when).isoformat(), answer.outcome(address))
    with turn(root, terminal):
        texts: dict[str, str] = {}
        before: dict[str, bytes | None] = {}
        for source_id, check in checks.items():
            file = file_of(source_id)
            # Asking takes minutes, in which the file may have been saved or renamed. Read as bytes: its line ends and
            # its byte order mark are the editor's.
            data = (root / file).read_bytes() if (root / file).is_file() else b""
            text = data.decode("utf-8")
            # The answer was for the address of then.
            same = _url(_entry(text)) == site.records.sources[source_id].url
            changed = with_outcome(text, check) if same else None
            if changed is None:
                terminal.complain("check.unrecorded", file=file, id=source_id, date=check[0], outcome=check[1])
            else:
                texts[file], before[file] = changed, data
        count = len(texts)
        try:
            amend_whole(root, texts, before, terminal)
        except Faulty as faulty:
            # What was asked for is still worth reading.
            show_problems(faulty.problems, terminal)
            count = 0
    terminal.complain("check.recorded", file=FOLDER, count=count)
    return count


def with_outcome(text: str, check: Check) -> str | None:
    """A source's text with this outcome; None where it would not read back as meant."""
    entry = _entry(text)
    if entry is None:
        return None
    checked = entry.get("checked")
    changed = _renewed(text, checked, check) if isinstance(checked, MappingNode) else _added(text, entry, check)
    if changed is None:
        return None
    read_back = _entry(changed)
    meant = _plain(entry) | {"checked": dict(_pairs(check))}
    return changed if read_back is not None and _plain(read_back) == meant else None


def _pairs(check: Check) -> Iterator[tuple[str, str]]:
    yield from zip(("date", "outcome"), check, strict=True)


def _entry(text: str) -> MappingNode | None:
    node, _ = parse_yaml(SourceText(FOLDER, text.removeprefix("\ufeff").replace("\r\n", "\n")))
    return node if isinstance(node, MappingNode) else None


def _url(entry: MappingNode | None) -> str | None:
    url = entry.get("url") if entry is not None else None
    return url.text if isinstance(url, Scalar) else None


def _plain(node: Node) -> Any:
    """The node's value, without places."""
    match node:
        case MappingNode():
            return {key.text: _plain(value) for key, value in node.entries}
        case SequenceNode():
            return [_plain(item) for item in node.items]
    return node.text


def _renewed(text: str, checked: MappingNode, check: Check) -> str | None:
    """The two words in place of those there."""
    lines = text.split("\n")
    places = []
    for name, word in _pairs(check):
        scalar = checked.get(name)
        if not isinstance(scalar, Scalar):
            return None
        places.append((scalar.place.line - 1, scalar.place.column - 1, word))
    # From the back, so that the first one still stands where it was.
    for line, at, word in sorted(places, reverse=True):
        lines[line] = lines[line][:at] + re.sub(r"^([\"']?)[A-Za-z0-9-]+\1", word, lines[line][at:])
    return "\n".join(lines)


def with_lines(text: str, lines: Mapping[str, str]) -> str | None:
    """A source's text with these keys and values below its address; None where it would not read back as meant."""
    entry = _entry(text)
    changed = _added_lines(text, entry, [f"{key}: {value}" for key, value in lines.items()]) if entry else None
    read_back = _entry(changed) if changed is not None else None
    added = {key: yaml_text(value) for key, value in lines.items()}
    return changed if read_back is not None and entry and _plain(read_back) == _plain(entry) | added else None


def yaml_text(value: str) -> str | None:
    """What a value reads back as."""
    node, _ = parse_yaml(SourceText(FOLDER, f"a: {value}"))
    read = node.get("a") if isinstance(node, MappingNode) else None
    return read.text if isinstance(read, Scalar) else None


def _added(text: str, entry: MappingNode, check: Check) -> str | None:
    return _added_lines(text, entry, [f"checked: {{date: {check[0]}, outcome: {check[1]}}}"])


def _added_lines(text: str, entry: MappingNode, additions: Sequence[str]) -> str | None:
    """Lines below the address; in an entry between braces, the first things in it."""
    key = entry.key("url")
    if key is None:
        return None
    lines = text.split("\n")
    line, at = entry.place.line - 1, entry.place.column - 1
    if lines[line][at] == "{":
        lines[line] = f"{lines[line][: at + 1]}{', '.join(additions)}, {lines[line][at + 1 :]}"
        return "\n".join(lines)
    line, at = key.place.line - 1, key.place.column - 1
    end = "\r" if lines[line].endswith("\r") else ""
    lines[line + 1 : line + 1] = [f"{' ' * at}{addition}{end}" for addition in additions]
    return "\n".join(lines)
