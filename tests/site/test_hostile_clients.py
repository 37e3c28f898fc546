"""Whatever a client sends to the preview is refused at most: no traceback is printed, and the next save reloads."""

import asyncio
import base64
import json
import os
import random
import resource
import socket
import struct
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from urllib.parse import urlsplit

import pytest
from tornado.websocket import websocket_connect

from expoarchive.cli.preview.server import LONGEST
from tests.preview import PATIENCE, Preview

ARTICLE = "content/articles/first-crane/en.md"
TEXT, BINARY, CLOSE, PING = 1, 2, 8, 9


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the tiny expo; `true` is an editor that opens nothing."""
    site = tmp_path_factory.mktemp("hostile") / "site"
    with Preview(site, "--editor", "true {file}") as running:
        yield running


def connect(preview: Preview) -> socket.socket:
    """A connection to its port."""
    place = urlsplit(preview.address)
    return socket.create_connection((place.hostname or "", place.port or 0), timeout=5)


def exchange(preview: Preview, data: bytes, *, hang_up: bool = True) -> bytes:
    """Send these bytes on a connection of their own; what comes back, up to 64 KB.

    With ``hang_up``, nothing more can be said on it, as a server sees; it may then close without an answer.
    """
    answer = b""
    with connect(preview) as line, suppress(OSError):
        line.sendall(data)
        if hang_up:
            line.shutdown(socket.SHUT_WR)
        while len(answer) < 65536 and (more := line.recv(65536)):
            answer += more
    return answer


def open_socket(preview: Preview) -> socket.socket:
    """livereload's socket, as a client that is no browser opens it: without an Origin."""
    line = connect(preview)
    key = base64.b64encode(os.urandom(16)).decode()
    line.sendall(
        f"GET /livereload HTTP/1.1\r\nHost: {urlsplit(preview.address).netloc}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    assert line.recv(4096).startswith(b"HTTP/1.1 101")
    return line


def frame(payload: bytes, code: int = TEXT, *, final: bool = True, length: int | None = None) -> bytes:
    """A client's frame; ``length`` is what it claims to be long."""
    size = len(payload) if length is None else length
    head = bytes([code | (0x80 if final else 0)])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 65536:
        head += b"\xfe" + struct.pack(">H", size)
    else:
        head += b"\xff" + struct.pack(">Q", size)
    # A mask of zeros leaves the payload as it is.
    return head + bytes(4) + payload


def saved_and_told(preview: Preview) -> bool:
    """Whether a page that is open now is told of the next save, and has what was written."""
    before = (preview.root / ARTICLE).read_text("utf-8")
    page = f"{preview.address}en/articles/first-crane/"

    async def told() -> bool:
        browser = await websocket_connect(preview.address.replace("http", "ws").replace("/harbour/", "/livereload"))
        await browser.write_message(json.dumps({"command": "hello"}))
        await browser.read_message()
        await browser.write_message(json.dumps({"command": "info", "url": page}))
        loop = asyncio.get_running_loop()
        # Answered after the socket's message was.
        await loop.run_in_executor(None, preview.ask, "/__preview__/state")
        preview.save(ARTICLE, f"{before}\nStill here.\n")
        while (message := await asyncio.wait_for(browser.read_message(), PATIENCE)) is not None:
            _, shown = await loop.run_in_executor(None, preview.ask, urlsplit(page).path)
            if json.loads(message)["command"] == "reload" and "Still here." in shown:
                browser.close()
                return True
        return False

    with ThreadPoolExecutor(1) as threads:
        reached = threads.submit(asyncio.run, told()).result()
    preview.save(ARTICLE, before)
    preview.rest()
    return reached


def assert_goes_on(preview: Preview) -> None:
    """Nothing was printed of what was sent; a page is answered, and a save reloads it."""
    assert preview.process.is_alive(), preview.said()
    assert preview.ask("/harbour/en/")[0].status == 200
    assert saved_and_told(preview)
    assert "Traceback" not in preview.said(), preview.said()
    assert "Exception" not in preview.said(), preview.said()


# --- the socket -------------------------------------------------------------------------------------------------------

MESSAGES = [
    *(b'{"command":"info","url":"http://[bad/"}', b'{"command":"info","url":"/%ff%00%zz"}', b'{"command":"info"}'),
    *(b"[]", b"7", b"1e999", b"null", b"true", b'"hello"', b"{}", b"", b"nonsense", b"\xff\xfe", b"NaN"),
    *(b'{"command":7,"url":7}', b'{"command":null}', b'{"command":["hello"]}', b'{"command":"hello","url":{}}'),
    *(b'{"command":"info","url":"\\ud800"}', b'{"command":"info","url":"\\u0000"}', b'{"command":"x"}'),
    *(b'{"command":"info","url":"//[::1"}', b'{"command":"info","url":"http://\xe2\x84\x80/"}', b"[" * 60000),
    *(b'{"a":' * 10000, b"9" * 60000, b'{"command":"info","url":"' + b"a/" * 30000 + b'"}', b" " * 65536),
    *(b"x" * 65537, b'{"command":"hello"}', b'{"command":"info","url":"/harbour/"}'),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message[:40].decode("latin-1"))
def test_a_message_that_no_browser_sends_ends_its_own_socket_at_most(preview: Preview, message: bytes) -> None:
    """As text and as bytes, from a client without Origin: other pages are answered."""
    for code in (TEXT, BINARY):
        with open_socket(preview) as line, suppress(OSError):
            line.sendall(frame(message, code) + frame(b"", CLOSE))
            while line.recv(4096):
                pass

    assert preview.ask("/harbour/en/")[0].status == 200
    assert "Traceback" not in preview.said(), preview.said()


def odd_message(chance: random.Random) -> bytes:
    """A message that once was a good one, or never was."""
    message = bytearray(chance.choice(MESSAGES))
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(message) + 1)
        message[at : at + chance.randrange(3)] = chance.choice(
            (b"", b"\0", b"[", b"{", b'"', b"\xff", chance.randbytes(4))
        )
    return bytes(message)


