"""The goals of the project, and how far it is from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.corpus import OURS
from benchmarks.measure import ARCHIVE, FLOOR, Measured
from benchmarks.published import BARE, KEPT, PUBLISHED
from benchmarks.served import SHOWN

# The pages of articles that the goals are set for.
AIMED_AT = 5_000


@dataclass(frozen=True)
class Goal:
    """A goal in words, the measured figure, and the most that it may be."""

    words: str
    figure: float
    most: float
    unit: str

    @property
    def met(self) -> bool:
        return self.figure <= self.most


@dataclass(frozen=True)
class Figures:
    """All builds of a run."""

    measured: Sequence[Measured]

    def of(self, tool: str, texts: int, scenario: str) -> list[Measured]:
        return [m for m in self.measured if (m.tool, m.texts, m.scenario) == (tool, texts, scenario)]

    def seconds(self, tool: str, texts: int, scenario: str) -> list[float]:
        return [m.seconds for m in self.of(tool, texts, scenario)]

    def memory(self, tool: str, texts: int) -> float:
        """The most memory that any of its builds took, in MB."""
        return max(m.memory for m in self.measured if (m.tool, m.texts) == (tool, texts))

    @property
    def sizes(self) -> list[int]:
        return sorted({m.texts for m in self.measured if m.tool == OURS})

    @property
    def aimed_at(self) -> int:
        """The size at which goals are judged: their own, or the largest that was measured."""
        return AIMED_AT if AIMED_AT in self.sizes else self.sizes[-1]


# The peer, its scenario, the goal in words, and the most that ours may be of its time.
_RATIOS = (
    (FLOOR, "cold", "a cold build, to Python-Markdown alone", 3.0),
    ("pelican", "cold", "a cold build, to Pelican's", 1.0),
    ("hugo", "article", "a build after the edit of an article, to Hugo's", 0.6),
)
# Milliseconds of a page of this archive: 4.5 s where it had 412.
_A_PAGE = 11
_TO_PUBLISHED = (
    (KEPT, "from a commit of content to what is published", 60),
    (BARE, "the same with nothing kept", 120),
)
# How much more a page may cost at the largest size.
_GROWTH = 1.1


def goals_of(figures: Figures, peers: Mapping[str, str], answers: Mapping[str, Sequence[float]]) -> Iterator[Goal]:
    """Each goal that can be judged: those about a missing peer are left out."""
    texts = figures.aimed_at

    def least(tool: str, scenario: str, of: int = texts) -> float:
        return min(figures.seconds(tool, of, scenario))

    for peer, scenario, words, most in _RATIOS:
        if figures.of(peer, texts, scenario):
            yield Goal(words, least(OURS, scenario) / least(peer, scenario), most, "×")
    if "hugo" in peers and figures.of(OURS, texts, SHOWN):
        words = "an edited article's open page in a preview, to Hugo's build after the edit"
        yield Goal(words, least(OURS, SHOWN) / least("hugo", "article"), 0.25, "×")
    yield Goal(
        "a build after the edit of a template, to a cold one", least(OURS, "template") / least(OURS, "cold"), 1, "×"
    )
    yield Goal("a build with nothing changed", least(OURS, "unchanged"), 0.5, " s")
    yield Goal("peak memory, all processes together", figures.memory(OURS, texts), 400, " MB")
    if (most := figures.sizes[-1]) > texts:
        words = f"a page of a cold build at {most:,} pages of articles, to one at {texts:,}"
        yield Goal(words, least(OURS, "cold", most) / most * texts / least(OURS, "cold"), _GROWTH, "×")
    cold, pages = least(ARCHIVE, "cold", 0), figures.of(ARCHIVE, 0, "cold")[0].pages
    yield Goal("this repository's archive, cold", cold, 4.5, " s")
    yield Goal("a page of it", cold / pages * 1000, _A_PAGE, " ms")
    yield Goal("this repository's archive, nothing changed", least(ARCHIVE, "unchanged", 0), 0.5, " s")
    yield Goal("this repository's archive, checked", least(ARCHIVE, "check", 0), 4.5, " s")
    for scenario, words, seconds in _TO_PUBLISHED:
        if figures.of(PUBLISHED, 0, scenario):
            yield Goal(words, least(PUBLISHED, scenario, 0), seconds, " s")
    for asked, times in answers.items():
        yield Goal(f"an answer to {asked}", min(times), 0.2, " s")


def short(figure: float) -> str:
    """Two digits after the point, if they mean something."""
    return f"{figure:.2f}" if figure < 100 else f"{figure:.0f}"
