"""The page of results: every figure on it is computed here from what was measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.corpus import editions_of, sources_of
from benchmarks.measure import SCENARIOS, Measured
from benchmarks.tools import Tool

OURS = "expoarchive"
# The same builds without the stage that peers have nothing of.
COMPARED = "expoarchive, compared"
# The stage of ours that makes search, shared pictures, data files, feeds and sitemaps.
APART = "files"
_WORDS = {"cold": "cold", "edit": "after one edit", "unchanged": "nothing changed"}


@dataclass(frozen=True)
class Goal:
    """Something to reach, in words, the figure it is about and the most that it may be."""

    words: str
    figure: float
    most: float
    unit: str

    @property
    def line(self) -> str:
        met = "met" if self.figure <= self.most else "**missed**"
        return f"| {self.words} | {self.most:g}{self.unit} | {_short(self.figure)}{self.unit} | {met} |"


@dataclass(frozen=True)
class Run:
    """Everything of one run of the benchmarks. ``answers`` are seconds of ours by what was asked."""

    date: str
    machine: str
    tools: Sequence[Tool]
    missing: Sequence[str]
    measured: Sequence[Measured]
    answers: Mapping[str, Sequence[float]]

    def seconds(self, tool: str, texts: int, scenario: str) -> list[float]:
        """The times of one cell; those of ``COMPARED`` are ours without the stage that stands apart."""
        name = OURS if tool == COMPARED else tool
        found = [m for m in self.measured if (m.tool, m.texts, m.scenario) == (name, texts, scenario)]
        return [m.seconds - (m.stages.get(APART, 0.0) if tool == COMPARED else 0.0) for m in found]

    def memory(self, tool: str, texts: int) -> float:
        return max(m.memory for m in self.measured if (m.tool, m.texts) == (tool, texts))

    @property
    def sizes(self) -> list[int]:
        return sorted({m.texts for m in self.measured})

    @property
    def titles(self) -> dict[str, str]:
        """The rows' titles by tool, ours twice."""
        return {OURS: OURS, COMPARED: COMPARED} | {tool.name: tool.title for tool in self.tools if tool.name != OURS}


def growth_points(run: Run) -> list[tuple[str, int, float]]:
    """Title, texts and seconds of the quickest cold build, for the picture."""
    return [
        (title, texts, min(run.seconds(tool, texts, "cold")))
        for tool, title in run.titles.items()
        for texts in run.sizes
    ]


def page(run: Run, picture: str) -> str:
    """The whole of results.md; ``picture`` is the file of the growth."""
    parts = [
        "# Results",
        f"Written by `benchmarks/run.py` on {run.date}; not to be edited. What is measured and how to run it:"
        " [README](README.md).",
        "\n".join(_versions(run)),
        f"“{COMPARED}” is the same builds less the time of the stage “{APART}”, in which ours makes what no peer does"
        " here: search, a picture to share for every article and edition, data files, feeds, sitemaps. There is no"
        " switch to leave them out, so their time is taken off by the build's own account (`--verbose`), and memory is"
        " with them. The editions and sources that only ours has are left in.",
    ]
    for texts in reversed(run.sizes):
        parts += [f"## {texts:,} pages of articles", _beside(run, texts), "\n".join(_table(run, texts))]
        parts.append("Where ours spends it (quickest cold build): " + _stages(run, texts) + ".")
    if len(run.sizes) > 1:
        parts += ["## Growth", f"![Seconds of a cold build by pages of articles]({picture})", "\n".join(_growth(run))]
    parts += ["## Answers", "\n".join(_answers(run)), "## Goals", "\n".join(_goals(run))]
    return "\n\n".join(parts) + "\n"


def _versions(run: Run) -> Iterator[str]:
    yield f"- machine: {run.machine}"
    for tool in run.tools:
        yield f"- {tool.title}: {tool.version}"
    for title in run.missing:
        yield f"- {title}: missing, could not be installed"


def _beside(run: Run, texts: int) -> str:
    ours = next(m for m in run.measured if (m.tool, m.texts) == (OURS, texts))
    builds = len(run.seconds(OURS, texts, "cold"))
    return (
        f"Ours has {editions_of(texts):,} editions and {sources_of(texts):,} sources beside them, {ours.pages:,} pages"
        f" in all. {builds} {'build' if builds == 1 else 'builds'} of each kind, one tool after the other."
    )


