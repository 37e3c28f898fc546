"""The words that only this archive's own content may use."""

import re
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Words:
    """Words to look for, whatever their case: as parts of others, and whole."""

    parts: re.Pattern[str]
    whole: re.Pattern[str]

    def found_in(self, text: str) -> list[str]:
        """Each that stands there, in small letters: patterns that have no case to see to take a tenth of the time."""
        text = text.lower()
        return [match.group() for pattern in (self.parts, self.whole) for match in pattern.finditer(text)]


def words_of_the_fair() -> Words:
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
    latin = {re.escape(name.lower()) for name in names if name.isascii()}
    others = {re.escape(name.lower()) for name in names if not name.isascii()}
    return Words(
        parts=re.compile("|".join([*ROOTS, *sorted(others)])),
        whole=re.compile(rf"\b(?:{'|'.join(sorted(latin))})\b"),
    )
