"""``archive SOURCE``: ask a web archive for a copy of a source's page, and note where the copy is and of which day.

The service is asked as the Wayback Machine is: its address with the page's behind it, or in the place of ``{url}``. It
says where the copy is by ``Content-Location``, by a ``Link`` to a memento, or by where it leads in the end.
"""

import argparse
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

from expoarchive import __version__
from expoarchive.cli.amend import amend_whole, quoted, refuse_links, turn
from expoarchive.cli.grammar import Parser, an_address
from expoarchive.cli.links import CERTIFICATE, bare, cause_of
from expoarchive.cli.new_source import file_of
from expoarchive.cli.reading import read_site
from expoarchive.cli.record_links import with_lines
from expoarchive.cli.terminal import Slip, Terminal
from expoarchive.nodes.fields import GAP
from expoarchive.problem import nearest
from expoarchive.records.source import Source

AGENT = f"expoarchive/{__version__} (asks for copies of an archive's sources)"
# A service fetches the page before it answers.
TIMEOUT = 120
# Seconds between two sources: services refuse who asks faster.
PAUSE = 5.0
_MEMENTO = re.compile(r'<([^>]+)>\s*;[^,]*\brel="?(?:[a-z ]*\s)?memento"?')
_STAMPED = re.compile(r"/((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:[0-9]{6})?(?:[a-z_]*)?/")


@dataclass(frozen=True, slots=True)
class Copy:
    """Where a copy is, and the day it is of."""

    address: str
    day: date


class NoCopy(Exception):
    """The service has none: a key of ``words/`` and what fills it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def declare(command: Parser) -> None:
    """Which sources, and whom to ask."""
    command.add_argument("source", nargs="+", help="help.archive-source")
    command.add_argument(
        "--service", type=command.value(_service, "grammar.address"), metavar="ADDRESS", help="help.archive-service"
    )


def _service(text: str) -> str | None:
    return text if an_address(r"\S*")(text.replace(GAP, "")) else None


def run(root: Path, options: argparse.Namespace, terminal: Terminal, wait: Callable[[float], None] = time.sleep) -> int:
    """One source after the other; each that has a copy is written at once. 1 where one of them got none."""
    site = read_site(root)
    sources = site.records.sources
    for name in options.source:
        if name not in sources:
            by_address = (one for one, source in sources.items() if source.url and bare(source.url) == bare(name))
            raise Slip("archive.unknown", next(by_address, None) or nearest(name, sources), name=name)
    service = options.service or site.config.web_archive
    code = 0
    asked = 0
    for name in dict.fromkeys(options.source):
        source = sources[name]
        if refusal := _refusal(source):
            terminal.complain(refusal, id=name, copy=source.archived)
            code = 1
            continue
        if asked:
            wait(PAUSE)
        asked += 1
        try:
            copy = copy_of((source.url or "").partition("#")[0], service)
        except NoCopy as reason:
            terminal.complain("archive.none", id=name, reason=terminal.word(reason.key, **reason.values))
            code = 1
            continue
        code = max(code, _write(root, name, copy, terminal))
    return code


def _refusal(source: Source) -> str | None:
    """Why no copy is asked for, as a key of ``words/``."""
    if source.url is None:
        return "archive.no-url"
    if source.archived is not None:
        return "archive.known"
    return None if source.linked else "archive.unlinked"


def _write(root: Path, name: str, copy: Copy, terminal: Terminal) -> int:
    """Two lines below the source's address, as long as the file can take them."""
    file = file_of(name)
    lines = {"archived": quoted(copy.address), "archived_on": copy.day.isoformat()}
    with turn(root, terminal):
        refuse_links(root, [file])
        data = (root / file).read_bytes()
        text = with_lines(data.decode("utf-8"), lines)
        if text is None:
            terminal.complain("archive.unwritten", file=file, address=copy.address, day=copy.day)
            return 1
        amend_whole(root, {file: text}, {file: data}, terminal)
    terminal.say("archive.done", file=file, address=copy.address, day=copy.day)
    return 0


def copy_of(url: str, service: str) -> Copy:
    """The copy that the service makes, or has, of a page. Raises NoCopy."""
    before, gap, after = service.partition(GAP)
    # In a query, the signs of the page's address would be those of the service's.
    asked = f"{before}{quote(url, safe='') if gap and '?' in before else url}{after}"
    request = Request(quote(asked, safe=":/?#[]@!$&'()*+,;=%~"), headers={"User-Agent": AGENT, "Accept": "text/html"})
    try:
        with urlopen(request, timeout=TIMEOUT) as answer:
            address = _address(answer.headers, answer.url, request.full_url)
            if address is None:
                raise NoCopy("archive.no-address")
            return Copy(address, _day(answer.headers, address))
    except HTTPError as error:
        busy = error.code == HTTPStatus.TOO_MANY_REQUESTS or error.code >= HTTPStatus.INTERNAL_SERVER_ERROR
        raise NoCopy("archive.busy" if busy else "archive.status", status=error.code) from None
    except (OSError, HTTPException, ValueError) as error:
        cause = cause_of(error)
        raise NoCopy(f"archive.{'certificate' if cause in CERTIFICATE else cause}") from None


def _address(headers: HTTPMessage, final: str, asked: str) -> str | None:
    found: str | None
    for found in (headers.get("Content-Location"), *_MEMENTO.findall(headers.get("Link") or "")):
        if found:
            return str(urljoin(final, found))
    return final if final != asked else None


def _day(headers: HTTPMessage, address: str) -> date:
    """The day of the copy as the service says it, or as its address does; otherwise it is of today."""
    with suppress(TypeError, ValueError):
        return parsedate_to_datetime(headers.get("Memento-Datetime") or "").date()
    if stamp := _STAMPED.search(address):
        with suppress(ValueError):
            return date(*map(int, stamp.groups()))
    return date.today()
