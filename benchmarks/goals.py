"""The goals of the project, and how far it is from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.corpus import OURS
from benchmarks.measure import ARCHIVE, Measured
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
    ("eleventy", "cold", "a cold build, to Eleventy's", 1.0),
    ("hugo", "cold", "a cold build, to Hugo's", 2.0),
    ("pelican", "cold", "a cold build, to Pelican's", 0.25),
    ("hugo", "article", "a build after the edit of an article, to Hugo's", 0.25),
)


def goals_of(figures: Figures, peers: Mapping[str, str], answers: Mapping[str, Sequence[float]]) -> Iterator[Goal]:
    """Each goal that can be judged: those about a missing peer are left out."""
    texts = figures.aimed_at

    def least(tool: str, scenario: str, of: int = texts) -> float:
        return min(figures.seconds(tool, of, scenario))

    for peer, scenario, words, most in _RATIOS:
        if peer in peers:
            yield Goal(words, least(OURS, scenario) / least(peer, scenario), most, "×")
    if "hugo" in peers and figures.of(OURS, texts, SHOWN):
        words = "an edited article's open page in a preview, to Hugo's build after the edit"
        yield Goal(words, least(OURS, SHOWN) / least("hugo", "article"), 0.25, "×")
    yield Goal(
        "a build after the edit of a template, to a cold one", least(OURS, "template") / least(OURS, "cold"), 1, "×"
    )
    yield Goal("a build with nothing changed", least(OURS, "unchanged"), 0.5, " s")
    yield Goal("peak memory", figures.memory(OURS, texts), 400, " MB")
    yield Goal("this repository's archive, cold", least(ARCHIVE, "cold", 0), 15, " s")
    yield Goal("this repository's archive, nothing changed", least(ARCHIVE, "unchanged", 0), 0.5, " s")
    for asked, times in answers.items():
        yield Goal(f"an answer to {asked}", min(times), 0.2, " s")


def short(figure: float) -> str:
    """Two digits after the point, if they mean something."""
    return f"{figure:.2f}" if figure < 100 else f"{figure:.0f}"
