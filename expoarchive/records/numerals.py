"""Reads a value as a source prints it: 1,045亿元, 150.2 billion yuan, 第二十届, 6月10日至13日.

What a source prints is often rounded, and its number words are those of its language. A print agrees if the claim lies
within what it may stand for. Chinese, Japanese and Korean count in 10⁴ and 10⁸ (万, 亿; 만, 억), the others in
thousands (million, billion; Milliarde, miliardo, milliard are 10⁹).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from expoarchive.nodes.fields import PartialDate, Quantity
from expoarchive.records.statement import Qualifier

LANGUAGES = ("zh", "en", "ja", "ko", "de", "it", "fr")
# Traditional and Japanese forms of what is read here, as simplified ones.
_SIMPLE = str.maketrans("億萬餘兩點屆個幾從達過貳參", "亿万余两点届个几从达过二三")
_HANZI = "零〇一二两双三四五六七八九"
_DIGIT = dict(zip(_HANZI, (0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SMALL = {"十": 10, "百": 100, "千": 1000}
_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS = {name: 10 * n for n, name in enumerate(["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 3)}
_NTH = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "twentieth": 20}
_NTH |= {f"{name}th": n for n, name in enumerate(_WORDS) if f"{name}th" not in ("eightth", "fiveth", "nineth")}
_SCALES: dict[str, int] = {
    "万": 10**4,
    "만": 10**4,
    "亿": 10**8,
    "억": 10**8,
    "千": 10**3,
    "百": 10**2,
    "十": 10,
    "조": 10**12,
    "thousand": 10**3,
    "million": 10**6,
    "mln": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tausend": 10**3,
    "million(?:en)": 10**6,
    "mio": 10**6,
    "milliarden?": 10**9,
    "mrd": 10**9,
    "mila": 10**3,
    "milion[ei]": 10**6,
    "miliard[io]": 10**9,
    "mille": 10**3,
    "millions?": 10**6,
    "milliards?": 10**9,
    "hundred": 10**2,
    "dozen": 12,
}
# From the longest, so that none hides another that begins with it.
_SCALE = "|".join(rf"{name}(?![a-z])" if name.isascii() else name for name in sorted(_SCALES, key=len, reverse=True))
_NUMERAL = r"[0-9]+(?:[.,' ][0-9]{3}(?![0-9]))*(?:[.,][0-9]+)?"
_HAN = f"[{_HANZI}十百千]+(?:点[{_HANZI}]+)?"
_WORD = "|".join([*(rf"{tens}(?:[- ](?:{'|'.join(_WORDS[1:10])}))?" for tens in ("twenty", *_TENS)), *reversed(_WORDS)])
_MORE = "多|余"
_SPAN = r"\s*(?:-|–|—|~|～|至|到|to|and|bis|à|부터)\s*"
# A scale without a number is one of it: 超万亿元.
_ONE = rf"(?:{_NUMERAL}|{_HAN}|\b(?:{_WORD})\b|(?=[万亿]))"
_AMOUNT = re.compile(
    rf"(?P<low>{_ONE})(?:{_SPAN}(?P<high>{_ONE}))?(?P<more>\s*(?:{_MORE}|여))?"
    rf"(?P<scale>(?:\s*(?:{_SCALE})(?:{_MORE}|여)?)*)",
    re.IGNORECASE,
)
_SCALE_AT = re.compile(rf"(?P<scale>{_SCALE})(?P<more>{_MORE}|여)?", re.IGNORECASE)
_QUALIFIERS: dict[Qualifier, str] = {
    "nearly": r"近|将近|接近|弱|未[满満]|근|\b(?:nearly|almost|close to|fast|knapp|quasi|presque)\b",
    # 签约, 履约, 契約, 成約 and the like are contracts.
    "about": r"(?<![签簽履合契特预予成条條])[约約]|大[约約]|左右|上下|およそ|前後|程度|ほど|[くぐ]らい|약"
    r"|\b(?:about|around|some|roughly|approximately|rund|etwa|circa|environ)\b",
    "over": r"超|逾|突破|以上|多|余|あまり|余り|여|이상|넘|\+|\bexceed"
    r"|\b(?:over|more than|at least|über|mehr als|oltre|plus de)\b",
}
# What a word of a unit makes of a number: the base unit it leads to, and the factor.
_UNITS: tuple[tuple[str, str, Decimal], ...] = (
    (r"美元|美金|US\$|USD|\$|U\.?S\.? dollars?|dollars?|US-Dollar|달러|ドル|dollari", "USD", Decimal(1)),
    (r"(?:di |de )?(?:元|人民币|RMB|CNY|yuan|renminbi|위안)", "CNY", Decimal(1)),
    (r"平方米|平米|m2|m²|㎡|square met(?:er|re)s?|sq ?m|평방미터|平方メートル|Quadratmeter", "m2", Decimal(1)),
    (r"公里|千米|km|kilomet(?:er|re)s?", "km", Decimal(1)),
    (r"成", "percent", Decimal(10)),
    (r"%|％|per ?cent|个百分点|Prozent|per cento", "percent", Decimal(1)),
    (r"(?<![a-z])P(?![a-z])|PFLOPS|petaflops", "FLOPS", Decimal(10**15)),
)
_MONTHS = (
    ("jan", "gen", "janv"), ("feb", "févr"), ("mar", "mär", "mars"), ("apr", "avr"), ("may", "mai", "mag"),
    ("jun", "giu", "juin"), ("jul", "lug", "juil"), ("aug", "ago", "août"), ("sep", "set"), ("oct", "okt", "ott"),
    ("nov",), ("dec", "dez", "dic", "déc"),
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH_NAME = rf"(?P<name>(?:{'|'.join(sorted(_MONTH, key=len, reverse=True))})[a-zûéä]*)\.?"
_NTH_END = r"(?:st|nd|rd|th|\.)?"
_TO = r"(?:-|–|—|to|and|bis(?: zum)?)"
_DAYS = rf"(?:the )?(?P<day>[0-9]{{1,2}}){_NTH_END}(?:\s*{_TO}\s*(?P<last>[0-9]{{1,2}}){_NTH_END})?"
# The month before its days, and after them.
_WESTERN = tuple(
    re.compile(rf"{order}(?:,?\s*(?P<year>[0-9]{{4}}))?", re.IGNORECASE)
    for order in (
        rf"{_MONTH_NAME}\s*{_DAYS}(?![0-9])",
        rf"{_DAYS}\s*(?:of\s+)?{_MONTH_NAME}",
        rf"{_MONTH_NAME}(?P<day>)(?P<last>)",
    )
)
_EASTERN = re.compile(
    r"(?:(?P<year>[0-9]{4})\s*(?:年|년))?\s*(?:(?P<month>[0-9]{1,2})\s*(?:月|월))?\s*(?:(?P<day>[0-9]{1,2})\s*(?:日|号|일)?)?"
)
# A day by its number alone: the 13th.
_NTH_DAY = re.compile(r"\bthe (?P<day>[0-9]{1,2})(?:st|nd|rd|th)\b")
_ISO = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2}))?")
_NUMBERED = re.compile(
    rf"(?:第|제)\s*(?P<number>[0-9]+|{_HAN})|(?P<number2>[0-9]+)\s*(?:st|nd|rd|th|届|회|차|回|ª|º|°|esim[ao]|e|er|re|ème)\b"
    rf"|(?P<number3>[0-9]+)\s*(?:届|회|차|回)|(?P<number4>[0-9]+)\.(?=\s|$)"
    rf"|\b(?P<tens>{'|'.join(_TENS)}|twenty)?[- ]?(?P<word>{'|'.join(sorted(_NTH, key=len, reverse=True))})\b",
    re.IGNORECASE,
)


_PERCENT = re.compile(rf"百分之({_HAN}|{_NUMERAL})")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as printed. ``step`` is the weight of its last digit; ``base`` its unit, empty where none is printed."""

    low: Decimal
    high: Decimal
    step: Decimal
    qualifier: Qualifier
    base: str = ""

    def agrees(self, value: Quantity, factor: Decimal, base: str, *, loose: bool = False) -> bool:
        """Whether the claim's value, in units of ``factor`` times ``base``, is one that the print may stand for.

        A ``loose`` claim, one of about so many, may itself be rounded.
        """
        if self.base not in ("", base):
            return False
        factors = {factor} if self.base == base else {factor, Decimal(1)}
        return any(
            self._may_be(self.low, value.low * each, loose) and self._may_be(self.high, value.high * each, loose)
            for each in factors
        )

    def _may_be(self, printed: Decimal, value: Decimal, loose: bool) -> bool:
        """Whether ``value`` is rounded to ``printed``. Two numbers as exact as each other must be the same."""
        if loose and printed % 1 and not value % 1:
            return abs(printed - value) * 2 <= 1
        return abs(printed - value) * 2 <= self.step if value % self.step else printed == value


