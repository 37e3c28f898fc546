"""What a cell holds: how a value of a record is shown in it, and how what somebody typed becomes one.

A value is as YAML has it, in texts, lists and dicts. Cells come from offices: digits may be full-width, dates written
in the way of the country, ids replaced by names, lists separated by any sign.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from expoarchive.nodes.edit import Plain
from expoarchive.nodes.fields import PartialDate, is_id
from expoarchive.problem import nearest
from expoarchive.records.listed import without_suffix

BETWEEN = "; "
_SIGNS = re.compile(r"[;；,，、\n]+")
# The parts of a citation: its source, the place in it, what it prints.
_WITHIN = re.compile(r"\s*[|｜]\s*")
_PARTS = ("source", "locator", "printed")
# The day that a spreadsheet's number 0 stands for; numbers in this range are days of our times.
_FIRST_DAY = date(1899, 12, 30)
_DAYS = range(10_000, 80_000)


class CellFault(ValueError):
    """What is wrong with a cell: a kind of problem, its details, and the nearest valid name."""

    def __init__(self, kind: str, near: str | None = None, /, **details: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.near = near
        self.details = details


@dataclass(frozen=True, slots=True)
class Names:
    """What references can name: the ids of each target, and its names in any language that belong to one id alone.

    ``about`` has what messages say of a target: what it is called, and the files that list its ids.
    """

    ids: Mapping[str, Collection[str]]
    by_name: Mapping[str, Mapping[str, str]]
    about: Mapping[str, Mapping[str, str]]

    def find(self, target: str, text: str) -> str | None:
        """The id that a text is, or is the name of."""
        if text in self.ids.get(target, ()):
            return text
        names = self.by_name.get(target, {})
        return names.get(text.casefold()) or (names.get(without_suffix(text).casefold()) if target == "place" else None)

    def need(self, target: str, text: str) -> str:
        """The same; a fault with the nearest id where there is none."""
        found = self.find(target, text)
        if found is None:
            ids, names = self.ids.get(target, ()), self.by_name.get(target, {})
            close = nearest(text, [*ids, *names]) or ""
            near = (close if close in ids else names.get(close)) or None
            raise CellFault("unknown-id", near, name=text, **self.about.get(target, {"sort": target, "file": ""}))
        return found


@dataclass(frozen=True, slots=True)
class Form:
    """``shown`` gives the text of a cell; ``read`` the value of one that is not empty, given the value it had."""

    name: str
    shown: Callable[[Plain], str]
    read: Callable[[str, Plain | None, Names], Plain]


def is_number(form: Form) -> bool:
    """Whether cells of this form are numbers to a spreadsheet."""
    return form.name in ("number", "whole")


def _as_it_is(value: Plain) -> str:
    return value if isinstance(value, str) else ""


def narrow(text: str) -> str:
    """Full-width digits, letters and signs as ASCII, without spaces around them."""
    return unicodedata.normalize("NFKC", text).strip()


def _typed(text: str, old: Plain | None, names: Names) -> Plain:
    return text


def number_in(text: str) -> str:
    """A number as records write it. A comma is one of thousands where three digits follow it, else a decimal one."""
    compact = re.sub(r"[\s']", "", narrow(text)).replace("−", "-")
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", compact):
        compact = compact.replace(",", "")
    elif re.fullmatch(r"-?[0-9]+,[0-9]+", compact):
        compact = compact.replace(",", ".")
    try:
        if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?(e[+-]?[0-9]+)?", compact, re.IGNORECASE):
            raise CellFault("not-a-number", found=text)
        value = Decimal(compact)
    except InvalidOperation:
        raise CellFault("not-a-number", found=text) from None
    plain = f"{value.normalize():f}"
    return "0" if plain == "-0" else plain


def _number(text: str, old: Plain | None, names: Names) -> Plain:
    return number_in(text)


def _whole(text: str, old: Plain | None, names: Names) -> Plain:
    number = number_in(re.sub(r"^第|[届年家次]$", "", narrow(text)))
    if not re.fullmatch(r"[0-9]{1,9}", number):
        raise CellFault("not-a-whole-number", found=text)
    return number


def date_in(text: str) -> str:
    """A date as records write it: 2022/7/22, 2022年7月, 22.07.2022 and a spreadsheet's own number of the day, too."""
    compact = re.sub(r"\s+(0?0:00(:00)?(\.0+)?)$", "", narrow(text))
    if re.fullmatch(r"[0-9]{5}(\.0+)?", compact) and int(float(compact)) in _DAYS:
        return (_FIRST_DAY + timedelta(days=int(float(compact)))).isoformat()
    parts = _parts_of_date(compact)
    written = "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]) if parts else compact
    try:
        return str(PartialDate.parse(written))
    except ValueError:
        raise CellFault("not-a-date", found=text) from None


def _parts_of_date(text: str) -> list[int]:
    """Year, month and day as far as the text has them; none where it could be read in two ways."""
    if match := re.fullmatch(
        r"([0-9]{4})(?:\s*[-/.年]\s*([0-9]{1,2}))?(?:\s*[-/.月]\s*([0-9]{1,2}))?\s*[年月日]?", text
    ):
        return [int(part) for part in match.groups() if part]
    if match := re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text):
        return [int(part) for part in match.groups()]
    if match := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", text):
        one, other, year = (int(part) for part in match.groups())
        if one > 12 or "." in text or one == other:
            return [year, other, one]
        if other > 12:
            return [year, one, other]
    return []


