"""Addresses of other sites in the archive's sources and texts, each with the places that have it."""

import re

from expoarchive.problem import Place
from expoarchive.records import Records

# A Markdown link, an address between angle brackets, or one of HTML in prose.
_ADDRESS = re.compile(r"\]\(\s*<?(https?://[^\s)>]+)|<(https?://[^\s>]+)>|(?:href|src)=[\"'](https?://[^\"'\s]+)")


def external_links(records: Records) -> dict[str, list[Place]]:
    """Places by address without its fragment: first of linked sources, in the order of their file, then of prose."""
    places: dict[str, list[Place]] = {}
    for source in records.sources.values():
        if source.url and source.linked:
            places.setdefault(source.url.partition("#")[0], []).append(source.found_at)
    for article in [*records.articles.values(), *records.pages.values()]:
        for translation in article.translations.values():
            for match in _ADDRESS.finditer(translation.body.text):
                place = translation.body.place_at(match.start(match.lastindex or 0))
                places.setdefault(match[match.lastindex or 0].partition("#")[0], []).append(place)
    return places
