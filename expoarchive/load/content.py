"""Everything under ``content/``, read once."""

import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from expoarchive.load.media import read_media
from expoarchive.nodes import SourceText, read_text
from expoarchive.nodes.text import text_of
from expoarchive.problem import Place, Problem
from expoarchive.problem.catalogue import shown

CONTENT = "content"
MEDIA = f"{CONTENT}/media/"
# Characters of a line of Markdown, which looks for the end of each sign that begins something: in a line made of such
# signs that takes as many steps as the square of its length.
LONGEST_LINE = 10_000
# Characters of a text: the same holds for its paragraphs, and for tags that do not end. One of this length that is made
# of nothing else takes a quarter of a minute, one of ten times the length half an hour.
LONGEST_TEXT = 75_000
_NONE: Mapping[str, bytes] = MappingProxyType({})
# What editors and systems leave beside the files they save.
LITTER = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".rej")


@dataclass(frozen=True, slots=True)
class Content:
    """Files by their path from the site's root, YAML (``data``) and Markdown (``texts``) as text; media by name.

    ``broken`` are the files that are there but not readable: what they would have said is not to be called missing
    by a later stage.
    """

    data: Mapping[str, SourceText]
    texts: Mapping[str, SourceText]
    media: Mapping[str, bytes]
    broken: frozenset[str]


def load_content(root: Path, changed: Mapping[str, bytes] = _NONE) -> tuple[Content, list[Problem]]:
    """Read ``root/content``, or what it would be with ``changed`` texts in it.

    Reports unreadable files, links out of the tree and names that clash.
    """
    problems: list[Problem] = []
    data: dict[str, SourceText] = {}
    texts: dict[str, SourceText] = {}
    media: dict[str, bytes] = {}
    broken: set[str] = set()
    seen: dict[str, str] = {}
    for file in dict.fromkeys([*_files(root, problems), *changed]):
        # Two names that differ by case or by Unicode form are one file on some systems.
        folded = unicodedata.normalize("NFC", file).casefold()
        if folded in seen:
            problems.append(Problem("name-clash", Place(file), {"other": seen[folded]}))
            continue
        seen[folded] = file
        if file.startswith(MEDIA):
            name = file.removeprefix(MEDIA)
            picture, found = read_media(root, file, name)
            problems += found
            if picture is not None:
                media[name] = picture
            continue
        if not file.endswith((".yaml", ".md")):
            problems.append(Problem("unexpected-file", Place(file)))
            continue
        source, found = text_of(file, changed[file]) if file in changed else read_text(root, file)
        problems += found
        if source is not None and file.endswith(".md"):
            found = list(_too_long(source))
            problems += found
            source = None if found else source
        if source is None:
            broken.add(file)
        else:
            (texts if file.endswith(".md") else data)[file] = source
    content = Content(MappingProxyType(data), MappingProxyType(texts), MappingProxyType(media), frozenset(broken))
    return content, problems


def _too_long(source: SourceText) -> Iterator[Problem]:
    """Report ``text-too-long``, or the first ``line-too-long``."""
    if len(source.text) <= LONGEST_LINE:
        return
    if len(source.text) > LONGEST_TEXT:
        yield Problem("text-too-long", source.place_at(LONGEST_TEXT), {"limit": str(LONGEST_TEXT)})
        return
    for number, line in enumerate(source.lines, 1):
        if len(line) > LONGEST_LINE:
            yield Problem("line-too-long", source.place(number, LONGEST_LINE + 1), {"limit": str(LONGEST_LINE)})
            return


def is_litter(name: str) -> bool:
    """Whether a file's name is one that editors and systems give to what they leave beside it."""
    return name.startswith((".", "#")) or name == "4913" or name.endswith(LITTER)


def _files(root: Path, problems: list[Problem]) -> Iterator[str]:
    """Paths below content/, sorted, without litter; what is no file or folder of its own is a problem."""

    def below(here: str) -> Iterator[str]:
        try:
            with os.scandir(root / here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(Problem("unreadable-file", Place(here), {"reason": error.strerror or str(error)}))
            return
        folders = []
        for entry in listed:
            file = f"{here}/{entry.name}"
            folder = entry.is_dir(follow_symlinks=False)
            if entry.name.startswith(".") if folder else is_litter(entry.name):
                continue
            if folder:
                folders.append(file)
            elif entry.is_symlink():
                problems.append(Problem("symbolic-link", Place(file)))
            elif not entry.is_file():
                # A pipe would be waited for, and a device read, without an end.
                problems.append(Problem("not-a-file", Place(file)))
            elif not file.isprintable():
                problems.append(Problem("unreadable-name", Place(shown(file))))
            else:
                yield file
        for file in folders:
            yield from below(file)

    if not (root / CONTENT).is_dir():
        problems.append(Problem("no-content", Place(CONTENT)))
        return
    yield from below(CONTENT)
