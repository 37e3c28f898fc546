"""A site's colours: what the style sheets' tokens say, and the identity's over them."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from expoarchive.config import CONFIG_FILE, Config
from expoarchive.nodes.model import PlacedStr
from expoarchive.problem import Place, Problem, nearest
from expoarchive.render.theme import Theme

# What follows the identity's accent unless it is set too: the accent's share, and what it is mixed with.
FOLLOWERS: Mapping[str, tuple[float, str]] = {
    "accent-strong": (0.5, "ink"),
    "lake": (1, "paper"),
    "lake-pale": (0.12, "paper"),
}
_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{\s*:root\s*\{([^}]*)\}")
_LIGHT = re.compile(r":root\s*\{([^}]*)\}")
_TOKEN = re.compile(r"--([a-z-]+):\s*(?:(#[0-9a-fA-F]{6})|var\(--([a-z-]+)\))\s*;")


@dataclass(frozen=True, slots=True)
class Palette:
    """Hex colours by name in each scheme. ``own_light`` and ``own_dark``: the identity's, and what follows from them.

    ``names`` are those that the style sheets use.
    """

    light: Mapping[str, str]
    dark: Mapping[str, str]
    own_light: Mapping[str, str]
    own_dark: Mapping[str, str]
    names: tuple[str, ...]


def palette_of(theme: Theme, config: Config) -> Palette:
    """The colours of a site's pages, for them and for pictures beside them."""
    light, dark = tokens(theme)
    colours = config.identity.colours
    given_light, given_dark = (_plain(colours.light), _plain(colours.dark)) if colours else ({}, {})
    # The identity's light colours stand outside the style sheets' layers: in the dark, they win over these too.
    both = given_light | given_dark
    own_light = _followers(light | given_light, given_light) | given_light
    own_dark = _followers(light | dark | both, both, set(given_dark)) | given_dark
    usual = light | dark
    names = tuple(sorted(_resolved(light)))
    return Palette(_resolved(light | own_light), _resolved(usual | given_light | own_dark), own_light, own_dark, names)


def check_colours(palette: Palette, config: Config) -> Iterator[Problem]:
    """``unknown-colour`` for each colour of the identity that no style sheet uses."""
    colours = config.identity.colours
    for name in (*colours.light, *colours.dark) if colours else ():
        if name not in palette.names:
            place = name.place if isinstance(name, PlacedStr) else Place(CONFIG_FILE)
            details = {"name": str(name), "choices": ", ".join(palette.names)}
            yield Problem("unknown-colour", place, details, nearest(name, palette.names))


def tokens(theme: Theme) -> tuple[dict[str, str], dict[str, str]]:
    """The colours that the style sheets give their custom properties: in the light, and what differs in the dark.

    Each is a hex colour, or the name of another.
    """
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for sheet in theme.names("static/css"):
        text = theme.read(sheet)[0].decode("utf-8", "replace")
        for block in _DARK.findall(text):
            dark |= _tokens_in(block)
        for block in _LIGHT.findall(_DARK.sub("", text)):
            light |= _tokens_in(block)
    colours = _resolved(light | dark)
    light, dark = ({name: value for name, value in one.items() if name in colours} for one in (light, dark))
    return light, dark


def _tokens_in(block: str) -> dict[str, str]:
    return {name: colour or other for name, colour, other in _TOKEN.findall(block)}


def _plain(colours: Mapping[str, str]) -> dict[str, str]:
    return {str(name): str(value) for name, value in colours.items()}


def _followers(
    values: Mapping[str, str], given: Mapping[str, str], kept: Collection[str] | None = None
) -> dict[str, str]:
    """What follows the accent if that is ``given``, but for what is too, or is in ``kept``."""
    if "accent" not in given:
        return {}
    stay = given if kept is None else kept
    return {
        name: _mixed(given["accent"], values[other], share)
        for name, (share, other) in FOLLOWERS.items()
        if name not in stay and values.get(other, "").startswith("#")
    }


def _mixed(one: str, other: str, share: float) -> str:
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(first * share + second * (1 - share)):02x}" for first, second in pairs)


def _resolved(values: Mapping[str, str]) -> dict[str, str]:
    """Every colour as hex; a name that leads to none is left out."""
    found: dict[str, str] = {}
    for name, value in values.items():
        seen = {name}
        while not value.startswith("#") and value in values and value not in seen:
            seen.add(value)
            value = values[value]
        if value.startswith("#"):
            found[name] = value
    return found
