"""Files of the site's own ``templates/`` that would change nothing: mostly names meant to be those of the theme's."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches

from expoarchive.config import Config
from expoarchive.problem import Place, Problem, nearest
from expoarchive.render.environment import Templates
from expoarchive.render.pages import template_of
from expoarchive.render.strings import FOLDER
from expoarchive.render.theme import Theme
from expoarchive.site.kinds import kinds_of

# Pages that are of no kind.
_BESIDE = ("moved.html",)
# How like two names are that may be meant for each other, of 1.
_ALIKE = 0.6


def unused_files(templates: Templates, config: Config) -> Iterator[Problem]:
    """``override-unused`` for each, with the nearest name of the theme's.

    ``override-language`` for the words of a language that the site has not. A new style sheet or script is used without
    being named anywhere. It is reported where its name is all but that of one of the theme's.
    """
    theme = templates.theme
    added = theme.added()
    for name in theme.names(FOLDER):
        language = name.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
        if language not in config.language_ids and theme.is_own(name) and theme.original(name):
            details = {"id": language, "choices": ", ".join(config.language_ids)}
            yield Problem("override-language", Place(theme.shown(name)), details)
    if not added:
        return
    kinds = kinds_of(config)
    pages = [*(template_of(kind, kinds) for kind in kinds), *_BESIDE]
    named = frozenset[str]().union(*(templates.dependencies(page) for page in pages))
    spoken = [f"{FOLDER}/{language}.yaml" for language in config.language_ids]
    standard = sorted(name for name in theme.listed[-1] if not name.startswith(f"{FOLDER}/"))
    for name in added:
        meant = _misspelt(name, standard)
        if meant or not _is_used(name, theme, named, config):
            near = meant or _nearest(name, [*standard, *spoken])
            yield Problem("override-unused", Place(theme.shown(name)), {}, near)


def _is_used(name: str, theme: Theme, named: frozenset[str], config: Config) -> bool:
    folder, _, file = name.rpartition("/")
    if name.endswith(".html"):
        return name in named
    if folder == FOLDER:
        return file in {f"{language}.yaml" for language in config.language_ids}
    if re.fullmatch(r"partials/[^/]+", folder):
        return file in ("style.css", "examples.yaml") and f"{folder}/template.html" in named
    if folder == "static/css":
        return file.endswith(".css")
    # Scripts of a folder are those of a kind of pages.
    if script := re.fullmatch(r"static/js/(?:([^/]+)/)?.*\.js", name):
        return script[1] is None or script[1] in kinds_of(config)
    return name.startswith("static/") and any(file in text for text in theme.own_texts())


def _nearest(name: str, standard: Iterable[str]) -> str | None:
    """The file of the theme's whose folders and name are all like those of ``name``."""
    parts = name.split("/")
    alike = {
        other: min(SequenceMatcher(None, *pair).ratio() for pair in zip(parts, other.split("/"), strict=True))
        for other in standard
        if other.count("/") == name.count("/")
    }
    best = max(alike, key=lambda other: alike[other], default="")
    end = f".{name.rpartition('.')[2]}"
    return best if alike.get(best, 0) >= _ALIKE else nearest(name, (one for one in standard if one.endswith(end)))


def _misspelt(name: str, standard: Iterable[str]) -> str | None:
    """The style sheet or script of the theme's that a new one beside it is all but named for."""
    folder = name.rpartition("/")[0]
    beside = [other for other in standard if other.rpartition("/")[0] == folder]
    close = get_close_matches(name.removeprefix(folder), [other.removeprefix(folder) for other in beside], 1, 0.85)
    return f"{folder}{close[0]}" if close and name.startswith("static/") else None
