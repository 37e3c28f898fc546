"""Pictures and documents of ``content/media/``: that each is what its name says, and nothing that runs."""

import re
from pathlib import Path
from xml.parsers import expat

from expoarchive.nodes import read_text
from expoarchive.problem import Place, Problem

# What the bytes of a file begin with, from its 0-based offset, by ending; SVG is text and is read as such.
_SIGNATURES: dict[str, tuple[int, bytes]] = {
    ".png": (0, b"\x89PNG\r\n\x1a\n"),
    ".jpg": (0, b"\xff\xd8\xff"),
    ".jpeg": (0, b"\xff\xd8\xff"),
    ".webp": (8, b"WEBP"),
    ".avif": (4, b"ftypavi"),
    ".gif": (0, b"GIF8"),
    ".pdf": (0, b"%PDF-"),
    ".ico": (0, b"\0\0\1\0"),
}
# Anything else in media/ is a mistake.
MEDIA_ENDINGS = (".svg", *_SIGNATURES)
LARGEST_BYTES = 20_000_000
# A name is part of an address, and is written in articles: what needs no quoting in either.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
# An SVG is a document of its own when it is opened: these elements and addresses bring in what is not drawn in it.
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "embed", "object", "handler", "set", "animate"})
_ADDRESS = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE)
_FETCHING = re.compile(r"@import|url\(\s*['\"]?(?!['\"#]|data:image/)", re.IGNORECASE)


def read_media(root: Path, file: str, name: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of ``root / file``; ``name`` is its path below media/.

    Reports ``unknown-media``, ``media-name``, ``file-too-large``, ``unreadable-file``, ``not-that-media`` for a file
    that is another kind than its ending says, ``svg-syntax`` and ``svg-active``.
    """
    if not name.lower().endswith(MEDIA_ENDINGS):
        return None, [Problem("unknown-media", Place(file), {"endings": " ".join(MEDIA_ENDINGS)})]
    if not _NAME.fullmatch(name):
        return None, [Problem("media-name", Place(file), {"name": name})]
    try:
        with (root / file).open("rb") as handle:
            data = handle.read(LARGEST_BYTES + 1)
    except OSError as error:
        return None, [Problem("unreadable-file", Place(file), {"reason": error.strerror or str(error)})]
    if len(data) > LARGEST_BYTES:
        return None, [Problem("file-too-large", Place(file), {"limit": str(LARGEST_BYTES)})]
    ending = Path(name).suffix.lower()
    if ending == ".svg":
        return data, _svg_problems(root, file)
    offset, signature = _SIGNATURES[ending]
    if data[offset : offset + len(signature)] != signature:
        return data, [Problem("not-that-media", Place(file), {"ending": ending})]
    return data, []


def _svg_problems(root: Path, file: str) -> list[Problem]:
    source, problems = read_text(root, file)
    if source is None:
        return problems
    parser = expat.ParserCreate(namespace_separator=" ")

    # A text comes in pieces, one for each line and reference: they are looked at together, and placed at the first.
    written: list[str] = []
    begun = source.place()

    def here() -> Place:
        return source.place(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def active(found: str) -> None:
        problems.append(Problem("svg-active", here(), {"found": found}))

    def text(data: str) -> None:
        nonlocal begun
        begun = begun if written else here()
        written.append(data)

    def end(_: str = "") -> None:
        if _FETCHING.search("".join(written)):
            problems.append(Problem("svg-active", begun, {"found": "url()"}))
        written.clear()

    def start(tag: str, attributes: dict[str, str]) -> None:
        end()
        local = tag.rpartition(" ")[2]
        if local in _ACTIVE:
            active(f"<{local}>")
        for attribute, value in attributes.items():
            short = attribute.rpartition(" ")[2]
            fetches = short in ("href", "src") and local != "a" and not _ADDRESS.match(value)
            runs = short == "href" and value.strip().lower().startswith("javascript:")
            if short.lower().startswith("on") or fetches or runs or _FETCHING.search(value):
                active(f"{short}=")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = lambda name, *_: active(f"<!ENTITY {name}>")
    try:
        parser.Parse(source.text, True)
    except expat.ExpatError as error:
        place = source.place(error.lineno, error.offset + 1)
        problems.append(Problem("svg-syntax", place, {"reason": expat.ErrorString(error.code)}))
    return problems
