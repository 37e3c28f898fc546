"""``serve``: the site in a browser, rebuilt and reloaded at each save."""

import argparse
import socket
from pathlib import Path

from expoarchive.build import build
from expoarchive.cli.build import show_problems, summary
from expoarchive.cli.main import complain, say
from expoarchive.config import CONFIG_FILE
from expoarchive.load import CONTENT
from expoarchive.render.environment import TEMPLATES

LOCAL = "127.0.0.1"
TRIED_PORTS = 20
AT = {"en": "http://{host}:{port}/ (Ctrl-C stops)", "zh": "http://{host}:{port}/ （按 Ctrl-C 停止）"}
BUSY = {"en": "no free port from {port} on", "zh": "从 {port} 起没有空闲的端口"}
FAILED = {"en": "errors: the last good site stays up", "zh": "有错误：仍显示上一次的网站"}


def run_serve(root: Path, options: argparse.Namespace, language: str) -> int:
    """Serve until interrupted. A build with errors prints them and leaves the last good site up."""
    from time import perf_counter

    from livereload import Server

    from expoarchive.cli.watch import SourceWatcher

    output = root / options.output

    def rebuild() -> None:
        started = perf_counter()
        outcome = build(root, output, base_path="/")
        show_problems(outcome, "text", language)
        say(summary(outcome, language, perf_counter() - started) if outcome.ok else FAILED[language])

    # Looks before the first build, so that a save during it is not lost.
    watcher = SourceWatcher(root, (CONFIG_FILE, CONTENT, TEMPLATES), rebuild)
    rebuild()
    if not output.is_dir():
        return 1
    port = free_port(options.port)
    if port is None:
        complain(BUSY[language].format(port=options.port))
        return 1
    server = Server(watcher=watcher)
    say(AT[language].format(host=LOCAL, port=port))
    server.serve(port=port, host=LOCAL, root=str(output), open_url_delay=None)
    return 0


def free_port(first: int) -> int | None:
    """The first port from ``first`` on that nothing listens at."""
    for port in range(first, first + TRIED_PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOCAL, port))
            except OSError:
                continue
            return port
    return None
