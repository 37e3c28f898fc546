"""The preview over HTTP: the site's files as their host will answer, and beside them what reloads the pages."""

import asyncio
import errno
import html
import ipaddress
import json
import logging
from contextlib import suppress
from http import HTTPStatus
from importlib.resources import files as resources
from pathlib import Path
from typing import Annotated, Any, ClassVar
from urllib.parse import unquote, urlsplit

import livereload
from pydantic import BaseModel, Field
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from expoarchive.cli.preview.editor import Editor
from expoarchive.cli.preview.markup import PREFIX, Visit, errors_as_html, message_page, previewed
from expoarchive.cli.preview.published import EVERY_ADDRESS, find, is_host, read, real_path, type_of
from expoarchive.cli.preview.session import News, Session
from expoarchive.cli.words import word

LIVERELOAD = Path(livereload.__file__).parent / "vendors" / "livereload.js"
HELLO = json.dumps(
    {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"], "serverName": "expoarchive"}
)
TRIED_PORTS = 20
LAST_PORT = 65535
# Pages need a few connections each. Systems give a process 256 files and more.
MOST_CONNECTIONS = 128
# The longest message and the longest body, in bytes; and the seconds that a connection may say nothing.
LONGEST, IDLE = 65536, 60
# Only these are opened in the editor: never a file that the site is not made of.
_EDITED = ("content/", "templates/", "site_config.yaml")
_TEXT = "text/plain; charset=utf-8"


class Site:
    """What every handler works with, and where it is served.

    ``host`` is the one asked for; 0.0.0.0 where that is every address. ``beyond`` says whether another machine may
    reach it.
    """

    port = 0
    beyond = False

    def __init__(self, session: Session, host: str, language: str, editor: Editor | None) -> None:
        self.session = session
        self.host = host
        self.language = language
        self.editor = editor

    def word(self, key: str) -> str:
        """A text of the preview."""
        return word(self.language, key)

    def address(self, base_path: str) -> str:
        """Where a browser on this machine finds it."""
        host = "127.0.0.1" if self.host in EVERY_ADDRESS else self.host.strip("[]")
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}{base_path}"

    def errors(self) -> str:
        """What is wrong, as HTML; empty where the last build was good."""
        shown = self.session.shown
        if shown.broke_off:
            return f"<p>{html.escape(self.word('preview.broke'))}</p>"
        return errors_as_html(shown.problems, self.language) if shown.failed else ""