def odd_frames(chance: random.Random) -> bytes:
    """A message in one frame or two, under any code, of the length it claims or another."""
    message = odd_message(chance)
    code = chance.choice((TEXT, TEXT, TEXT, TEXT, BINARY, 0, 3, CLOSE, PING, 10, 15))
    match chance.randrange(8):
        case 0:
            middle = chance.randrange(len(message) + 1)
            return frame(message[:middle], code, final=False) + frame(message[middle:], 0)
        case 1:
            return frame(message, code, length=chance.choice((0, 5, 125, 70000, 2**40, 2**63)))
        case 2:
            return chance.randbytes(chance.randrange(1, 40))
        case _:
            return frame(message, code)


def send_messages(preview: Preview, chance: random.Random, count: int) -> None:
    """So many odd messages, on sockets that say they are a page, hang up halfway, or stay as long as they are let."""
    stay: list[socket.socket] = []
    for _ in range(count // 4):
        line = open_socket(preview)
        line.settimeout(0.02)
        with suppress(OSError):
            if chance.random() < 0.5:
                line.sendall(frame(b'{"command":"info","url":"/harbour/en/"}'))
            for _ in range(4):
                line.sendall(odd_frames(chance))
            match chance.randrange(4):
                case 0:
                    line.shutdown(socket.SHUT_WR)
                case 1:
                    line.sendall(frame(b"", CLOSE))
                    line.recv(4096)
        if chance.random() < 0.3 and len(stay) < 40:
            stay.append(line)
        else:
            line.close()
    assert_goes_on(preview)
    for line in stay:
        line.close()


def test_no_message_ends_the_preview(preview: Preview) -> None:
    """Four hundred of them, the sockets of some left open through the save that follows."""
    send_messages(preview, random.Random(1), 400)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 6))
def test_no_message_of_thousands_ends_the_preview(preview: Preview, seed: int) -> None:
    """As above, eight thousand."""
    send_messages(preview, random.Random(seed), 2000)


