"""Everything under ``content/``, read once."""

import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from expoarchive.cache import Memory
from expoarchive.load.media import read_media
from expoarchive.nodes import Node, SourceText, parse_yaml, read_text
from expoarchive.problem import Place, Problem, errors
from expoarchive.problem.catalogue import shown

CONTENT = "content"
MEDIA = f"{CONTENT}/media/"
# Characters of a line of Markdown, which looks for the end of each sign that begins something: in a line made of such
# signs that takes as many steps as the square of its length.
LONGEST_LINE = 10_000
# What editors and systems leave beside the files they save.
LITTER = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".rej")


@dataclass(frozen=True, slots=True)
class Content:
    """Files by their path from the site's root: YAML as nodes, Markdown as text, media as bytes by name.

    ``broken`` are the files that are there but not, or not wholly, readable: what they would have said is
    not to be called missing by a later stage.
    """

    nodes: Mapping[str, Node]
    texts: Mapping[str, SourceText]
    media: Mapping[str, bytes]
    broken: frozenset[str]


def load_content(root: Path, memory: Memory | None = None) -> tuple[Content, list[Problem]]:
    """Read ``root/content``; a YAML text that ``memory`` has seen is not parsed again.

    Reports unreadable files, YAML faults, links out of the tree and names that clash.
    """
    memory = memory or Memory()
    problems: list[Problem] = []
    nodes: dict[str, Node] = {}
    texts: dict[str, SourceText] = {}
    media: dict[str, bytes] = {}
    broken: set[str] = set()
    seen: dict[str, str] = {}
    if not (root / CONTENT).is_dir():
        problems.append(Problem("no-content", Place(CONTENT)))
    for file in _files(root, problems):
        # Two names that differ by case or by Unicode form are one file on some systems.
        folded = unicodedata.normalize("NFC", file).casefold()
        if folded in seen:
            problems.append(Problem("name-clash", Place(file), {"other": seen[folded]}))
            continue
        seen[folded] = file
        if file.startswith(MEDIA):
            name = file.removeprefix(MEDIA)
            data, found = read_media(root, file, name)
            problems += found
            if data is not None:
                media[name] = data
            continue
        if not file.endswith((".yaml", ".md")):
            problems.append(Problem("unexpected-file", Place(file)))
            continue
        source, found = read_text(root, file)
        problems += found
        if source is not None and file.endswith(".md"):
            found = list(_long_lines(source))
            problems += found
            source = None if found else source
        if source is None:
            broken.add(file)
        elif file.endswith(".md"):
            texts[file] = source
        else:
            node, found = memory.recall(("yaml", file), source.text, partial(parse_yaml, source))
            problems += found
            if node is None and not found:
                problems.append(Problem("empty-file", source.place()))
            if node is None or errors(found):
                broken.add(file)
            if node is not None:
                nodes[file] = node
    content = Content(MappingProxyType(nodes), MappingProxyType(texts), MappingProxyType(media), frozenset(broken))
    return content, problems


def _long_lines(source: SourceText) -> Iterator[Problem]:
    """Report ``line-too-long``, the first one."""
    for number, line in enumerate(source.lines, 1):
        if len(line) > LONGEST_LINE:
            yield Problem("line-too-long", source.place(number, LONGEST_LINE + 1), {"limit": str(LONGEST_LINE)})
            return


def is_litter(name: str) -> bool:
    """Whether a file's name is one that editors and systems give to what they leave beside it."""
    return name.startswith((".", "#")) or name == "4913" or name.endswith(LITTER)


def _files(root: Path, problems: list[Problem]) -> Iterator[str]:
    """Paths below content/, sorted, without litter; what is no file or folder of its own is a problem."""

    def unlisted(error: OSError) -> None:
        here = Path(error.filename).relative_to(root).as_posix()
        problems.append(Problem("unreadable-file", Place(here), {"reason": error.strerror or str(error)}))

    for folder, folders, names in os.walk(root / CONTENT, onerror=unlisted):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(folder).relative_to(root).as_posix()
        for name in [*folders]:
            if (Path(folder) / name).is_symlink():
                problems.append(Problem("symbolic-link", Place(f"{here}/{name}")))
                folders.remove(name)
        for name in sorted(names):
            if is_litter(name):
                continue
            path = Path(folder) / name
            file = f"{here}/{name}"
            if path.is_symlink():
                problems.append(Problem("symbolic-link", Place(file)))
            elif not path.is_file():
                # A pipe would be waited for, and a device read, without an end.
                problems.append(Problem("not-a-file", Place(file)))
            elif not file.isprintable():
                problems.append(Problem("unreadable-name", Place(shown(file))))
            else:
                yield file