class _Guarded(RequestHandler):
    """Answers who names this preview as the host, and nobody else; nothing is kept by the browser."""

    site: Site

    def initialize(self, site: Site) -> None:
        self.site = site

    def prepare(self) -> None:
        if not is_host(self.request.host, self.site.host):
            self.set_status(HTTPStatus.FORBIDDEN)
            self.set_header("Content-Type", _TEXT)
            self.finish(self.site.word("preview.other-name") + "\n")

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        # What is no page of the site's own, such as a source's SVG opened by its own address, runs no script and has
        # an origin of its own: nothing in it reaches a page, the token there, or the editor.
        self.set_header("Content-Security-Policy", "sandbox")

    def write_page(self, page: str) -> None:
        """One of the site's own pages, or of the preview's: with its scripts. No other site's page may frame it."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", "frame-ancestors 'self'")
        self.write(page)

    @property
    def is_here(self) -> bool:
        """Whether the request comes from this machine."""
        return ipaddress.ip_address(self.request.remote_ip or "0.0.0.0").is_loopback

    def is_own(self, origin: str) -> bool:
        """Whether an Origin is the preview's. A sandboxed file's is null."""
        return origin == f"http://{self.request.host}"

    def compute_etag(self) -> None:
        """None: every answer is whole."""


class _Pages(_Guarded):
    """The site."""

    def get(self) -> None:
        shown = self.site.session.shown
        if shown.base_path is None:
            self._alone()
            return
        path = unquote(self.request.path)
        answer = find(path, shown.base_path, shown.files)
        if answer.location is not None:
            query = f"?{self.request.query}" if self.request.query else ""
            self.redirect(answer.location + query, status=answer.status)
            return
        ahead = shown.ahead.get(answer.file) if answer.file else None
        data = ahead or (read(self.site.session.output, answer.file) if answer.file else None)
        self.set_status(answer.status if data is not None else HTTPStatus.NOT_FOUND)
        if answer.file is None or data is None:
            inside, base = html.escape(self.site.word("preview.inside")), html.escape(shown.base_path)
            self._message(self.site.word("preview.outside"), f'<p>{inside} <a href="{base}">{base}</a></p>')
            return
        if answer.file.endswith(".html"):
            self.write_page(previewed(data.decode("utf-8", "replace"), self._visit(answer.file)))
        else:
            self.set_header("Content-Type", type_of(answer.file))
            self.write(data)

    def head(self) -> None:
        self.get()

    def _visit(self, file: str | None) -> Visit:
        session = self.site.session
        link = "" if file is None else file.removesuffix("index.html")
        origin = session.shown.origins.get(link) if file else None
        version, styles = session.version_of(file), session.shown.styles
        token, origin = (session.token, origin) if self.is_here else ("", None)
        lacks = session.shown.lacking.get(link.partition("/")[0], "")
        return Visit(self.request.host, version, token, self.site.language, origin, styles, lacks)

    def _alone(self) -> None:
        """Before there is a site: what is wrong with its sources, or that it is being built."""
        failed = self.site.session.shown.failed
        self.set_status(HTTPStatus.INTERNAL_SERVER_ERROR if failed else HTTPStatus.SERVICE_UNAVAILABLE)
        body = (
            self.site.errors() + f"\n<p>{html.escape(self.site.word('preview.mend' if failed else 'preview.wait'))}</p>"
        )
        self._message(self.site.word("preview.never" if failed else "preview.waiting"), body)

    def _message(self, title: str, body: str) -> None:
        self.write_page(message_page(title, body, self._visit(None)))


class _State(_Guarded):
    """What is up now: the versions of pages that may stay open, how often the styles were renewed, what is wrong."""

    def get(self) -> None:
        session, shown = self.site.session, self.site.session.shown
        styles = {"sheet": shown.sheet, "styles": str(shown.styles)}
        self.write({"versions": session.versions, **styles, "errors": self.site.errors()})


class _Own(_Guarded):
    """The preview's scripts and styles."""

    def get(self, name: str) -> None:
        own = Path(str(resources("expoarchive.cli.preview"))) / "files" / name
        path = LIVERELOAD if name == LIVERELOAD.name else own
        self.set_header("Content-Type", type_of(name))
        self.write(path.read_bytes())


class _Source(BaseModel):
    """What a page asks to open."""

    file: str
    line: Annotated[int, Field(ge=1, le=1_000_000_000)]
    column: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1


class _Edit(_Guarded):
    """Opens a source in the editor: for a page of this preview, shown on this machine, and no one else."""

    def post(self) -> None:
        if not self.is_here:
            self._say(HTTPStatus.FORBIDDEN, self.site.word("preview.elsewhere"))
            return
        token = self.request.headers.get("X-Preview-Token", "")
        if not self.is_own(self.request.headers.get("Origin", "")) or token != self.site.session.token:
            self._say(HTTPStatus.FORBIDDEN, "?")
            return
        try:
            source = _Source.model_validate_json(self.request.body)
            path = self._path(source.file)
        except (ValueError, OSError):
            self._say(HTTPStatus.BAD_REQUEST, "?")
            return
        if path is None:
            self._say(HTTPStatus.NOT_FOUND, source.file)
            return
        where = f"{source.file}:{source.line}"
        if self.site.editor is None:
            self._say(HTTPStatus.OK, f"{where} (--editor code)")
            return
        try:
            address = self.site.editor.open(path, source.line, source.column)
        except OSError as error:
            self._say(HTTPStatus.OK, f"{where} ({error.strerror})")
            return
        self.write({"address": address} if address else {"said": where})

    def _path(self, file: str) -> Path | None:
        """The source of that name; None where it is none of the site's."""
        root = real_path(self.site.session.root)
        path = real_path(root / file)
        inside = path.is_relative_to(root) and path.relative_to(root).as_posix().startswith(_EDITED)
        return path if inside and path.is_file() else None

    def _say(self, status: HTTPStatus, text: str) -> None:
        self.set_status(status)
        self.write({"said": text})


class _Message(BaseModel):
    """What livereload's script says, as far as it matters here."""

    command: str
    url: str = ""