def _date(text: str, old: Plain | None, names: Names) -> Plain:
    return date_in(text)


_MOMENTS = {"before": "before", "after": "after", "前": "before", "后": "after"}


def _moment_shown(value: Plain) -> str:
    if isinstance(value, dict):
        return next((part if name == "date" else f"{name} {part}" for name, part in value.items()), "")
    return _as_it_is(value)


def _moment(text: str, old: Plain | None, names: Names) -> Plain:
    match = re.fullmatch(r"(before|after)?\s*([0-9]{4})\s*[届年]?\s*([前后])?", narrow(text).casefold())
    word = (match[1] or match[3]) if match else None
    if match and word:
        return {_MOMENTS[word]: match[2]}
    return date_in(text)


_YES = ("true", "yes", "是", "真", "1", "oui", "√", "y")
_NO = ("false", "no", "否", "假", "0", "non", "×", "n")


def _flag(text: str, old: Plain | None, names: Names) -> Plain:
    word = narrow(text).casefold()
    if word not in (*_YES, *_NO):
        raise CellFault("not-true-or-false", found=text)
    return "true" if word in _YES else "false"


def _id(text: str, old: Plain | None, names: Names) -> Plain:
    if not is_id(narrow(text)):
        raise CellFault("not-an-id", found=text, name=text)
    return narrow(text)


def _address(text: str, old: Plain | None, names: Names) -> Plain:
    if not re.match(r"https?://", text):
        raise CellFault("not-an-address", found=text)
    return text


def choice(choices: Collection[str], words: Mapping[str, str]) -> Form:
    """One of a few values; ``words`` has them by what editors call them."""

    def read(text: str, old: Plain | None, names: Names) -> Plain:
        found = narrow(text).casefold().replace(" ", "_")
        for name in (found, found.replace("_", "-"), words.get(text.casefold(), "")):
            if name in choices:
                return name
        raise CellFault("not-one-of", nearest(found, choices), found=text, choices=", ".join(choices))

    return Form("choice", _as_it_is, read)


def reference(target: str) -> Form:
    """An id, or the name of what it names."""

    def read(text: str, old: Plain | None, names: Names) -> Plain:
        return _referred(target, text, names)

    return Form("reference", _as_it_is, read)


def _referred(target: str, text: str, names: Names) -> str:
    if target == "term":
        sort, colon, term = text.partition(":")
        if not colon or sort not in names.ids:
            raise CellFault("not-a-term", found=text, choices=", ".join(names.ids))
        return f"{sort}:{names.need(sort, term)}"
    return names.need(target, text.strip())


def id_or_words(target: str) -> Form:
    """An id, or words of a source's own; the name of something recorded becomes its id."""

    def read(text: str, old: Plain | None, names: Names) -> Plain:
        return names.need(target, text) if is_id(text) else names.find(target, text) or text

    return Form("words", _as_it_is, read)


def several(one: Form) -> Form:
    """A list, with signs between its items; a single one may stand in the record without brackets."""

    def shown(value: Plain) -> str:
        return BETWEEN.join(one.shown(item) for item in (value if isinstance(value, list) else [value]))

    def read(text: str, old: Plain | None, names: Names) -> Plain:
        items = [item.strip() for item in _SIGNS.split(text) if item.strip()]
        values = [one.read(item, None, names) for item in items]
        return values[0] if len(values) == 1 and isinstance(old, str) else values

    return Form("several", shown, read)


def _citations_shown(value: Plain) -> str:
    return "\n".join(map(_citation_shown, value if isinstance(value, list) else [value]))


def _citation_shown(value: Plain) -> str:
    if isinstance(value, str):
        return value
    parts = [" ".join(value.get(part, "").split()) for part in _PARTS]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _citations(text: str, old: Plain | None, names: Names) -> Plain:
    """A line for each source; ids alone may also stand on one line."""
    whole = "|" in text or "｜" in text
    lines = [line.strip() for line in (text.split("\n") if whole else _SIGNS.split(text)) if line.strip()]
    before = [
        {"source": one} if isinstance(one, str) else one for one in (old if isinstance(old, list) else [old or {}])
    ]
    values = [_citation(line, before, names) for line in lines]
    return values[0] if len(values) == 1 and isinstance(old, str) and isinstance(values[0], str) else values


def _citation(line: str, before: list[dict[str, Plain]], names: Names) -> Plain:
    """One of them. What a cell does not show of a citation stays with its source: taken from those of ``before``."""
    parts = dict(zip(_PARTS, _WITHIN.split(line, maxsplit=2), strict=False))
    source = names.need("source", parts["source"].strip())
    same = [one for one in before if one.get("source") == source]
    kept = next((one for one in same if _citation_shown(one) == line), None) or next(iter(same), {})
    if kept:
        before.remove(kept)
    unseen = {name: part for name, part in kept.items() if name not in _PARTS}
    citation = {**{name: part for name, part in parts.items() if part}, "source": source, **unseen}
    return source if [*citation] == ["source"] else citation


TEXT = Form("text", _as_it_is, _typed)
NUMBER = Form("number", _as_it_is, _number)
WHOLE = Form("whole", _as_it_is, _whole)
DATE = Form("date", _as_it_is, _date)
MOMENT = Form("moment", _moment_shown, _moment)
FLAG = Form("flag", _as_it_is, _flag)
ID = Form("id", _as_it_is, _id)
ADDRESS = Form("address", _as_it_is, _address)
CITATIONS = Form("citations", _citations_shown, _citations)
