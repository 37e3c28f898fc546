"""``check --links``: the addresses of other sites that the archive leads to; with ``--online`` each is asked for.

Asked politely: one question at a time to a host, a pause between two, HEAD before GET, and what was answered within
a week is not asked again, unless the host was busy.
"""

import errno
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from expoarchive import __version__
from expoarchive.check import external_links
from expoarchive.cli.terminal import Terminal, say
from expoarchive.nodes import parse_yaml, read_text
from expoarchive.nodes.node import MappingNode
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
# Refused to programs, not to readers.
UNSURE = (401, 403, 405, 406, 418, 451)
# The host asks for patience, or is out of order for a while.
BUSY = (429, 502, 503, 504)
# Why there was no answer. ``unreached`` may be the fault of our own network; the others say something of the host.
Cause = Literal[
    "", "unreached", "closed", "dropped", "timeout", "certificate", "expired", "self-signed", "other-host", "redirects",
    "broken",
]  # fmt: skip
# What OpenSSL finds wrong with a certificate: X509_V_ERR_…
_CERTIFICATES: Mapping[int, Cause] = {10: "expired", 18: "self-signed", 19: "self-signed", 62: "other-host"}
CERTIFICATE = ("certificate", *_CERTIFICATES.values())
_FOR_GOOD = (301, 308)
_UNREACHED = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL)


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` of HTTP, or 0 where there was none, for the ``cause``.

    ``url`` is where it came from in the end, ``when`` it came, in seconds since 1970. ``for_good``: each host that led
    there said that it is the new address.
    """

    status: int
    cause: Cause = ""
    url: str = ""
    when: float = 0
    for_good: bool = False

    @property
    def good(self) -> bool:
        return 200 <= self.status < 400

    def stays(self, address: str) -> bool:
        """Whether it came from that address, but for what a host may add or drop for the same page."""
        return not self.url or bare(self.url) == bare(address)

    @property
    def lasts(self) -> bool:
        """Whether it would be the same tomorrow, as far as one can know."""
        return self.status not in BUSY

    def outcome(self, address: str) -> Outcome:
        """What it means for a reader who would open the address."""
        if self.good:
            return "there" if self.stays(address) else "moved"
        if self.status in (404, 410):
            return "gone"
        # A browser would open a page with a bad certificate after a warning.
        return "refused" if self.status in UNSURE or self.cause in CERTIFICATE else "silent"

    def problem(self, address: str, place: Place, *, recording: bool = False) -> Problem | None:
        """What is wrong where the address is used; None where nothing is. ``recording``: that is noted already."""
        details = {"url": address, "answer": str(self.status or self.cause)}
        if self.good:
            details = {"url": address, "to": self.url, "how": "for-good" if self.for_good else "for-now"}
            return None if self.stays(address) else Problem("link-moved", place, details, severity=WARNING)
        if not self.lasts:
            return Problem("link-busy", place, details, severity=WARNING)
        if self.cause in CERTIFICATE:
            return Problem("link-certificate", place, details, severity=WARNING)
        if self.status in UNSURE:
            return Problem("link-unsure", place, details, severity=WARNING)
        details["next"] = "copy" if recording else "record"
        return Problem("link-dead", place, details, severity=WARNING)


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


def ask_links(root: Path, site: Site, *, recording: bool = False) -> tuple[dict[str, Answer], list[Problem]]:
    """What each address answered, of late or just now; none that our own network did not reach.

    Reports ``link-dead``, ``link-unsure``, ``link-busy``, ``link-certificate`` and ``link-moved``, and ``no-network``
    once for all that were not reached. ``recording``: what they answered is noted in the sources.
    """
    links = external_links(site.records)
    recent = {address: answer for address, answer in _recent(root / CACHE).items() if address in links}
    asked = ask(address for address in links if address not in recent)
    fresh = reached(asked, recent)
    lost = len(asked) - len(fresh)
    problems = [Problem("no-network", Place(SOURCES), {"count": str(lost)}, severity=WARNING)] if lost else []
    answers = {**recent, **fresh}
    if fresh:
        _keep(root / CACHE, {address: answer for address, answer in answers.items() if answer.lasts})
    for address, answer in answers.items():
        places = links[address] if not answer.good or not answer.stays(address) else ()
        told = (answer.problem(address, _where(root, place), recording=recording) for place in places)
        problems += filter(None, told)
    return answers, problems


def _where(root: Path, place: Place) -> Place:
    """The address in a source's file, of which a record knows only where it begins; any other place as it is."""
    source = read_text(root, place.file)[0] if place.file.startswith(SOURCES) else None
    node = parse_yaml(source)[0] if source else None
    key = node.key("url") if isinstance(node, MappingNode) else None
    return key.place if key else place


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
    steps = _Steps()
    try:
        with build_opener(steps).open(request, timeout=TIMEOUT) as response:
            for_good = all(code in _FOR_GOOD for code in steps.codes)
            return Answer(response.status, "", response.url, time.time(), for_good)
    except HTTPError as error:
        # A circle of redirects, or too many, has the status of the last one.
        if 300 <= error.code < 400:
            return Answer(0, "redirects", when=time.time())
        return Answer(error.code, when=time.time())
    except (OSError, HTTPException, ValueError) as error:
        return Answer(0, cause_of(error), when=time.time())


class _Steps(HTTPRedirectHandler):
    """Follows redirects, and notes the status of each."""

    def __init__(self) -> None:
        self.codes: list[int] = []

    def redirect_request(self, req: Request, fp: Any, code: int, *rest: Any) -> Request | None:
        self.codes.append(code)
        return super().redirect_request(req, fp, code, *rest)


def cause_of(error: Exception) -> Cause:
    """Why a question to a host has no answer."""
    inner = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    match inner:
        case ssl.SSLCertVerificationError():
            return _CERTIFICATES.get(getattr(inner, "verify_code", 0), "certificate")
        case TimeoutError():
            return "timeout"
        case socket.gaierror():
            return "unreached"
        case OSError() if inner.errno in _UNREACHED or "Tunnel connection failed" in str(inner):
            return "unreached"
        case ConnectionRefusedError():
            return "closed"
        case ConnectionError():
            return "dropped"
    return "broken"


def _recent(file: Path) -> dict[str, Answer]:
    """What each address answered in the last week. A file that cannot be read is as good as none."""
    try:
        read = {str(address): Answer(**one) for address, one in json.loads(file.read_text("utf-8")).items()}
        return {address: answer for address, answer in read.items() if 0 <= time.time() - answer.when < WEEK}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _keep(file: Path, answers: Mapping[str, Answer]) -> None:
    file.parent.mkdir(exist_ok=True)
    kept = {address: asdict(answer) for address, answer in answers.items()}
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
