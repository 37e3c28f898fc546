"""The words that only this archive's own content may use."""

import re

import yaml

from tests.sites import ROOT

# Roots: they count anywhere, in longer words and in names of files too.
ROOTS = (
    "qinghai",
    "xining",
    "haixi",
    "haidong",
    "haibei",
    "golmud",
    "delingha",
    "青",
    "洽",
    "西宁",
    "海西",
    "格尔木",
)


def words_of_the_fair() -> re.Pattern[str]:
    """The roots above, and every place, venue, body and title that the archive's records name."""
    names: set[str] = set()
    config = yaml.safe_load((ROOT / "site_config.yaml").read_text("utf-8"))
    for key in ("title", "expo"):
        names |= set(config[key].values())
    for vocabulary in ("places", "venues", "bodies"):
        terms = yaml.safe_load((ROOT / "content" / "vocabularies" / f"{vocabulary}.yaml").read_text("utf-8"))
        for term in terms.values():
            names |= set(term["name"].values())
    # A Latin name is a whole word; Chinese writes none apart.
    patterns = [rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in names]
    return re.compile("|".join([*ROOTS, *sorted(patterns)]), re.IGNORECASE)
