"""Whatever a page asks of the site is noted, and another state of the site can be asked the same."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from expoarchive.cache.memory import Memory
from expoarchive.nodes import Model
from expoarchive.nodes.model import PlacedStr
from expoarchive.problem import Place
from expoarchive.records import Article, Records
from expoarchive.records.ledger import Ledger
from expoarchive.site import Page, Site, make_site
from expoarchive.site.traced import Prints, Read, Shared, look, once, traced, untraced
from tests.sites import read_small

# What each method is asked about here: something that the tiny expo has.
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "translations": ("article", "first-crane"),
    "alternates": (Page("edition", "2009", "en", "en/editions/2009/"),),
    "era_of": (2009,),
    "neighbours": (2010,),
    "namesake": ("copy-2010", "en"),
    "text_of": (Page("article", "first-crane", "en", "en/articles/first-crane/"),),
    "is_draft": (Page("edition", "2009", "en", "en/editions/2009/"),),
    "topics_of": (2009,),
    "named_in": ("first-crane",),
    "beside": ("first-crane",),
    "naming": ("edition", "2009"),
    "pictures_of": (2009,),
    "recordings_of": (2009,),
    "related": ("first-crane",),
}
# What holds others, or is no record.
HOLDERS = {"config", "records", "backlinks", "usage", "table"}
PUBLIC = sorted(name for name in {*dir(Site), *(field.name for field in fields(Site))} if not name.startswith("_"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the tiny expo."""
    config, records, _ = read_small(tmp_path_factory.mktemp("site"), {})
    return make_site(config, records)[0]


def plain(answer: object) -> object:
    """An article by its id: its texts note what is read of them."""
    if isinstance(answer, list):
        return [plain(one) for one in answer]
    return answer.id if isinstance(answer, Article) else answer


@pytest.mark.parametrize("name", [name for name in PUBLIC if name not in HOLDERS])
def test_every_question_of_the_site_is_noted(site: Site, name: str) -> None:
    """And answered as the site answers it."""
    reads: set[Read] = set()

    def answer(asked: Site) -> object:
        there = getattr(asked, name)
        return plain(there(*ARGUMENTS.get(name, ())) if callable(there) else there)

    assert answer(traced(site, reads)) == answer(site)
    assert reads
    assert all(look(site, read) is not None for read in reads)


def tables(holder: Any, name: str) -> Iterator[tuple[str, Mapping[Any, Any]]]:
    """Every mapping below a dataclass, with its name."""
    for field in fields(holder):
        value = getattr(holder, field.name)
        if isinstance(value, Mapping):
            yield f"{name}.{field.name}", value
        elif is_dataclass(value) and not isinstance(value, Model | Ledger):
            yield from tables(value, f"{name}.{field.name}")


def test_every_table_notes_what_is_looked_up_in_it(site: Site) -> None:
    """A key, one that is not there, and all of them; each look has a print."""
    prints = Prints(site, Memory())
    names = []
    for name, table in tables(traced(site, set()), "site"):
        reads: set[Read] = set()
        seen = dict(tables(traced(site, reads), "site"))[name]
        reads.clear()
        assert list(seen) == list(table)
        assert len(reads) == 1
        assert [seen.get(key) is None for key in [*table, "nothing"]] == [*[False] * len(table), True]
        # A table in a table is looked into, not at.
        assert len(reads) == 2 + sum(not isinstance(value, Mapping) for value in table.values())
        assert {len(prints[read]) for read in reads} == {16}
        names.append(name)

    assert {"site.records.editions", "site.records.claims.by_address", "site.usage"} < set(names)
    assert {"site.backlinks.sources", "site.records.pages"} < set(names)


def test_what_is_not_noted_is_told(site: Site) -> None:
    """Whoever keeps a page keeps a digest of it beside."""
    records = site.records
    reads: set[Read] = set()
    seen = traced(site, reads).records

    whole = [field.name for field in fields(Records) if field.name in ("expo", "wordings", "ledger")]

    assert [getattr(seen, name) for name in whole] == list(untraced(records))
    assert reads == set()


@pytest.mark.parametrize(
    "read",
    [
        ("site", "beside", "nothing"),
        ("site", "neighbours", 1900),
        ("articles", "nothing", "en", "body"),
        ("articles", "first-crane", "xx", "body"),
        ("vocabularies", "nothing", "a"),
        ("claims", "by_address", "nothing"),
        ("site", "beside"),
        ("site", "beside", ("a", "b"), 3),
        ("__class__",),
        ("site", "__class__"),
        ("config", "model_copy"),
        ("site", "config", "model_copy"),
        ("editions", 2009, "model_copy"),
        ("site", "related", "first-crane"),
    ],
)
def test_what_cannot_be_asked_any_more_has_a_print(site: Site, read: Read) -> None:
    """It is that of nothing; what is no question is not asked, whoever wrote it."""
    prints = Prints(site, Memory())

    assert look(site, read) is None
    assert prints[read] == prints["site", "beside", "none"]


def test_a_key_is_noted_without_its_place_in_a_file(site: Site) -> None:
    """What is noted is kept from build to build: plain values alone, and None is none of the words."""
    reads: set[Read] = set()
    articles: Mapping[Any, Article] = traced(site, reads).records.articles

    assert PlacedStr("first-crane", Place("content/articles/second/en.md")) in articles
    assert None not in articles
    assert reads == {("articles", "first-crane"), ("articles", None)}
    assert {part.__class__ for read in reads for part in read} == {str, None.__class__}


def test_what_is_made_once_was_read_by_all_who_ask(site: Site) -> None:
    """The second gets the same value, and its reads as if it had made it."""
    shared: Shared = {}
    first: set[Read] = set()
    second: set[Read] = set()

    values = [
        once(traced(site, reads), shared, "articles", lambda seen: list(seen.records.articles))
        for reads in (first, second)
    ]

    assert values[0] is values[1]
    assert first == second == {("articles",)}


def test_what_is_made_once_is_of_the_site_not_of_the_first_who_asks(site: Site) -> None:
    """What others read of it later is none of the first page's reads; who notes nothing may ask too."""
    first: set[Read] = set()
    shared: Shared = {}
    made = once(traced(site, first), shared, "site", lambda seen: seen)
    list(made.records.articles)

    assert first == set()
    assert once(site, shared, "site", lambda seen: seen) is made
    assert once(site, {}, "ids", lambda seen: list(seen.records.articles)) == list(site.records.articles)
