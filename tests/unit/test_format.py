"""How values are written: numbers, amounts, dates and ordinals, by the locale's own data."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expoarchive.config import Language
from expoarchive.nodes.fields import PartialDate, Quantity
from expoarchive.records.vocabulary import Unit
from expoarchive.render.format import amount, day, number, ordinal, qualified, span

ZH = Language(id="zh", tag="zh-Hans", locale="zh_Hans_CN", name="中文")
EN = Language(id="en", tag="en", locale="en_GB", name="English")
FR = Language(id="fr", tag="fr", locale="fr_FR", name="français")
LANGUAGES = ("zh", "en", "fr")

EN_ORDINALS = {
    "ordinal.one": "{number}st",
    "ordinal.two": "{number}nd",
    "ordinal.few": "{number}rd",
    "ordinal.other": "{number}th",
}


def unit(shown: dict[str, str], base: str = "count", factor: str = "1", worded: tuple[str, ...] = ()) -> Unit:
    """A unit that shows itself so in each language."""
    name = dict.fromkeys(LANGUAGES, "unit")
    fields = {"name": name, "base": base, "factor": factor, "shown": shown, "worded": list(worded)}
    return Unit.model_validate(fields, context={"languages": LANGUAGES})


MONEY = unit(
    {"zh": "{number} 亿元", "en": "CNY {number}", "fr": "{number} de CNY"}, "CNY", "100000000", worded=("en", "fr")
)
PERCENT = unit(dict.fromkeys(LANGUAGES, "{number}%"), "percent")


def quantity(low: str, high: str | None = None) -> Quantity:
    """One number, or a range."""
    return Quantity(Decimal(low), Decimal(high or low))


@pytest.mark.parametrize(
    ("value", "zh", "en", "fr"),
    [
        ("1502", "1502", "1,502", "1\u202f502"),
        ("20428.6", "20428.6", "20,428.6", "20\u202f428,6"),
        ("12.50", "12.50", "12.50", "12,50"),
        ("0", "0", "0", "0"),
        ("-3", "-3", "-3", "-3"),
    ],
)
def test_a_number_is_grouped_as_its_language_groups(value: str, zh: str, en: str, fr: str) -> None:
    """A language that counts in ten thousands has no groups of three; others have their own separators."""
    shown = [number(Decimal(value), language) for language in (ZH, EN, FR)]

    assert shown == [zh, en, fr]


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=6))
def test_a_number_loses_no_digit(value: Decimal) -> None:
    """What is written reads back as exactly what was recorded, down to its last zero."""
    shown = number(value, EN)

    assert str(Decimal(shown.replace(",", ""))) == str(value)


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        ("1045", None, "1045 亿元", "CNY 104.5 billion"),
        ("8400", None, "8400 亿元", "CNY 840 billion"),
        ("20428.6", None, "20428.6 亿元", "CNY 2.04286 trillion"),
        ("1045.0", None, "1045.0 亿元", "CNY 104.50 billion"),
        ("5", "6", "5–6 亿元", "CNY 500–600 million"),
        ("8000", "16000", "8000–16000 亿元", "CNY 0.8–1.6 trillion"),
        ("0.5", None, "0.5 亿元", "CNY 50 million"),
        ("0.0045", None, "0.0045 亿元", "CNY 450,000"),
        ("0", None, "0 亿元", "CNY 0"),
    ],
)
def test_money_is_worded_in_the_scale_of_the_language(low: str, high: str | None, zh: str, en: str) -> None:
    """The unit's own pattern where the language is not worded; else the base amount with its word."""
    value = quantity(low, high)

    assert (amount(value, MONEY, ZH), amount(value, MONEY, EN)) == (zh, en)


def test_the_word_for_a_scale_agrees_with_its_number() -> None:
    """Plural forms are the locale's: one milliard, two milliards."""
    shown = [amount(quantity(value), MONEY, FR) for value in ("10", "20")]

    assert shown == ["1 milliard de CNY", "2 milliards de CNY"]


