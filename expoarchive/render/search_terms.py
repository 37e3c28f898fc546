"""Texts as the search compares them, and the terms they are made of, as the theme's ``search/engine/fold.js`` does.

A reader's browser does it to questions; where the index is in pieces (``search_pieces``), the build does it to pages.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

# Scripts that set no spaces between words: Han, Hiragana, Katakana, Hangul.
_UNSPACED = (
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5々〆〇\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9"
    "\U00020000-\U000323af\u3041-\u3096\u309d-\u309fー\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\u32d0-\u32fe\u3300-\u3357"
    "\uff66-\uff6f\uff71-\uff9d\u1100-\u11ff\u302e\u302f\u3131-\u318e\u3200-\u321e\u3260-\u327e\ua960-\ua97c\uac00-\ud7a3"
    "\ud7b0-\ud7c6\ud7cb-\ud7fb\uffa0-\uffbe\uffc2-\uffc7\uffca-\uffcf\uffd2-\uffd7\uffda-\uffdc"
)
_NUMBER = r"(?<![0-9])(?<![0-9][.,])(?:[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)(?![0-9])"
_THOUSANDS = re.compile("[, ](?=[0-9]{3}(?![0-9]))")
_RUN = re.compile(f"[{_UNSPACED}]+")
_LETTER = r"[^\W\d_]"
_ACCENTS = re.compile("[\u0300-\u036f]")
# As many digits as a double has, as in JavaScript.
_DIGITS = 15


@cache
def _word() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] == "M")
    return re.compile(rf"(?:[^\W_]|[{re.escape(marks)}])+")


class _Fold(dict[int, str]):
    """What each character is compared as, worked out when it is first met."""

    def __init__(self, newer: Mapping[str, str]) -> None:
        super().__init__()
        self._newer = newer

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if code < 0x80:
            folded = sign.lower()
        elif 0x4E00 <= code <= 0x9FFF:
            folded = self._newer.get(sign, sign)
        elif sign == "，":
            folded = sign
        else:
            plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", sign).lower())
            folded = unicodedata.normalize("NFC", _ACCENTS.sub("", plain))
        self[code] = folded
        return folded


class Reading:
    """Reads texts by what an index knows of words: old characters each with its new one, scales of numbers."""

    def __init__(self, newer: Mapping[str, str], scales: Mapping[str, int]) -> None:
        self._fold = _Fold(newer)
        self._powers = {self.fold(word): power for word, power in scales.items()}
        names = sorted(self._powers, key=len, reverse=True)
        ends = (re.escape(name) + ("" if _RUN.search(name) else f"(?!{_LETTER})") for name in names)
        scale = "|".join(ends) or "(?!)"
        self._amount = re.compile(rf"({_NUMBER})((?: ?(?:{scale}))*)(?!\d)")
        self._scale = re.compile(scale)

    def fold(self, text: str) -> str:
        """Without width, case, accents and old characters."""
        return text.translate(self._fold)

    def terms(self, text: str) -> Counter[str]:
        """The terms of a text that is searched, and how often it has each."""
        folded = self.fold(text)
        found: Counter[str] = Counter()
        rest = list(self._numbers(folded, found))
        plain = "".join(rest)
        for run in _RUN.findall(plain):
            found.update(run)
            found.update(run[at : at + 2] for at in range(len(run) - 1))
        found.update(_word().findall(_RUN.sub(" ", plain)))
        return found

    def _numbers(self, text: str, found: Counter[str]) -> Iterator[str]:
        """Count the numbers of a folded text; the text with spaces in their stead."""
        done = 0
        for match in self._amount.finditer(text):
            number, scaled = match.groups()
            if _is_letter(text[match.end() : match.end() + 1]) or _is_letter(text[: match.start()][-1:]):
                continue
            plain = _THOUSANDS.sub("", number).replace(",", ".", 1)
            power = sum(self._powers[name] for name in self._scale.findall(scaled))
            found[_scaled(plain, power) if power else plain] += 1
            end = match.end()
            if power:
                found[plain] += 1
                end = match.start() + len(number)
            yield text[done : match.start()]
            yield " "
            done = end
        yield text[done:]


def _is_letter(sign: str) -> bool:
    """Whether it is a letter of a script with spaces."""
    return sign != "" and unicodedata.category(sign)[0] == "L" and not _RUN.match(sign)


def _scaled(plain: str, power: int) -> str:
    value = float(f"{float(plain) * 10.0**power:.{_DIGITS}g}")
    return str(int(value)) if value.is_integer() and value < 1e21 else repr(value)
