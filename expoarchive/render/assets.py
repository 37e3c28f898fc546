"""Styles, scripts, icons and media as files of the site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.cache.sources import TEMPLATES, THEME
from expoarchive.config import Config
from expoarchive.load import Content
from expoarchive.load.media import LARGEST_BYTES, is_photograph
from expoarchive.problem import Problem
from expoarchive.render.palette import Palette, palette_of
from expoarchive.render.theme import Theme
from expoarchive.site.address import media_file

STATIC = "static"
STYLES = "assets/site.css"
# Scripts of pages whose language lacks words.
BORROWED = "borrowed"
# A string, which is kept; or a comment; or what separates rules, with the white space around it.
_SPARE = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/|\s*([{};])\s*""", re.DOTALL)

# A script below ``static/``: that of a kind of page, of all, or one that others load.
_SCRIPT = re.compile(r"js/((?P<kind>[^/]+)/)?(?P<deeper>.+/)?[^/]+\.js")
# On a line of its own, as a script may end in a comment; and one that ends without it would go on in the next.
_SEPARATOR = b"\n;\n"
# A line's indent, or the whole line where it is a comment.
_INDENT = re.compile(rb"^[ \t]*//.*\n|^[ \t]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Assets:
    """Permalinks of the files that pages load.

    Scripts are by kind of page, with that of every page under ``""``, and that of pages whose language lacks words
    under ``BORROWED``.
    """

    styles: str
    scripts: Mapping[str, str]
    wordmark: str | None
    icon: str | None
    palette: Palette


def make_assets(theme: Theme, config: Config, content: Content) -> tuple[Assets, dict[str, bytes], list[Problem]]:
    """The assets, their bytes by permalink, and problems with files below ``static/``.

    The styles become one sheet. Every page loads the scripts of ``static/js/`` as one, and those of
    ``static/js/<kind>/`` as another if it is of that kind: a slow network counts requests, not bytes. All else in
    ``static/`` is copied; scripts that lie deeper are there for these to load. Scripts of a part that the site leaves
    out stay behind: ``static/js/<part>/`` and ``static/js/<part>-….js``.
    """
    # Photographs are published as pictures, by their records.
    files = {media_file(name): content.media[name] for name in content.media if not is_photograph(name)}
    palette = palette_of(theme, config)
    files[STYLES], problems = make_styles(theme, palette)
    scripts: dict[str, list[bytes]] = {}
    left_out = ("css/", *(f"js/{part}{end}" for part in config.without for end in "/-"))
    for file in theme.names(STATIC):
        name = file.removeprefix(f"{STATIC}/")
        if name.startswith(left_out):
            continue
        data, faults = theme.read(file, LARGEST_BYTES)
        problems += faults
        script = _SCRIPT.fullmatch(name)
        if script and not script["deeper"]:
            scripts.setdefault(script["kind"] or "", []).append(_light(data))
        else:
            files[f"assets/{name}"] = _light(data) if script and "/lib/" not in name else data
    by_kind = {kind: f"assets/js/{kind or 'site'}.js" for kind in scripts}
    files |= {by_kind[kind]: _SEPARATOR.join(parts) for kind, parts in scripts.items()}
    wordmark, icon = (media_file(name) if name else None for name in (config.identity.wordmark, config.identity.icon))
    return Assets(STYLES, by_kind, wordmark, icon, palette), files, problems


def _light(script: bytes) -> bytes:
    """A script without the comments and indents of its lines, a sixth of what a reader loads.

    One with a backtick stays as it is: the lines of a text between two of them are not the script's own.
    """
    return script if b"`" in script else _INDENT.sub(b"", script)


def make_styles(theme: Theme, palette: Palette) -> tuple[bytes, list[Problem]]:
    """The site's one style sheet, and problems with its files.

    It has the identity's colours, ``static/css/*.css`` and each partial's ``style.css``, in order of name. Cascade
    layers decide which rule wins, not this order. What only people
    read of them stays behind: comments and white space would be a seventh of what a reader loads.
    """
    parts = [_colours(palette)] if palette.own_light or palette.own_dark else []
    problems: list[Problem] = []
    for sheet in sorted(filter(_is_sheet, theme.names()), key=lambda name: not name.startswith(STATIC)):
        data, faults = theme.read(sheet)
        problems += faults
        # Like a browser: bytes that are not UTF-8 become a replacement character.
        parts.append(data.decode("utf-8", "replace"))
    return _SPARE.sub(lambda match: match[1] or match[2] or "", "\n".join(parts)).encode(), problems


def is_style(source: str) -> bool:
    """Whether a source, by its name among ``sources_of``, is part of the style sheet and of nothing else."""
    tops = (f"{top}/" for top in (TEMPLATES, THEME))
    return any(source.startswith(top) and _is_sheet(source.removeprefix(top)) for top in tops)


def _is_sheet(name: str) -> bool:
    return re.fullmatch(r"static/css/[^/]+\.css|partials/[^/]+/style\.css", name) is not None


def _colours(palette: Palette) -> str:
    """The identity's colours as custom properties, for the styles' tokens."""

    def block(values: Mapping[str, str]) -> str:
        return "".join(f"--{name}:{value};" for name, value in values.items())

    dark = f"@media (prefers-color-scheme: dark){{:root{{{block(palette.own_dark)}}}}}"
    return f":root{{{block(palette.own_light)}}}\n{dark}\n"
