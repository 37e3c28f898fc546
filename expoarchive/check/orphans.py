"""What the archive has and nothing leads to: sources that nothing cites, media that nothing shows, lone articles."""

from collections.abc import Iterable, Iterator

from expoarchive.load.content import MEDIA
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.records.reference import references_of
from expoarchive.render.pages import RenderedPage
from expoarchive.site import Site


def check_orphans(site: Site, rendered: Iterable[RenderedPage], media: Iterable[str]) -> Iterator[Problem]:
    """Warn of ``source-uncited``, ``article-unlinked`` and ``media-unused``. ``media`` are names below media/.

    Lists name every article: one counts as linked where another text names it, or the first page does.
    """
    records = site.records
    found = list(references_of(records, site.config))
    cited = {name for target, name, _ in found if target == "source"}
    for source_id, source in records.sources.items():
        if source_id not in cited:
            yield Problem("source-uncited", source.found_at, {"name": source_id}, severity=WARNING)
    named_in: dict[str, set[str]] = {}
    for target, name, place in found:
        if target == "article":
            named_in.setdefault(name, set()).add(place.file.rpartition("/")[0])
    for article_id, article in records.articles.items():
        elsewhere = named_in.get(article_id, set()) - {article.file.rpartition("/")[0]}
        if not elsewhere and not article.record.featured:
            yield Problem("article-unlinked", article.record.found_at, {"name": article_id}, severity=WARNING)
    shown = {
        address.rpartition("media/")[2]
        for page in rendered
        for address in (*page.outline.assets, *page.outline.links)
        if "media/" in address
    }
    shown |= {name for target, name, _ in found if target == "media"}
    for name in media:
        if name not in shown:
            yield Problem("media-unused", Place(MEDIA + name), {"name": name}, severity=WARNING)
