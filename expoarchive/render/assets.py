"""Styles, scripts, icons and media as files of the site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from expoarchive.config import Colours, Config
from expoarchive.load import Content
from expoarchive.load.media import LARGEST_BYTES
from expoarchive.nodes import list_files, read_file
from expoarchive.nodes.text import LARGEST_BYTES as LARGEST_TEXT_BYTES
from expoarchive.problem import Problem
from expoarchive.render.environment import TEMPLATES

STATIC = f"{TEMPLATES}/static"
PARTIALS = f"{TEMPLATES}/partials"
STYLES = "assets/site.css"
# A string, which is kept, or a comment.
_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Assets:
    """Permalinks of the files that pages load. Scripts are by kind of page, with those for every page under ``""``."""

    styles: str
    scripts: Mapping[str, tuple[str, ...]]
    wordmark: str | None
    icon: str | None


def make_assets(root: Path, config: Config, content: Content) -> tuple[Assets, dict[str, bytes], list[Problem]]:
    """The assets, their bytes by permalink, and problems with files below ``templates/static/``.

    The styles become one sheet; other files of ``static/`` are copied. Every page loads the scripts of ``static/js/``,
    and those of ``static/js/<kind>/`` if it is of that kind. Scripts of a part that the site leaves out are not copied:
    ``static/js/<part>/`` and ``static/js/<part>-….js``.
    """
    files: dict[str, bytes] = {f"media/{name}": data for name, data in content.media.items()}
    files[STYLES], problems = make_styles(root, config)
    scripts: dict[str, list[str]] = {}
    left_out = ("css/", *(f"js/{part}{end}" for part in config.without for end in "/-"))
    for file in list_files(root, STATIC)[0]:
        name = file.removeprefix(f"{STATIC}/")
        if name.startswith(left_out):
            continue
        files[f"assets/{name}"], faults = read_file(root, file, LARGEST_BYTES)
        problems += faults
        folder, _, kind = name.rpartition("/")[0].partition("/")
        if folder == "js" and name.endswith(".js"):
            scripts.setdefault(kind, []).append(f"assets/{name}")
    wordmark, icon = (f"media/{name}" if name else None for name in (config.identity.wordmark, config.identity.icon))
    by_kind = {kind: tuple(names) for kind, names in scripts.items()}
    return Assets(STYLES, by_kind, wordmark, icon), files, problems


def make_styles(root: Path, config: Config) -> tuple[bytes, list[Problem]]:
    """The site's one style sheet, and problems with its files.

    It has the identity's colours, ``static/css/*.css`` and each partial's ``style.css``, in order of name. Cascade
    layers decide which rule wins, not this order. Comments stay behind: they would be a tenth of what a reader loads.
    """
    own, partials = (filter(is_style, list_files(root, top)[0]) for top in (f"{STATIC}/css", PARTIALS))
    parts = [_colours(config.identity.colours)] if config.identity.colours else []
    problems: list[Problem] = []
    for sheet in (*own, *partials):
        data, faults = read_file(root, sheet, LARGEST_TEXT_BYTES)
        problems += faults
        # Like a browser: bytes that are not UTF-8 become a replacement character.
        parts.append(data.decode("utf-8", "replace"))
    return _COMMENT.sub(lambda match: match[1] or "", "\n".join(parts)).encode(), problems


def is_style(file: str) -> bool:
    """Whether a source, by its path from the site's root, is part of the style sheet and of nothing else."""
    path = PurePosixPath(file)
    return path.match(f"{STATIC}/css/*.css") or path.match(f"{PARTIALS}/*/style.css")


def _colours(colours: Colours) -> str:
    """The identity's colours as custom properties, for the styles' tokens."""

    def block(values: dict[str, str]) -> str:
        return "".join(f"--{name}:{value};" for name, value in values.items())

    dark = f"@media (prefers-color-scheme: dark){{:root{{{block(dict(colours.dark))}}}}}"
    return f":root{{{block(dict(colours.light))}}}\n{dark}\n"
