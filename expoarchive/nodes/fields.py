"""The types of single values in records: text in, a checked value out, the same on every machine.

Validators raise ``PydanticCustomError``, whose type is the kind of the problem.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from expoarchive.nodes.host import parts_of
from expoarchive.nodes.model import PlacedStr
from expoarchive.problem import Place, nearest

JsonSchema = dict[str, Any]
T = TypeVar("T")


def fault(kind: str, **details: Any) -> PydanticCustomError:
    """The error that becomes a problem of this kind."""
    return PydanticCustomError(kind, kind, details)


def must(fit: Callable[[str], object], kind: str) -> AfterValidator:
    """Marks a text that ``fit`` has to accept; one that it does not is a problem of this kind."""

    def check(text: str) -> str:
        if not fit(text):
            raise fault(kind)
        return text

    return AfterValidator(check)


def text_that(fit: Callable[[str], object], kind: str) -> PlainValidator:
    """Marks a value that has to be a text which ``fit`` accepts; anything else is a problem of this kind."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not fit(value):
            raise fault(kind)
        return str(value)

    return PlainValidator(read)


def one_or_many(value: Any) -> Any:
    """The short form of a list: a single item may stand without its brackets."""
    return value if isinstance(value, list) or value is None else [value]


def _each_once(values: Any) -> Any:
    """No text may be in a list twice."""
    seen = set()
    for value in values if isinstance(values, list) else ():
        if isinstance(value, PlacedStr):
            if value in seen:
                raise fault("item-twice", item=str(value), place=value.place)
            seen.add(value)
    return values


# What is in the list as it is written; of numbers, some may be the same.
Listed = Annotated[tuple[T, ...], BeforeValidator(one_or_many)]
Many = Annotated[tuple[T, ...], BeforeValidator(_each_once), BeforeValidator(one_or_many)]


def _text(value: Any, kind: str) -> str:
    if not isinstance(value, str):
        raise fault(kind)
    return value


_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
# A longer number is a slip of the keyboard, and neither a chart nor a sum could hold it exactly.
_MOST_DIGITS = 18


def number_of(text: str) -> Decimal:
    """The number that a text writes in the way of records. Raises the ``fault``, a ValueError, if it writes none."""
    if not _NUMBER.fullmatch(text):
        raise fault("not-a-number")
    if sum(char.isdigit() for char in text) > _MOST_DIGITS:
        raise fault("number-too-long", limit=_MOST_DIGITS)
    return Decimal(text)


def _number(value: Any) -> Decimal:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value)
    return number_of(_text(value, "not-a-number"))


