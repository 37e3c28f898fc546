"""An entry under another id: what has to change for it in every file, and nothing besides.

The entry moves, what names it follows, and its former id becomes an alias. What others may have noted stays: addresses
of claims that contain the id are written out, translations that were current are so afterwards, and the ledger of what
was published says the same in the new id.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from expoarchive.build.review import survey
from expoarchive.cache.store import Store
from expoarchive.nodes import Node, Scalar, SourceText, parse_yaml, read_file
from expoarchive.nodes.node import MappingNode, SequenceNode
from expoarchive.problem import Place, Problem
from expoarchive.records import Article, Claim, Records
from expoarchive.records.claim import EXPO, claims_of
from expoarchive.records.former import renewed
from expoarchive.records.ledger import brief
from expoarchive.records.pictured import PICTURES
from expoarchive.records.read import ARTICLES, PAGES, RECORDINGS, SOURCES
from expoarchive.records.reference import references_of
from expoarchive.records.statement import Appearance, IndustryNaming, Participation, SideEvent, VenueClaim
from expoarchive.records.translation import digests_of, line_of_stamp, original_language, stamped_digests, with_stamp
from expoarchive.site import Site

# What can be renamed, and the folder or file that it is in.
FOLDERS = {"article": ARTICLES, "page": PAGES, "source": SOURCES, "picture": PICTURES, "recording": RECORDINGS}
# Of these, what has more than one file: a folder of its own, in which this one has the aliases.
_OWN_FOLDER = {"article": "article.yaml", "page": "page.yaml"}
ABSENCES, SYNONYMS, CORRECTIONS = (f"content/{name}.yaml" for name in ("absences", "synonyms", "corrections"))
# Claims whose words in the ledger are ids.
_OF_IDS = (VenueClaim, IndustryNaming, Participation, Appearance, SideEvent)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass
class Renaming:
    """The files as they would be, by path; None for one that is gone. ``moved`` are new paths by old ones."""

    texts: dict[str, bytes | None] = field(default_factory=dict)
    before: dict[str, bytes | None] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    references: int = 0
    pinned: int = 0
    stamps: int = 0


@dataclass(frozen=True, slots=True)
class _Edit:
    """One replacement where ``place`` is: ``old`` is what has to stand there, a quote before it aside; or nothing."""

    place: Place
    old: str
    new: str


class _Whole(_Edit):
    """One that replaces a text of several words, or lines."""


def kinds_of(records: Records) -> tuple[str, ...]:
    """What can be renamed."""
    return (*FOLDERS, *(sort.name for sort in records.vocabularies.sorts.rows))


def entries_of(records: Records, kind: str) -> Mapping[str, object]:
    """The entries of a kind that can be renamed, by id."""
    own: dict[str, Mapping[str, object]] = {
        "article": records.articles,
        "page": records.pages,
        "source": records.sources,
        "picture": records.pictures,
        "recording": records.recordings,
    }
    return own[kind] if kind in own else records.vocabularies.by_sort[kind]


def rename(root: Path, site: Site, kind: str, old: str, new: str, store: Store) -> tuple[Renaming, list[Problem]]:
    """What changes where ``old`` of this kind becomes ``new``; nothing is written.

    Reports ``rename-unclear`` where a place is written in a way that cannot be changed with certainty.
    """
    work = _Work(root, site.records, kind, old, new)
    work.edit(site)
    work.ledger()
    work.move()
    renaming = work.renaming()
    if not work.problems:
        after, problems = survey(root, store, renaming.texts)
        if after is None:
            return renaming, problems
        _restamp(site.records, after.records, work, renaming)
    return renaming, work.problems


class _Work:
    def __init__(self, root: Path, records: Records, kind: str, old: str, new: str) -> None:
        self.root, self.records = root, records
        self.kind, self.old, self.new = kind, old, new
        self.sorts = {sort.name: sort for sort in records.vocabularies.sorts.rows}
        self.is_part = kind in self.sorts and self.sorts[kind].part
        self.before: dict[str, bytes | None] = {}
        self.lines: dict[str, list[str]] = {}
        self.problems: list[Problem] = []
        self.moved: dict[str, str] = {}
        self.references = self.pinned = 0

    # --- texts, by the lines of their files

    def of(self, file: str) -> list[str]:
        """The lines of a file, with their ends, to be changed. One that comes in is part of the one before it."""
        if file not in self.lines:
            data, problems = read_file(self.root, file)
            self.problems += problems
            self.before[file] = data
            text = data.decode("utf-8").removeprefix("\ufeff")
            self.lines[file] = [line for line in _LINE.findall(text) if line]
        return self.lines[file]

    def end_of(self, file: str) -> str:
        """How the file ends its lines."""
        return "\r\n" if any(line.endswith("\r\n") for line in self.of(file)) else "\n"

    def edit(self, site: Site) -> None:
        """Everything that names it, addresses to keep, and the entry itself: the last of a line first, so that the
        columns before it still hold.
        """
        references = {*self.named(site), *self.absent()}
        self.references = len(references)
        pins = list(self.pins())
        self.pinned = len(pins)
        edits = [*references, *pins, *self.entry()]
        for edit in sorted(edits, key=lambda one: (one.place.file, one.place.line, -one.place.column)):
            self.apply(edit)

    def apply(self, edit: _Edit) -> None:
        """Replace one text where it stands."""
        lines, at = self.of(edit.place.file), edit.place.line - 1
        line = lines[at] if at < len(lines) else ""
        start = edit.place.column - 1
        word = "" if isinstance(edit, _Whole) or not edit.old else "(?![a-z0-9-])"
        found = re.compile(rf"[\"']?{re.escape(edit.old)}{word}" if edit.old else "").match(line, start)
        if found is None:
            self.problems.append(Problem("rename-unclear", edit.place, {"name": edit.old}))
            return
        head = found[0].removesuffix(edit.old) if edit.old else ""
        lines[at] = f"{line[:start]}{head}{edit.new}{line[found.end() :]}"

    def added(self, node: Place, text: str) -> _Edit:
        """A key with its value as the first of a mapping, in braces or in lines of its own."""
        line = self.of(node.file)[node.line - 1]
        if line[node.column - 1 : node.column] == "{":
            return _Edit(node.at(node.column + 1), "", f"{text}, ")
        return _Edit(node, "", f"{text}{self.end_of(node.file)}{' ' * (node.column - 1)}")

    # --- what names the entry

    def named(self, site: Site) -> Iterator[_Edit]:
        for target, name, place in references_of(self.records, site.config):
            if name == self.old and self.is_meant(target):
                line = self.of(place.file)[place.line - 1]
                # A term is written with its sort; a reference of prose has its place behind that.
                sort = f"{self.kind}:"
                written = line[place.column - 1 :].lstrip("\"'")
                prefix = sort if written.startswith(sort) else ""
                yield _Edit(place, f"{prefix}{self.old}", f"{prefix}{self.new}")

    def is_meant(self, target: str) -> bool:
        """Whether a reference to this target names the entry."""
        if target == "part" and self.is_part:
            part = self.records.vocabularies.part(self.old)
            return part is self.records.vocabularies.by_sort[self.kind].get(self.old)
        return target == self.kind or (target == "section" and self.kind == "page")

    def absent(self) -> Iterator[_Edit]:
        """Absences that name it: ``2014#visitors.port-lune``, ``*#takings-night-market``, and what synonyms ask for."""
        for _, text in self.records.texts():
            for mention in text.references:
                if mention.kind == "absence" and "#" in mention.target:
                    yield from self.of_address(mention.target, mention.place)
        for absence in self.records.absences.values():
            for address in absence.covers:
                yield from self.of_address(str(address), getattr(address, "place", Place(ABSENCES)))
        for synonyms in self.records.synonyms.values():
            for asked in synonyms.asks:
                place = getattr(asked, "place", Place(SYNONYMS))
                if (changed := self.subject(str(asked))) != asked:
                    yield _Edit(place, str(asked), changed)

    def of_address(self, address: str, place: Place) -> Iterator[_Edit]:
        years, _, subject = address.partition("#")
        if (changed := self.subject(subject)) != subject:
            yield _Edit(place, address, f"{years}#{changed}")

    def subject(self, text: str) -> str:
        """What an absence is of, with the new id: a measure first, a part last, a role alone, a term after the dot."""
        subject, dot, among = text.partition(".")
        if self.kind == "measure" and (subject == self.old or subject.startswith(f"{self.old}-")):
            subject = self.new + subject.removeprefix(self.old)
        elif self.is_part and subject.endswith(f"-{self.old}"):
            subject = subject.removesuffix(self.old) + self.new
        elif self.kind == "role" and subject == self.old:
            subject = self.new
        named = among == self.old and self.kind not in ("measure", "unit", "role", *FOLDERS)
        return f"{subject}{dot}{self.new if named else among}"

    # --- what others have noted

    def pairs(self) -> Iterator[tuple[Claim, Claim]]:
        """Each claim with what it becomes."""
        targets = [target for target in (self.kind, "part") if self.is_meant(target)]
        former = {(target, self.old): (self.kind, self.new) for target in targets}
        for year, edition in self.records.editions.items():
            yield from zip(claims_of(str(year), edition), claims_of(str(year), renewed(edition, former)), strict=True)
        expo = self.records.expo
        yield from zip(claims_of(EXPO, expo), claims_of(EXPO, renewed(expo, former)), strict=True)

    def pins(self) -> Iterator[_Edit]:
        """Write out the addresses that would follow the id: readers and texts have them as they are."""
        for one, other in self.pairs():
            if one.anchor != other.anchor:
                yield self.added(one.statement.found_at, f"id: {one.anchor}")

    def ledger(self) -> None:
        """Say in the new id what the ledger and the corrections say of claims whose words are ids."""
        of_ids = (pair for pair in self.pairs() if isinstance(pair[0].statement, _OF_IDS))
        changed = {one.address for one, other in of_ids if brief(one) != brief(other)}
        for address in self.records.ledger.claims if changed else ():
            if str(address) in changed:
                self.within(address.place)
        for correction in self.records.corrections.values():
            if correction.claim in changed:
                self.within_entry(CORRECTIONS, correction.found_at)

    def within(self, place: Place) -> None:
        """The id as a word of one line."""
        lines, at = self.of(place.file), place.line - 1
        head, colon, words = lines[at].partition(": ")
        lines[at] = f"{head}{colon}{self.worded(words)}"

    def within_entry(self, file: str, place: Place) -> None:
        """The same in ``was`` and ``now`` of a correction, to its end."""
        lines = self.of(file)
        for at in range(place.line - 1, len(lines)):
            if at >= place.line and lines[at][:1] not in (" ", "\t", "\r", "\n", "#"):
                break
            lines[at] = re.sub(
                r"\b(was|now):\s*(\"[^\"]*\"|'[^']*'|[^,}\r\n]*)",
                lambda match: match[0].replace(match[2], self.worded(match[2])),
                lines[at],
            )

    def worded(self, words: str) -> str:
        return re.sub(rf"(?<![A-Za-z0-9-]){re.escape(self.old)}(?![A-Za-z0-9-])", self.new, words)

    # --- the entry itself

    def file(self) -> str:
        """The file that says what the entry is."""
        if self.kind not in FOLDERS:
            return self.sorts[self.kind].file
        own = _OWN_FOLDER.get(self.kind)
        return f"{FOLDERS[self.kind]}{self.old}/{own}" if own else f"{FOLDERS[self.kind]}{self.old}.yaml"

    def entry(self) -> Iterator[_Edit]:
        """Give the entry its new id, and the former one as an alias."""
        file = self.file()
        node, _ = parse_yaml(SourceText(file, "".join(self.of(file)).replace("\r\n", "\n")))
        entry: Node | None = node
        if isinstance(node, MappingNode) and self.kind not in FOLDERS:
            entry, key = node.get(self.old), node.key(self.old)
            if key is not None:
                yield _Edit(key.place, self.old, self.new)
        if not isinstance(entry, MappingNode):
            self.problems.append(Problem("rename-unclear", Place(file), {"name": self.old}))
        elif self.kind != "unit":
            key, value = entry.key("aliases"), entry.get("aliases")
            if key is None or value is None:
                yield self.added(entry.place, f"aliases: [{self.old}]")
            else:
                yield from self.aliases(key, value)

    def aliases(self, key: Scalar, value: Node) -> Iterator[_Edit]:
        """The former id before the others; the one that the entry gets back is one no more."""
        items = value.items if isinstance(value, SequenceNode) else (value,)
        names = [one.text or "" for one in items if isinstance(one, Scalar)]
        kept = ", ".join([self.old, *(name for name in names if name != self.new)])
        lines, last = self.of(key.place.file), items[-1].place
        first = key.place.line - 1
        written = "".join(lines[first : last.line])
        pattern = r"aliases[\"']?\s*:\s*(?:\[[^\]]*\]|(?:- [^\r\n]*\s*)+|[^\s,}\[]+)"
        found = re.compile(pattern).match(written, key.place.column - 1)
        if found is None:
            self.problems.append(Problem("rename-unclear", key.place, {"name": "aliases"}))
            return
        # Of several lines, the first takes in the others.
        lines[first : last.line] = [written, *[""] * (last.line - key.place.line)]
        end = self.end_of(key.place.file) if found[0][-1] in "\r\n" else ""
        yield _Whole(key.place, found[0], f"aliases: [{kept}]{end}")

    def move(self) -> None:
        """Note the files that get another path."""
        if self.kind not in FOLDERS:
            return
        folder = FOLDERS[self.kind]
        if self.kind not in _OWN_FOLDER:
            self.moved[self.file()] = f"{folder}{self.new}.yaml"
        else:
            here = self.root / folder / self.old
            for path in sorted(here.iterdir()):
                self.of(f"{folder}{self.old}/{path.name}")
                self.moved[f"{folder}{self.old}/{path.name}"] = f"{folder}{self.new}/{path.name}"

    def renaming(self) -> Renaming:
        made = Renaming(references=self.references, pinned=self.pinned, moved=self.moved)
        for file, lines in self.lines.items():
            before = self.before[file] or b""
            mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
            data = mark + "".join(lines).encode()
            if file in self.moved:
                made.texts[self.moved[file]], made.before[self.moved[file]] = data, None
                made.texts[file], made.before[file] = None, before
            elif data != before:
                made.texts[file], made.before[file] = data, before
        return made


def _restamp(before: Records, after: Records, work: _Work, renaming: Renaming) -> None:
    """Keep current what was current: stamps follow where only an id changed in the original."""
    for old, new in _same_articles(before, after, work):
        was, now = digests_of(old), digests_of(new)
        if was == now:
            continue
        for language, text in new.translations.items():
            stamp = text.front.original
            if language == original_language(new) or stamp is None:
                continue
            digests = {
                key: now.get(key, one) if one == was.get(key) else one for key, one in stamped_digests(stamp).items()
            }
            data = renaming.texts.get(text.file)
            if data is None:
                data = work.before.get(text.file) or read_file(work.root, text.file)[0]
                renaming.before[text.file] = data
            line = line_of_stamp(str(stamp.language), digests)
            renaming.texts[text.file] = with_stamp(data.decode("utf-8"), line).encode()
            renaming.stamps += 1


def _same_articles(before: Records, after: Records, work: _Work) -> Iterator[tuple[Article, Article]]:
    for kind in ("articles", "pages"):
        old, new = getattr(before, kind), getattr(after, kind)
        for name, article in old.items():
            moved = work.new if f"{work.kind}s" == kind and name == work.old else name
            if moved in new:
                yield article, new[moved]
