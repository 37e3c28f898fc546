"""Any value in any field of the configuration, the ledger, the corrections and the changes is taken or told."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expoarchive.build import check, survey
from expoarchive.cache.store import Store
from expoarchive.cli.main import main
from expoarchive.cli.report import as_json, report
from expoarchive.problem import errors
from tests.sites import TINY_EXPO, lay_site
from tests.sweep import swept

CONFIG = "site_config.yaml"
WORDS = {"en": "words", "fr": "mots"}
# Every field that there is; of the configuration, what its file has and what follows.
MORE = {
    "identity": {"colours": {"light": {"accent": "#123456"}, "dark": {}}},
    "domain": "fair.example",
    "repository": "https://code.example/fair",
    "show_translations": "false",
    "show_gallery": "false",
    "licence": {"id": "CC0-1.0", "url": "https://licence.example/"},
    "without": ["cards"],
    "imprint": [{"text": WORDS, "url": "https://register.example/"}],
    "web_archive": "https://archive.example/",
    "vocabularies": {"prizes": {"one": "prize", "name": WORDS, "title": WORDS, "lead": WORDS}},
}
EXAMPLES: dict[str, Any] = {
    CONFIG: {**yaml.load((TINY_EXPO / CONFIG).read_text("utf-8"), yaml.BaseLoader), **MORE},
    "content/published.yaml": {
        "releases": {"1.0": "2026-11-24"},
        "permalinks": {"en/": "1.0"},
        "claims": {"2011#visitors": "over 1700"},
    },
    "content/corrections.yaml": {
        "tickets": {
            "date": "2026-12-01",
            "claim": "2011#visitors",
            "was": "over 1700",
            "was_in": WORDS,
            "now": "over 1800",
            "why": WORDS,
            "sources": ["gazette-2009"],
        }
    },
    "content/changes.yaml": {
        "size": {
            "name": WORDS,
            "article": "first-crane",
            "steps": [
                {"when": WORDS, "what": {"en": "{value} came", "fr": "{value}"}, "claim": "2009#visitors"},
                {"when": WORDS, "claim": "2011#visitors"},
            ],
        }
    },
}
# As they would stand in YAML between braces.
HOSTILE = [
    '""',
    '" "',
    "~",
    "[]",
    "{}",
    "[a]",
    "[[a]]",
    "{a: b}",
    "{en: a}",
    "true",
    "tomorrow",
    "2020-02-30",
    '"2026-13-01"',
    "0000-00-00",
    '"0001-01-01"',
    '"9999-12-31"',
    '"２０２６-０１-０１"',
    "２０２６",
    "1e999999999",
    "NaN",
    "sNaN",
    '"Infinity"',
    '"-0"',
    '"1_000"',
    '"１２"',
    '"²"',
    '"' + "9" * 400 + '"',
    '"over 9e9"',
    '"\\u0007"',
    '"\\0"',
    '"\\ud800"',
    '"\\u202e\\u200b"',
    '"\\u2028"',
    '"\\U0001F600"',
    '"' + "x" * 5000 + '"',
    '"' + "\\n" * 50 + '"',
    '"{value"',
    '"{x.y}"',
    '"%s{{7*7}}"',
    '"<script>"',
    '"../../x"',
    '"a/b"',
    '"con"',
    '"#"',
    '"2011#"',
    '"2011#visitors#"',
    '"en_US.UTF-8@x"',
    '"und"',
    '"root"',
    '"zh_Hant_TW"',
    '"javascript:x"',
    '"https://h:abc"',
    '"https://."',
    '"https://user:pw@h"',
    '"https://[::1"',
    '"https://h/?#"',
]
Path_ = tuple[Any, ...]


def fields(node: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Everything in an example that can be put otherwise: each value, and each key as a step that ends in None."""
    if path:
        yield path
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from fields(value, (*path, key))
        if isinstance(node, dict):
            yield (*path, key, None)


def written(node: Any, at: Path_ | None, value: str) -> str:
    """The example as YAML in braces, with ``value`` as it stands in the place ``at``."""
    if at == ():
        return value

    def inner(key: Any) -> Path_ | None:
        return at[1:] if at and at[0] == key and at[1:] != (None,) else None

    if isinstance(node, dict):
        # A long key takes a mark of its own.
        pairs = [
            f"{'? ' + value if at == (key, None) else json.dumps(key)} : {written(child, inner(key), value)}"
            for key, child in node.items()
        ]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(written(child, inner(at_), value) for at_, child in enumerate(node)) + "]"
    return json.dumps(node)


CASES = [(file, path) for file, example in EXAMPLES.items() for path in fields(example)]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> "Bench":
    """One site for all, with a memory."""
    return Bench(tmp_path_factory.mktemp("bench") / "site")


