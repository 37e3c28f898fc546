"""The page of results: every figure on it is computed here from what was measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.corpus import OURS, WHOLE, editions_of, sources_of
from benchmarks.goals import AIMED_AT, Figures, goals_of, short
from benchmarks.measure import ARCHIVE, FLOOR, OF_WHOLE, SCENARIOS
from benchmarks.published import BARE, KEPT, PUBLISHED, STEPS
from benchmarks.served import SHOWN, WRITTEN
from benchmarks.tools import Tool

WORDS = {
    "cold": "cold, nothing kept",
    "article": "an article edited",
    "unchanged": "nothing changed",
    "template": "a template of every page edited",
    "source": "a source edited",
}


@dataclass(frozen=True)
class Run:
    """Everything of one run of the benchmarks. ``answers`` are seconds of ours by what was asked."""

    date: str
    machine: str
    tools: Sequence[Tool]
    missing: Sequence[str]
    figures: Figures
    answers: Mapping[str, Sequence[float]]

    @property
    def peers(self) -> list[Tool]:
        return [tool for tool in self.tools if tool.name != OURS]


def growth_points(run: Run) -> list[tuple[str, int, float]]:
    """Title, texts and seconds of the quickest cold build, for the picture."""
    figures = run.figures
    return [
        (tool.title, texts, min(figures.seconds(tool.name, texts, "cold")))
        for tool in run.tools
        for texts in figures.sizes
    ]


def page(run: Run, picture: str) -> str:
    """The whole of results.md; ``picture`` is the file of the growth."""
    parts = [
        "# Results",
        f"Written by `benchmarks/run.py` on {run.date}; not to be edited. What is measured, and how to run it:"
        " [README](README.md).",
        "\n".join(_versions(run)),
        "Other programs ran on the machine meanwhile. The builds of all tools take turns, so the ratios of one run "
        "bear that better than the seconds do, and the least of several times best: ratios are made of those.",
        "What no peer makes here is left out of ours as well, by `without:` in its configuration: search, a picture to "
        "share for every article and edition, data files, feeds, sitemaps. Ours with all of it is timed apart. What "
        "remains that peers do not do is in every figure: editions with their claims and sources, pages that draw on "
        "all of them, and a check of every link and anchor.",
    ]
    for texts in reversed(run.figures.sizes):
        parts += [f"## {texts:,} pages of articles", _beside(run, texts), "\n".join(_table(run, texts))]
        parts += ["\n".join(_whole(run.figures, texts))] if run.figures.of(WHOLE, texts, "cold") else []
        parts += [_stages(run.figures, texts)]
        parts += [_changed(run.figures, texts)] if run.figures.of(OURS, texts, "article") else []
        parts += [_served(run, texts)] if run.figures.of(OURS, texts, SHOWN) else []
        parts += [_floor(run, texts)] if run.figures.of(FLOOR, texts, "cold") else []
    if len(run.figures.sizes) > 1:
        parts += ["## Growth", f"![Seconds of a cold build by pages of articles]({picture})", "\n".join(_growth(run))]
    parts += ["## The archive of this repository", "\n".join(_archive(run.figures))]
    parts += ["## Answers", "\n".join(_answers(run)), "## Goals", "\n".join(_goals(run))]
    return "\n\n".join(parts) + "\n"


def _versions(run: Run) -> Iterator[str]:
    yield f"- machine: {run.machine}"
    for tool in run.tools:
        yield f"- {tool.title}: {tool.version}"
    for title in run.missing:
        yield f"- {title}: missing, could not be installed"


def _beside(run: Run, texts: int) -> str:
    ours = run.figures.of(OURS, texts, "cold")
    return (
        f"Ours has {editions_of(texts):,} editions and {sources_of(texts):,} sources beside them, {ours[0].pages:,}"
        f" pages in all. {len(ours)} {'build' if len(ours) == 1 else 'builds'} of each kind, least / median."
    )


def _table(run: Run, texts: int) -> Iterator[str]:
    """A row for each scenario: the times of ours, then of each peer with the ratio of ours to it; then memory."""
    peers = run.peers
    yield f"| | {OURS} | " + "".join(f"{peer.title} | ours : it | " for peer in peers).rstrip()
    yield "|---|---|" + "---|---|" * len(peers)
    for scenario in SCENARIOS:
        ours = run.figures.seconds(OURS, texts, scenario)
        if not ours:
            continue
        cells = [WORDS[scenario], _times(ours)]
        for peer in peers:
            times = run.figures.seconds(peer.name, texts, scenario)
            cells += [_times(times), f"{short(min(ours) / min(times))}×"] if times else ["has none", ""]
        yield _row(cells)
    most = run.figures.memory(OURS, texts)
    cells = ["peak memory", f"{most:.0f} MB"]
    for peer in peers:
        memory = run.figures.memory(peer.name, texts)
        cells += [f"{memory:.0f} MB", f"{short(most / memory)}×"]
    yield _row(cells)


def _whole(figures: Figures, texts: int) -> Iterator[str]:
    """Ours without what no peer makes, and with it."""
    pages = figures.of(WHOLE, texts, "cold")[0].pages
    yield f"Ours alone, with search, cards, data, feeds and sitemaps ({pages:,} pages):"
    yield ""
    yield "| | without | with | with : without |"
    yield "|---|---|---|---|"
    for scenario in OF_WHOLE:
        bare, whole = (figures.seconds(name, texts, scenario) for name in (OURS, WHOLE))
        yield _row([WORDS[scenario], _times(bare), _times(whole), f"{short(min(whole) / min(bare))}×"])
    bare_most, most = figures.memory(OURS, texts), figures.memory(WHOLE, texts)
    yield _row(["peak memory", f"{bare_most:.0f} MB", f"{most:.0f} MB", f"{short(most / bare_most)}×"])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |".replace("  ", " ")


def _times(seconds: Sequence[float]) -> str:
    return f"{min(seconds):.2f} / {median(seconds):.2f} s"


def _stages(figures: Figures, texts: int) -> str:
    quickest = min(figures.of(OURS, texts, "cold"), key=lambda build: build.seconds)
    stages = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in quickest.stages.items())
    return f"Where the quickest cold build of ours spends its time: {stages}."


def _changed(figures: Figures, texts: int) -> str:
    """How many files an edit of ours changed."""
    article, source = (figures.of(OURS, texts, scenario)[-1].changed for scenario in ("article", "source"))
    citing = texts // sources_of(texts)
    return (
        f"The edit of an article changed {article:,} files of ours, that of a source {source:,}; {citing:,} texts of"
        " articles cite it."
    )


def _served(run: Run, texts: int) -> str:
    """How long an editor waits with a preview open."""
    shown, written = (run.figures.seconds(OURS, texts, name) for name in (SHOWN, WRITTEN))
    return (
        f"While ours is serving, the open page of an edited article is shown anew after {_times(shown)}, and the whole "
        f"site is built and checked after {_times(written)}."
    )


def _floor(run: Run, texts: int) -> str:
    """The lower bound of any generator with Python-Markdown, beside the peers' whole builds."""
    least = min(run.figures.seconds(FLOOR, texts, "cold"))
    beside = [
        f"{short(least / min(run.figures.seconds(peer.name, texts, 'cold')))}× {peer.title}'s" for peer in run.peers
    ]
    return (
        f"Python-Markdown alone, without an extension and on all processors, takes {least:.2f} s for the texts of ours"
        + (f": {', '.join(beside)} whole cold build." if beside else ".")
    )


