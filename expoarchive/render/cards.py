"""Cards: the pictures that networks show when a page is shared. Editions, articles and the home page have one.

Every edition is a column. Those that the page is about stand out; those without a record are hollow. All have one
height, since differences would look like the fair's growth in a picture without a caption. A card carries its title,
the archive's name and its address, so that it can be traced wherever it travels.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from expoarchive.config import CONFIG_FILE
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.render.charts import missing_glyphs
from expoarchive.render.charts.draw import png
from expoarchive.render.charts.font import drawable, listed, wrap
from expoarchive.render.charts.glyphs import outlined, shapes
from expoarchive.render.charts.svg import Element, serialized, shortest
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.lettering import drawn_in, drawn_page, undrawn
from expoarchive.render.prose import title_of
from expoarchive.render.studio import OutputFiles, Studio
from expoarchive.render.views.editions import dates_text
from expoarchive.render.words import edition_headline
from expoarchive.site import Page, Site
from expoarchive.site.address import card_file
from expoarchive.site.origin import origin_of
from expoarchive.site.recall import Recall

# In pixels, as the networks ask for.
WIDTH, HEIGHT = 1200, 630
_MARGIN, _HORIZON, _TALL = 72, 492, 64
# Sizes of the title, each with the number of lines that have room. A title gets the first in which it fits.
_TITLES = ((76, 2), (64, 3), (52, 3), (44, 4))


@dataclass(frozen=True, slots=True)
class SharePicture:
    """What a card says. ``years`` are the editions that it is about."""

    kicker: str
    title: str
    line: str
    years: frozenset[int]
    site_title: str
    address: str


# A card's title, and the characters of the card that no font has.
Lettering = tuple[str, str]


def card_jobs(studio: Studio, recall: Recall) -> dict[Page, Callable[[], tuple[str, Lettering]]]:
    """A job for the card of each page that has one, which gives the PNG's digest and its lettering."""
    jobs: dict[Page, Callable[[], tuple[str, Lettering]]] = {}
    for page in recall.site.pages:
        file = card_file(page.language, page.kind, page.id)
        if file is not None and not page.borrowed:
            make = partial(_png, studio=studio, page=page)
            jobs[page] = partial(recall.made_file, f"card {page.permalink}", file, make, kind=Lettering)
    return jobs


def _png(site: Site, studio: Studio, page: Page) -> tuple[bytes, Lettering]:
    card = card_of(desk_of(site, drawn_page(site.config, page), studio.strings))
    missing = "".join(sorted(missing_glyphs(card.kicker + card.title + card.line + card.site_title + card.address)))
    return png(card_svg(card, site, studio.assets.palette.light)), (card.title, missing)


def make_cards(studio: Studio, recall: Recall) -> OutputFiles:
    """The PNG of each card. Warns with ``card-glyph-missing`` of characters that no font has, once of each.

    Of those in the names that every card has, at the configuration; of others, at the first page whose card has them.
    """
    files: dict[str, tuple[str, Callable[[], bytes]]] = {}
    config = recall.site.config
    problems = [*undrawn(config)]
    told: set[str] = set()

    def tell(place: Place, title: str, missing: Iterable[str]) -> None:
        if rest := set(missing) - told:
            told.update(rest)
            details = {"characters": listed("".join(sorted(rest))), "title": title}
            problems.append(Problem("card-glyph-missing", place, details, severity=WARNING))

    for language in dict.fromkeys(drawn_in(config, language) for language in config.language_ids):
        for name in (config.title[language], config.expo[language]):
            tell(Place(CONFIG_FILE), name, missing_glyphs(name))
    for page, job in card_jobs(studio, recall).items():
        digest, (title, missing) = job()
        tell(origin_of(recall.site, page) or Place(CONFIG_FILE), title, missing)
        file = str(card_file(page.language, page.kind, page.id))
        files[file] = (digest, partial(_bytes, studio, recall, page, digest))
    return OutputFiles(kept=files, problems=problems)


def _bytes(studio: Studio, recall: Recall, page: Page, digest: str) -> bytes:
    """The PNG for a page, drawn once more unless it was drawn in this build."""
    lent = recall.store.lent.get(digest)
    return _png(recall.site, studio, page)[0] if lent is None else lent


