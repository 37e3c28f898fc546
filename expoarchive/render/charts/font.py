"""The fonts of all pictures: their characters, and how wide text is in them. See tools/subset_font.py."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILY = "Archive Sans"
FOLDER = Path(__file__).parent / "font"
# The first has what most pictures need; the second, three times its size, is opened for a character that it lacks.
FILES = (FOLDER / "ArchiveSans-Regular.otf", FOLDER / "ArchiveSansMore-Regular.otf")
# Stands for a character that no font has: the sign for a missing type in Chinese and Japanese print.
REPLACEMENT = "〓"

# Pages send no font, so a reader may see another one. Ideographs are one em wide in all of them; Latin letters are up
# to a fifth wider in the widest common ones (DejaVu Sans, Verdana) than in ours.
_SLACK = 1.2
# No line starts with a closing mark or ends with an opening one.
_CLOSING = "，。、；：！？）】》〉」』”’…%,.;:!?)"
_OPENING = "（【《〈「『“‘("


@cache
def _advances(file: Path) -> dict[str, float]:
    """The advance of each character that a font has, in ems."""
    with TTFont(str(file), lazy=True) as font:
        # Glyphs are only told apart here: to know them by the font's own names, all its outlines would be read.
        font.setGlyphOrder(list(map(str, range(font["maxp"].numGlyphs))))
        metrics = font["hmtx"].metrics
        em = font["head"].unitsPerEm
        return {chr(point): metrics[glyph][0] / em for point, glyph in font.getBestCmap().items()}


@cache
def file_of(character: str) -> Path | None:
    """The first font that has a character; None where none has."""
    return next((file for file in FILES if character in _advances(file)), None)


def missing_glyphs(text: str) -> set[str]:
    """The characters of ``text`` that no font can draw."""
    return {character for character in set(text) if file_of(character) is None}


def listed(characters: str) -> str:
    """Characters with their codes, for a message."""
    return " ".join(f"{one} (U+{ord(one):04X})" for one in characters)


def drawable(text: str) -> str:
    """``text`` with the replacement for each character that no font has; empty where most of its letters are such."""
    missing = missing_glyphs(text)
    letters = [character for character in text if character.isalpha()]
    if missing and 2 * sum(letter in missing for letter in letters) > len(letters):
        return ""
    return "".join(REPLACEMENT if character in missing else character for character in text)


def advance(character: str) -> float:
    """How far a character moves the pen, in ems; one that no font has moves it by one."""
    file = file_of(character)
    return _advances(file)[character] if file else 1.0


def measure(text: str, size: float) -> float:
    """The width of ``text`` in pixels; a character that no font has counts as one em."""
    return sum(map(advance, text)) * size


def room(text: str, size: float) -> float:
    """The width in pixels that ``text`` needs in any sans-serif font a reader may have."""
    return sum(advance(character) * (1 if _is_wide(character) else _SLACK) for character in text) * size


def wrap(text: str, size: float, width: float) -> list[str]:
    """``text`` in lines that fit into ``width`` pixels.

    Lines break at spaces, after slashes, and between ideographs, though not before closing or after opening marks. A
    word is broken only if it is too long for a line.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if room((line + piece).rstrip(), size) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        start = 0
        while (end := _fitting(line, start, size, width)) < len(line.rstrip()):
            lines.append(line[start:end])
            start = end
        line = line[start:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _fitting(line: str, start: int, size: float, width: float) -> int:
    """The end of the longest part of ``line`` from ``start`` that fits into ``width``; one character always does."""
    taken = 0.0
    for end in range(start, len(line)):
        taken += room(line[end], size)
        if taken > width:
            return max(end, start + 1)
    return len(line)


def _pieces(text: str) -> list[str]:
    """The parts between which a line may break: words with the space after them, ideographs with their punctuation."""
    pieces: list[str] = []
    for token in re.findall(r"\s+|[^\s/]+/*|/+", text):
        for part in _split_wide(token):
            if pieces and (part.isspace() or part[0] in _CLOSING or pieces[-1][-1] in _OPENING):
                pieces[-1] += part
            else:
                pieces.append(part)
    return pieces


def _split_wide(token: str) -> list[str]:
    parts: list[str] = []
    for character in token:
        if parts and not _is_wide(character) and not _is_wide(parts[-1][-1]):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
