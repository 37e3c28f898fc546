"""How complete each language is: a page for editors, if the configuration publishes it."""

from dataclasses import dataclass

from expoarchive.config import Language
from expoarchive.records.translation import HEAD, LEAD, Difference, Standing, standings
from expoarchive.render.desk import Desk
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import Link
from expoarchive.site import permalink

DUE = ("missing", "unstamped", "stale")


@dataclass(frozen=True, slots=True)
class TranslationItem:
    """A text that needs work. ``parts`` of its original have changed since it was translated."""

    page: Link
    state: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationLanguage:
    """A language, how complete it is in a sentence, and the texts that need work."""

    lang: str
    name: str
    done: str
    due: tuple[TranslationItem, ...]


@page_view("translations")
def translations_page(desk: Desk, studio: Studio) -> PageContent:
    """Each language, and each of its texts that needs work."""
    config = desk.site.config
    texts = standings(desk.site.records, config.language_ids)
    return PageContent([_language(desk, language, texts) for language in config.languages])


def _language(desk: Desk, language: Language, texts: list[Standing]) -> TranslationLanguage:
    own = [text for text in texts if text.language == language.id]
    states = [text.state for text in own]
    there = len(own) - states.count("missing")
    done = desk.strings("translations.done", there=there, of=len(own), stale=states.count("stale"))
    due = tuple(_item(desk, text) for text in own if text.state in DUE)
    return TranslationLanguage(language.tag, language.name, done, due)


def _item(desk: Desk, text: Standing) -> TranslationItem:
    translations = text.article.translations
    language = text.language if text.language in translations else text.original
    lang = desk.tag(language) if language != desk.language.id else None
    page = Link(translations[language].front.title, _address(desk, text), lang)
    parts = dict.fromkeys(changed_part(desk, part, part.title) for part in text.differences)
    return TranslationItem(page, desk.strings(f"translations.{text.state}"), tuple(parts))


def changed_part(desk: Desk, part: Difference, heading: str) -> str:
    """A part of a text as named in a sentence; ``heading`` is its heading in the reader's language."""
    if part.key in (HEAD, LEAD):
        return desk.strings("translations.head" if part.key == HEAD else "translations.lead_part")
    return desk.strings("translations.section", section=heading or part.key)


def _address(desk: Desk, text: Standing) -> str:
    """The page that shows the text: its own, or the list that it opens."""
    article = text.article
    same_id = desk.site.records.articles.get(article.id)
    if same_id is not None and same_id.file == article.file:
        return desk.address(permalink(text.language, "article", article.id))
    kind, page_id = (article.id, "") if article.id in desk.site.table.opened else ("page", article.id)
    return desk.address(permalink(text.language, kind, page_id))
