"""Every reference in a record is found, whichever field it stands in: what is not found is never checked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from expoarchive.build.ids import site_ids
from expoarchive.config import read_config
from expoarchive.load import load_content
from expoarchive.nodes.fields import Ref
from expoarchive.nodes.references import references_in
from expoarchive.records import read_records
from tests.sites import ROOT, TINY_EXPO


def everywhere(value: Any) -> Iterator[Ref]:
    """The references below a value, every field of it looked into."""
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from everywhere(getattr(value, name))
    elif isinstance(value, dict):
        for pair in value.items():
            yield from everywhere(pair)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from everywhere(inner)


@pytest.mark.parametrize("root", [ROOT, TINY_EXPO], ids=["the archive", "the tiny expo"])
def test_no_field_that_holds_a_reference_is_passed_over(root: Path) -> None:
    """Fields whose type cannot hold one are not looked into; none of them does."""
    config, _ = read_config(root)
    assert config is not None
    content, _ = load_content(root)
    records, _ = read_records(content, config, site_ids)
    values = [
        config,
        *records.editions.values(),
        records.expo,
        *records.sources.values(),
        *(term for terms in records.vocabularies.by_sort.values() for term in terms.values()),
        *records.eras.values(),
        *records.changes.values(),
        *records.charts.values(),
        *records.corrections.values(),
        *(article.record for article in (*records.articles.values(), *records.pages.values())),
    ]
    found = [list(references_in(value)) for value in values]

    assert found == [list(everywhere(value)) for value in values]
    assert sum(map(len, found)) > 20
