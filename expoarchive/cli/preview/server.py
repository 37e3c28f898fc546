"""The preview over HTTP: the site's files as their host will answer, and beside them what reloads the pages."""

import asyncio
import errno
import html
import json
import logging
from http import HTTPStatus
from importlib.resources import files as resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import livereload.handlers
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from expoarchive.cli.preview.editor import Editor
from expoarchive.cli.preview.markup import PREFIX, WORDS, Visit, errors_as_html, message_page, previewed
from expoarchive.cli.preview.published import LOCAL_NAMES, find, is_host, read, type_of
from expoarchive.cli.preview.session import News, Session

LIVERELOAD = Path(livereload.handlers.__file__).parent / "vendors" / "livereload.js"
TRIED_PORTS = 20
# Only these are opened in the editor: never a file that the site is not made of.
_EDITED = ("content/", "templates/", "site_config.yaml")
_TEXT = "text/plain; charset=utf-8"


class Site:
    """What every handler works with."""

    def __init__(self, session: Session, host: str, language: str, editor: Editor | None) -> None:
        self.session = session
        self.host = host
        self.language = language
        self.editor = editor

    def errors(self) -> str:
        """What is wrong, as HTML; empty where the last build was good."""
        shown = self.session.shown
        if shown.broke_off:
            return f"<p>{html.escape(WORDS[self.language]['broke'])}</p>"
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
            self.finish("This preview does not go by that name: see --host.\n")

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")

    def compute_etag(self) -> None:
        """None: every answer is whole."""


# A picture runs nothing and fetches nothing, and is of no origin.
_PICTURE_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"


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
            words, base = WORDS[self.site.language], html.escape(shown.base_path)
            self._message(words["outside"], f'<p>{html.escape(words["inside"])} <a href="{base}">{base}</a></p>')
            return
        self.set_header("Content-Type", type_of(answer.file))
        if answer.file.lower().endswith(".svg"):
            # A document of this origin when it is opened by itself.
            self.set_header("Content-Security-Policy", _PICTURE_POLICY)
        if answer.file.endswith(".html"):
            self.write(previewed(data.decode(), self._visit(answer.file)))
        else:
            self.write(data)

    def head(self) -> None:
        self.get()

    def _visit(self, file: str | None) -> Visit:
        session = self.site.session
        link = "" if file is None else file.removesuffix("index.html")
        origin = session.shown.origins.get(link) if file else None
        version, styles = session.version_of(file), session.shown.styles
        return Visit(self.request.host, version, session.token, self.site.language, origin, styles)

    def _alone(self) -> None:
        """Before there is a site: what is wrong with its sources, or that it is being built."""
        words = WORDS[self.site.language]
        failed = self.site.session.shown.failed
        self.set_status(HTTPStatus.INTERNAL_SERVER_ERROR if failed else HTTPStatus.SERVICE_UNAVAILABLE)
        body = self.site.errors() + f"\n<p>{html.escape(words['mend' if failed else 'wait'])}</p>"
        self._message(words["never" if failed else "waiting"], body)

    def _message(self, title: str, body: str) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.write(message_page(title, body, self._visit(None)))


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


class _Edit(_Guarded):
    """Opens a source in the editor: for a page of this preview, shown on this machine, and no one else."""

    def post(self) -> None:
        host = urlsplit(self.request.headers.get("Origin", "")).netloc
        here = self.request.remote_ip in LOCAL_NAMES
        token = self.request.headers.get("X-Preview-Token", "")
        if not here or host != self.request.host or token != self.site.session.token:
            self._say(HTTPStatus.FORBIDDEN, "?")
            return
        root = self.site.session.root.resolve()
        try:
            asked = json.loads(self.request.body)
            file, line, column = str(asked["file"]), int(asked["line"]), int(asked.get("column", 1))
            path = (root / file).resolve()
        except (ValueError, KeyError, TypeError, OverflowError):
            self._say(HTTPStatus.BAD_REQUEST, "?")
            return
        inside = path.is_relative_to(root) and path.relative_to(root).as_posix().startswith(_EDITED)
        if not inside or not path.is_file():
            self._say(HTTPStatus.NOT_FOUND, file)
            return
        where = f"{file}:{line}"
        if self.site.editor is None:
            self._say(HTTPStatus.OK, f"{where} (--editor code)")
            return
        try:
            address = self.site.editor.open(path, line, column)
        except OSError as error:
            self._say(HTTPStatus.OK, f"{where} ({error.strerror})")
            return
        self.write({"address": address} if address else {"said": where})

    def _say(self, status: HTTPStatus, text: str) -> None:
        self.set_status(status)
        self.write({"said": text})


class _Socket(livereload.handlers.LiveReloadHandler, _Guarded):  # type: ignore[misc]
    """livereload's socket, for pages of this preview alone. ``address`` is the page's."""

    address = ""

    def on_message(self, message: str | bytes) -> None:
        super().on_message(message)
        said = json.loads(message)
        if said.get("command") == "info":
            self.address = str(said.get("url", ""))

    def file(self) -> str | None:
        """The output's file that the page is."""
        shown = self.site.session.shown
        path = unquote(urlsplit(self.address).path)
        return find(path, shown.base_path, shown.files).file if shown.base_path is not None else None

    def check_origin(self, origin: str) -> bool:
        return bool(WebSocketHandler.check_origin(self, origin))


def application(site: Site) -> Application:
    """The whole preview."""
    given = {"site": site}
    routes: list[Any] = [
        ("/livereload", _Socket, given),
        (f"{PREFIX}state", _State, given),
        (f"{PREFIX}edit", _Edit, given),
        (f"{PREFIX}(livereload\\.js|preview\\.js|preview\\.css)", _Own, given),
        (".*", _Pages, given),
    ]
    # A missing page is no fault of the server's: nothing is logged of it.
    return Application(routes, log_function=lambda handler: None, websocket_max_message_size=65536)


def open_files() -> frozenset[str]:
    """The output's files that are open in a browser."""
    files = (page.file() for page in livereload.handlers.LiveReloadHandler.waiters)
    return frozenset(file for file in files if file is not None)


def announce(news: News) -> None:
    """Tell every open page. One that went away meanwhile is none of the terminal's business."""
    for page in livereload.handlers.LiveReloadHandler.waiters.copy():
        file = page.file() if news.ahead or news.known else None
        if news.ahead and file != news.ahead:
            continue
        anew = news.ahead or (news.page and file not in news.known)
        path = "*" if anew else f"{PREFIX}state"
        message = json.dumps({"command": "reload", "path": path, "liveCSS": True, "liveImg": False})
        try:
            asyncio.ensure_future(page.write_message(message)).add_done_callback(_forget)
        except OSError:
            page.on_close()


def _forget(sent: "asyncio.Future[None]") -> None:
    if not sent.cancelled():
        sent.exception()


def listen(site: Site, first: int) -> tuple[HTTPServer, int] | None:
    """Serve at the first free port from ``first`` on; None where none of the next is free."""
    # livereload tells of each page that connects; a page that hangs up is not told of either.
    for name in ("livereload", "tornado.access", "tornado.general"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    for port in range(first, first + TRIED_PORTS):
        try:
            sockets = bind_sockets(port, site.host.strip("[]"))
        except OSError as error:
            if _is_busy(error):
                continue
            raise
        server = HTTPServer(application(site))
        server.add_sockets(sockets)
        return server, port if port else sockets[0].getsockname()[1]
    return None


def _is_busy(error: OSError) -> bool:
    """Whether another address or port may do. A host that this machine does not have will never do."""
    return error.errno in (errno.EADDRINUSE, errno.EACCES)