def _whole(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not re.fullmatch(r"0|[1-9][0-9]{0,8}", _text(value, "not-a-whole-number")):
        raise fault("not-a-whole-number")
    return int(value)


def _year(value: Any) -> int:
    year = _whole(value)
    if not 1000 <= year <= 9999:
        raise fault("not-a-year")
    return year


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise fault("not-true-or-false")
    return bool(value == "true")


_A_NUMBER: JsonSchema = {"type": "number"}
# An integer here, because every other reader of YAML takes a year for a number.
_A_YEAR: JsonSchema = {"type": "integer", "minimum": 1000, "maximum": 9999}
Number = Annotated[Decimal, PlainValidator(_number), WithJsonSchema(_A_NUMBER)]
Whole = Annotated[int, PlainValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Year = Annotated[int, PlainValidator(_year), WithJsonSchema(_A_YEAR)]
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]


def _words(value: Any) -> str:
    if not _text(value, "not-text").strip():
        raise fault("empty-value")
    return str(value)


def _languages(info: ValidationInfo) -> tuple[str, ...]:
    """The site's languages; empty if its configuration has a fault."""
    return tuple((info.context or {}).get("languages", ()))


def _complete(info: ValidationInfo) -> tuple[str, ...]:
    """Those of the site's languages that no text may lack."""
    return tuple((info.context or {}).get("complete", ()))


def _site_language(value: Any, info: ValidationInfo) -> str:
    languages = _languages(info)
    text = _text(value, "not-a-language-tag")
    if languages and text not in languages:
        close = nearest(text, languages) or ""
        raise fault("unknown-language", name=text, languages=", ".join(languages), nearest=close)
    return text


def _placed_words(value: Any) -> PlacedStr:
    return PlacedStr(_words(value), getattr(value, "place", Place("")))


# The form of a BCP 47 tag: zh, zh-Hans, en-GB.
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
A_TAG = WithJsonSchema({"type": "string", "pattern": f"^{TAG.pattern}$"})
# Words in no particular language, but not none.
Text = Annotated[str, PlainValidator(_words), WithJsonSchema({"type": "string", "minLength": 1})]
# The same with its place, for checks that come after the reading.
PlacedText = Annotated[str, PlainValidator(_placed_words), WithJsonSchema({"type": "string", "minLength": 1})]
Tag = Annotated[str, text_that(TAG.fullmatch, "not-a-language-tag"), A_TAG]
# The id of one of the site's languages.
SiteLanguage = Annotated[str, PlainValidator(_site_language), WithJsonSchema({"type": "string"})]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 80
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def is_id(text: str) -> bool:
    """Whether a text can be an id, which is part of addresses and of file names on every system."""
    return SLUG.fullmatch(text) is not None and len(text) <= LONGEST_ID and not is_device(text)


def is_device(name: str) -> bool:
    """Whether Windows reserves a name for a device, with any ending: no file or folder can have it there."""
    return _DEVICE.fullmatch(name) is not None


def _slug(value: Any) -> str:
    if not is_id(_text(value, "not-an-id")):
        raise fault("not-an-id")
    return value  # type: ignore[no-any-return]  # with its place


# The schema of an id, which becomes part of addresses: lower-case ASCII letters, digits and single hyphens.
ID: JsonSchema = {"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": LONGEST_ID}
Slug = Annotated[str, PlainValidator(_slug), WithJsonSchema(ID)]


class Ref(PlacedStr):
    """The id of something recorded elsewhere, with its place; ``target`` is the sort of thing it names."""

    target: str

    def __new__(cls, text: str, place: Place, target: str) -> Self:
        ref = super().__new__(cls, text, place)
        ref.target = target
        return ref

    def __getnewargs__(self) -> tuple[Any, ...]:
        return str(self), self.place, self.target

    @classmethod
    def at(cls, value: str, text: str, target: str) -> Self:
        """A reference at the place of ``value``, of which ``text`` is the whole or a part."""
        return cls(text, value.place if isinstance(value, PlacedStr) else Place(""), target)


@dataclass(frozen=True)
class RefTo:
    """Marks a field as the id of a ``target``: "source", "measure", "place", "industry", "part", …"""

    target: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> Ref:
            text = _text(value, "not-text" if isinstance(value, dict | list) else "not-an-id")
            return Ref.at(value, text, self.target)

        # The exported schemas put the list of existing ids in the place of `x-ref`.
        about = {"type": ["string", "integer"] if self.target == "edition" else "string", "x-ref": self.target}
        return handler.generate_schema(Annotated[Any, PlainValidator(read), WithJsonSchema(about)])


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day: as exact as the source, and no more."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """From ``2022``, ``2022-07`` or ``2022-07-22``; ValueError for anything else, or if there is no such day."""
        match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
        if not match:
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        date(year, month or 1, day or 1)
        return cls(year, month, day)

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> PartialDate:
            if isinstance(value, PartialDate):
                return value
            try:
                return cls.parse(_text(value, "not-a-date"))
            except ValueError:
                raise fault("not-a-date") from None

        text = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
        return handler.generate_schema(Annotated[Any, PlainValidator(read), WithJsonSchema({"anyOf": [text, _A_YEAR]})])


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number, or a range. The unit is the measure's."""

    low: Decimal
    high: Decimal

    @property
    def single(self) -> Decimal | None:
        return self.low if self.low == self.high else None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> Quantity:
            if isinstance(value, Quantity):
                return value
            if isinstance(value, dict):
                if set(value) != {"from", "to"}:
                    raise fault("not-a-number")
                low, high = (_number(value[end]) for end in ("from", "to"))
                if low > high:
                    raise fault("range-reversed", low=str(low), high=str(high))
                return cls(low, high)
            number = _number(value)
            return cls(number, number)

        span = {
            "type": "object",
            "required": ["from", "to"],
            "additionalProperties": False,
            "properties": {"from": _A_NUMBER, "to": _A_NUMBER},
        }
        about = WithJsonSchema({"anyOf": [_A_NUMBER, span]})
        return handler.generate_schema(Annotated[Any, PlainValidator(read), about])


class LocalTexts(dict[str, str]):
    """A text by language, in the site's order. A language that has none gets that of the first which has one."""

    def language_of(self, language: str) -> str:
        """The language of what a language gets."""
        return language if language in self else next(iter(self))

    def __missing__(self, language: str) -> str:
        return self[next(iter(self))]


def _local_text(value: Any, info: ValidationInfo) -> LocalTexts:
    """Text in the site's languages: in each that is complete, and in one at least."""
    languages = _languages(info)
    for key in _by_language(value, languages):
        # A configuration without languages is reported once, not again at each of its texts.
        if languages and key not in languages:
            close = nearest(key, languages) or ""
            place = getattr(key, "place", None)
            raise fault("unknown-language", name=key, languages=", ".join(languages), place=place, nearest=close)
    texts = _texts(value, languages, _complete(info))
    return LocalTexts((language, texts[language]) for language in languages or texts if language in texts)


def _source_words(value: Any, info: ValidationInfo) -> dict[str, str]:
    """Text in one or more languages, the site's or others."""
    languages = _languages(info)
    for key in _by_language(value, languages):
        if not TAG.fullmatch(key):
            raise fault("not-a-language-tag", found=key, place=getattr(key, "place", None))
    return _texts(value, languages, ())


def _by_language(value: Any, languages: tuple[str, ...]) -> Iterator[str]:
    """The keys of a mapping; after each, its value is checked to be a text or nothing."""
    if not isinstance(value, dict):
        raise fault("not-by-language", languages=", ".join(languages))
    for key, text in value.items():
        yield key
        if text is not None and not isinstance(text, str):
            raise fault("not-text", name=str(key))


def _texts(value: dict[str, str], languages: tuple[str, ...], due: tuple[str, ...]) -> dict[str, str]:
    """The texts that are not blank; none of ``due`` may be missing."""
    texts = {str(key): str(text) for key, text in value.items() if text and text.strip()}
    if not texts or any(language not in texts for language in due):
        missing = ", ".join(language for language in due or languages if language not in texts)
        raise fault("missing-language", missing=missing, place=getattr(value, "place", None))
    return texts


def _text_by_language(due: str) -> WithJsonSchema:
    # The exported schemas put the site's languages in the place of `x-languages`.
    texts = {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}
    return WithJsonSchema({**texts, "x-languages": due})


# The archive's own words, in the site's languages.
LocalText = Annotated[LocalTexts, PlainValidator(_local_text), _text_by_language("all")]
# The words of a source, in its languages, whether or not the site has them.
SourceWords = Annotated[dict[str, str], PlainValidator(_source_words), _text_by_language("some")]


def _url(value: Any, gap: str = "\0") -> str:
    text = _text(value, "not-an-address")
    if not text.lower().startswith(("https://", "http://")):
        raise fault("not-an-address")
    if parts_of(text.replace(gap, "")) is None:
        raise fault("bad-host")
    return text


def _service(value: Any) -> str:
    return _url(value, GAP)


_WEB = WithJsonSchema({"type": "string", "pattern": "^https?://"})
Url = Annotated[str, PlainValidator(_url), _WEB]
# The address of a service that is asked about others, with a gap for these if they do not go behind it.
GAP = "{url}"
Service = Annotated[str, PlainValidator(_service), _WEB]
