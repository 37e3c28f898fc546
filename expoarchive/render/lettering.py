"""In which language pictures are drawn: for some languages their fonts have no letters at all."""

from collections.abc import Iterator
from dataclasses import replace

from babel import Locale

from expoarchive.config import Config, Language
from expoarchive.problem import WARNING, Problem
from expoarchive.render.charts.font import drawable
from expoarchive.site import Page


def _is_drawn(language: Language) -> bool:
    """Whether the fonts have letters of what the language calls itself."""
    name = Locale.parse(language.locale).get_language_name()
    return name is None or drawable(name) != ""


def drawn_in(config: Config, language: str) -> str:
    """The language of the words in a language's pictures: itself, or the first of the site's that can be drawn."""
    languages = (config.language(language), *config.languages)
    return next((one.id for one in languages if _is_drawn(one)), language)


def drawn_page(config: Config, page: Page) -> Page:
    """The page as its pictures speak of it."""
    return replace(page, language=drawn_in(config, page.language)) if page.language else page


def undrawn(config: Config) -> Iterator[Problem]:
    """``language-undrawn`` for each language whose pictures speak another."""
    for language in config.languages:
        if (other := drawn_in(config, language.id)) != language.id:
            details = {"language": language.name, "other": config.language(other).name}
            yield Problem("language-undrawn", language.found_at, details, severity=WARNING)