@dataclass(frozen=True, slots=True)
class Day:
    """A date as printed, as far as it is."""

    year: int | None
    month: int | None
    day: int | None

    def __str__(self) -> str:
        parts = ("????" if self.year is None else f"{self.year}", self.month, self.day)
        return "-".join(part if isinstance(part, str) else f"{part:02}" if part else "??" for part in parts)

    def agrees(self, date: PartialDate) -> bool:
        """Whether a claim's date is this one, in what both have; a day needs a day."""
        pairs = ((self.year, date.year), (self.month, date.month), (self.day, date.day))
        finest = self.day if date.day else self.month if date.month else self.year
        return finest is not None and all(mine == other for mine, other in pairs if mine is not None and other)


def simple(text: str) -> str:
    """The text in plain widths and simplified numerals."""
    plain = unicodedata.normalize("NFKC", text).translate(_SIMPLE)
    # 百分之九十八 says per cent before the number.
    return _PERCENT.sub(r"\1%", plain)


def amounts(printed: str, language: str) -> tuple[Amount, ...]:
    """The amounts in a print, in order."""
    text = simple(printed)
    found: list[Amount] = []
    end = -1
    for match in _AMOUNT.finditer(text):
        scale, more = Decimal(1), bool(match["more"])
        for one in _SCALE_AT.finditer(match["scale"]):
            scale *= _scale(one["scale"])
            more = more or bool(one["more"])
        low, step = _number(match["low"], language)
        high, high_step = _number(match["high"], language) if match["high"] else (low, step)
        qualifier = _qualifier(text, match, more)
        base, factor = _unit(text, match)
        scale *= factor
        amount = Amount(low * scale, high * scale, min(step, high_step) * scale, qualifier, base)
        # 234億9000万: one number in two scales.
        if match.start() == end and amount.high < found[-1].step:
            before = found.pop()
            first = before.qualifier if before.qualifier != "exact" else qualifier
            amount = Amount(before.low + amount.low, before.high + amount.high, amount.step, first, base)
        found.append(amount)
        end = match.end() if match["scale"] else -1
    return tuple(found)


