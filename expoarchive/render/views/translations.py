"""How far the archive's languages are: for its editors, where the configuration publishes the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from expoarchive.records.translation import HEAD, LEAD, Difference, Standing, standings
from expoarchive.render.desk import Desk
from expoarchive.render.studio import Shown, Studio, makes
from expoarchive.render.values import Link
from expoarchive.site import permalink
from expoarchive.site.kinds import OPENED

DUE = ("missing", "unstamped", "stale")


@dataclass(frozen=True, slots=True)
class TranslationItem:
    """A text with something to do. ``parts`` are those of its original that changed since."""

    page: Link
    state: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationLanguage:
    lang: str
    name: str
    done: str
    due: tuple[TranslationItem, ...]


@dataclass(frozen=True, slots=True)
class TranslationsView:
    """How far each language is."""

    languages: tuple[TranslationLanguage, ...]


@makes("translations")
def translations_page(desk: Desk, studio: Studio) -> Shown:
    """Each language with what it has, then each of its texts with something to do."""
    config = desk.site.config
    found = standings(desk.site.records, config.language_ids)
    return Shown(TranslationsView(tuple(_language(desk, known, found) for known in config.language_ids)))


def _language(desk: Desk, known: str, found: list[Standing]) -> TranslationLanguage:
    language = desk.site.config.language(known)
    here = [standing for standing in found if standing.language == known]
    states = [standing.state for standing in here]
    done = desk.strings(
        "translations.done", there=len(here) - states.count("missing"), of=len(here), stale=states.count("stale")
    )
    return TranslationLanguage(language.tag, language.name, done, tuple(_items(desk, here)))


def _items(desk: Desk, here: list[Standing]) -> Iterator[TranslationItem]:
    for standing in here:
        article = standing.article
        if standing.state not in DUE:
            continue
        shown = standing.language if standing.language in article.translations else standing.original
        title = article.translations[shown].front.title
        state = desk.strings(f"translations.{standing.state}")
        parts = (part_name(desk, part, part.title) for part in standing.differences)
        page = Link(title, _address(desk, standing), desk.tag(shown) if shown != desk.language.id else None)
        yield TranslationItem(page, state, tuple(dict.fromkeys(parts)))


def part_name(desk: Desk, part: Difference, heading: str) -> str:
    """A part of a text by its name, for a sentence; ``heading`` in the language that the reader has."""
    if part.key in (HEAD, LEAD):
        return desk.strings("translations.head" if part.key == HEAD else "translations.lead_part")
    return desk.strings("translations.section", section=heading or part.key)


def _address(desk: Desk, standing: Standing) -> str:
    """The page that shows the text: an article's, a page's, or the list that the text opens."""
    article = standing.article
    named = desk.site.records.articles.get(article.id)
    kind = "article" if named is not None and named.file == article.file else "page"
    if kind == "page" and article.id in OPENED:
        return desk.address(permalink(standing.language, article.id))
    return desk.address(permalink(standing.language, kind, article.id))
