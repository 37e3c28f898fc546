"""What was read of a file comes back from bytes as it was, places included; bytes of another hand run nothing."""

import pickle
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from expoarchive.build import build
from expoarchive.build.ids import site_ids
from expoarchive.cache.store import Store, _sum
from expoarchive.config import Config, read_config
from expoarchive.load import load_content
from expoarchive.nodes import SourceText
from expoarchive.records import Records, read_records
from expoarchive.records.kept import unpack
from expoarchive.site.fingerprint import fingerprint
from tests.sites import TINY_EXPO, lay_site


def config_of(root: Path) -> Config:
    config, problems = read_config(root)
    assert config is not None
    assert not problems
    return config


def records_of(root: Path, store: Store) -> Records:
    content, problems = load_content(root)
    records, found = read_records(content, config_of(root), site_ids, store)
    assert not [*problems, *found]
    return records


def test_what_an_earlier_build_read_is_the_same_to_the_last_place(tmp_path: Path) -> None:
    """An error that a later stage finds stands at the same line and column, with the same excerpt."""
    first = Store(tmp_path / "kept.db")
    read = records_of(TINY_EXPO, first)
    first.save()
    first.close()
    again = records_of(TINY_EXPO, Store(tmp_path / "kept.db"))

    assert again == read
    for year, edition in read.editions.items():
        assert again.editions[year].found_at == edition.found_at
        assert again.editions[year].found_at.excerpt == edition.found_at.excerpt
        assert fingerprint(again.editions[year]) == fingerprint(edition)
    for article_id, article in read.articles.items():
        for language, text in article.translations.items():
            same = again.articles[article_id].translations[language]
            assert same.body == text.body
            assert [one.place.excerpt for one in same.references] == [one.place.excerpt for one in text.references]


def test_a_reading_in_the_cache_that_would_run_code_is_read_anew(tmp_path: Path) -> None:
    """Bytes that name a function are passed by, and the file is read again."""
    root, file, marker = tmp_path / "expo", tmp_path / "kept.db", tmp_path / "ran"
    lay_site(root, {})
    store = Store(file)
    assert build(root, tmp_path / "out", store=store).ok
    store.close()

    class Evil:
        def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
            return Path.touch, (marker,)

    with sqlite3.connect(file) as base:
        names = [name for (name,) in base.execute("SELECT name FROM kept WHERE name LIKE 'read %'")]
        for name in names:
            (value,) = base.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
            harm = pickle.dumps((pickle.loads(value)[0], pickle.dumps(Evil())))
            base.execute("UPDATE kept SET sum = ?, value = ? WHERE name = ?", (_sum(harm), harm, name))
    later = Store(file)

    assert names
    assert build(root, tmp_path / "out", store=later).ok
    assert not marker.exists()


@pytest.mark.parametrize("named", [Path.touch, Store, print], ids=["method", "class", "function"])
def test_no_name_but_those_of_values_is_looked_up(named: object) -> None:
    """Not even one of our own, where it does something."""
    with pytest.raises(pickle.UnpicklingError, match="is not a class of values"):
        unpack(pickle.dumps(named), SourceText("a.md", ""))