def days(printed: str) -> tuple[Day, ...]:
    """The dates in a print, in order; the last day of a span takes the month and year of the first."""
    text = simple(printed)
    numbered = (Day(None, None, int(match["day"])) for match in _NTH_DAY.finditer(text))
    return tuple(dict.fromkeys([*_iso(text), *_eastern(text), *_western(text), *numbered]))


def ordinals(printed: str) -> tuple[int, ...]:
    """The ordinal numbers in a print: 第二十届, 22nd, 제17차."""
    found = []
    for match in _NUMBERED.finditer(simple(printed)):
        if word := match["word"]:
            tens = (match["tens"] or "").lower()
            found.append(_TENS.get(tens, 20 if tens else 0) + _NTH[word.lower()])
            continue
        digits = match["number"] or match["number2"] or match["number3"] or match["number4"]
        found.append(int(digits) if digits.isdecimal() else int(_chinese(digits)))
    return tuple(found)


def _iso(text: str) -> Iterator[Day]:
    for match in _ISO.finditer(text):
        yield Day(int(match["year"]), int(match["month"]), int(match["day"]) if match["day"] else None)


def _eastern(text: str) -> Iterator[Day]:
    year = month = None
    for match in _EASTERN.finditer(text):
        if not re.search(r"[年月日号년월일]", match.group()) and not (month and match["day"]):
            continue
        year = int(match["year"]) if match["year"] else year
        month = int(match["month"]) if match["month"] else (None if match["year"] else month)
        yield Day(year, month, int(match["day"]) if match["day"] else None)


