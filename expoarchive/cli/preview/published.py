"""Which file of the site answers a request, as on GitHub Pages, and whose requests are answered."""

import ipaddress
import os
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from expoarchive.nodes import read_file

# As the host sends them. Python's own table differs from system to system.
TYPES = {
    ".avif": "image/avif",
    ".bib": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
EVERY_ADDRESS = ("0.0.0.0", "::")


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with the output's file that goes with it, or with the address to go on to."""

    status: HTTPStatus
    file: str | None = None
    location: str | None = None


def find(path: str, base_path: str, files: frozenset[str]) -> Answer:
    """The answer to a decoded path of the host. Only what stands in ``files`` is ever named.

    A folder without its slash is sent on to the one with it; ``/x`` finds ``x.html``; what is not there is the
    site's own 404.html; what is outside the base path is not there either, but for the way into it.
    """
    if not path.startswith(base_path):
        if path == "/" or f"{path}/" == base_path:
            return Answer(HTTPStatus.FOUND, location=base_path)
        return Answer(HTTPStatus.NOT_FOUND)
    inside = path.removeprefix(base_path)
    if inside == "" or inside.endswith("/"):
        if f"{inside}index.html" in files:
            return Answer(HTTPStatus.OK, f"{inside}index.html")
    elif inside in files:
        return Answer(HTTPStatus.OK, inside)
    elif f"{inside}.html" in files:
        return Answer(HTTPStatus.OK, f"{inside}.html")
    elif f"{inside}/index.html" in files:
        return Answer(HTTPStatus.MOVED_PERMANENTLY, location=quote(f"{path}/"))
    return Answer(HTTPStatus.NOT_FOUND, "404.html" if "404.html" in files else None)


def read(output: Path, file: str) -> bytes | None:
    """The file's bytes; None where it is gone, or something else than a file stands there."""
    data, problems = read_file(output, file)
    return None if problems else data


def real_path(path: Path) -> Path:
    """Where a path leads; itself where its links lead in a circle, of which ``resolve`` makes a RuntimeError."""
    return Path(os.path.realpath(path))


def type_of(file: str) -> str:
    """The media type a file is sent as."""
    return TYPES.get(PurePosixPath(file).suffix.lower(), "application/octet-stream")


def is_host(header: str, host: str) -> bool:
    """Whether a request's Host names this preview: its machine's local names, or the host that was asked for.

    Another name that leads here is somebody else's page that had its name pointed at this machine (DNS rebinding).
    Where every address of the machine is served, any address will do: those cannot be pointed elsewhere.
    """
    try:
        name = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return False
    if name in LOCAL_NAMES or (host not in EVERY_ADDRESS and name == host.strip("[]").lower()):
        return True
    return host in EVERY_ADDRESS and _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
