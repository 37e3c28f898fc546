"""``check --links``: the addresses of other sites that the archive leads to; with ``--online`` each is asked for.

Asked politely: one question at a time to a host, a pause between two, HEAD before GET, and what was answered well
within a week is not asked again.
"""

import errno
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlsplit
from urllib.request import Request, urlopen

from expoarchive import __version__
from expoarchive.check import external_links
from expoarchive.cli.terminal import Terminal, say
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.records.read import SOURCES
from expoarchive.records.source import Outcome
from expoarchive.site import Site

CACHE = ".cache/links.json"
WEEK = 7 * 24 * 3600
TIMEOUT = 15
PAUSE = 1.0
HOSTS_AT_ONCE = 4
AGENT = f"expoarchive/{__version__} (checks the links of an archive, once a week at most)"
# Refused to programs, not to readers; or the host asks for patience.
UNSURE = (401, 403, 405, 406, 418, 429, 451, 503)
# Why there was no answer. ``unreached`` may be the fault of our own network; the others say something of the host.
Cause = Literal["", "unreached", "closed", "timeout", "certificate", "redirects", "broken"]
_UNREACHED = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL)


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` of HTTP, or 0 where there was none, for the ``cause``.

    ``url`` is where it came from in the end, ``when`` it came, in seconds since 1970.
    """

    status: int
    cause: Cause = ""
    url: str = ""
    when: float = 0

    @property
    def good(self) -> bool:
        return 200 <= self.status < 400

    def stays(self, address: str) -> bool:
        """Whether it came from that address, but for what a host may add or drop for the same page."""
        return not self.url or bare(self.url) == bare(address)

    def outcome(self, address: str) -> Outcome:
        """What it means for a reader who would open the address."""
        if self.good:
            return "there" if self.stays(address) else "moved"
        if self.status in (404, 410):
            return "gone"
        # A browser would open a page with a bad certificate after a warning.
        return "refused" if self.is_unsure else "silent"

    @property
    def is_unsure(self) -> bool:
        """Whether readers may fare better than programs."""
        return self.status in UNSURE or self.cause == "certificate"

    def problem(self, address: str, place: Place) -> Problem | None:
        """What is wrong where the address is used; None where nothing is."""
        if self.good:
            details = {"url": address, "to": self.url}
            return None if self.stays(address) else Problem("link-moved", place, details, severity=WARNING)
        kind = "link-unsure" if self.is_unsure else "link-dead"
        details = {"url": address, "answer": str(self.status or self.cause), "seconds": str(TIMEOUT)}
        return Problem(kind, place, details, severity=WARNING)


def bare(address: str) -> str:
    """An address without what does not tell pages apart: its scheme, www, a last slash, a fragment."""
    path, mark, query = unquote(address.partition("#")[0]).partition("://")[2].partition("?")
    return f"{path.removeprefix('www.').rstrip('/')}{mark}{query}"


def list_links(site: Site, terminal: Terminal) -> None:
    """Print each address with where it is used first."""
    links = external_links(site.records)
    for address, places in links.items():
        say(f"{address}  {places[0].file}:{places[0].line}")
    terminal.say("check.links", count=len(links), hosts=len({urlsplit(address).hostname for address in links}))


def ask_links(root: Path, site: Site) -> tuple[dict[str, Answer], list[Problem]]:
    """What each address answered, of late or just now; none that our own network did not reach.

    Reports ``link-dead``, ``link-unsure`` and ``link-moved``, and ``no-network`` once for all that were not reached.
    """
    links = external_links(site.records)
    recent = _recent(root / CACHE)
    asked = ask(address for address in links if address not in recent)
    fresh = reached(asked, recent)
    lost = len(asked) - len(fresh)
    problems = [Problem("no-network", Place(SOURCES), {"count": str(lost)}, severity=WARNING)] if lost else []
    answers = {**{address: Answer(200, when=when) for address, when in recent.items() if address in links}, **fresh}
    # An address that leads elsewhere is asked again: what is noted would not say that it does.
    good = {address: answer.when for address, answer in answers.items() if answer.good and answer.stays(address)}
    if fresh:
        _keep(root / CACHE, good)
    for address, answer in fresh.items():
        problems += [problem for place in links[address] if (problem := answer.problem(address, place))]
    return answers, problems


def reached(asked: Mapping[str, Answer], recent: Iterable[str]) -> dict[str, Answer]:
    """The answers that say something of their hosts: without those that were not reached, while nothing can be.

    Whether anything can be is seen by asking an address once more that answered just now, or else of late.
    """
    lost = [address for address, answer in asked.items() if answer.cause == "unreached"]
    known = next(
        (address for address, answer in asked.items() if answer.cause != "unreached"), next(iter(recent), None)
    )
    if lost and (known is None or _asked(known).cause == "unreached"):
        return {address: answer for address, answer in asked.items() if answer.cause != "unreached"}
    return dict(asked)


def ask(
    addresses: Iterable[str], *, pause: float = PAUSE, wait: Callable[[float], None] = time.sleep
) -> dict[str, Answer]:
    """What each address answers. Several hosts at once, each of them one question at a time."""
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).netloc, []).append(address)

    def of_host(listed: list[str]) -> dict[str, Answer]:
        answers = {}
        for number, address in enumerate(listed):
            if number:
                wait(pause)
            answers[address] = _asked(address)
        return answers

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        return {address: answer for part in pool.map(of_host, hosts.values()) for address, answer in part.items()}


def _asked(address: str) -> Answer:
    """HEAD, and GET where a host does not know HEAD."""
    answer = _one(address, "HEAD")
    return answer if answer.good or answer.status in (404, 410, 429) else _one(address, "GET")


def _one(address: str, method: str) -> Answer:
    safe = quote(address, safe=":/?#[]@!$&'()*+,;=%~")
    request = Request(safe, method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})
    try:
        with urlopen(request, timeout=TIMEOUT) as response:
            return Answer(response.status, "", response.url, time.time())
    except HTTPError as error:
        # A circle of redirects, or too many, has the status of the last one.
        if 300 <= error.code < 400:
            return Answer(0, "redirects", when=time.time())
        return Answer(error.code, when=time.time())
    except (OSError, HTTPException, ValueError) as error:
        return Answer(0, cause_of(error), when=time.time())


def cause_of(error: Exception) -> Cause:
    """Why a question to a host has no answer."""
    inner = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    match inner:
        case ssl.SSLCertVerificationError():
            return "certificate"
        case TimeoutError():
            return "timeout"
        case socket.gaierror():
            return "unreached"
        case OSError() if inner.errno in _UNREACHED or "Tunnel connection failed" in str(inner):
            return "unreached"
        case ConnectionError():
            return "closed"
    return "broken"


def _recent(file: Path) -> Mapping[str, float]:
    """When each address answered well, of the last week. A file that cannot be read is as good as none."""
    try:
        read = json.loads(file.read_text("utf-8"))
        return {str(address): float(when) for address, when in read.items() if 0 <= time.time() - float(when) < WEEK}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _keep(file: Path, answers: Mapping[str, float]) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(answers, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
