"""A build's audit of itself: what its pages and files hold, counted in their bytes and not in the records."""

import json
import zlib
from collections.abc import Mapping, Sequence
from statistics import median_low

from expoarchive.check.equality import compare_figures
from expoarchive.problem import Problem
from expoarchive.render.measured import Measured, Weight
from expoarchive.render.pages import RenderedPage
from expoarchive.site import Site
from expoarchive.site.address import data_file, output_file

HEAVIEST = 10
_GZIP = 16 + zlib.MAX_WBITS


def measure(site: Site, rendered: Sequence[RenderedPage], files: Mapping[str, bytes]) -> tuple[Measured, list[Problem]]:
    """Counts over all pages except the audit's own, and over the data and charts in ``files``, which has the pages too.

    Reports ``figure-differs``.
    """
    pages = [page for page in rendered if not site.table[page.page.kind].last]
    alts = [alt for page in pages for _, alt in page.outline.pictures]
    heaviest = sorted(pages, key=lambda page: (-page.size, page.page.permalink))[:HEAVIEST]
    figures, media, problems = compare_figures(site, pages, files)
    package = json.loads(files[data_file("datapackage.json")]) if site.config.has("data") else None
    weights = [Weight(page.page, page.size, packed(files[output_file(page.page.permalink)])) for page in heaviest]
    measured = Measured(
        version=str(package["version"]) if package else None,
        pages=len(pages),
        links=sum(page.leads.links for page in pages),
        inward=sum(page.leads.inward for page in pages),
        anchors=sum(page.leads.fragments for page in pages),
        pictures=len(alts),
        silent=alts.count(""),
        drawings=sum(page.outline.drawings for page in pages),
        html=sum(page.size for page in pages),
        middle=median_low(page.size for page in pages),
        heaviest=tuple(weights),
        figures=figures,
        media=media,
    )
    return measured, problems


def packed(data: bytes) -> int:
    """How many bytes a host sends: gzip at its usual level, 6."""
    packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    return len(packer.compress(data)) + len(packer.flush())