def test_a_page_that_is_hung_up_on_is_told_nothing(preview: Preview) -> None:
    """It said that it is a page, then nonsense, and does not take leave: the save that follows is no news for it."""
    with open_socket(preview) as line:
        line.sendall(frame(b'{"command":"info","url":"/harbour/en/articles/first-crane/"}') + frame(b"[]"))

        assert_goes_on(preview)


def test_a_client_that_asks_and_never_listens_is_waited_for(preview: Preview) -> None:
    """Its answers pile up in the system's buffers, not in the preview, which reads no more of it."""
    with open_socket(preview) as line, suppress(OSError):
        line.settimeout(1)
        for _ in range(2000):
            line.sendall(frame(b'{"command":"hello"}') * 500)
        pytest.fail("everything was read")

    assert_goes_on(preview)


def test_connections_beyond_what_pages_need_are_refused(preview: Preview) -> None:
    """Before the system runs out of them, which it would tell at every turn of the loop; when they go, all is well."""
    resource.prlimit(preview.pid, resource.RLIMIT_NOFILE, (256, 256))
    lines = [connect(preview) for _ in range(400)]
    with suppress(OSError):
        lines[-1].recv(1)
    for line in lines:
        line.close()
    # The preview sees them go one by one; until then, it may refuse one more.
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError, HTTPException):
            preview.ask("/harbour/")
            break

    assert_goes_on(preview)


# --- requests ---------------------------------------------------------------------------------------------------------

METHODS = (
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PATCH",
    "get",
    "G\0T",
    "",
    "PRI",
    "Ö",
)
PATHS = (
    *("/", "/harbour", "/harbour/", "/harbour/en/", "/harbour/en?a=%0d%0aX:1", "/harbour/en?\xff\x80", "/harbour/%00"),
    *("/harbour/%2e%2e/%2e%2e/site_config.yaml", "/harbour/..%2f", "/%", "/harbour/%zz%f", "/harbour/%ff%fe", "*", ""),
    *("http://127.0.0.1/harbour/", "http://[bad/", "//evil.example/harbour/", "/harbour/" + "a" * 5000, "?", "#", "\\"),
    *("/harbour/" + "a" * 70000, "/harbour/" + "%2e" * 5000, "/livereload", "/livereload?x", "/__preview__/state"),
    *("/__preview__/edit", "/__preview__/", "/__preview__/livereload.js", "/__preview__/../serve.py", "/harbour/ en/"),
    *("/harbour/\x01", "/harbour/\u00e9", "/harbour/en;x=y", "/" * 3000, "harbour/", "/harbour/%c0%ae%c0%ae/"),
)
VERSIONS = ("HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9.9", "HTTP/1", "", "FTP/1.1")
HEADERS = (
    *("Content-Length: -1", "Content-Length: 5", "Content-Length: x", "Content-Length: 99999999999999999999"),
    *("Content-Length: 1\r\nContent-Length: 2", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked"),
    *(
        "Expect: 100-continue",
        "Range: bytes=0-",
        "If-None-Match: *",
        "If-Modified-Since: yesterday",
        "Origin: http://[bad",
    ),
    *(
        "Origin: null",
        "Origin:",
        "Origin: \xff",
        "Host: evil.example",
        "Host:",
        "Host: [",
        "Host: 127.0.0.1:x",
        "X: \0",
    ),
    *(
        "no colon",
        " folded",
        ": empty",
        "Cookie: \xff=\xff; =;;",
        "Upgrade: websocket\r\nConnection: Upgrade",
        "X" * 9000,
    ),
    *("Connection: close", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x", "Sec-WebSocket-Version: x"),
    *(
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Type: application/x-www-form-urlencoded",
        "X: " + "y" * 70000,
    ),
    *("Content-Encoding: gzip", "X-Preview-Token: \xff", "Accept-Language: \xff", "Referer: http://[bad", "X\xff: y"),
)
BODIES = (
    *(b"", b"[]", b"7", b"null", b"{}", b"\xff", b"[" * 30000, b'{"file":' * 8000, b'{"file":7,"line":7}', b'"x"'),
    *(b'{"file":"content/editions/2011.yaml","line":1e999}', b'{"file":"content/editions/2011.yaml","line":null}'),
    *(
        b'{"file":"content/editions/2011.yaml","line":-1}',
        b'{"file":"content/editions/2011.yaml","line":' + b"9" * 5000 + b"}",
    ),
    *(
        b'{"file":"content/' + b"a" * 5000 + b'","line":1}',
        b'{"file":"content/\\ud800","line":1}',
        b'{"file":"content/\\u0000","line":1}',
    ),
    *(b'{"file":"content","line":1}', b'{"file":[],"line":1}'),
    *(
        b'{"file":"' + b"../" * 3000 + b'etc/passwd","line":1}',
        b'{"file":"~root","line":1}',
        b'{"file":"","line":true}',
    ),
    *(
        b'{"file":"content/editions/2011.yaml","line":1}',
        b"5\r\nabc",
        b"FFFFFFFFFFFF\r\n",
        b"--x\r\n\r\n",
        b"x" * 70000,
    ),
)


@pytest.fixture(scope="module")
def own(preview: Preview) -> str:
    """The headers of the preview's own page when it opens the editor."""
    origin = preview.address.removesuffix("/harbour/")
    token = preview.ask("/harbour/")[1].partition('data-token="')[2].partition('"')[0]
    return f"Host: {urlsplit(preview.address).netloc}\r\nOrigin: {origin}\r\nX-Preview-Token: {token}\r\n"


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:44].decode("latin-1"))
def test_the_editors_address_takes_any_body(preview: Preview, own: str, body: bytes) -> None:
    """With the right token: what names no place in a source is refused, and no more said."""
    head = f"POST /__preview__/edit HTTP/1.1\r\n{own}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    answer = exchange(preview, head.encode() + body, hang_up=False)
    known = b'"line":1}' in body and b"2011.yaml" in body

    if len(body) > LONGEST and not answer:
        # The connection ends before all was sent, and what was said on it may be lost with it.
        assert preview.ask("/harbour/")[0].status == 200
        return
    assert int(answer.split(b" ")[1]) in ((200,) if known else (400, 404, 413))
    assert "Traceback" not in preview.said(), preview.said()


