"""One call a stage, in order; the first stage with errors is the last to run."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar, Unpack

from expoarchive.build.ahead import Job, make_ahead, workers
from expoarchive.build.gather import Sources, gather
from expoarchive.build.settings import Settings, Tell, completed, tell_nobody
from expoarchive.check import Checked, check_site, measure
from expoarchive.config import Config, read_config
from expoarchive.problem import Place, Problem, errors, in_order
from expoarchive.render.environment import TEMPLATES
from expoarchive.render.outputs import outputs_of
from expoarchive.render.pages import RenderedPage, html_of, make_page, template_of
from expoarchive.render.strings import StringFault
from expoarchive.render.studio import OutputFiles, Studio
from expoarchive.site import Page, Site
from expoarchive.site.address import output_file
from expoarchive.site.kinds import KINDS
from expoarchive.site.origin import opening_of, origin_of
from expoarchive.site.recall import Recall
from expoarchive.write import Files, OutputBusy, Written, busy, hold_output, write_site

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """What a build or check came to. ``written`` is None where nothing was.

    ``origins`` are the places to edit pages at, by permalink.
    """

    problems: list[Problem] = field(default_factory=list)
    pages: tuple[RenderedPage, ...] = ()
    files: Files = field(default_factory=Files)
    checked: Checked | None = None
    written: Written | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    base_path: str = "/"
    origins: dict[str, Place] = field(default_factory=dict)
    site: Site | None = None
    sources: Sources | None = None

    @property
    def ok(self) -> bool:
        return not errors(self.problems)


class _Stopped(Exception):
    """A stage ended with errors."""


class _Problems(list[Problem]):
    """What the stages so far have reported."""

    def of(self, result: tuple[T | None, Iterable[Problem]]) -> T:
        """What a stage gave, its problems taken. Raises ``_Stopped`` where it gave nothing."""
        value, problems = result
        self.extend(problems)
        if value is None:
            raise _Stopped
        return value

    def stop(self) -> None:
        """Raises ``_Stopped`` where one of them is an error."""
        if errors(self):
            raise _Stopped


def build(root: Path, output: Path, **settings: Unpack[Settings]) -> Outcome:
    """Build the site at ``root`` into ``output``; on any error the folder stays as it was.

    Waits for another build of the same folder (``output-busy`` where that does not end).
    """
    settings = completed(settings)
    store, tell = settings["store"], settings["tell"]
    try:
        # Held from before the sources are read: a build that read older ones never switches last.
        with hold_output(output, waiting=lambda: tell("wait", 0, 0)):
            outcome = _outcome(root, output, settings)
            if not outcome.ok:
                return outcome
            tell("write", 0, 0)
            written, problems = write_site(root, output, outcome.files, store)
            if written:
                store.save()
    except OutputBusy:
        return Outcome([busy(root, output)])
    return replace(outcome, problems=in_order([*outcome.problems, *problems]), written=written)


def check(root: Path, **settings: Unpack[Settings]) -> Outcome:
    """Everything that ``build`` does but the writing."""
    return _outcome(root, None, completed(settings))


def _outcome(root: Path, output: Path | None, settings: Settings) -> Outcome:
    problems = _Problems()
    try:
        return _checked(root, output, settings, problems)
    except _Stopped:
        return Outcome(in_order(problems))
    except StringFault as fault:
        # Pages tell their own faults; those of other files have no page of their own.
        return Outcome(in_order([*problems, fault.at_page("search/")]))
    except Exception:
        # Anybody may have put something else in the place of what was kept. With nothing kept, the fault is our own.
        if not settings["store"].doubt():
            raise
    return _outcome(root, output, settings)


def _checked(root: Path, output: Path | None, settings: Settings, problems: _Problems) -> Outcome:
    """One call a stage. ``problems`` takes what each reports; the first stage with errors is the last to run."""
    tell = settings["tell"]
    tell("read", 0, 0)
    config = _published_at(problems.of(read_config(root)), settings)
    gathered = problems.of(gather(root, config, output, settings))
    studio, recall, site = gathered.studio, gathered.recall, gathered.studio.site
    _shown_first(studio, recall, settings)
    last = [page for page in site.pages if KINDS[page.kind].last]
    others = [page for page in site.pages if not KINDS[page.kind].last]
    _make_ahead(studio, recall, others, settings)
    pages = problems.of(_made(studio, recall, others, tell))
    if studio.board.problems:
        problems += studio.board.problems
        # What was drawn with a fault must be drawn again to tell of it again.
        settings["store"].forget()
    problems.stop()
    tell("files", 0, 0)
    files = Files(output)
    files.add(gathered.files)
    _add_pages(files, studio, recall, pages)
    for form in outputs_of(config):
        problems += _add_published(files, form.make(studio, recall))
    tell("check", 0, 0)
    studio = replace(studio, measured=problems.of(measure(site, pages, files)))
    made_last = problems.of(_made(studio, recall, last))
    problems.stop()
    _add_pages(files, studio, recall, made_last)
    order = {page: at for at, page in enumerate(site.pages)}
    pages = sorted([*pages, *made_last], key=lambda page: order[page.page])
    checked = problems.of(check_site(site, pages, files))
    origins = {page.permalink: _edited_at(site, page) for page in site.pages}
    return Outcome(
        in_order(problems),
        tuple(pages),
        files,
        checked,
        counts=studio.counts,
        base_path=config.base_path,
        origins=origins,
        site=site,
        sources=gathered.sources,
    )


def _made(
    studio: Studio, recall: Recall, pages: Sequence[Page], tell: Tell = tell_nobody
) -> tuple[list[RenderedPage], list[Problem]]:
    """These pages, without those whose template has a fault; each fault is reported once."""
    made: list[RenderedPage] = []
    problems: list[Problem] = []
    told: set[Hashable] = set()
    for number, page in enumerate(pages):
        tell("pages", number, len(pages))
        rendered, found = make_page(studio, recall, page)
        problems += [problem for problem in found if _first(problem, told)]
        if rendered is not None:
            made.append(rendered)
    return made, problems


def _make_ahead(studio: Studio, recall: Recall, pages: Sequence[Page], settings: Settings) -> None:
    """Share the making among processes where everything is to be made."""
    if recall.is_new or recall.standing == {}:
        jobs = _jobs(studio, recall, pages)
        tell = partial(settings["tell"], "pages")
        processes = settings["processes"] or workers(len(jobs))
        recall.made_ahead(make_ahead(settings["store"], jobs, processes, tell))


def _add_published(files: Files, published: OutputFiles) -> Iterable[Problem]:
    files.add(published.files)
    for name, (digest, load) in published.kept.items():
        files.add_kept(name, digest, load)
    return published.problems


def _add_pages(files: Files, studio: Studio, recall: Recall, pages: Iterable[RenderedPage]) -> None:
    for done in pages:
        files.add_kept(output_file(done.page.permalink), done.digest, partial(html_of, studio, recall, done.page))


def _jobs(studio: Studio, recall: Recall, pages: Iterable[Page]) -> list[Job]:
    """All that takes long, the longest first; what is made of a page's text beside the page."""
    outputs = outputs_of(studio.site.config)
    beside = [output.page_jobs(studio, recall) for output in outputs]

    def page_and_all_of_it(page: Page) -> None:
        make_page(studio, recall, page)
        for jobs in beside:
            if page in jobs:
                jobs[page]()

    apart = [job for output in outputs for job in output.jobs(studio, recall).values()]
    return [*apart, *(partial(page_and_all_of_it, page) for page in pages)]


