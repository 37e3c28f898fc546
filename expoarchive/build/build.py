"""One call a stage, in order; the first stage with errors is the last to run."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Unpack

from expoarchive.build.afar import tell_of
from expoarchive.build.ahead import make_ahead
from expoarchive.build.gather import Sources, gather
from expoarchive.build.jobs import in_turn, jobs_of
from expoarchive.build.reported import Reported, Stopped
from expoarchive.build.settings import Settings, Tell, completed, tell_nobody
from expoarchive.check import Checked, check_site, measure
from expoarchive.config import Config, read_config
from expoarchive.problem import Place, Problem, errors, in_order
from expoarchive.render.lacking import Lacking, find_lacking
from expoarchive.render.outputs import outputs_of
from expoarchive.render.pages import RenderedPage, html_of, make_page, template_of
from expoarchive.render.strings import StringFault
from expoarchive.render.studio import Studio
from expoarchive.site import Page, Site
from expoarchive.site.address import output_file
from expoarchive.site.origin import opening_of, origin_of
from expoarchive.site.recall import Recall
from expoarchive.write import Busy, Files, Kept, Written, busy, hold, write_site


@dataclass(frozen=True)
class Outcome:
    """The result of a build or check. ``written`` is None where nothing was.

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
    sources: Sources | None = None
    lacking: tuple[Lacking, ...] = ()
    studio: Studio | None = None

    @property
    def ok(self) -> bool:
        return not errors(self.problems)

    @property
    def site(self) -> Site | None:
        return self.studio.site if self.studio else None


def build(root: Path, output: Path, **settings: Unpack[Settings]) -> Outcome:
    """Build the site at ``root`` into ``output``; on any error the folder stays as it was.

    Waits for another build of the same folder (``output-busy`` where that does not end).
    """
    settings = completed(settings)
    store, tell = settings["store"], settings["tell"]
    try:
        # Held before the sources are read: otherwise a build that read older ones could switch last.
        with hold(output, waiting=lambda: tell("wait", 0, 0)):
            outcome = _outcome(root, output, settings)
            if not outcome.ok:
                return outcome
            tell("write", 0, 0)
            written, problems = write_site(root, output, outcome.files, store)
            if written:
                store.save()
    except Busy:
        return Outcome([busy(root, output)])
    return replace(outcome, problems=in_order([*outcome.problems, *problems]), written=written)


def check(root: Path, **settings: Unpack[Settings]) -> Outcome:
    """Everything that ``build`` does except the writing."""
    return _outcome(root, None, completed(settings))


def _outcome(root: Path, output: Path | None, settings: Settings) -> Outcome:
    problems = Reported()
    try:
        return _checked(root, output, settings, problems)
    except Stopped:
        return Outcome(in_order(problems))
    except StringFault as fault:
        # Pages report their own faults; other files have no page of their own.
        return Outcome(in_order([*problems, fault.at_page("search/")]))
    except Exception:
        # What was kept may have been tampered with: once more without it. A fault that is still there is our own.
        if not settings["store"].doubt():
            raise
    return _outcome(root, output, settings)


def _checked(root: Path, output: Path | None, settings: Settings, problems: Reported) -> Outcome:
    """One call a stage. ``problems`` takes what each reports; the first stage with errors is the last to run."""
    tell = settings["tell"]
    tell("read", 0, 0)
    config = _published_at(problems.of(read_config(root, may_lack=True)), settings)
    gathered = gather(root, config, output, settings, problems)
    studio, recall, site = gathered.studio, gathered.recall, gathered.studio.site
    _show_first(studio, recall, settings)
    others, last = in_turn(site)
    # Other processes pay only where everything is to be rendered.
    if recall.is_new or recall.standing == {}:
        studio.templates.compile()
        jobs = jobs_of(studio, recall)
        recall.made_ahead(problems.of(make_ahead(settings, "pages", jobs, partial(tell_of, studio, jobs))))
        problems.stop()
    pages = problems.of(_rendered(studio, recall, others, tell))
    problems.stop()
    tell("files", 0, 0)
    files = Files(output)
    files.add(gathered.files, {**gathered.kept, **_html_files(studio, recall, pages)})
    for form in outputs_of(config):
        published = form.make(studio, recall)
        files.add(published.files, published.kept)
        problems += published.problems
    tell("check", 0, 0)
    studio = replace(studio, measured=problems.of(measure(site, pages, files)))
    last_pages = problems.of(_rendered(studio, recall, last))
    problems.stop()
    files.add({}, _html_files(studio, recall, last_pages))
    order = {page: at for at, page in enumerate(site.pages)}
    pages = sorted([*pages, *last_pages], key=lambda page: order[page.page])
    checked = problems.of(check_site(site, pages, files))
    origins = {page.permalink: _origin(studio, page) for page in site.pages}
    outcome = Outcome(in_order(problems), tuple(pages), files, checked, counts=studio.counts, origins=origins)
    lacking = find_lacking(config, site.records, studio.strings)
    return replace(outcome, base_path=config.base_path, sources=gathered.sources, lacking=lacking, studio=studio)


def _rendered(
    studio: Studio, recall: Recall, pages: Sequence[Page], tell: Tell = tell_nobody
) -> tuple[list[RenderedPage], list[Problem]]:
    """These pages, without those whose template has a fault; each fault is reported once."""
    rendered: list[RenderedPage] = []
    problems: dict[Hashable, Problem] = {}
    for number, page in enumerate(pages):
        tell("pages", number, len(pages))
        done, faults = make_page(studio, recall, page)
        if done is not None:
            rendered.append(done)
        for fault in faults:
            # A fault of a template comes up on a thousand pages.
            details = tuple((name, text) for name, text in fault.details.items() if name != "page")
            problems.setdefault((fault.kind, fault.place, details), fault)
    return rendered, [*problems.values()]


def _html_files(studio: Studio, recall: Recall, pages: Iterable[RenderedPage]) -> Kept:
    """The files of rendered pages."""
    return {output_file(one.page.permalink): (one.digest, partial(html_of, studio, recall, one)) for one in pages}


def _show_first(studio: Studio, recall: Recall, settings: Settings) -> None:
    """Render the pages that somebody waits for before any other. Their faults are reported with those of all pages."""
    files, show = settings["first"], settings["show"]
    for page in studio.site.pages if show and files else ():
        if output_file(page.permalink) in files and not studio.site.table[page.kind].last and page.kind != "search":
            rendered, _ = make_page(studio, recall, page)
            if show and rendered and rendered.fresh:
                show(output_file(page.permalink), html_of(studio, recall, rendered))


def _origin(studio: Studio, page: Page) -> Place:
    """What to open to change a page: its record or text, else the text that opens it, else its template."""
    site, template = studio.site, template_of(page.kind, studio.site.table)
    return origin_of(site, page) or opening_of(site, page) or Place(studio.templates.theme.shown(template))


def _published_at(config: Config, settings: Settings) -> Config:
    """The configuration, with what the settings put in its place."""
    changes: dict[str, str] = {}
    if repository := settings["repository"]:
        changes["repository"] = repository
    if address := settings["address"]:
        changes["address"] = address.rstrip("/")
    if (base_path := settings["base_path"]) is not None:
        inner = base_path.strip("/")
        changes["base_path"] = f"/{inner}/" if inner else "/"
    return config.model_copy(update=changes)
