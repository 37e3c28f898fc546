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
    """Both times of each of ``repeats`` edits, after one that is not counted. The corpus there has been built.

    Raises ``BuildFailed`` where the edit is not on the page.
    """
    environment = {**environment_of(cache_of(folder)), "CI": "1"}
    command = [tool.command[0], "-u", tool.command[1], "serve", "--no-open", "--port", "0", "--messages", "en"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            return asyncio.run(_measured(folder, texts, repeats, log.fileno(), process))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


async def _measured(
    folder: Path, texts: int, repeats: int, log: int, process: subprocess.Popen[bytes]
) -> list[Measured]:
    address = await _within(_address(log, process))
    file = page_of(folder / OUTPUT, texts)
    page = address + file.relative_to(folder / OUTPUT).as_posix().removesuffix("index.html")
    browser = await websocket_connect(re.sub(r"^http(://[^/]+)/.*", r"ws\1/livereload", address))
    for message in ({"command": "hello", "protocols": _PROTOCOLS}, {"command": "info", "url": page, "plugins": {}}):
        await browser.write_message(json.dumps(message))
    # So that the preview knows the page before a save.
    await AsyncHTTPClient().fetch(page)
    measured = []
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
            measured += [
                Measured(OURS, texts, name, seconds, 0, 0) for name, seconds in ((SHOWN, shown), (WRITTEN, written))
            ]
        # Let the news of this build's end pass: it is not the next one's.
        await asyncio.sleep(2)
    return measured


_PROTOCOLS = ["http://livereload.com/protocols/official-7"]


async def _within(what: Awaitable[Any]) -> Any:
    try:
        return await asyncio.wait_for(what, _PATIENCE)
    except TimeoutError:
        raise BuildFailed("the preview did not answer") from None


async def _address(log: int, process: subprocess.Popen[bytes]) -> str:
    """The address of the preview, once it prints it."""
    while True:
        # All of it: the address stands after the warnings of thousands of texts.
        text = os.pread(log, os.fstat(log).st_size, 0).decode("utf-8", "replace")
        match = re.search(r"http://\S+", text)
        if match:
            return match[0]
        if process.poll() is not None:
            raise BuildFailed(f"the preview did not start: {text[-2000:]}")
        await asyncio.sleep(0.05)


async def _shown(browser: WebSocketClientConnection, page: str, mark: str) -> None:
    """Wait until the page, requested again at each reload, has the mark."""
    while True:
        message = await browser.read_message()
        if message is None:
            raise BuildFailed("the preview hung up")
        if json.loads(message).get("command") == "reload":
            answer = await AsyncHTTPClient().fetch(page)
            if mark in answer.body.decode():
                return
