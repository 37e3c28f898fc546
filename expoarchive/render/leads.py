"""Where the addresses on a page lead: the files of the site, by their paths below the output folder."""

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, unquote

from expoarchive.nodes.host import address_parts
from expoarchive.render.markdown import UNSAFE
from expoarchive.render.outline import Outline
from expoarchive.site.address import output_file
from expoarchive.site.address import permalink as permalink_of


@dataclass(frozen=True, slots=True)
class Leads:
    """Each address of a page once. ``files`` are where its links and assets lead, ``anchors`` those with a fragment.

    ``links`` counts its links, ``inward`` those to the site, ``fragments`` the inward ones with a fragment. ``faulty``:
    some address cannot be read, is from the host's root, where the site may not stand, or is of something to show that
    lies on another host.
    """

    files: tuple[str, ...]
    anchors: tuple[tuple[str, str], ...]
    links: int
    inward: int
    fragments: int
    faulty: bool

    def plain(self) -> tuple[object, ...]:
        """The same as a tuple; ``Leads(*plain)`` reads it back."""
        return tuple(getattr(self, name) for name in self.__slots__)


def leads_of(made: Outline, permalink: str, base_path: str) -> Leads:
    """Where everything on the page at ``permalink`` leads."""
    links = dict.fromkeys(made.links)
    files: dict[str, None] = {}
    anchors: dict[tuple[str, str], None] = {}
    inward = fragments = 0
    faulty = False
    for href in links:
        parts = parts_of(href)
        if parts is None:
            faulty = True
            continue
        if parts.scheme or parts.netloc:
            continue
        inward += 1
        fragments += bool(parts.fragment)
        faulty |= is_rooted(href, permalink)
        file = file_at(permalink, parts, base_path)
        files[file] = None
        if parts.fragment:
            anchors[file, unquote(parts.fragment)] = None
    for src in made.assets:
        parts = parts_of(src)
        faulty |= parts is None or is_foreign(parts)
        if parts and not (parts.scheme or parts.netloc):
            files[file_at(permalink, parts, base_path)] = None
    return Leads(tuple(files), tuple(anchors), len(links), inward, fragments, faulty)


def is_foreign(parts: SplitResult) -> bool:
    """Whether something that a page shows comes from elsewhere, which the page's policy does not let it."""
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def is_rooted(href: str, permalink: str) -> bool:
    """Whether a link begins at the host's root. The page for what is not found has no folder to begin at."""
    return href.startswith("/") and permalink != permalink_of("", "404")


def file_at(permalink: str, parts: SplitResult, base_path: str) -> str:
    """The output file that an address on a page leads to; it names neither a scheme nor a host."""
    path = unquote(parts.path)
    if path.startswith("/"):
        return output_file(path.removeprefix(base_path)) if path.startswith(base_path) else path
    if not path:
        return output_file(permalink)
    folders = permalink.split("/")[:-1]
    rest = path
    while rest.startswith("../") and folders:
        rest = rest[3:]
        folders.pop()
    if rest.startswith(".") or "//" in rest or "/." in rest:
        return _normal("/".join([*folders, rest]), path)
    return output_file("/".join([*folders, rest]))


def _normal(joined: str, path: str) -> str:
    """The output file of a path that goes about."""
    found = posixpath.normpath(joined)
    found = "" if found == "." else found
    return output_file(f"{found}/" if path.endswith(("/", "..", ".")) and found else found)


@lru_cache(maxsize=50_000)
def parts_of(href: str) -> SplitResult | None:
    """An address in its parts; None for one that cannot be read."""
    return None if href.startswith(UNSAFE) else address_parts(href)
