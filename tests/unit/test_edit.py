"""YAML is changed where it differs, and nowhere else."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expoarchive.nodes.edit import edited, plain_document, written
from tests.sites import TINY_EXPO

TEXT = """\
# An edition.
year: 2009   # also its address
names: {text: {en: Harbour Fair, fr: 'Foire du port'}, translated: [fr]}

figures:
  # counted at the gate
  visitors: {value: 1200, qualifier: about, sources: [gazette]}  # about
  takings:
    - {value: 45.5, sources: [gazette]}
    # of the night market
    - value: 6
      part: night-market   # a part
      sources:
        - {source: gazette, locator: page 3}
        - office
remark: |
  Two lines
  of text.
"""


def changed(*steps: Any, to: Any) -> Any:
    """The document with another value there; None takes it away."""
    document = plain_document(TEXT)
    inner = document
    for step in steps[:-1]:
        inner = inner[step]
    if to is None:
        del inner[steps[-1]]
    else:
        inner[steps[-1]] = to
    return document


@pytest.mark.parametrize(
    ("steps", "to", "gone", "new"),
    [
        (("year",), "2010", ["year: 2009   # also its address"], ["year: 2010   # also its address"]),
        (("names", "text", "fr"), "L’été", ["'Foire du port'"], ["'L’été'"]),
        (("figures", "takings", 1, "value"), "7", ["- value: 6"], ["- value: 7"]),
        (("figures", "takings", 1, "part"), None, ["part: night-market   # a part"], []),
        (("figures", "takings", 1, "stage"), "signed", [], ["      stage: signed"]),
        (("figures", "takings", 1, "sources", 1), "press", ["- office"], ["- press"]),
        (("figures", "takings", 1, "sources", 1), {"source": "a: b"}, ["- office"], ['- {source: "a: b"}']),
        (("figures", "takings", 0), None, ["- {value: 45.5, sources: [gazette]}"], []),
        (("figures", "visitors", "note"), {"en": "1, 2"}, ["[gazette]}  # about"], ['note: {en: "1, 2"}}  # about']),
        (("figures", "visitors", "qualifier"), None, ["qualifier: about, "], ["{value: 1200, sources"]),
        (("remark",), "One line.", ["remark: |", "  Two lines"], ['remark: One line.']),
        (("status",), "held", [], ["status: held"]),
    ],
)  # fmt: skip
def test_a_change_is_made_in_its_line(steps: tuple[Any, ...], to: Any, gone: list[str], new: list[str]) -> None:
    """Comments, quotes, order and all other lines stay."""
    value = changed(*steps, to=to)
    text = edited(TEXT, value)
    lines = [line for line in TEXT.splitlines() if line not in text.splitlines()]

    assert plain_document(text) == value
    assert all(one in TEXT and one not in text for one in gone)
    assert all(one in text for one in new)
    assert len(lines) <= max(len(gone), 3)
    assert text.count("#") == TEXT.count("#") - ("".join(gone).count("#") if not new else 0)


def test_a_second_claim_makes_a_list_of_one_without_brackets() -> None:
    """The first stays as it was written."""
    value = changed("figures", "visitors", to=None)
    first = plain_document(TEXT)["figures"]["visitors"]
    value["figures"] = {"visitors": [first, {"value": "1300", "sources": ["office"]}], **value["figures"]}
    text = edited(TEXT, value)

    assert "  visitors:\n    - {value: 1200, qualifier: about, sources: [gazette]}\n" in text
    assert "    - {value: 1300, sources: [office]}  # about\n" in text
    assert plain_document(text) == value


def test_line_ends_and_the_mark_are_those_of_the_file() -> None:
    """Whoever saved it so gets it so."""
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    after = edited(text, {**plain_document(text), "status": "held"})

    assert after == text + "status: held\r\n"
    assert edited(text, plain_document(text)) == text


TEXTS = [TEXT, *(file.read_text("utf-8") for file in sorted((TINY_EXPO / "content").rglob("*.yaml")))]
WORDS = st.sampled_from(
    ["145", "a: b", "x # y", "é, [x]", "true", "null", "'q'", '"', "两行\n文字", "-", " sp", "{", "long " * 40]
)


def mutated(value: Any, data: st.DataObject, depth: int = 0) -> Any:
    """A value in which something may have been changed, taken away or added, at any depth."""
    what = data.draw(st.integers(0, 12))
    if isinstance(value, str):
        return data.draw(WORDS) if what == 0 else value
    if isinstance(value, list):
        items = [mutated(item, data, depth + 1) for item in value]
        if what == 0 and len(items) > 1:
            items.pop(data.draw(st.integers(0, len(items) - 1)))
        if what == 1:
            items.insert(data.draw(st.integers(0, len(items))), copy.deepcopy(data.draw(st.sampled_from(value))))
        return items
    entries = [(key, mutated(inner, data, depth + 1)) for key, inner in value.items()]
    if what == 0 and len(entries) > 1:
        entries.pop(data.draw(st.integers(0, len(entries) - 1)))
    if what == 1:
        new = data.draw(st.one_of(WORDS, st.lists(WORDS, min_size=1, max_size=3), st.fixed_dictionaries({"zh": WORDS})))
        entries.insert(data.draw(st.integers(0, len(entries))), ("new", new))
    return dict(entries)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_any_change_reads_back_as_meant(text: str, data: st.DataObject) -> None:
    """Whatever changes in whatever record; and a document that does not change keeps every byte."""
    before = plain_document(text)
    after = mutated(before, data)

    assert edited(text, before) == text
    assert plain_document(edited(text, after)) == after
    assert plain_document(written(after)) == after
