"""The addresses of other sites that the archive sends its readers to, with the place of each."""

import re

from expoarchive.problem import Place
from expoarchive.records import Records

# A Markdown link, an address between angle brackets, or one of HTML in prose.
_WRITTEN = re.compile(r"\]\(\s*<?(https?://[^\s)>]+)|<(https?://[^\s>]+)>|(?:href|src)=[\"'](https?://[^\"'\s]+)")


def external_links(records: Records) -> dict[str, list[Place]]:
    """Places by address: of sources that are linked, in their file's order, then of prose. Fragments do not count."""
    found: dict[str, list[Place]] = {}
    for source in records.sources.values():
        if source.url and source.linked:
            found.setdefault(source.url.partition("#")[0], []).append(source.found_at)
    for article in [*records.articles.values(), *records.pages.values()]:
        for translation in article.translations.values():
            for match in _WRITTEN.finditer(translation.body.text):
                address = next(filter(None, match.groups()))
                place = translation.body.place_at(match.start() + match.group().index(address))
                found.setdefault(address.partition("#")[0], []).append(place)
    return found
