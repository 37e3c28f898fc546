"""The site as a host serves it: every page and file that its first page and its sitemaps lead to.

The caller gives the function that asks the host. ``declared`` is the root that the site names in its robots.txt, so
that a copy on another host is judged by the same rules.
"""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree import ElementTree

from expoarchive.problem import Place, Problem
from expoarchive.render.outline import Outline, outline
from expoarchive.site.address import ROBOTS

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_NOINDEX = re.compile(r'<meta name="robots" content="[^"]*noindex')
_LOADED = re.compile(r"\.(css|js)$")
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Reply:
    """A host's answer: the HTTP status, 0 for no answer; the media type; the unpacked bytes."""

    status: int
    type: str = ""
    body: bytes = b""


Ask = Callable[[str], Reply]


@dataclass(frozen=True)
class Crawled:
    """How much was crawled. ``heaviest`` is the page with the most bytes of HTML, styles and scripts, and its bytes."""

    pages: int = 0
    files: int = 0
    heaviest: tuple[str, int] = ("", 0)


@dataclass
class _Walk:
    root: str
    ask: Ask
    replies: dict[str, Reply] = field(default_factory=dict)
    pages: dict[str, Outline] = field(default_factory=dict)
    asked_by: dict[str, str] = field(default_factory=dict)

    def go(self, urls: Iterable[str]) -> None:
        """Ask once for everything below the root that these lead to."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while urls := [url for url in dict.fromkeys(urls) if url not in self.replies]:
                self.replies.update(zip(urls, pool.map(self.ask, urls), strict=True))
                urls = [target for url in urls for target in self.targets(url)]

    def targets(self, url: str) -> Iterator[str]:
        """Where a page leads below the root, without queries and fragments."""
        reply = self.replies[url]
        if reply.status != 200 or not reply.type.startswith("text/html"):
            return
        page = self.pages[url] = outline(reply.body.decode("utf-8", "replace"))
        for address in (*page.links, *page.assets):
            # An address with brackets that hold no IPv6 address.
            with contextlib.suppress(ValueError):
                target = urldefrag(urljoin(url, address)).url.partition("?")[0]
                if target.startswith(self.root):
                    self.asked_by.setdefault(target, url)
                    yield target


def check_live(root: str, ask: Ask) -> tuple[Crawled, list[Problem]]:
    """Crawl the site at ``root``, which ends in a slash.

    Reports ``live-status``, ``live-anchor``, ``live-canonical``, ``live-alternate``, ``live-policy`` and
    ``live-sitemap``, each at the address of the page that has the fault.
    """
    robots = ask(urljoin(root, ROBOTS))
    sitemap = re.search(r"^Sitemap: (\S+?)sitemap\.xml$", robots.body.decode("utf-8", "replace"), re.MULTILINE)
    declared = sitemap[1] if robots.status == 200 and sitemap else root
    problems = [] if sitemap else [_problem("live-sitemap", urljoin(root, ROBOTS), "Sitemap:")]
    listed, faults = _sitemaps(root, declared, ask)
    problems += faults
    walk = _Walk(root, ask)
    walk.go([root, *listed])
    for url, reply in walk.replies.items():
        if reply.status != 200:
            problems.append(_problem("live-status", walk.asked_by.get(url, root), url, str(reply.status)))
    for url, page in walk.pages.items():
        problems += _page(walk, url, page, declared)
    # A page asks to be indexed by naming its own address.
    indexed = {url for url, page in walk.pages.items() if page.canonical == declared + url.removeprefix(root)}
    problems += [_problem("live-sitemap", url, url) for url in sorted(indexed - set(listed))]
    return Crawled(len(walk.pages), len(walk.replies) - len(walk.pages), _heaviest(walk)), problems


def _sitemaps(root: str, declared: str, ask: Ask) -> tuple[list[str], list[Problem]]:
    """The pages of all sitemaps, as addresses below ``root``."""
    pages: list[str] = []
    problems = []
    waiting = [urljoin(root, "sitemap.xml")]
    while waiting:
        url = waiting.pop(0)
        reply = ask(url)
        try:
            tree = ElementTree.fromstring(reply.body)
        except ElementTree.ParseError:
            problems.append(_problem("live-sitemap", url, url))
            continue
        urls = [root + (one.text or "").removeprefix(declared) for one in tree.iterfind(f"*/{_SITEMAP}loc")]
        (waiting if tree.tag == f"{_SITEMAP}sitemapindex" else pages).extend(urls)
    return pages, problems


def _page(walk: _Walk, url: str, page: Outline, declared: str) -> Iterator[Problem]:
    text = walk.replies[url].body.decode("utf-8", "replace")
    if not any("default-src 'none'" in policy for policy in _POLICY.findall(text)):
        yield _problem("live-policy", url, url)
    if _NOINDEX.search(text) is None and not (page.canonical or "").startswith(declared):
        yield _problem("live-canonical", url, page.canonical or "")
    for address in page.links:
        target, fragment = urldefrag(urljoin(url, address))
        if fragment and target in walk.pages and unquote(fragment) not in walk.pages[target].ids:
            yield _problem("live-anchor", url, address)
    if url != walk.root:
        yield from _alternates(walk, url, page, declared)


def _alternates(walk: _Walk, url: str, page: Outline, declared: str) -> Iterator[Problem]:
    for tag, address in page.alternates:
        other = walk.pages.get(walk.root + address.removeprefix(declared))
        back = {named for _, named in other.alternates} if other else set()
        if tag != "x-default" and page.canonical not in back:
            yield _problem("live-alternate", url, address)


def _heaviest(walk: _Walk) -> tuple[str, int]:
    def size(url: str, page: Outline) -> int:
        loaded = {urljoin(url, one) for one in page.assets if _LOADED.search(one)}
        return sum(len(walk.replies[one].body) for one in {url, *(loaded & walk.replies.keys())})

    sizes = [(url, size(url, page)) for url, page in walk.pages.items()]
    return max(sizes, key=lambda item: item[1], default=("", 0))


def _problem(kind: str, page: str, name: str, status: str = "") -> Problem:
    return Problem(kind, Place(page), {"name": name, "status": status} if status else {"name": name})