# The first amount waits for the languages' data to be read.
@settings(deadline=None)
@given(st.decimals(min_value="0.01", max_value=10**6, allow_nan=False, allow_infinity=False, places=4))
def test_wording_an_amount_is_exact(value: Decimal) -> None:
    """Figures times their word are the recorded amount, whatever its size."""
    words = {"million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15}

    figures, _, word = amount(quantity(str(value)), MONEY, EN).removeprefix("CNY ").partition(" ")

    assert Decimal(figures.replace(",", "")) * words.get(word, 1) == value * 10**8


def test_a_percentage_keeps_its_places() -> None:
    """A ratio is not rounded."""
    assert amount(quantity("19.32"), PERCENT, EN) == "19.32%"


@pytest.mark.parametrize(
    ("qualifier", "shown"),
    [("exact", "5 km"), ("about", "about 5 km"), ("over", "over 5 km"), ("nearly", "nearly 5 km")],
)
def test_an_amount_is_hedged_as_its_source_hedges_it(qualifier: str, shown: str) -> None:
    """The words are the interface's strings; an exact amount needs none."""
    strings = {f"qualifier.{name}": f"{name} {{amount}}" for name in ("about", "over", "nearly")}
    strings["qualifier.over_number"] = "{number}"
    distance = unit(dict.fromkeys(LANGUAGES, "{number} km"), "km")

    assert qualified(quantity("5"), distance, EN, qualifier, strings) == shown


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2022-07-22", "2022年7月22日", "22 July 2022"),
        ("2022-07", "2022年7月", "July 2022"),
        ("2022", "2022年", "2022"),
    ],
)
def test_a_date_is_only_as_exact_as_it_was_recorded(text: str, zh: str, en: str) -> None:
    """No day is made up for a month, no month for a year."""
    value = PartialDate.parse(text)

    assert (day(value, ZH), day(value, EN)) == (zh, en)


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ("2022-07-22", "2022-07-24", "2022年7月22日至24日", "22–24 July 2022"),
        ("2022-07-30", "2022-08-02", "2022年7月30日至8月2日", "30 July – 2 August 2022"),
        ("2022-12-30", "2023-01-02", "2022年12月30日至2023年1月2日", "30 December 2022 – 2 January 2023"),
        ("2022-07", "2022-08", "2022年7月至8月", "July – August 2022"),
        ("2021", "2022", "2021–2022年", "2021–2022"),
        ("2022-07-22", "2022-07-22", "2022年7月22日", "22 July 2022"),
        ("2022-07-22", "2022-08", "2022年7月22日 – 2022年8月", "22 July 2022 – August 2022"),
    ],
)
def test_a_span_says_once_what_its_ends_share(first: str, last: str, zh: str, en: str) -> None:
    """Across months, across years, and of dates that are not equally exact."""
    ends = PartialDate.parse(first), PartialDate.parse(last)

    assert (span(*ends, ZH), span(*ends, EN).replace("\N{THIN SPACE}", " ")) == (zh, en)


@pytest.mark.parametrize(
    ("value", "shown"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (21, "21st"), (23, "23rd")]
)
def test_an_ordinal_takes_the_form_of_its_language(value: int, shown: str) -> None:
    """The locale's ordinal rules pick among the strings."""
    assert ordinal(value, "en_US", EN_ORDINALS) == shown


def test_a_language_with_one_ordinal_form_needs_one_pattern() -> None:
    """Chinese has the form `other` alone."""
    assert ordinal(23, "zh_Hans_CN", {"ordinal.other": "第{number}届"}) == "第23届"


@pytest.mark.parametrize(
    ("value", "zh"),
    [
        ("9999", "9999"),
        ("10000", "1万"),
        ("16000", "1.6万"),
        ("28800", "2.88万"),
        ("13630", "13630"),
        ("20428.6", "20428.6"),
        ("500000000", "5亿"),
        ("123400000", "12340万"),
    ],
)
def test_a_language_of_ten_thousands_writes_round_numbers_in_them(value: str, zh: str) -> None:
    """With two decimals at most; a number that needs more stays in figures. English knows no such word."""
    count = unit(dict.fromkeys(LANGUAGES, "{number}"))

    assert amount(quantity(value), count, ZH) == zh
    assert amount(quantity(value), count, EN) == number(Decimal(value), EN)


ZH_STRINGS = {
    "qualifier.about": "约{amount}",
    "qualifier.nearly": "近{amount}",
    "qualifier.over": "超过{amount}",
    "qualifier.over_number": "{number}多",
}
EN_STRINGS = {
    "qualifier.about": "about {amount}",
    "qualifier.nearly": "nearly {amount}",
    "qualifier.over": "more than {amount}",
    "qualifier.over_number": "{number}",
}


@pytest.mark.parametrize(
    ("value", "qualifier", "zh", "en"),
    [
        ("30", "over", "30多个", "more than 30"),
        ("45", "over", "超过45个", "more than 45"),
        ("50000", "over", "5万多个", "more than 50,000"),
        ("16000", "over", "超过1.6万个", "more than 16,000"),
        ("200", "nearly", "近200个", "nearly 200"),
        ("12", "about", "约12个", "about 12"),
        ("12", "exact", "12个", "12"),
    ],
)
def test_a_hedge_stands_where_its_language_puts_it(value: str, qualifier: str, zh: str, en: str) -> None:
    """Between a round number and its counter in Chinese, before the amount otherwise."""
    count = unit(dict.fromkeys(LANGUAGES, "{number}"))

    assert qualified(quantity(value), count, ZH, qualifier, ZH_STRINGS, "个") == zh
    assert qualified(quantity(value), count, EN, qualifier, EN_STRINGS) == en


def test_a_hedge_stands_before_the_unit_too() -> None:
    """5380多亿元: the number, the hedge, and then the unit."""
    assert qualified(quantity("5380"), MONEY, ZH, "over", ZH_STRINGS) == "5380多 亿元"
