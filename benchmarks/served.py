"""The edit of an article while ours is serving, as a browser with its page open sees it."""

import asyncio
import json
import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Awaitable
from pathlib import Path
from time import perf_counter
from typing import Any

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

from benchmarks.corpus import OURS
from benchmarks.edits import edit_article, page_of
from benchmarks.measure import BuildFailed, Measured, cache_of, environment_of
from benchmarks.tools import OUTPUT, Tool

# Until the open page is shown with the edit, and until the whole site is built and checked with it.
SHOWN, WRITTEN = "shown", "written"
_PATIENCE = 600.0


def served(tool: Tool, folder: Path, texts: int, repeats: int) -> list[Measured]:
    """Both for each of ``repeats`` edits, after one that is not counted. The corpus has been built there before.

    Raises ``BuildFailed`` where the edit is not on the page.
    """
    environment = {**environment_of(cache_of(folder)), "CI": "1"}
    command = [tool.command[0], "-u", tool.command[1], "serve", "--no-open", "--port", "0", "--messages", "en"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
        try:
            return asyncio.run(_measured(folder, texts, repeats, said.fileno(), process))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


async def _measured(
    folder: Path, texts: int, repeats: int, said: int, process: subprocess.Popen[bytes]
) -> list[Measured]:
    address = await _within(_address(said, process))
    file = page_of(folder / OUTPUT, texts)
    page = address + file.relative_to(folder / OUTPUT).as_posix().removesuffix("index.html")
    browser = await websocket_connect(re.sub(r"^http(://[^/]+)/.*", r"ws\1/livereload", address))
    for message in ({"command": "hello", "protocols": _PROTOCOLS}, {"command": "info", "url": page, "plugins": {}}):
        await browser.write_message(json.dumps(message))
    # The preview hears of the page before it hears of a save.
    await AsyncHTTPClient().fetch(page)
    made = []
    for number in range(repeats + 1):
        mark = f"served {number}"
        began = perf_counter()
        edit_article(OURS, folder, texts, mark)
        await _within(_shown(browser, page, mark))
        shown = perf_counter() - began
        while mark not in file.read_text("utf-8"):
            await asyncio.sleep(0.01)
            if perf_counter() - began > _PATIENCE:
                raise BuildFailed(f"{mark}: never written")
        written = perf_counter() - began
        if number:
            made += [Measured(OURS, texts, name, took, 0, 0) for name, took in ((SHOWN, shown), (WRITTEN, written))]
        # The end of the build is told too, and is not to be taken for the next one's.
        await asyncio.sleep(2)
    return made


_PROTOCOLS = ["http://livereload.com/protocols/official-7"]


async def _within(what: Awaitable[Any]) -> Any:
    try:
        return await asyncio.wait_for(what, _PATIENCE)
    except TimeoutError:
        raise BuildFailed("the preview did not answer") from None


async def _address(said: int, process: subprocess.Popen[bytes]) -> str:
    """Where the preview is, once it says so."""
    while True:
        text = os.pread(said, 1_000_000, 0).decode("utf-8", "replace")
        found = re.search(r"http://\S+", text)
        if found:
            return found[0]
        if process.poll() is not None:
            raise BuildFailed(f"the preview did not start: {text[-2000:]}")
        await asyncio.sleep(0.05)


async def _shown(browser: WebSocketClientConnection, page: str, mark: str) -> None:
    """Until the page, loaded anew when its browser is told to, has the mark."""
    while True:
        message = await browser.read_message()
        if message is None:
            raise BuildFailed("the preview hung up")
        if json.loads(message).get("command") == "reload":
            answer = await AsyncHTTPClient().fetch(page)
            if mark in answer.body.decode():
                return
