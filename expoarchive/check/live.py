"""The site as a host serves it: every page and file that its first page and its sitemaps lead to.

What asks the host is given by the caller. ``declared`` is the root that the site itself believes to live at, from
its robots.txt: a copy on another host is judged by the same rules.
"""

import re
from collections.abc import Callable, Iterator, Mapping
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
_STYLES = re.compile(r"\.(css|js)$")
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Reply:
    """A host's answer: ``status`` of HTTP, 0 for none; the media type; the bytes, as they are when unpacked."""

    status: int
    type: str = ""
    body: bytes = b""


Ask = Callable[[str], Reply]


@dataclass(frozen=True)
class Crawled:
    """What was seen. ``heaviest`` is the page with the most bytes of HTML, styles and scripts, and how many."""

    pages: int = 0
    files: int = 0
    heaviest: tuple[str, int] = ("", 0)


@dataclass
class _Walk:
    root: str
    ask: Ask
    replies: dict[str, Reply] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)
    asked_by: dict[str, str] = field(default_factory=dict)

    def go(self, first: list[str]) -> None:
        """Ask for everything below the root that these lead to, each once."""
        waiting = dict.fromkeys(first)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while waiting:
                urls = [url for url in waiting if url not in self.replies]
                waiting = {}
                for url, reply in zip(urls, pool.map(self.ask, urls), strict=True):
                    self.replies[url] = reply
                    if reply.status == 200 and reply.type.startswith("text/html"):
                        made = self.outlines[url] = outline(reply.body.decode("utf-8", "replace"))
                        for target in self.targets(url, made):
                            self.asked_by.setdefault(target, url)
                            waiting[target] = None

    def targets(self, url: str, made: Outline) -> Iterator[str]:
        for address in (*made.links, *made.assets):
            try:
                target = urldefrag(urljoin(url, address)).url
            except ValueError:  # brackets that hold no IPv6 address
                continue
            if target.startswith(self.root):
                yield target.partition("?")[0]


def check_live(root: str, ask: Ask) -> tuple[Crawled, list[Problem]]:
    """Crawl the site at ``root``, which ends in a slash.

    Reports ``live-status``, ``live-anchor``, ``live-canonical``, ``live-alternate``, ``live-policy`` and
    ``live-sitemap``, each at the address it was found at.
    """
    robots = ask(urljoin(root, ROBOTS))
    found = re.search(r"^Sitemap: (\S+?)sitemap\.xml$", robots.body.decode("utf-8", "replace"), re.MULTILINE)
    declared = found[1] if robots.status == 200 and found else root
    problems = [] if found else [_problem("live-sitemap", urljoin(root, ROBOTS), "Sitemap:")]
    listed, lost = _sitemaps(root, declared, ask)
    problems += lost
    walk = _Walk(root, ask)
    walk.go([root, *listed])
    for url, reply in walk.replies.items():
        if reply.status != 200:
            problems.append(_problem("live-status", walk.asked_by.get(url, root), url, str(reply.status)))
    for url, made in walk.outlines.items():
        problems += _page(walk, url, made, declared)
    indexed = {url for url in walk.outlines if _is_indexed(walk, url, declared)}
    problems += [_problem("live-sitemap", url, url) for url in sorted(indexed - set(listed))]
    return Crawled(len(walk.outlines), len(walk.replies) - len(walk.outlines), _heaviest(walk)), problems


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
        found = [root + (one.text or "").removeprefix(declared) for one in tree.iterfind(f"*/{_SITEMAP}loc")]
        if tree.tag == f"{_SITEMAP}sitemapindex":
            waiting += found
        else:
            pages += found
    return pages, problems


def _page(walk: _Walk, url: str, made: Outline, declared: str) -> Iterator[Problem]:
    text = walk.replies[url].body.decode("utf-8", "replace")
    if not any("default-src 'none'" in policy for policy in _POLICY.findall(text)):
        yield _problem("live-policy", url, url)
    if _NOINDEX.search(text) is None and not (made.canonical or "").startswith(declared):
        yield _problem("live-canonical", url, made.canonical or "")
    for address in made.links:
        target, fragment = urldefrag(urljoin(url, address))
        other = walk.outlines.get(target)
        if fragment and other is not None and unquote(fragment) not in other.ids:
            yield _problem("live-anchor", url, address)
    for tag, address in made.alternates:
        other = walk.outlines.get(walk.root + address.removeprefix(declared))
        back = {there for _, there in other.alternates} if other else set()
        if tag != "x-default" and made.canonical not in back and url != walk.root:
            yield _problem("live-alternate", url, address)


def _is_indexed(walk: _Walk, url: str, declared: str) -> bool:
    """Whether a page asks to be found at its own address."""
    return walk.outlines[url].canonical == declared + url.removeprefix(walk.root)


def _heaviest(walk: _Walk) -> tuple[str, int]:
    sizes: Mapping[str, int] = {
        url: len(walk.replies[url].body)
        + sum(
            len(walk.replies[target].body)
            for target in {urljoin(url, one) for one in made.assets if _STYLES.search(one)} & walk.replies.keys()
        )
        for url, made in walk.outlines.items()
    }
    return max(sizes.items(), key=lambda item: item[1], default=("", 0))


def _problem(kind: str, page: str, name: str, status: str = "") -> Problem:
    return Problem(kind, Place(page), {"name": name, "status": status} if status else {"name": name})
