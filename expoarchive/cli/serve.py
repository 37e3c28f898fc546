"""``serve``: the site in a browser, rebuilt and reloaded at each save. Ctrl-C ends it with exit code 0."""

import argparse
import asyncio
import os
import re
import signal
import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path

from tornado.httpserver import HTTPServer

from expoarchive.cache.last import SOURCES
from expoarchive.cli.main import colour_wanted, complain, say
from expoarchive.cli.preview.editor import Editor, NoCommand, find_editor
from expoarchive.cli.preview.job import Ahead, Job, Rebuilt, rebuild
from expoarchive.cli.preview.published import EVERY_ADDRESS
from expoarchive.cli.preview.server import LAST_PORT, Site, announce, listen, open_files
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
        "no_host": "--host {host}: no address of this machine: {reason}",
        "host_form": "a name has 1 to 63 characters between its dots",
        "no_port": "--port {port}: not a number from 0 to 65535",
        "no_editor": "{source}: not a command: {text}",
        "beyond": "Whoever can reach this port sees the site as it is here, drafts if they are shown, and the faulty\n"
        "lines of sources. Only a browser on this machine, at 127.0.0.1, can open the editor.",
        "failed": "errors: the last good site stays up",
        "never": "errors: the page shows them until they are mended",
        "broke": "the build broke off; the last good site stays up, and the next save builds again",
    },
    "zh": {
        "at": "{address} （按 Ctrl-C 停止）",
        "taken": "端口 {port} 已被占用",
        "busy": "从 {port} 起没有空闲的端口",
        "no_host": "--host {host}：不是本机的地址：{reason}",
        "host_form": "主机名中点与点之间须有 1 到 63 个字符",
        "no_port": "--port {port}：不是 0 到 65535 之间的数",
        "no_editor": "{source}：不是可以执行的命令：{text}",
        "beyond": "凡能访问此端口的人，都看得到网站目前的样子（显示草稿时也包括草稿），以及出错的源文件行。\n"
        "只有本机的浏览器通过 127.0.0.1 才能打开编辑器。",
        "failed": "有错误：仍显示上一次的网站",
        "never": "有错误：改正之前页面会显示这些错误",
        "broke": "生成过程意外中断；仍显示上一次的网站，下次保存后会重新生成",
    },
}


def run_serve(root: Path, options: argparse.Namespace, language: str) -> int:
    """Serve until interrupted. A build with errors prints them and leaves the last good site up."""
    words = WORDS[language]
    if not re.fullmatch("[0-9]{1,5}", options.port) or int(options.port) > LAST_PORT:
        complain(words["no_port"].format(port=options.port))
        return 2
    try:
        editor = find_editor(options.editor)
    except NoCommand as error:
        complain(words["no_editor"].format(source=error.source, text=error.text))
        return 2
    # The first look is taken before the first build, so that a save during it is not lost.
    worker = Worker(rebuild)
    try:
        return asyncio.run(_serve(root, options, language, worker, editor))
    except KeyboardInterrupt:
        return 0
    finally:
        worker.stop()


async def _serve(root: Path, options: argparse.Namespace, language: str, worker: Worker, editor: Editor | None) -> int:
    words = WORDS[language]
    loop = asyncio.get_running_loop()
    stopped = _stopping(loop)
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
        host = "127.0.0.1" if site.host in EVERY_ADDRESS else site.host.strip("[]")
        return f"http://{f'[{host}]' if ':' in host else host}:{site.port}{base_path}"

    def show(page: Ahead) -> None:
        loop.call_soon_threadsafe(session.show, page)

    def work(asked: Job) -> Rebuilt | None:
        with Progress(language, shown=is_watched()) as progress:
            rebuilt = worker.run(asked, progress.tell, show)
        if options.verbose and rebuilt is not None and rebuilt.styles is None:
            complain(progress.times())
        return rebuilt

    session = Session(job, work, announce, told, open_files)
    site = Site(session, options.host, language, editor)
    server = _listen(site, int(options.port), words)
    if isinstance(server, int):
        return server
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


def _listen(site: Site, port: int, words: Mapping[str, str]) -> HTTPServer | int:
    """Serve, and say what is not as asked, and who may reach it; the exit code where it cannot be."""
    host = site.host
    try:
        server = listen(site, port)
    except OSError as error:
        complain(words["no_host"].format(host=host, reason=error.strerror or error))
        return 2
    except ValueError:
        complain(words["no_host"].format(host=host, reason=words["host_form"]))
        return 2
    if server is None:
        complain(words["busy"].format(port=port))
        return 1
    if port not in (0, site.port):
        say(words["taken"].format(port=port))
    if site.beyond:
        say(words["beyond"])
    return server


def has_browser() -> bool:
    """Whether a browser of its own window can be opened for who sits at the terminal."""
    if os.environ.get("CI") or not sys.stdout.isatty():
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    # Without a screen, a browser would open in the terminal itself.
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