class _Socket(WebSocketHandler, _Guarded):
    """livereload's protocol, for pages of this preview alone: each says hello, then which page it is.

    What is no such message hangs up on who sent it.
    """

    pages: ClassVar[set["_Socket"]] = set()
    path = ""

    async def on_message(self, message: str | bytes) -> None:
        """Waited for before the next is read, so that a client that does not listen is not answered on and on."""
        try:
            content = _Message.model_validate_json(message)
            path = unquote(urlsplit(content.url).path)
        except ValueError:
            self.close()
            return
        if content.command == "hello":
            with suppress(WebSocketClosedError):
                await self.write_message(HELLO)
        elif content.command == "info":
            self.path = path
            self.pages.add(self)

    def on_close(self) -> None:
        self.pages.discard(self)

    def tell(self, message: str) -> None:
        """Send it without waiting. A page that went away meanwhile is none of the terminal's business."""
        with suppress(WebSocketClosedError):
            self.write_message(message).add_done_callback(_forget)

    def file(self) -> str | None:
        """The output's file that the page is."""
        shown = self.site.session.shown
        return find(self.path, shown.base_path, shown.files).file if shown.base_path is not None else None

    def check_origin(self, origin: str) -> bool:
        return self.is_own(origin)


def application(site: Site) -> Application:
    """The whole preview."""
    context = {"site": site}
    routes: list[Any] = [
        ("/livereload", _Socket, context),
        (f"{PREFIX}state", _State, context),
        (f"{PREFIX}edit", _Edit, context),
        (f"{PREFIX}(livereload\\.js|preview\\.js|preview\\.css)", _Own, context),
        (".*", _Pages, context),
    ]
    # A missing page is no fault of the server's: nothing is logged of it.
    return Application(routes, log_function=lambda handler: None, websocket_max_message_size=LONGEST)


def open_files() -> frozenset[str]:
    """The output's files that are open in a browser."""
    files = (page.file() for page in _Socket.pages)
    return frozenset(file for file in files if file is not None)


def announce(news: News) -> None:
    """Tell every open page."""
    for page in _Socket.pages.copy():
        file = page.file() if news.ahead or news.known else None
        if news.ahead and file != news.ahead:
            continue
        whole = news.ahead or (news.page and file not in news.known)
        path = "*" if whole else f"{PREFIX}state"
        message = json.dumps({"command": "reload", "path": path, "liveCSS": True, "liveImg": False})
        page.tell(message)


def _forget(sent: "asyncio.Future[None]") -> None:
    if not sent.cancelled():
        sent.exception()


class _Server(HTTPServer):
    """Hangs up on what comes when as much is open as pages can need: past the system's limit nobody is answered."""

    def initialize(self, *values: Any, **options: Any) -> None:
        super().initialize(*values, **options)
        self._streams: list[IOStream] = []

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        self._streams = [one for one in self._streams if not one.closed()]
        if len(self._streams) >= MOST_CONNECTIONS:
            stream.close()
            return
        self._streams.append(stream)
        super().handle_stream(stream, address)


def listen(site: Site, first: int) -> HTTPServer | None:
    """Serve at the first free port from ``first`` on; None where none of the next is free.

    Raises OSError or ValueError where the host is no address of this machine.
    """
    # A page that hangs up is not worth a line.
    for name in ("tornado.access", "tornado.general"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    host = site.host.strip("[]")
    if not host:
        # Tornado takes it for every address.
        raise ValueError
    for port in range(first, min(first + TRIED_PORTS, LAST_PORT + 1)):
        try:
            sockets = bind_sockets(port, host)
        except OSError as error:
            if _is_busy(error):
                continue
            raise
        bound = [ipaddress.ip_address(one.getsockname()[0].partition("%")[0]) for one in sockets]
        if any(address.is_unspecified for address in bound):
            # However it was written: 0 is every address too.
            site.host = EVERY_ADDRESS[0]
        site.port = port or sockets[0].getsockname()[1]
        site.beyond = not all(address.is_loopback for address in bound)
        server = _Server(application(site), max_body_size=LONGEST, idle_connection_timeout=IDLE)
        server.add_sockets(sockets)
        return server
    return None


def _is_busy(error: OSError) -> bool:
    """Whether another address or port may do. A host that this machine does not have will never do."""
    return error.errno in (errno.EADDRINUSE, errno.EACCES)
