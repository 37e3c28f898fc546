"""The archive's own files keep up with one another: translations, schemas, and how it is cited."""

import pytest
import yaml

from expoarchive.build import survey
from expoarchive.build.ids import site_ids
from expoarchive.build.review import media_of
from expoarchive.records.schema import FOLDER, schemas_with_ids
from tests.builds import run
from tests.sites import ROOT


@pytest.mark.long
def test_every_text_of_the_archive_is_in_every_language_and_up_to_date() -> None:
    """The archive's own texts: what changed in the original has been brought over."""
    assert "up to date" in run(ROOT, "status").stdout


def test_the_archive_has_the_schemas_of_its_own_records() -> None:
    """A fresh clone completes every id; where this fails: `python build.py schemas`."""
    site, _ = survey(ROOT)
    assert site is not None
    made = schemas_with_ids(site.records, site.config, {"media": media_of(ROOT), **site_ids(site.config, site.records)})
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / FOLDER).rglob("*.json")}

    assert [name for name, text in made.items() if (ROOT / name).read_text("utf-8") != text] == []
    assert sorted(there - made.keys()) == []


def test_the_citation_calls_the_archive_as_the_configuration_does() -> None:
    """In both languages."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    config = yaml.safe_load((ROOT / "site_config.yaml").read_text("utf-8"))

    assert all(title in cited["title"] for title in config["title"].values())