class Bench:
    """A site in which files are put otherwise, and put back."""

    def __init__(self, root: Path) -> None:
        self.root = root
        lay_site(root, {file: written(example, None, "") for file, example in EXAMPLES.items()})
        self.store = Store()
        problems = errors(check(root, store=self.store).problems)
        # The edition says what the corrections lead to.
        assert problems == [], report(problems, "en", colour=False)

    def told(self, file: str, path: Path_, value: str, look: Callable[[], list[Any]]) -> bool:
        """Whether there are errors with this value in its place, each of which can be worded and stands in a file."""
        before = (self.root / file).read_text("utf-8")
        (self.root / file).write_text(written(EXAMPLES[file], path, value), "utf-8")
        try:
            problems = look()
        finally:
            (self.root / file).write_text(before, "utf-8")
        said = report(problems, "zh", colour=False) + as_json(problems, "en")
        assert said
        assert all((self.root / problem.place.file).exists() for problem in errors(problems))
        return bool(errors(problems))

    def read(self) -> list[Any]:
        return survey(self.root, self.store)[1]

    def check(self) -> list[Any]:
        return check(self.root, store=self.store).problems


def test_the_examples_have_every_field() -> None:
    """A new one is to be tried as well."""
    from expoarchive.config import Config
    from expoarchive.records.ledger import Correction, Ledger
    from expoarchive.records.vocabulary import Change

    assert set(EXAMPLES[CONFIG]) == set(Config.model_fields)
    assert set(EXAMPLES["content/published.yaml"]) == set(Ledger.model_fields)
    assert set(EXAMPLES["content/corrections.yaml"]["tickets"]) == set(Correction.model_fields)
    assert set(EXAMPLES["content/changes.yaml"]["size"]) == set(Change.model_fields)


# Of the quick tests, which take every eighteenth value; the long ones take all.
SHARE = 18


def tries(file: str, share: int) -> Iterator[tuple[Path_, str]]:
    """Each place of a file with its share of the hostile values, of which the next place has others."""
    paths = (path for its, path in CASES if its == file)
    return ((path, value) for number, path in enumerate(paths) for value in HOSTILE[number % share :: share])


@pytest.mark.parametrize("share", [SHARE, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("file", EXAMPLES)
def test_any_value_is_read_or_told(bench: Bench, file: str, share: int) -> None:
    """Hostile values in each field, and in the place of each key."""
    told = [bench.told(file, path, value, bench.read) for path, value in tries(file, share)]

    assert any(told)
    assert not all(told)


@pytest.mark.parametrize("share", [3 * SHARE, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("file", ["content/published.yaml", "content/corrections.yaml"])
def test_what_is_read_is_shown(bench: Bench, file: str, share: int) -> None:
    """Whatever the ledger and the corrections say that nobody objects to: the pages say it too."""
    read = [one for one in tries(file, share) if not bench.told(file, *one, bench.read)]

    assert read
    for path, value in read:
        assert not bench.told(file, path, value, bench.check), (path, value)


WRONG: list[tuple[str, Path_, str]] = [
    ("content/published.yaml", ("releases", "1.0"), "tomorrow"),
    ("content/published.yaml", ("releases", "1.0"), "2020-02-30"),
    ("content/published.yaml", ("releases", "1.0", None), '"\\u2028"'),
    ("content/corrections.yaml", ("tickets", "date"), "tomorrow"),
    (CONFIG, ("address",), '"https://h:abc"'),
    (CONFIG, ("languages", 0, "locale"), '"en-GB"'),
]


@pytest.mark.parametrize(("file", "path", "value"), swept(WRONG, [WRONG[0], WRONG[3], WRONG[4]]))
def test_every_command_tells_a_wrong_value(
    bench: Bench,
    file: str,
    path: Path_,
    value: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """At its file, with exit code 1; one that looks at what is built alone goes on."""
    monkeypatch.chdir(bench.root)
    commands = (["check"], ["build"], ["status"], ["release", "1.1"], ["explain", "/en/"], ["figure"], ["restamp", "x"])
    codes: list[int] = []

    def look() -> list[Any]:
        codes.extend(main([*words, "--messages", "en"]) for words in commands)
        codes.append(main(["diff", "output", "--messages", "en"]))
        return bench.read()

    assert bench.told(file, path, value, look)
    assert codes == [1] * (len(commands) + 1)
    assert capsys.readouterr().err.count(f"{file}:") >= len(commands)


_ANY = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
PLACES = st.sampled_from(CASES)
VALUES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30).map(json.dumps), st.text(max_size=12))


@settings(max_examples=100, derandomize=True, **_ANY)  # type: ignore[arg-type]
@given(place=PLACES, value=VALUES)
def test_any_text_in_any_field_is_read_or_told(bench: Bench, place: tuple[str, Path_], value: str) -> None:
    """In quotes, or as it stands."""
    bench.told(*place, value.encode("utf-8", "replace").decode(), bench.read)


@pytest.mark.long
@settings(max_examples=1000, **_ANY)  # type: ignore[arg-type]
@given(place=PLACES, value=VALUES)
def test_a_thousand_texts_in_any_field_are_shown_or_told(bench: Bench, place: tuple[str, Path_], value: str) -> None:
    """The same, with all that is made of it, and others each time."""
    bench.told(*place, value.encode("utf-8", "replace").decode(), bench.check)
