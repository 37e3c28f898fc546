"""What nothing leads to: sources that nothing cites, media that nothing shows, articles that nothing names."""

from collections.abc import Iterable, Iterator

from expoarchive.load.media import MEDIA
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.records.reference import references_of
from expoarchive.records.synonyms import SYNONYMS
from expoarchive.render.pages import RenderedPage
from expoarchive.site import Site


def check_orphans(site: Site, rendered: Iterable[RenderedPage], media: Iterable[str]) -> Iterator[Problem]:
    """Warn of ``source-uncited``, ``article-unlinked`` and ``media-unused``. ``media`` are names below media/.

    Lists and the search name every article: one counts as linked where another text names it, or the first page does.
    """
    records = site.records
    # By what is named and its id, the folders of the files that name it.
    named: dict[tuple[str, str], set[str]] = {}
    for target, name, place in references_of(records, site.config):
        if place.file != SYNONYMS:
            named.setdefault((target, name), set()).add(_folder(place.file))
    for source_id, source in records.sources.items():
        if ("source", source_id) not in named:
            yield _warning("source-uncited", source.found_at, source_id)
    for article_id, article in records.articles.items():
        elsewhere = named.get(("article", article_id), set()) - {_folder(article.file)}
        if not elsewhere and not article.record.featured:
            yield _warning("article-unlinked", article.record.found_at, article_id)
    shown = {
        address.rpartition("media/")[2]
        for page in rendered
        for address in (*page.outline.assets, *page.outline.links)
        if "media/" in address
    }
    for name in media:
        if name not in shown and ("media", name) not in named:
            yield _warning("media-unused", Place(MEDIA + name), name)


def _folder(file: str) -> str:
    return file.rpartition("/")[0]


def _warning(kind: str, place: Place, name: str) -> Problem:
    return Problem(kind, place, {"name": name}, severity=WARNING)
