"""``serve``: the site in a browser, rebuilt and reloaded at each save. Ctrl-C ends it with exit code 0."""

import argparse
import asyncio
import os
import signal
import sys
import webbrowser
from pathlib import Path

from expoarchive.cache.last import SOURCES
from expoarchive.cli.main import colour_wanted, complain, say
from expoarchive.cli.preview.editor import find_editor
from expoarchive.cli.preview.job import Ahead, Job, Rebuilt, rebuild
from expoarchive.cli.preview.published import EVERY_ADDRESS
from expoarchive.cli.preview.server import Site, announce, listen, open_files
from expoarchive.cli.preview.session import Session
from expoarchive.cli.preview.watch import Watch
from expoarchive.cli.preview.worker import Worker
from expoarchive.cli.progress import Progress, is_watched
from expoarchive.cli.report import report

WORDS = {
    "en": {
        "at": "{address} (Ctrl-C stops)",
        "taken": "port {port} is in use",
        "busy": "no free port from {port} on",
        "no_host": "{host} is no address of this machine: {reason}",
        "failed": "errors: the last good site stays up",
        "never": "errors: the page shows them until they are mended",
        "broke": "the build broke off; the last good site stays up, and the next save builds again",
    },
    "zh": {
        "at": "{address} （按 Ctrl-C 停止）",
        "taken": "端口 {port} 已被占用",
        "busy": "从 {port} 起没有空闲的端口",
        "no_host": "{host} 不是本机的地址：{reason}",
        "failed": "有错误：仍显示上一次的网站",
        "never": "有错误：改正之前页面会显示这些错误",
        "broke": "生成过程意外中断；仍显示上一次的网站，下次保存后会重新生成",
    },
}


def run_serve(root: Path, options: argparse.Namespace, language: str) -> int:
    """Serve until interrupted. A build with errors prints them and leaves the last good site up."""
    # The first look is taken before the first build, so that a save during it is not lost.
    worker = Worker(rebuild)
    try:
        return asyncio.run(_serve(root, options, language, worker))
    except KeyboardInterrupt:
        return 0
    finally:
        worker.stop()


async def _serve(root: Path, options: argparse.Namespace, language: str, worker: Worker) -> int:
    words = WORDS[language]
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(ending, stopped.set)
        except NotImplementedError:
            # Windows: Ctrl-C comes as KeyboardInterrupt.
            break
    where = {"address": options.address, "base_path": options.base_path}
    job = Job(root, root / options.output, language, **where, drafts=options.drafts)
    first = True

    def told(rebuilt: Rebuilt | None) -> None:
        nonlocal first
        site_is_up = session.shown.base_path is not None
        if rebuilt is None:
            complain(words["broke"])
        else:
            if rebuilt.problems:
                complain(report(rebuilt.problems, language, colour=colour_wanted()))
            say(rebuilt.summary if rebuilt.ok else words["failed" if site_is_up else "never"])
        if first:
            first = False
            at = address(session.shown.base_path or "/")
            say(words["at"].format(address=at))
            if options.open and has_browser():
                loop.run_in_executor(None, webbrowser.open, at)

    def address(base_path: str) -> str:
        host = "127.0.0.1" if options.host in EVERY_ADDRESS else options.host
        return f"http://{f'[{host}]' if ':' in host.strip('[]') else host}:{port}{base_path}"

    def show(page: Ahead) -> None:
        loop.call_soon_threadsafe(session.show, page)

    def work(asked: Job) -> Rebuilt | None:
        with Progress(language, shown=is_watched()) as progress:
            rebuilt = worker.run(asked, progress.tell, show)
        if options.verbose and rebuilt is not None and rebuilt.styles is None:
            complain(progress.times())
        return rebuilt

    session = Session(job, work, announce, told, open_files)
    try:
        listening = listen(Site(session, options.host, language, find_editor(options.editor)), options.port)
    except OSError as error:
        complain(words["no_host"].format(host=options.host, reason=error.strerror or error))
        return 1
    if listening is None:
        complain(words["busy"].format(port=options.port))
        return 1
    server, port = listening
    if options.port not in (0, port):
        say(words["taken"].format(port=options.port))
    watch = Watch(root, SOURCES, lambda changed: loop.call_soon_threadsafe(session.saved, changed))
    watch.start()
    working = asyncio.ensure_future(session.work())
    ended = asyncio.ensure_future(stopped.wait())
    await asyncio.wait((ended, working), return_when=asyncio.FIRST_COMPLETED)
    watch.stop()
    server.stop()
    worker.stop()
    if working.done():
        # It never ends of itself.
        working.result()
    working.cancel()
    return 0


def has_browser() -> bool:
    """Whether a browser of its own window can be opened for who sits at the terminal."""
    if os.environ.get("CI") or not sys.stdout.isatty():
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    # Without a screen, a browser would open in the terminal itself.
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
