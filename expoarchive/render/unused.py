"""Files of the site's own ``templates/`` that would change nothing: mostly names meant to be those of the theme's."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from expoarchive.config import Config
from expoarchive.problem import Place, Problem, nearest
from expoarchive.render.environment import Templates
from expoarchive.render.pages import template_of
from expoarchive.render.strings import FOLDER
from expoarchive.render.theme import Theme
from expoarchive.site.kinds import kinds_of

# Pages that are of no kind.
_BESIDE = ("moved.html",)


def unused_files(templates: Templates, config: Config) -> Iterator[Problem]:
    """``override-unused`` for each, with the nearest name of the theme's.

    A new style sheet, script or picture is used without being named anywhere. It is reported where its name is all but
    that of one of the theme's.
    """
    theme = templates.theme
    added = theme.added()
    if not added:
        return
    kinds = kinds_of(config)
    pages = [*(template_of(kind, kinds) for kind in kinds), *_BESIDE]
    named = frozenset[str]().union(*(templates.dependencies(page) for page in pages))
    spoken = [f"{FOLDER}/{language}.yaml" for language in config.language_ids]
    standard = [name for name in theme.names() if not theme.is_own(name) and not name.startswith(f"{FOLDER}/")]
    for name in added:
        meant = _misspelt(name, standard)
        if meant or not _is_used(name, theme, named, config):
            yield Problem("override-unused", Place(theme.shown(name)), {}, meant or nearest(name, [*standard, *spoken]))


def _is_used(name: str, theme: Theme, named: frozenset[str], config: Config) -> bool:
    folder, _, file = name.rpartition("/")
    if name.endswith(".html"):
        return name in named
    if folder == FOLDER:
        return file in {f"{language}.yaml" for language in config.language_ids}
    if re.fullmatch(r"partials/[^/]+", folder):
        return file in ("style.css", "examples.yaml") and f"{folder}/template.html" in named
    if re.fullmatch(r"static/css/.+", folder):
        return False
    # Scripts of a folder are those of a kind of pages.
    script = re.fullmatch(r"static/js/([^/]+)/.*\.js", name)
    return name.startswith("static/") and (script is None or script[1] in kinds_of(config))


def _misspelt(name: str, standard: Iterable[str]) -> str | None:
    """The style sheet or script of the theme's that a new one beside it is all but named for."""
    folder = name.rpartition("/")[0]
    beside = [other for other in standard if other.rpartition("/")[0] == folder]
    close = get_close_matches(name.removeprefix(folder), [other.removeprefix(folder) for other in beside], 1, 0.85)
    return f"{folder}{close[0]}" if close and name.startswith("static/") else None
