"""A report as texts of the content: its claim in the record of its edition, its source in a file of its own."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from expoarchive.cli.amend import quoted
from expoarchive.cli.links import bare
from expoarchive.cli.new_source import date_in, proposed_id
from expoarchive.cli.reported.form import Answer, Report
from expoarchive.cli.reported.insert import Path, insert_claim, insert_source, listed
from expoarchive.cli.reported.subject import Topic, day_in
from expoarchive.nodes.edit import plain_document
from expoarchive.nodes.host import parts_of
from expoarchive.nodes.names import counted
from expoarchive.problem import WARNING, Problem
from expoarchive.records import EXPO
from expoarchive.records.locator import NUMBERED, SINGLE, is_locator
from expoarchive.render.strings import Strings
from expoarchive.sheets.form import narrow

_URL = re.compile(r"https?://[^\s<>\"“”‘’「」《》（）()，。；、]+", re.IGNORECASE)
_NO_SCHEME = re.compile(rf"(?<![\w@.])www\.{_URL.pattern.removeprefix('https?://')}", re.IGNORECASE)
_HEAD = "# From a reader’s report: check all of it, then delete these lines. · 读者来信：逐项核对后，删去这几行。"
_HAN = re.compile("[\u4e00-\u9fff]")
# What of a claim is its value, and what tells it from others of its kind.
_SAID = ("value", "qualifier", "date", "venue", "stage", "part", "as_of", "last", "form")
_WIDTH = 110
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class DraftSource:
    """The source of a report by its id, and the text of its file; empty where the archive has it already."""

    id: str
    text: str = ""


def draft_source(report: Report, known: Mapping[str, str]) -> tuple[DraftSource | None, list[Problem]]:
    """The source that the report names: one of the ``known``, by its id or its address, or a new one;
    None where it names none.

    Reports ``report-address`` and ``report-published``.
    """
    answer = report.get("source")
    if answer is None:
        return None, []
    url, faults = _address_in(answer)
    if faults:
        return None, faults
    if (source_id := _known_by(answer.line, url, known)) is not None:
        return DraftSource(source_id), []
    published = report.get("published")
    day = day_in(published.line) if published else None
    unread = []
    if published and not day:
        unread = [Problem("report-published", published.place, {"found": published.line}, severity=WARNING)]
    date = day or (date_in(url) if url else None)
    source_id = proposed_id(url, known) if url else _free(f"reader-{date or 'report'}", known)
    return DraftSource(source_id, _record_of(report, answer, url, date)), unread


def _address_in(answer: Answer) -> tuple[str, list[Problem]]:
    """The address that an answer has, empty for none. Reports ``report-address``."""
    if found := _URL.search(answer.text):
        url = found[0].rstrip(".,;:!?")
        return url, [] if parts_of(url) else [Problem("report-address", answer.place, {"found": url})]
    if found := _NO_SCHEME.search(answer.text):
        return "", [Problem("report-address", answer.place, {"found": found[0]}, f"https://{found[0]}")]
    return "", []


def _known_by(name: str, url: str, known: Mapping[str, str]) -> str | None:
    """The known source that has this id or this address."""
    if name in known:
        return name
    same = (source_id for source_id, address in known.items() if url and address and bare(address) == bare(url))
    return next(same, None)


def _record_of(report: Report, answer: Answer, url: str, date: str | None) -> str:
    """The text of a new source's file."""
    title = " ".join(_URL.sub(" ", answer.line).split())[:_LONGEST_TITLE].strip(" ,;:，；：、")
    printed = report.get("printed")
    language = _language_of(f"{title} {printed.line if printed else ''}", report.language)
    lines = [
        "# yaml-language-server: $schema=../.schemas/source.json",
        _HEAD,
        *_comments(report, ("source", "published")),
        *([f"title: {{{language}: {quoted(title)}}}"] if title else []),
        *([f"url: {quoted(url)}", "linked: false   # until somebody has opened it · 待有人打开核实"] if url else []),
        *([f"published: {date}"] if date else []),
        f"language: {language}",
        "grade: personal   # until it is known: official, agency, newspaper, trade, release, reprint · 查明后再改",
    ]
    return "\n".join(lines) + "\n"


def _language_of(text: str, otherwise: str) -> str:
    """The language of a source’s words, as far as their script says: Chinese, or what no Chinese text is."""
    if _HAN.search(text):
        return "zh"
    return "en" if otherwise.startswith("zh") and re.search(r"[A-Za-z]{3}", text) else otherwise