def odd_request(chance: random.Random, own: str) -> bytes:
    """One of the preview's own requests with any part of it replaced."""
    method = chance.choice(METHODS) if chance.random() < 0.4 else chance.choice(("GET", "POST"))
    version = chance.choice(VERSIONS) if chance.random() < 0.2 else "HTTP/1.1"
    path = chance.choice(PATHS)
    body = chance.choice(BODIES)
    lines = [own.rstrip("\r\n")] if chance.random() < 0.8 else []
    lines += chance.sample(HEADERS, chance.choice((0, 1, 1, 2, 4)))
    if chance.random() < 0.6:
        lines.append(f"Content-Length: {len(body)}")
    if chance.random() < 0.3:
        method, path = "POST", "/__preview__/edit"
    whole = f"{method} {path} {version}\r\n".encode() + "\r\n".join([*lines, "", ""]).encode("latin-1") + body
    match chance.randrange(10):
        case 0:
            return whole[: chance.randrange(len(whole))]
        case 1:
            at = chance.randrange(min(len(whole), 400))
            return whole[:at] + chance.randbytes(3) + whole[at:]
        case 2:
            return whole.replace(b"\r\n", b"\n")
        case _:
            return whole


def send_requests(preview: Preview, own: str, chance: random.Random, count: int) -> None:
    """So many odd requests, each on a connection of its own."""
    with ThreadPoolExecutor(8) as threads:
        answers = list(
            threads.map(lambda data: exchange(preview, data), [odd_request(chance, own) for _ in range(count)])
        )

    assert not [answer for answer in answers if answer.startswith(b"HTTP/1.1 5")]
    assert_goes_on(preview)


def test_no_request_ends_the_preview(preview: Preview, own: str) -> None:
    """Four hundred of them; none is a fault of the server's own."""
    send_requests(preview, own, random.Random(1), 400)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 6))
def test_no_request_of_thousands_ends_the_preview(preview: Preview, own: str, seed: int) -> None:
    """As above, eight thousand."""
    send_requests(preview, own, random.Random(seed), 2000)
