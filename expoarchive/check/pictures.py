"""Drawings that are slow on a phone, and covers without words for readers who do not see them."""

from collections.abc import Iterator, Mapping

from expoarchive.load.media import MEDIA
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.records import Records

# Half a second on a phone's slow connection. Photographs are made lighter by the build.
MOST_BYTES = 400_000


def check_pictures(records: Records, media: Mapping[str, bytes]) -> Iterator[Problem]:
    """Warn of ``picture-heavy`` and ``cover-without-alt``. ``media`` by name below media/."""
    for name in media:
        if name.lower().endswith(".svg") and len(media[name]) > MOST_BYTES:
            details = {"size": f"{len(media[name]) // 1000}", "most": f"{MOST_BYTES // 1000}"}
            yield Problem("picture-heavy", Place(MEDIA + name), details, severity=WARNING)
    told = {str(picture.file) for picture in records.pictures.values()}
    for article in [*records.articles.values(), *records.pages.values()]:
        cover = article.record.cover
        if cover and not article.record.cover_alt and cover not in told:
            yield Problem("cover-without-alt", cover.place, {"name": str(cover)}, severity=WARNING)
