"""The whole site as one file to keep: a ZIP with a BagIt bag (RFC 8493) whose pages open from a disk.

Links name ``index.html``, as no server is there to add it. The same site gives the same bytes on any day: entries carry
the oldest date of the format, and the bag has none.
"""

import hashlib
import io
import os
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from expoarchive.cache.sources import sources_of
from expoarchive.problem import Place, Problem
from expoarchive.problem.catalogue import printable

_AGENT = "Bag-Software-Agent"
_LONGEST_INFO_BYTES = 100_000
# What zipfile raises for a file that is no ZIP, or a damaged one. RuntimeError: encrypted, or of an unknown method.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, RuntimeError, ValueError, OSError)
# For hosts alone.
_HOST_ONLY = (".nojekyll", "CNAME", "robots.txt")
_EPOCH = (1980, 1, 1, 0, 0, 0)
# A relative address of a folder: before its query and fragment it ends in a slash, or is dots alone.
_FOLDER = r'(?:(?![a-z][a-z0-9+.-]*:|/)[^"#?]*/|\.{1,2})'
_LINK = re.compile(rf'(<(?:a|form)\b[^>]*? (?:href|action)=")({_FOLDER})((?:[#?][^"]*)?")')
_REFRESH = re.compile(r'(content="\d+; url=)([^"#?]*/)((?:[#?][^"]*)?")')
_INDEXED = re.compile(rf'("url":")({_FOLDER})((?:[#?][^"]*)?")')


def on_disk(file: str, data: bytes) -> bytes:
    """A file of the site, changed so that it works without a server."""
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

    Reports ``archive-in-site`` for a place in the sources or in the output, and ``archive-not-ours`` where there is
    something that is not an earlier archive.
    """
    place, real = Place(printable(str(file))), os.path.realpath(file)
    inside = [os.path.realpath(folder) for folder in (output, *sources_of(root).values())]
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
            if not first.filename.endswith("/bag-info.txt") or first.file_size > _LONGEST_INFO_BYTES:
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
    about = {_AGENT: f"expoarchive {version}", **info, "Payload-Oxum": f"{octets}.{len(payload)}"}
    tags = {
        "bag-info.txt": "".join(f"{key}: {' '.join(text.split())}\n" for key, text in about.items()).encode(),
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "manifest-sha256.txt": _manifest(payload),
    }
    tags["tagmanifest-sha256.txt"] = _manifest(tags)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
        for file, data in {**tags, **payload}.items():
            entry = zipfile.ZipInfo(f"{name}/{file}", _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            writer.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def _manifest(files: Mapping[str, bytes]) -> bytes:
    """A line for each file; percent signs and line ends in names are escaped as RFC 8493 asks."""
    escapes = str.maketrans({"%": "%25", "\n": "%0A", "\r": "%0D"})
    lines = [f"{hashlib.sha256(data).hexdigest()}  {file.translate(escapes)}\n" for file, data in files.items()]
    return "".join(lines).encode()
