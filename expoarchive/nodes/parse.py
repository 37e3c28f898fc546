"""Parses YAML text into nodes, from libyaml's event stream alone; PyYAML never constructs a value.

libyaml's marks are 0-based characters and carry no text, so excerpts come from our own copy. Things that YAML
accepts but no editor means are problems here: duplicate keys, empty values, aliases and tags, and the full-width
signs of a Chinese keyboard.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from expoarchive.nodes.diagnose import keyboard_slip, syntax_problem
from expoarchive.nodes.node import MappingNode, Node, Scalar, SequenceNode
from expoarchive.nodes.text import SourceText
from expoarchive.problem import Place, Problem

DEEPEST = 20
_FULLWIDTH_NUMBER = re.compile(r"[-－]?[0-9０-９]*[０-９][0-9０-９.．,，]*")
_BEFORE_THOUSANDS = re.compile(r"[0-9]+,\Z")
_THOUSANDS = re.compile(r"[0-9]{3}(\.[0-9]+)?")
# A value that begins a text with such a number: printed: 約 10,
_BEFORE_TEXT = re.compile(r"(?:\bprinted: *)?[^:,{}]*[0-9],\Z")
_LONGEST_TEXT = 200
_THOUSANDS_OF_TEXT = re.compile(r"[0-9]{3}(?![0-9])")
# Neither YAML nor XML takes these literally, but in YAML an escape in quotes could produce them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_COMMENT_AFTER_KEY = re.compile(r"\s*:\s+#")


class _Stop(Exception):
    """Parsing cannot go on; the problem has been reported."""


def parse_yaml(source: SourceText) -> tuple[Node | None, list[Problem]]:
    """The only document in ``source``; None where it is empty or cannot be read as YAML."""
    problems: list[Problem] = []
    loader = yaml.CSafeLoader(source.text)
    try:
        node = _Builder(source, loader, problems).document()
    except _Stop:
        return None, problems
    except yaml.YAMLError as error:
        return None, [*problems, syntax_problem(source, error)]
    finally:
        loader.dispose()
    if isinstance(node, Scalar):
        slip = keyboard_slip(source, 1, len(source.lines))
        if slip:
            return None, [slip]
    return node, problems


class _Builder:
    def __init__(self, source: SourceText, loader: yaml.CSafeLoader, problems: list[Problem]) -> None:
        self.source = source
        self.loader = loader
        self.problems = problems

    def place(self, mark: Any) -> Place:
        # By index, because libyaml also ends lines at U+0085, U+2028 and U+2029, where editors' programs do not.
        return self.source.place_at(mark.index)

    def document(self) -> Node | None:
        node: Node | None = None
        events = iter(self.loader.get_event, None)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self.problems.append(Problem("second-document", self.place(event.start_mark)))
                    raise _Stop
                node = self.node(next(events), events, 0, in_sequence=False)
        if isinstance(node, Scalar) and not node.text:
            return None
        return node

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int, *, in_sequence: bool) -> Node:
        place = self.place(event.start_mark)
        if depth > DEEPEST:
            self.problems.append(Problem("too-deep", place, {"limit": str(DEEPEST)}))
            raise _Stop
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.problems.append(Problem("yaml-alias", place))
            raise _Stop
        if tag := getattr(event, "tag", None):
            self.problems.append(Problem("yaml-tag", place, {"name": str(tag)}))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, place, in_flow_sequence=in_sequence)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            for item in events:
                if isinstance(item, yaml.SequenceEndEvent):
                    break
                node = self.node(item, events, depth + 1, in_sequence=bool(event.flow_style))
                if isinstance(node, Scalar) and node.text is None:
                    self.problems.append(Problem("empty-value", node.place, {"name": "-"}))
                items.append(node)
            return SequenceNode(tuple(items), place)
        return self.mapping(events, place, depth)

    def scalar(self, event: yaml.ScalarEvent, place: Place, *, in_flow_sequence: bool) -> Scalar:
        if event.style:  # plain scalars have an empty one
            if control := _CONTROL.search(event.value):
                details = {"found": f"U+{ord(control[0]):04X}"}
                self.problems.append(Problem("control-character", place, details))
            return Scalar(event.value, place, quoted=True)
        text = event.value
        if in_flow_sequence and "，" in text:
            at = place.excerpt.find("，", place.column - 1)
            self.problems.append(Problem("fullwidth-comma", place.at(at + 1) if at >= 0 else place))
        if _FULLWIDTH_NUMBER.fullmatch(text):
            # The value goes on in ASCII digits, so that it is not also reported as not a number.
            ascii_text = unicodedata.normalize("NFKC", text)
            self.problems.append(Problem("fullwidth-digits", place, {"found": text, "meant": ascii_text}))
            text = ascii_text
        start: Any = event.start_mark
        end: Any = event.end_mark
        breaks = self.source.text.count("\n", start.index, end.index)
        first = place.line - self.source.first_line + 1
        slip = keyboard_slip(self.source, first + 1, first + breaks) if breaks else None
        if slip:
            self.problems.append(slip)
        return Scalar(None if text in ("", "~", "null", "Null", "NULL") else text, place)

    def mapping(self, events: Iterator[yaml.Event], place: Place, depth: int) -> MappingNode:
        entries: list[tuple[Scalar, Node]] = []
        dropped: dict[str, Problem] = {}
        seen: dict[str, Place] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, events, depth + 1, in_sequence=False)
            value = self.node(next(events), events, depth + 1, in_sequence=False)
            if not isinstance(key, Scalar) or not key.text:
                self.problems.append(Problem("key-not-text", key.place))
                continue
            name = key.text
            if name in seen:
                details = {"name": name, "line": str(seen[name].line)}
                self.problems.append(Problem("duplicate-key", key.place, details))
                continue
            seen[name] = key.place
            slip = self.slip(key, name, value)
            if slip is None:
                entries.append((key, value))
                continue
            intended = slip.details.get("name", "")
            if slip.kind == "comma-in-text" and entries:
                # The value is read as it was meant, so that it is not also held against the claim.
                before, cut = entries[-1]
                entries[-1] = before, replace(cut, text=slip.details["found"]) if isinstance(cut, Scalar) else cut
            if slip.kind == "wide-indent" and self.problems and self.problems[-1].kind == "empty-value":
                # The key above has no value only because this line was meant to be its value.
                above = self.problems.pop()
                intended = above.details["name"]
            self.problems.append(slip)
            dropped[intended] = slip
        return MappingNode(tuple(entries), place, tuple(dropped.items()))

    def slip(self, key: Scalar, name: str, value: Node) -> Problem | None:
        """The slip that makes an entry unusable; a key in quotes is taken literally."""
        if "：" in name and not key.quoted:
            at = key.place.excerpt.find("：", key.place.column - 1)
            place = key.place.at(at + 1) if at >= 0 else key.place
            return Problem("fullwidth-colon", place, {"name": name.partition("：")[0]})
        if name[0] in "\u3000\u00a0" and not key.quoted:
            return Problem("wide-indent", key.place)
        if isinstance(value, Scalar) and value.text is None:
            if cut := self.cut_by_comma(key, name):
                return cut
            rest = key.place.excerpt[key.place.column - 1 + len(name) :]
            kind = "comment-for-value" if _COMMENT_AFTER_KEY.match(rest) else "empty-value"
            return Problem(kind, key.place, {"name": name})
        return None

    def cut_by_comma(self, key: Scalar, name: str) -> Problem | None:
        """The slip that makes a key of the rest of a value in braces, which its comma ended."""
        before = key.place.excerpt[: key.place.column - 1]
        text = _BEFORE_TEXT.search(before[-_LONGEST_TEXT:])
        if text and _THOUSANDS_OF_TEXT.match(name) and ("printed:" in text[0] or not _THOUSANDS.fullmatch(name)):
            found = text[0].removeprefix("printed:").strip()
            place = key.place.at(key.place.column - len(found))
            return Problem("comma-in-text", place, {"found": f"{found}{name}"})
        if _THOUSANDS.fullmatch(name) and (amount := _BEFORE_THOUSANDS.search(before)):
            # Of `value: 1,045` only the 1 is left.
            place = key.place.at(amount.start() + 1)
            return Problem("comma-in-number", place, {"found": f"{amount.group()}{name}"})
        if not key.quoted and name[-1] in "”’" and name[0] not in "“‘":
            # In curly quotes, which are none to YAML.
            return Problem("curly-quotes", key.place, {"found": name, "meant": name[:-1]})
        return None