def _table(run: Run, texts: int) -> Iterator[str]:
    """Rows of tools: for each scenario min and median, and the ratio of ours to the peer; then memory."""
    yield "| | " + " | ".join(f"{_WORDS[one]}, min / median | ours : it" for one in SCENARIOS) + " | peak memory |"
    yield "|---|" + "---|---|" * len(SCENARIOS) + "---|"
    for tool, title in run.titles.items():
        cells = []
        for scenario in SCENARIOS:
            times = run.seconds(tool, texts, scenario)
            peer = tool not in (OURS, COMPARED)
            ours = min(run.seconds(COMPARED, texts, scenario))
            cells += [f"{min(times):.2f} / {median(times):.2f} s", f"{_short(ours / min(times))}×" if peer else ""]
        memory = f"{run.memory(tool, texts):.0f} MB" if tool != COMPARED else ""
        yield f"| {title} | " + " | ".join(cells) + f" | {memory} |"


def _stages(run: Run, texts: int) -> str:
    builds = [m for m in run.measured if (m.tool, m.texts, m.scenario) == (OURS, texts, "cold")]
    quickest = min(builds, key=lambda build: build.seconds)
    return ", ".join(f"{name} {seconds:.2f} s" for name, seconds in quickest.stages.items())


def _growth(run: Run) -> Iterator[str]:
    first, last = run.sizes[0], run.sizes[-1]
    yield f"Milliseconds of a cold build for each page from {first:,} to {last:,} pages of articles:"
    yield ""
    yield f"| | at {first:,} | at {last:,} | each further one |"
    yield "|---|---|---|---|"
    for tool, title in run.titles.items():
        small, large = (min(run.seconds(tool, texts, "cold")) for texts in (first, last))
        further = (large - small) / (last - first)
        yield f"| {title} | {small / first * 1000:.2f} | {large / last * 1000:.2f} | {further * 1000:.2f} |"


def _answers(run: Run) -> Iterator[str]:
    yield "| ours answers | min / median |"
    yield "|---|---|"
    for asked, times in run.answers.items():
        yield f"| {asked} | {min(times):.2f} / {median(times):.2f} s |"


def _goals(run: Run) -> Iterator[str]:
    goals = list(goals_of(run))
    missed = sum(goal.figure > goal.most for goal in goals)
    largest = 5_000 if 5_000 in run.sizes else run.sizes[-1]
    yield f"At {largest:,} pages of articles, from the quickest builds. **{missed} of {len(goals)} are missed.**"
    if largest != 5_000:
        yield "They are set for 5,000, which this run did not measure."
    yield ""
    yield "| goal | at most | measured | |"
    yield "|---|---|---|---|"
    yield from (goal.line for goal in goals)


def goals_of(run: Run) -> Iterator[Goal]:
    """What the project wants to reach. Those about a peer that is missing are left out."""
    texts = 5_000 if 5_000 in run.sizes else run.sizes[-1]
    there = {tool.name: tool.title for tool in run.tools}

    def least(tool: str, scenario: str) -> float:
        return min(run.seconds(tool, texts, scenario))

    wanted: tuple[tuple[str, str, float], ...] = (
        ("eleventy", "cold", 1.0),
        ("hugo", "cold", 2.0),
        ("pelican", "cold", 0.25),
        ("hugo", "edit", 0.25),
    )
    for peer, scenario, most in wanted:
        if peer in there:
            ratio = least(COMPARED, scenario) / least(peer, scenario)
            yield Goal(f"{_WORDS[scenario]}, compared, to {there[peer]}", ratio, most, "×")
    yield Goal("nothing changed", least(OURS, "unchanged"), 0.5, " s")
    yield Goal("peak memory", run.memory(OURS, texts), 400, " MB")
    for asked, times in run.answers.items():
        yield Goal(f"answer to {asked}", min(times), 0.2, " s")


def _short(figure: float) -> str:
    return f"{figure:.2f}" if figure < 100 else f"{figure:.0f}"