def _free(name: str, taken: Container[str]) -> str:
    """The name, or where it is taken the first that counts on from it."""
    return next(one for one in counted(name) if one not in taken)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A claim that a record has: the way to it, and the ids of its sources."""

    path: Path
    sources: tuple[str, ...]


def recorded(text: str, topic: Topic, values: Mapping[str, str]) -> Recorded | None:
    """The claim in a record's text that says what a report does, of the same limits."""
    if not topic.path or not values:
        return None
    held = plain_document(text)
    for step in topic.path:
        held = held.get(step, {}) if isinstance(held, dict) else {}
    wanted = plain_document(_flow({**topic.limits, **values}))
    for at, one in enumerate(listed(held) if held else ()):
        said = {name: one[name] for name in _SAID if name in one}
        if texts := wanted.get("text"):
            said["text"] = {language: one.get("text", {}).get(language) for language in texts}
        if said == wanted:
            cited = (source if isinstance(source, str) else source["source"] for source in listed(one["sources"]))
            return Recorded((*topic.path, at), tuple(cited))
    return None


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A report's claim as keys in YAML, those of its citation apart, with what stands above it as comments.

    ``same`` is the claim in the record that says just that: it gets the citation, and there is no other.
    """

    keys: Mapping[str, str]
    citation: Mapping[str, str]
    comments: Sequence[str]
    same: Recorded | None = None

    @property
    def unprinted(self) -> "DraftClaim":
        """The same without the wording of the source, which the next build holds against the value."""
        return replace(self, citation={name: text for name, text in self.citation.items() if name != "printed"})

    def put_into(self, text: str, topic: Topic) -> str:
        """The record's text with it; where a value alone makes no claim, with the comments. Raises ``ValueError``."""
        if topic.path is None:
            return text.rstrip("\n") + "\n\n" + "\n".join([*self.comments, ""])
        if self.same:
            citation = plain_document(f"[{_flow(self.citation)}]")[0]
            return insert_source(text, self.same.path, citation, self.comments)
        claim = _flow({**self.keys, "sources": f"[{_flow(self.citation)}]"})
        return insert_claim(text, topic.path, claim, self.comments)


def draft_claim(
    report: Report,
    topic: Topic,
    values: Mapping[str, str],
    source: DraftSource,
    strings: Strings,
    taken: Container[str],
    same: Recorded | None,
) -> DraftClaim:
    """The claim, with an anchor of its own where its usual one is ``taken``; see ``DraftClaim`` for ``same``."""
    citation = {"source": source.id}
    if (place := report.get("place")) and (locator := locator_of(place.line, strings)):
        citation["locator"] = quoted(locator)
    if wording := report.get("printed"):
        citation["printed"] = quoted(wording.line)
    usual = f"venue-{values['venue']}" if "venue" in values else topic.item
    anchor = _free(f"{topic.record}#{usual}", taken).partition("#")[2]
    own_id = {"id": anchor} if anchor != usual or (topic.claim and topic.claim.statement.id) else {}
    keys = {**topic.limits, **values, **own_id}
    about = f"# {topic.record}#{topic.item} [@{source.id}]"
    return DraftClaim(
        keys, citation, (_HEAD, about, *_comments(report, ("value", "place", "printed", "comment"))), same
    )


def _flow(keys: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in keys.items()) + "}"


def _comments(report: Report, fields: Sequence[str]) -> Iterator[str]:
    """What the reader wrote in these fields, as comments of YAML."""
    for name in fields:
        if answer := report.get(name):
            line = f"{report.labels[name]}: {answer.line}"
            yield from (f"# {line[at : at + _WIDTH].strip()}" for at in range(0, len(line), _WIDTH))


def locator_of(text: str, strings: Strings) -> str | None:
    """A place in a source as records write it, from the words of the strings' language; None if it is none."""
    steps = []
    for said in re.split(r"\s*[,、;]\s*|(?<=[^\s,、;])(?=第)", narrow(text)):
        step = said.lower() if is_locator(said.lower()) else _step(said, strings)
        if step is None:
            return None
        steps.append(step)
    locator = ", ".join(steps)
    return locator if is_locator(locator) else None


def _step(said: str, strings: Strings) -> str | None:
    for name in SINGLE:
        if said.casefold() == strings(f"locator.{name}").casefold():
            return name
    numbers = r"\s*(?P<first>[A-Z]?[1-9][0-9]*)(?:\s*[-–—~至到]\s*(?P<last>[1-9][0-9]*))?\s*"
    for name in NUMBERED:
        before, after = (re.escape(part.strip()) for part in strings(f"locator.{name}", n="\0").split("\0"))
        others = (f"第{numbers}[页版]", rf"p(?:p?\.|ages?){numbers}") if name == "page" else ()
        for pattern in (f"{before}{numbers}{after}", *others):
            if match := re.fullmatch(pattern, said, re.IGNORECASE):
                first, last = match["first"].upper(), match["last"]
                return f"{name}s {first}-{last}" if last else f"{name} {first}"
    return None


def record_file(record: str) -> str:
    """The file of a record."""
    return "content/expo.yaml" if record == EXPO else f"content/editions/{record}.yaml"