def _shown_first(studio: Studio, recall: Recall, settings: Settings) -> None:
    """Make the pages that somebody waits for before any other. A fault of theirs is told where all are made."""
    files, show = settings["first"], settings["show"]
    for page in studio.site.pages if show and files else ():
        if output_file(page.permalink) in files and not KINDS[page.kind].last and page.kind != "search":
            made, _ = make_page(studio, recall, page)
            if show and made and made.fresh:
                show(output_file(page.permalink), html_of(studio, recall, page))


def _edited_at(site: Site, page: Page) -> Place:
    """What to open to change a page: its record or text, else the text that opens it, else its template."""
    return origin_of(site, page) or opening_of(site, page) or Place(f"{TEMPLATES}/{template_of(page.kind)}")


def _first(problem: Problem, told: set[Hashable]) -> bool:
    """Whether none of the kind was told of its place yet. A fault of a template comes up on a thousand pages."""
    what = tuple((name, text) for name, text in problem.details.items() if name != "page")
    known = (problem.kind, problem.place, what) in told
    told.add((problem.kind, problem.place, what))
    return not known


def _published_at(config: Config, settings: Settings) -> Config:
    changes: dict[str, str] = {}
    if repository := settings["repository"]:
        changes["repository"] = repository
    if address := settings["address"]:
        changes["address"] = address.rstrip("/")
    if (base_path := settings["base_path"]) is not None:
        inner = base_path.strip("/")
        changes["base_path"] = f"/{inner}/" if inner else "/"
    return config.model_copy(update=changes)
