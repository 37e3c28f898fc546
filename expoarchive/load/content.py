"""Everything under ``content/``, read once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from expoarchive.load.media import read_media
from expoarchive.nodes import SourceText, list_files, read_text
from expoarchive.nodes.text import text_of
from expoarchive.problem import Place, Problem

CONTENT = "content"
MEDIA = f"{CONTENT}/media/"
# Characters of a line of Markdown, which looks for the end of each sign that begins something: in a line made of such
# signs that takes as many steps as the square of its length.
LONGEST_LINE = 10_000
# Characters of a text: the same holds for its paragraphs, and for tags that do not end. One of this length that is made
# of nothing else takes a quarter of a minute, one of ten times the length half an hour.
LONGEST_TEXT = 75_000
_NONE: Mapping[str, bytes] = MappingProxyType({})


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

    Reports ``no-content``, what ``list_files`` does, and files that nothing reads.
    """
    files, problems = list_files(root, CONTENT)
    if not problems and not (root / CONTENT).is_dir():
        problems.append(Problem("no-content", Place(CONTENT)))
    data: dict[str, SourceText] = {}
    texts: dict[str, SourceText] = {}
    media: dict[str, bytes] = {}
    broken: set[str] = set()
    for file in dict.fromkeys([*files, *changed]):
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