def _growth(run: Run) -> Iterator[str]:
    sizes = run.figures.sizes
    first, last = sizes[0], sizes[-1]
    yield f"Milliseconds of a cold build for each page from {first:,} to {last:,} pages of articles:"
    yield ""
    yield f"| | at {first:,} | at {last:,} | each further one |"
    yield "|---|---|---|---|"
    for tool in run.tools:
        small, large = (min(run.figures.seconds(tool.name, texts, "cold")) for texts in (first, last))
        further = (large - small) / (last - first)
        cells = (small / first, large / last, further)
        yield f"| {tool.title} | " + " | ".join(f"{seconds * 1000:.2f}" for seconds in cells) + " |"


def _archive(figures: Figures) -> Iterator[str]:
    cold = figures.of(ARCHIVE, 0, "cold")
    yield f"{cold[0].pages:,} pages, with charts, pictures and search; least / median of {len(cold)}."
    yield ""
    yield "| cold | nothing changed | checked | peak memory |"
    yield "|---|---|---|---|"
    times = (_times(figures.seconds(ARCHIVE, 0, scenario)) for scenario in ("cold", "unchanged", "check"))
    yield f"| {' | '.join(times)} | {figures.memory(ARCHIVE, 0):.0f} MB |"
    if figures.of(PUBLISHED, 0, KEPT):
        yield ""
        yield "From a commit that changes a sentence to what can be published, by the steps of the workflow:"
        yield ""
        yield f"| | {' | '.join(STEPS)} | all |"
        yield "|---|" + "---|" * (len(STEPS) + 1)
        for scenario, words in ((KEPT, "with what the last run kept"), (BARE, "with nothing kept")):
            one = min(figures.of(PUBLISHED, 0, scenario), key=lambda measured: measured.seconds)
            yield _row([words, *(f"{one.stages[step]:.1f} s" for step in STEPS), f"{one.seconds:.1f} s"])


def _answers(run: Run) -> Iterator[str]:
    yield "| ours answers | least / median |"
    yield "|---|---|"
    for asked, times in run.answers.items():
        yield f"| {asked} | {_times(times)} |"


def _goals(run: Run) -> Iterator[str]:
    peers = {tool.name: tool.title for tool in run.peers}
    goals = list(goals_of(run.figures, peers, run.answers))
    missed = [goal for goal in goals if not goal.met]
    largest = run.figures.aimed_at
    yield f"At {largest:,} pages of articles, from the quickest builds. **{len(missed)} of {len(goals)} are missed.**"
    if largest != AIMED_AT:
        yield f"They are set for {AIMED_AT:,} pages, which this run did not measure."
    yield ""
    yield "| goal | at most | measured | |"
    yield "|---|---|---|---|"
    for goal in goals:
        figures = f"{goal.most:g}{goal.unit} | {short(goal.figure)}{goal.unit}"
        yield f"| {goal.words} | {figures} | {'met' if goal.met else '**missed**'} |"
    for goal in missed:
        yield ""
        times = short(goal.figure / goal.most)
        yield f"Missed: {goal.words} is {short(goal.figure)}{goal.unit}, {times} times what it may be."
