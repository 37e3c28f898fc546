"""The whole site as one file to keep: a ZIP that holds a BagIt bag (RFC 8493) and opens from a disk.

Links name ``index.html`` themselves, as no server is there to do it. Like every output it has no clock: the entries
carry the oldest date that the format knows, and the bag names no day.
"""

import hashlib
import io
import os
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from expoarchive.cache.last import SOURCES
from expoarchive.problem import Place, Problem
from expoarchive.problem.catalogue import printable

_AGENT = "Bag-Software-Agent"
# Bytes of what a bag says of itself, and how a file that is none fails to be read as one.
_LONGEST_INFO = 100_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
# What hosts want to find and readers of a disk do not.
_HOST_ONLY = (".nojekyll", "CNAME", "robots.txt")
_EPOCH = (1980, 1, 1, 0, 0, 0)
# A relative address of a folder: what stands before its query and fragment ends in a slash, or is dots alone.
_FOLDER = r'(?:(?![a-z][a-z0-9+.-]*:|/)[^"#?]*/|\.{1,2})'
_LINK = re.compile(rf'(<(?:a|form)\b[^>]*? (?:href|action)=")({_FOLDER})((?:[#?][^"]*)?")')
_REFRESH = re.compile(r'(content="\d+; url=)([^"#?]*/)((?:[#?][^"]*)?")')
_INDEXED = re.compile(rf'("url":")({_FOLDER})((?:[#?][^"]*)?")')


def on_disk(file: str, data: bytes) -> bytes:
    """A file of the site as it works without a server."""
    if file.endswith(".html"):
        text = _LINK.sub(_explicit, data.decode())
        return _REFRESH.sub(_explicit, text).encode()
    if re.fullmatch(r"search/[^/]+\.js", file):
        return _INDEXED.sub(_explicit, data.decode()).encode()
    return data


def _explicit(match: "re.Match[str]") -> str:
    before, folder, after = match.groups()
    return f"{before}{folder}{'' if folder.endswith('/') else '/'}index.html{after}"


def check_place(root: Path, output: Path, file: Path) -> list[Problem]:
    """What is wrong with writing an archive of the site at ``root`` as ``file``.

    Reports ``archive-in-site`` for a place in the sources or in the output, and ``archive-not-ours`` where something
    stands that is no earlier archive: nobody's file is written over.
    """
    place, real = Place(printable(str(file))), os.path.realpath(file)
    inside = [os.path.realpath(folder) for folder in (output, *(root / name for name in SOURCES))]
    if any(Path(real).is_relative_to(folder) for folder in inside):
        return [Problem("archive-in-site", place)]
    return [Problem("archive-not-ours", place)] if os.path.lexists(file) and not _is_bag(file) else []


def _is_bag(file: Path) -> bool:
    """Whether it is an archive that this module wrote."""
    if file.is_symlink() or not file.is_file():
        return False
    try:
        with zipfile.ZipFile(file) as whole:
            first = whole.infolist()[0]
            if not first.filename.endswith("/bag-info.txt") or first.file_size > _LONGEST_INFO:
                return False
            return f"{_AGENT}: expoarchive ".encode() in whole.read(first)
    except _BROKEN:
        return False


def bag(name: str, files: Mapping[str, bytes], version: str, info: Mapping[str, str]) -> bytes:
    """The ZIP: everything in one folder ``name``, the site below its ``data/``.

    ``info`` goes into bag-info.txt, after the generator's ``version``.
    """
    payload = {f"data/{file}": on_disk(file, data) for file, data in sorted(files.items()) if file not in _HOST_ONLY}
    octets = sum(map(len, payload.values()))
    said = {_AGENT: f"expoarchive {version}", **info, "Payload-Oxum": f"{octets}.{len(payload)}"}
    tags = {
        "bag-info.txt": "".join(f"{key}: {' '.join(text.split())}\n" for key, text in said.items()).encode(),
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "manifest-sha256.txt": _manifest(payload),
    }
    tags["tagmanifest-sha256.txt"] = _manifest(tags)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        for file, data in {**tags, **payload}.items():
            entry = zipfile.ZipInfo(f"{name}/{file}", _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            whole.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _manifest(files: Mapping[str, bytes]) -> bytes:
    """A line a file; percent signs and line ends in names are written as RFC 8493 asks."""
    lines = []
    for file, data in files.items():
        written = file.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
        lines.append(f"{hashlib.sha256(data).hexdigest()}  {written}\n")
    return "".join(lines).encode()
