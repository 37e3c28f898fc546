"""Pictures for those who share a link: one for each edition and article in each language, and one for the archive.

Every edition is a column, those that the page is about stand out, and those without a record are hollow. All are of one
height: on a picture that travels without its caption, any other would be read as the fair's growth. Title, years, the
archive's name and address are part of it, so that it can be traced wherever it is passed on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from expoarchive.config import Config
from expoarchive.problem import Place, Problem
from expoarchive.render.charts import missing_glyphs
from expoarchive.render.charts.draw import png
from expoarchive.render.charts.font import wrap
from expoarchive.render.charts.glyphs import outlined, shapes
from expoarchive.render.charts.svg import Element, shortest, written
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.output import Published
from expoarchive.render.strings import Strings
from expoarchive.render.studio import Studio
from expoarchive.render.views.editions import dates_text
from expoarchive.render.words import edition_headline
from expoarchive.site import Page, Site
from expoarchive.site.address import card_file
from expoarchive.site.origin import origin_of
from expoarchive.site.recall import Recall

# What the networks that show them ask for, in pixels.
WIDTH, HEIGHT = 1200, 630
_MARGIN, _HORIZON, _TALL = 72, 492, 64
# A title's size, and how many lines of it there is room for: the first that it fits in.
_TITLES = ((76, 2), (64, 3), (52, 3), (44, 4))
_COLOURS = {"ink": "#1c2a33", "ink-soft": "#55636d", "paper": "#ffffff", "lake-pale": "#e4eff3"}
_MARKS = {"accent": "#0b6580", "line-strong": "#7c8b94"}


@dataclass(frozen=True, slots=True)
class Card:
    """What one picture says. ``years`` are the editions it is about."""

    kicker: str
    title: str
    line: str
    years: frozenset[int]
    site_title: str
    address: str


Made = tuple[str, tuple[str, str]]


def card_jobs(studio: Studio, recall: Recall) -> dict[Page, Callable[[], Made]]:
    """What makes the card of each page that has one: the PNG's digest, its title, and what the font lacks of it."""
    jobs: dict[Page, Callable[[], Made]] = {}
    for page in recall.site.pages:
        file = card_file(page.language, page.kind, page.id)
        if file is None or page.borrowed:
            continue

        def made(site: Site, page: Page = page) -> tuple[bytes, tuple[str, str]]:
            card = card_of(desk_of(site, page, studio.strings))
            words = card.kicker + card.title + card.line + card.site_title + card.address
            missing = "".join(sorted(missing_glyphs(words)))
            return b"" if missing else png(drawn(card, site)), (card.title, missing)

        jobs[page] = partial(recall.made_file, f"card {page.permalink}", file, made, kind=tuple[str, str])
    return jobs


def make_cards(studio: Studio, recall: Recall) -> Published:
    """The PNG of each card. Reports ``card-glyph-missing`` where the charts' font lacks a character."""
    files: dict[str, tuple[str, Callable[[], bytes]]] = {}
    problems: list[Problem] = []
    for page, job in card_jobs(studio, recall).items():
        digest, (title, missing) = job()
        if missing:
            details = {"characters": " ".join(f"{one} (U+{ord(one):04X})" for one in missing), "title": title}
            place = origin_of(recall.site, page) or Place("site_config.yaml")
            problems.append(Problem("card-glyph-missing", place, details))
        else:
            file = str(card_file(page.language, page.kind, page.id))
            files[file] = (digest, partial(_picture, recall, studio.strings, page, file))
    return Published(kept=files, problems=problems)


def _picture(recall: Recall, strings: Mapping[str, Strings], page: Page, file: str) -> bytes:
    """The PNG of a page that has one. Where it was not drawn just now, it is drawn once more."""
    lent = recall.lent(file)
    return png(drawn(card_of(desk_of(recall.site, page, strings)), recall.site)) if lent is None else lent


def card_of(desk: Desk) -> Card:
    """The picture of a page that has one of its own."""
    site, page = desk.site, desk.page
    records, config = site.records, site.config
    kicker, title, years = desk.local(config.expo), desk.local(config.title), frozenset(records.editions)
    line = _span(sorted(years))
    if page.kind == "edition":
        year = int(page.id)
        title, years = edition_headline(desk, year), frozenset({year})
        line = dates_text(desk, records.editions[year]) or ""
    elif page.kind == "article":
        article = records.articles[page.id]
        topics = [records.vocabularies.terms("topic")[topic] for topic in article.record.topics]
        kicker = desk.local(topics[0].name) if topics else kicker
        title = article.translations[desk.language.id].front.title
        years = frozenset(int(year) for year in article.record.editions)
        line = _span(sorted(years))
    return Card(kicker, title, line, years, desk.local(config.title), config.root)


def _span(years: list[int]) -> str:
    return "\N{EN DASH}".join(str(year) for year in dict.fromkeys([*years[:1], *years[-1:]]))


def drawn(card: Card, site: Site) -> str:
    """The picture as SVG, its words as outlines."""
    colour = _colours(site.config)
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
    inner = "".join(written(outlined(part)) for part in parts)
    return f"{written(Element('svg', size_of))[:-2]}>{written(shapes(inner))}{inner}</svg>"


def _fitted(title: str) -> tuple[int, list[str]]:
    for size, most in _TITLES:
        lines = wrap(title, size, WIDTH - 2 * _MARGIN)
        if len(lines) <= most:
            return size, lines
    size, most = _TITLES[-1]
    return size, wrap(title, size, WIDTH - 2 * _MARGIN)[:most]


def _columns(card: Card, site: Site, colour: Mapping[str, str]) -> list[Element]:
    """Every edition, with the years of the first and the last. Columns that look the same are one path."""
    years = list(site.records.editions)
    step = (WIDTH - 2 * _MARGIN) / max(len(years), 1)
    alike: dict[tuple[bool, bool], str] = {}
    for number, year in enumerate(years):
        left, wide = _MARGIN + number * step + step * 0.1, step * 0.8
        look = (year in card.years, year in site.documented)
        alike[look] = (
            alike.get(look, "") + f"M{shortest(left)} {_HORIZON - _TALL}h{shortest(wide)}v{_TALL}h-{shortest(wide)}z"
        )
    columns = []
    for (meant, documented), path in sorted(alike.items()):
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


def _colours(config: Config) -> dict[str, str]:
    """The identity's light colours, where it has them."""
    given = dict(config.identity.colours.light) if config.identity.colours else {}
    return {name: given.get(name, usual) for name, usual in {**_COLOURS, **_MARKS}.items()}