def card_of(desk: Desk) -> SharePicture:
    """The card of a page that has one."""
    site, page = desk.site, desk.page
    records, config = site.records, site.config
    kicker, title, years = desk.local(config.expo), desk.local(config.title), frozenset(records.editions)
    line = None
    if page.kind == "edition":
        year = int(page.id)
        title, years = edition_headline(desk, year), frozenset({year})
        line = dates_text(desk, records.editions[year]) or ""
    elif page.kind == "article":
        article = records.articles[page.id]
        topics = [records.vocabularies.terms("topic")[topic] for topic in article.record.topics]
        kicker = desk.local(topics[0].name) if topics else kicker
        title = title_of(desk, article)
        years = frozenset(int(year) for year in article.record.editions)
    if line is None:
        line = "\N{EN DASH}".join(str(year) for year in sorted({min(years), max(years)})) if years else ""
    return SharePicture(kicker, title, line, years, desk.local(config.title), config.root)


def card_svg(card: SharePicture, site: Site, colour: Mapping[str, str]) -> str:
    """The card as SVG, its text as outlines, in these colours by name."""
    parts = [
        _box(0, 0, WIDTH, HEIGHT, colour["paper"]),
        _box(0, 0, WIDTH, _HORIZON, colour["lake-pale"]),
        *_columns(card, site, colour),
    ]
    y = 112.0
    parts.append(_text(card.kicker, y, 32, colour["ink-soft"]))
    y += 20
    size, lines = _fitted(card.title)
    for line in lines:
        y += size * 1.12
        parts.append(_text(line, y, size, colour["ink"]))
    parts.append(_text(card.line, y + 60, 32, colour["ink-soft"]))
    parts.append(_text(card.site_title, 572, 32, colour["ink"]))
    parts.append(_text(card.address, 572, 26, colour["ink-soft"], end=True))
    size_of = {"xmlns": "http://www.w3.org/2000/svg", "width": str(WIDTH), "height": str(HEIGHT)}
    inner = "".join(serialized(outlined(part)) for part in parts)
    return f"{serialized(Element('svg', size_of))[:-2]}>{serialized(shapes(inner))}{inner}</svg>"


def _fitted(title: str) -> tuple[int, list[str]]:
    for size, most in _TITLES:
        lines = wrap(drawable(title), size, WIDTH - 2 * _MARGIN)
        if len(lines) <= most:
            break
    return size, lines[:most]


def _columns(card: SharePicture, site: Site, colour: Mapping[str, str]) -> list[Element]:
    """Every edition, with the years of the first and the last. Columns that look alike are one path."""
    years = list(site.records.editions)
    step = (WIDTH - 2 * _MARGIN) / max(len(years), 1)
    width = shortest(step * 0.8)
    paths: dict[tuple[bool, bool], str] = {}
    for number, year in enumerate(years):
        column = f"M{shortest(_MARGIN + number * step + step * 0.1)} {_HORIZON - _TALL}h{width}v{_TALL}h-{width}z"
        look = (year in card.years, year in site.documented)
        paths[look] = paths.get(look, "") + column
    columns = []
    for (meant, documented), path in sorted(paths.items()):
        fill = colour["accent" if meant else "line-strong"]
        paint = {"fill": fill} if meant else {"fill": fill, "fill-opacity": "0.35"}
        if not documented:
            paint = {"fill": "none", "stroke": fill, "stroke-width": "2"}
        columns.append(Element("path", {"d": path, **paint}))
    ends = [
        _text(str(year), _HORIZON - _TALL - 16, 24, colour["ink-soft"], end=at > 0)
        for at, year in enumerate([*years[:1], *years[1:][-1:]])
    ]
    return [*columns, *ends]


def _box(x: float, y: float, width: float, height: float, fill: str) -> Element:
    place = {"x": shortest(x), "y": shortest(y), "width": shortest(width), "height": shortest(height)}
    return Element("rect", {**place, "fill": fill})


def _text(text: str, y: float, size: float, fill: str, *, end: bool = False) -> Element:
    place = {"x": str(WIDTH - _MARGIN if end else _MARGIN), "y": shortest(y), "font-size": shortest(size)}
    return Element("text", {**place, "fill": fill, "text-anchor": "end" if end else "start"}, text=text)
