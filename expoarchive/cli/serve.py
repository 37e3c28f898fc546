"""``serve``: the site in a browser, rebuilt and reloaded at each save. Ctrl-C ends it with exit code 0."""

import argparse
import asyncio
import os
import re
import signal
import sys
import webbrowser
from pathlib import Path

from tornado.httpserver import HTTPServer

from expoarchive.cache.sources import sources_of
from expoarchive.cli.build import declare_site
from expoarchive.cli.grammar import Parser
from expoarchive.cli.preview.editor import Editor, NoCommand, find_editor
from expoarchive.cli.preview.job import Ahead, Job, Rebuilt, rebuild
from expoarchive.cli.preview.server import LAST_PORT, Site, announce, listen, open_files
from expoarchive.cli.preview.session import Session
from expoarchive.cli.preview.watch import Watch
from expoarchive.cli.preview.worker import Worker
from expoarchive.cli.progress import Progress, is_watched
from expoarchive.cli.report import show_problems
from expoarchive.cli.terminal import Slip, Stop, Terminal, complain, say


def declare(command: Parser) -> None:
    """Where to serve, and what opens a source."""
    declare_site(command)
    command.add_argument("--port", type=str, default="8000", help="help.serve-port")
    command.add_argument("--host", default="127.0.0.1", help="help.serve-host")
    command.add_argument("--no-open", dest="open", action="store_false", help="help.serve-no-open")
    command.add_argument("--editor", help="help.serve-editor")


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Serve until interrupted. A build with errors prints them and leaves the last good site up."""
    if not re.fullmatch("[0-9]{1,5}", options.port) or int(options.port) > LAST_PORT:
        raise Slip("serve.no-port", port=options.port)
    try:
        editor = find_editor(options.editor)
    except NoCommand as error:
        raise Slip("serve.no-editor", source=error.source, text=error.text) from None
    worker = Worker(rebuild)
    try:
        asyncio.run(_Preview(root, options, terminal, worker, editor).serve())
    except KeyboardInterrupt:
        pass
    finally:
        worker.stop()
    return 0


class _Preview:
    """The session, its server and what the terminal shows of them."""

    def __init__(
        self, root: Path, options: argparse.Namespace, terminal: Terminal, worker: Worker, editor: Editor | None
    ) -> None:
        self._root = root
        self._options = options
        self._terminal = terminal
        self._worker = worker
        where = {"address": options.address, "base_path": options.base_path}
        job = Job(root, root / options.output, terminal.language, **where, drafts=options.drafts)
        self._session = Session(job, self._build, announce, self._report, open_files)
        self._site = Site(self._session, options.host, terminal.language, editor)
        self._opened = False

    async def serve(self) -> None:
        """Serve until Ctrl-C."""
        self._loop = asyncio.get_running_loop()
        stopped = _stopping(self._loop)
        server = _listen(self._site, int(self._options.port), self._terminal)
        # The first look is taken before the first build, so that a save during it is not lost.
        watch = Watch(sources_of(self._root), self._saved)
        watch.start()
        working = asyncio.ensure_future(self._session.work())
        ended = asyncio.ensure_future(stopped.wait())
        await asyncio.wait((ended, working), return_when=asyncio.FIRST_COMPLETED)
        watch.stop()
        server.stop()
        self._worker.stop()
        if working.done():
            # It never ends by itself.
            working.result()
        working.cancel()

    def _saved(self, files: frozenset[str]) -> None:
        self._loop.call_soon_threadsafe(self._session.saved, files)

    def _show(self, page: Ahead) -> None:
        self._loop.call_soon_threadsafe(self._session.show, page)

    def _build(self, job: Job) -> Rebuilt | None:
        """One build, in the worker; called from a thread of its own."""
        with Progress(self._terminal, shown=is_watched()) as progress:
            rebuilt = self._worker.run(job, progress.tell, self._show)
        if self._options.verbose and rebuilt is not None and rebuilt.styles is None:
            complain(progress.times())
        return rebuilt

    def _report(self, rebuilt: Rebuilt | None) -> None:
        """Print what a build came to; after the first one, also where the site is."""
        base_path = self._session.shown.base_path
        if rebuilt is None:
            self._terminal.complain("serve.broke")
        else:
            show_problems(list(rebuilt.problems), self._terminal)
            if rebuilt.ok:
                say(rebuilt.summary)
            else:
                self._terminal.say("serve.never" if base_path is None else "serve.failed")
        if not self._opened:
            self._opened = True
            address = self._site.address(base_path or "/")
            self._terminal.say("serve.at", address=address)
            if self._options.open and has_browser():
                self._loop.run_in_executor(None, webbrowser.open, address)


def _stopping(loop: asyncio.AbstractEventLoop) -> asyncio.Event:
    """What Ctrl-C sets."""
    stopped = asyncio.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(ending, stopped.set)
        except NotImplementedError:
            # Windows: Ctrl-C comes as KeyboardInterrupt.
            break
    return stopped


def _listen(site: Site, port: int, terminal: Terminal) -> HTTPServer:
    """Serve, and say which port was taken, and who may reach the site."""
    try:
        server = listen(site, port)
    except OSError as error:
        raise Slip("serve.no-host", host=site.host, reason=error.strerror or error) from None
    except ValueError:
        raise Slip("serve.no-host", host=site.host, reason=terminal.word("serve.host-form")) from None
    if server is None:
        raise Stop("serve.busy", port=port)
    if port not in (0, site.port):
        terminal.say("serve.taken", port=port)
    if site.beyond:
        terminal.say("serve.beyond")
    return server


def has_browser() -> bool:
    """Whether a browser of its own window can be opened for who sits at the terminal."""
    if os.environ.get("CI") or not sys.stdout.isatty():
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    # Without a screen, a browser would open in the terminal itself.
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
