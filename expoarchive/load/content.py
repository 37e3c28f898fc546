"""Everything under ``content/``, read once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from expoarchive.load.media import MEDIA, Media, is_medium, read_media
from expoarchive.nodes import SourceText, list_files, read_text
from expoarchive.nodes.names import meant_name, plain_name
from expoarchive.nodes.text import text_of
from expoarchive.problem import Place, Problem

CONTENT = "content"
EXHIBITORS = f"{CONTENT}/exhibitors/"
# Longest line of Markdown, in characters. For every opening sign the converter looks for the closing one, so a line of
# opening signs takes time quadratic in its length.
LONGEST_LINE = 10_000
# Longest text, in characters. Paragraphs and unclosed tags are just as slow: a text of this length made of nothing else
# takes a quarter of a minute, one ten times as long half an hour.
LONGEST_TEXT = 75_000
# Word processors' files, which hold more than text and cannot be compared line by line.
_DOCUMENTS = (".doc", ".docx", ".odt", ".pages", ".rtf", ".wps")


@dataclass(frozen=True, slots=True)
class Content:
    """Files by their path from the site's root: Markdown (``texts``), YAML, tables (``data``) as text; media by name.

    ``broken`` lists the files that exist but could not be read, by the names they should have: later stages must not
    call their content missing.
    """

    data: Mapping[str, SourceText]
    texts: Mapping[str, SourceText]
    media: Media
    broken: frozenset[str]


def load_content(root: Path, changes: Mapping[str, bytes | None] | None = None) -> tuple[Content, list[Problem]]:
    """Read ``root/content``, or what it would be after these ``changes`` to texts, None for one that is removed.

    Reports ``no-content``, what ``list_files`` does, and files that nothing reads: ``misnamed-file``,
    ``misnamed-beside``, ``media-elsewhere``, ``word-document``, ``unexpected-file``.
    """
    changes = changes or {}
    files, problems = _listed(root)
    data: dict[str, SourceText] = {}
    texts: dict[str, SourceText] = {}
    media = Media(root)
    broken: set[str] = set()
    added = (file for file in changes if file.startswith(f"{CONTENT}/"))
    gone = {file for file, change in changes.items() if change is None}
    for file in dict.fromkeys([*files, *added]):
        if file in gone:
            continue
        change = changes.get(file)
        meant = file
        if file.startswith(MEDIA):
            name = file.removeprefix(MEDIA)
            picture, faults = read_media(root, file, name, change)
            if picture is not None:
                media.add(name, picture)
        elif _is_read(file):
            source, faults = _read(root, file, change)
            if source is not None:
                (texts if file.endswith(".md") else data)[file] = source
        else:
            stray = _stray(file, files)
            faults, meant = [stray], _missed(stray)
        problems += faults
        if faults and meant:
            broken.add(meant)
    content = Content(MappingProxyType(data), MappingProxyType(texts), media, frozenset(broken))
    return content, problems


def _listed(root: Path) -> tuple[list[str], list[Problem]]:
    files, problems = list_files(root, CONTENT)
    if not problems and not (root / CONTENT).is_dir():
        problems.append(Problem("no-content", Place(CONTENT)))
    return files, problems


def _read(root: Path, file: str, change: bytes | None) -> tuple[SourceText | None, list[Problem]]:
    """The text of a file, or the one it would have; None where something is wrong with it."""
    source, faults = read_text(root, file, listed=True) if change is None else text_of(file, change)
    if source is not None and file.endswith(".md"):
        faults = _too_long(source)
    return None if faults else source, faults


def _is_read(file: str) -> bool:
    return file.endswith((".yaml", ".md")) or (file.startswith(EXHIBITORS) and file.endswith(".csv"))


def _missed(stray: Problem) -> str:
    """The name of the file that is missing because this one has another; empty for none."""
    return stray.details.get("wanted", "") if stray.kind != "misnamed-beside" else ""


def _stray(file: str, files: Collection[str]) -> Problem:
    """Why a file that is neither YAML nor Markdown is not read, and where its content belongs."""
    folder, _, name = file.rpartition("/")
    if wanted := meant_name(file):
        return misnamed(file, wanted, files)
    if is_medium(name):
        return Problem("media-elsewhere", Place(file), {"wanted": f"{MEDIA}{plain_name(name)}"})
    if name.lower().endswith(_DOCUMENTS):
        return Problem("word-document", Place(file), {"folder": folder})
    return Problem("unexpected-file", Place(file))


def misnamed(file: str, wanted: str, files: Collection[str]) -> Problem:
    """``misnamed-file``, or ``misnamed-beside`` where one of the ``files`` has the name that it should have."""
    if wanted in files:
        return Problem("misnamed-beside", Place(file), {"wanted": wanted})
    return Problem("misnamed-file", Place(file), {"wanted": wanted})


def _too_long(source: SourceText) -> list[Problem]:
    """Report ``text-too-long``, or the first ``line-too-long``."""
    if len(source.text) > LONGEST_TEXT:
        return [Problem("text-too-long", source.place_at(LONGEST_TEXT), {"limit": str(LONGEST_TEXT)})]
    # The lines are kept as long as the text, and most texts are shorter than any line may be.
    for number, line in enumerate(source.lines if len(source.text) > LONGEST_LINE else (), 1):
        if len(line) > LONGEST_LINE:
            return [Problem("line-too-long", source.place(number, LONGEST_LINE + 1), {"limit": str(LONGEST_LINE)})]
    return []
