"""A web server that answers as GitHub Pages does, for one built site below its base path.

What it does alike: only what is below the base path is there; a folder without its slash is sent on to the one
with it; ``/x`` finds ``x.html``; a missing page is the site's own 404.html with status 404; names are
case-sensitive; folders are not listed; text goes compressed to whoever takes gzip.
"""

import gzip
import sys
import threading
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, unquote, urlsplit

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpg": "image/jpeg",
    ".js": "application/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xml": "application/xml",
}


# Text, which the host compresses; pictures and fonts are compressed as they are.
_COMPRESSED = (".css", ".csv", ".html", ".js", ".json", ".svg", ".txt", ".xml")


@lru_cache(256)
def _packed(body: bytes) -> bytes:
    """A style sheet is asked for by every page."""
    return gzip.compress(body, 6, mtime=0)


@dataclass(frozen=True)
class Published:
    """A built site as it lies on its host: the files of ``folder`` at ``base_path``, which has a slash at both ends."""

    folder: Path
    base_path: str = "/"

    def find(self, path: str) -> Path | None:
        """The file for a path of the host; a folder where the path lacks the slash at its end; None for neither."""
        if not path.startswith(self.base_path):
            return self.folder if f"{path}/" == self.base_path else None
        inside = path.removeprefix(self.base_path)
        if any(part in ("..", ".") or "\\" in part for part in inside.split("/")):
            return None
        target = self.folder / inside
        if inside == "" or inside.endswith("/"):
            index = target / "index.html"
            return index if index.is_file() else None
        if target.is_file():
            return target
        page = target.with_name(f"{target.name}.html")
        if page.is_file():
            return page
        return target if (target / "index.html").is_file() else None

    def not_found(self, path: str) -> Path | None:
        """The site's own page for what is not there; None outside the site or where it has none."""
        page = self.folder / "404.html"
        return page if path.startswith(self.base_path) and page.is_file() else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "PagesServer"

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def answer(self, with_body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        found = self.server.site.find(path)
        if found is not None and found.is_dir():
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", quote(f"{path}/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        file = found or self.server.site.not_found(path)
        body = file.read_bytes() if file else b"There is no site here."
        takes_gzip = "gzip" in self.headers.get("Accept-Encoding", "")
        compressed = file is not None and file.suffix in _COMPRESSED and takes_gzip
        if compressed:
            body = _packed(body)
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream") if file else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        if compressed:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it so)
        """Nothing: the tests look at what the browser saw."""


class PagesServer(ThreadingHTTPServer):
    """Serves a published folder from a free port of this machine."""

    daemon_threads = True

    def __init__(self, folder: Path, base_path: str = "/") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = Published(folder, base_path)
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def address(self, permalink: str) -> str:
        """The full address of a page, from its path inside the site."""
        return self.origin + self.site.base_path + permalink.lstrip("/")

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes on to the next page hangs up; all else is told as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()
