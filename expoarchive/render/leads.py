"""Where the links and assets of a page lead: to files of the site, by their paths in the output folder."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, unquote

from expoarchive.nodes.host import address_parts
from expoarchive.render.markdown import UNSAFE
from expoarchive.render.outline import Outline
from expoarchive.site.address import folders_above, output_file
from expoarchive.site.address import permalink as permalink_of

# What makes the address of a permalink mean more than its letters.
_TO_PARSE = re.compile("[%?]")


@dataclass(frozen=True, slots=True)
class Leads:
    """Each address of a page, once: ``files`` of links and assets, ``anchors`` of links with a fragment.

    ``links`` counts the links, ``inward`` those within the site, ``fragments`` the inward ones with a fragment. A page
    is ``faulty`` if an address cannot be read or begins at the host's root, which may not be the site's, or if an asset
    is on another host.
    """

    files: tuple[str, ...]
    anchors: tuple[tuple[str, str], ...]
    links: int
    inward: int
    fragments: int
    faulty: bool


def leads_of(page: Outline, permalink: str, base_path: str, made: Mapping[str, str]) -> Leads:
    """Where everything on the page at ``permalink`` leads; ``made`` are the permalinks behind addresses given to it."""
    links = dict.fromkeys(page.links)
    files: dict[str, None] = {}
    anchors: dict[tuple[str, str], None] = {}
    inward = fragments = 0
    faulty = False
    for href in links:
        target = made.get(href)
        if target is not None and not _TO_PARSE.search(target):
            path, _, fragment = target.partition("#")
            inward += 1
            file = output_file(path)
            files[file] = None
            if fragment:
                fragments += 1
                anchors[file, fragment] = None
            continue
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
    for src in page.assets:
        parts = parts_of(src)
        faulty |= parts is None or is_foreign(parts)
        if parts and not (parts.scheme or parts.netloc):
            files[file_at(permalink, parts, base_path)] = None
    return Leads(tuple(files), tuple(anchors), len(links), inward, fragments, faulty)


def is_foreign(parts: SplitResult) -> bool:
    """Whether an asset is on another host, from which the page's policy would not load it."""
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def is_rooted(href: str, permalink: str) -> bool:
    """Whether a link begins at the host's root. The 404 page, served at any address, has no other choice."""
    return href.startswith("/") and permalink != permalink_of("", "404")


def file_at(permalink: str, parts: SplitResult, base_path: str) -> str:
    """The output file of an address without scheme or host."""
    path = unquote(parts.path)
    if path.startswith("/"):
        return output_file(path.removeprefix(base_path)) if path.startswith(base_path) else path
    if not path:
        return output_file(permalink)
    folders = folders_above(permalink.rpartition("/")[0])
    up = 0
    while path.startswith("../", 3 * up) and up < len(folders) - 1:
        up += 1
    rest = path[3 * up :]
    target = folders[up] + rest
    if rest.startswith(".") or "//" in rest or "/." in rest:
        end = "/" if path.endswith(("/", "..", ".")) else ""
        target = posixpath.normpath(target)
        target = "" if target == "." else target + end
    return output_file(target)


@lru_cache(maxsize=50_000)
def parts_of(href: str) -> SplitResult | None:
    """The parts of an address; None if it cannot be read."""
    return None if href.startswith(UNSAFE) else address_parts(href)
