"""Whether text in a site's own colours can be read: the contrast of each pair that the styles put together.

Measured as WCAG 2 does, between relative luminances. Only what the configuration sets is judged; the rest of each pair
is what the style sheets' tokens say.
"""

import colorsys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor

from expoarchive.config import CONFIG_FILE, Config
from expoarchive.nodes.model import PlacedStr
from expoarchive.problem import WARNING, Place, Problem
from expoarchive.render.palette import Palette

# The least that text of ordinary size needs.
LEAST = 4.5
_GROUNDS = ("paper", "raised", "sunk")
# Custom properties of text, and those of the grounds that it stands on.
TEXT_ON: Mapping[str, tuple[str, ...]] = {
    "ink": (*_GROUNDS, "lake-pale", "warn-pale"),
    "ink-soft": (*_GROUNDS, "lake-pale", "warn-pale"),
    "accent": _GROUNDS,
    "accent-strong": _GROUNDS,
    "lake": _GROUNDS,
    "warn": (*_GROUNDS, "warn-pale"),
}
# Steps of lightness that are tried on the way from a colour to one that can be read.
_STEPS = 256


@dataclass(frozen=True, slots=True)
class _Pair:
    """A text and the ground where it can be read least."""

    text: str
    ground: str
    ratio: float


def check_contrast(palette: Palette, config: Config) -> list[Problem]:
    """Warn of ``contrast-low`` once for each configured colour of text that some ground leaves too faint.

    Each is told with its ratio and the nearest colour of its hue that would do. A ground of which several texts are too
    faint is told by the first of them.
    """
    colours = config.identity.colours
    if colours is None:
        return []
    schemes = (("light", colours.light, palette.light), ("dark", colours.dark, palette.dark))
    return [problem for scheme, given, values in schemes for problem in _scheme_problems(scheme, given, values)]


def _scheme_problems(scheme: str, given: Mapping[str, str], values: Mapping[str, str]) -> Iterator[Problem]:
    places = {str(name): name.place for name in given if isinstance(name, PlacedStr)}
    for pair in _faint(values, set(map(str, given))):
        details = {
            "scheme": scheme,
            "text": pair.text,
            "found": values[pair.text],
            "ground": pair.ground,
            "behind": values[pair.ground],
            "ratio": f"{floor(pair.ratio * 100) / 100:.2f}",
            "least": str(LEAST),
            "wanted": passing(values[pair.text], [values[ground] for ground in TEXT_ON[pair.text] if ground in values]),
        }
        place = places.get(pair.text) or places.get(pair.ground) or Place(CONFIG_FILE)
        yield Problem("contrast-low", place, details, severity=WARNING)


def _faint(values: Mapping[str, str], given: set[str]) -> Iterator[_Pair]:
    for text, grounds in TEXT_ON.items():
        pairs = [
            _Pair(text, ground, contrast(values[text], values[ground]))
            for ground in grounds
            if text in values and ground in values and given & {text, ground}
        ]
        worst = min(pairs, key=lambda pair: pair.ratio, default=None)
        if worst is not None and worst.ratio < LEAST:
            yield worst


def contrast(one: str, other: str) -> float:
    """The ratio of two hex colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def passing(text: str, grounds: list[str]) -> str:
    """The colour nearest in lightness to ``text``, of its hue, that can be read on all of these; itself if it can."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(text))
    tried = sorted((step / _STEPS for step in range(_STEPS + 1)), key=lambda value: abs(value - lightness))
    for value in (lightness, *tried):
        colour = "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, value, saturation))
        if all(contrast(colour, ground) >= LEAST for ground in grounds):
            return colour
    # On grounds of every lightness nothing can be read.
    return "—"


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