def _western(text: str) -> Iterator[Day]:
    at = 0
    while matches := [match for order in _WESTERN if (match := order.search(text, at))]:
        # The reading that begins first, of these the longest.
        match = min(matches, key=lambda one: (one.start(), -one.end()))
        at = match.end()
        name = match["name"].lower()
        month = next(_MONTH[start] for start in sorted(_MONTH, key=len, reverse=True) if name.startswith(start))
        year = int(match["year"]) if match["year"] else None
        for day in (match["day"], match["last"]):
            if day:
                yield Day(year, month, int(day))
        if not match["day"]:
            yield Day(year, month, None)


def _number(text: str, language: str) -> tuple[Decimal, Decimal]:
    """A numeral and the weight of its last digit. Whether a comma parts thousands or decimals, the language says."""
    if not text:
        return Decimal(1), Decimal(1)
    if text[0] in _DIGIT or text[0] in _SMALL:
        whole, _, decimals = text.partition("点")
        number = _chinese(whole) + sum(Decimal(_DIGIT[char]).scaleb(-n) for n, char in enumerate(decimals, 1))
        return number, Decimal(1).scaleb(-len(decimals))
    if not text[0].isdigit():
        words = re.split("[- ]", text.lower())
        return Decimal(sum(_TENS[word] if word in _TENS else _WORDS.index(word) for word in words)), Decimal(1)
    point, groups = (",", ".") if language in ("de", "it", "fr") else (".", ",")
    if not re.fullmatch(rf"[0-9 ']+|[0-9]+(?:[{groups}' ][0-9]{{3}})*(?:[{point}][0-9]+)?", text):
        point, groups = groups, point
    plain = text.replace(" ", "").replace("'", "").replace(groups, "").replace(point, ".")
    number = Decimal(plain)
    exponent = number.as_tuple().exponent
    return number, Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _chinese(text: str) -> Decimal:
    """A Chinese numeral below ten thousand: 三百二十, 十二, 二〇二二."""
    if not any(char in _SMALL for char in text):
        return Decimal("".join(str(_DIGIT[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in _SMALL:
            total += (1 if digit is None else digit) * _SMALL[char]
            digit = None
        else:
            digit = _DIGIT[char]
    return Decimal(total + (digit or 0))


def _scale(text: str) -> int:
    return next(factor for name, factor in _SCALES.items() if re.fullmatch(name, text, re.IGNORECASE))


def _qualifier(text: str, match: re.Match[str], more: bool) -> Qualifier:
    """What stands directly before or after the number."""
    if more:
        return "over"
    before, after = text[max(0, match.start() - 14) : match.start()], text[match.end() : match.end() + 8]
    found: list[tuple[int, Qualifier]] = []
    for qualifier, pattern in _QUALIFIERS.items():
        last = max((one.end() for one in re.finditer(pattern, before, re.IGNORECASE)), default=-1)
        if last >= 0 and not re.search(r"[0-9，。,;；]", before[last:]):
            found.append((len(before) - last, qualifier))
        if one := re.match(rf"\s*\w{{0,3}}?(?:{pattern})", after, re.IGNORECASE):
            found.append((one.end(), qualifier))
    return min(found, default=(0, "exact"))[1]


def _unit(text: str, match: re.Match[str]) -> tuple[str, Decimal]:
    after, before = text[match.end() :].lstrip(), text[: match.start()].rstrip()
    for pattern, base, factor in _UNITS:
        if re.match(rf"(?:{pattern})", after, re.IGNORECASE) or re.search(rf"(?:{pattern})$", before, re.IGNORECASE):
            return base, factor
    return "", Decimal(1)
