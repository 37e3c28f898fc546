"""One call a stage, in order; the first stage with errors is the last to run."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from expoarchive.build.ahead import Job, make_ahead, workers
from expoarchive.build.forgiving import forgiving
from expoarchive.build.gather import gather
from expoarchive.cache import Store
from expoarchive.check import Checked, check_site, measure
from expoarchive.config import Config, read_config
from expoarchive.problem import Place, Problem, errors, in_order
from expoarchive.render.cards import card_jobs, make_cards
from expoarchive.render.data import is_data, make_data
from expoarchive.render.downloads import download_jobs, make_downloads
from expoarchive.render.environment import TEMPLATES
from expoarchive.render.feeds import make_feeds
from expoarchive.render.measured import LAST
from expoarchive.render.pages import RenderedPage, Studio, html_of, make_page, template_of
from expoarchive.render.redirects import make_redirects
from expoarchive.render.search import make_search, search_jobs
from expoarchive.render.sitemap import make_sitemaps
from expoarchive.render.strings import StringFault
from expoarchive.site import Page, Site
from expoarchive.site.address import output_file
from expoarchive.site.origin import opening_of, origin_of
from expoarchive.site.recall import Recall
from expoarchive.write import Files, OutputBusy, Written, busy, hold_output, write_site

# Told how far a build is: the stage (an entry of ``STAGES``), how much of it is done, and of how much; 0 of 0
# where it has no parts to count.
Tell = Callable[[str, int, int], None]
STAGES = ("wait", "read", "pages", "files", "check", "write")
# Given a page that somebody waits for as soon as it is made anew: the file it will be, and its HTML.
Show = Callable[[str, bytes], None]
# Pages that draw on more than the page itself is made of: shown when all is done.
_LATE = (*LAST, "search")


def tell_nobody(stage: str, done: int, of: int) -> None:
    """For a build that nobody waits for."""


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

    @property
    def ok(self) -> bool:
        return not errors(self.problems)


def build(
    root: Path,
    output: Path,
    *,
    address: str | None = None,
    base_path: str | None = None,
    repository: str | None = None,
    drafts: bool = False,
    store: Store | None = None,
    processes: int | None = None,
    tell: Tell = tell_nobody,
    first: Collection[str] = (),
    show: Show | None = None,
) -> Outcome:
    """Build the site at ``root`` into ``output``; on any error the folder stays as it was.

    Waits for another build of the same folder (``output-busy`` where that does not end). ``store`` holds what earlier
    builds kept: with it, only what changed is made anew, and the bytes are the same. ``processes`` is how many may
    share the making of everything; by default as many as the machine has use for. ``show`` is given those of the
    ``first`` files that are pages made anew, before all others are; the build may still fail.
    """
    store = store or Store()
    where = {"address": address, "base_path": base_path, "repository": repository}
    try:
        # Held from before the sources are read: a build that read older ones never switches last.
        with hold_output(output, waiting=lambda: tell("wait", 0, 0)):
            into = (output, first, show)
            made = check(root, **where, drafts=drafts, store=store, processes=processes, tell=tell, into=into)
            if not made.ok:
                return made
            tell("write", 0, 0)
            written, problems = write_site(root, output, made.files, store)
            if written:
                store.save()
    except OutputBusy:
        return Outcome([busy(root, output)])
    return replace(made, problems=in_order([*made.problems, *problems]), written=written)


@forgiving
def check(
    root: Path,
    *,
    address: str | None = None,
    base_path: str | None = None,
    repository: str | None = None,
    drafts: bool = False,
    store: Store | None = None,
    processes: int | None = None,
    tell: Tell = tell_nobody,
    into: tuple[Path | None, Collection[str], Show | None] = (None, (), None),
) -> Outcome:
    """Everything but the writing. ``address``, ``base_path`` and ``repository`` replace the configured ones.

    ``into`` is for ``build``: the output folder, and its ``first`` and ``show``.
    """
    tell("read", 0, 0)
    store = store or Store()
    output, wanted, show = into
    config, problems = read_config(root)
    if config is None:
        return Outcome(in_order(problems))
    config = _published_at(config, address, base_path, repository)
    gathered, found = gather(
        root, config, store, drafts=drafts, output=output, processes=processes, tell=partial(tell, "read")
    )
    problems += found
    if gathered is None:
        return Outcome(in_order(problems))
    studio, recall = gathered.studio, gathered.recall
    site, strings, assets, board, counts = studio.site, studio.strings, studio.assets, studio.board, studio.counts
    _shown_first(studio, recall, wanted, show)
    first = [page for page in site.pages if page.kind not in LAST]
    if recall.is_new or recall.standing == {}:
        jobs = _jobs(studio, recall, first)
        make_ahead(recall, jobs, processes or workers(len(jobs)), partial(tell, "pages"))
    pages, found = _made(studio, recall, first, tell)
    problems += found
    problems += board.problems
    if board.problems:
        # What was drawn with a fault must be drawn again to tell of it again.
        store.forget()
    if errors(problems):
        return Outcome(in_order(problems))
    tell("files", 0, 0)
    files = Files(output)
    files.add(gathered.files)
    _add_pages(files, studio, recall, pages)
    try:
        files.add(make_search(recall, strings))
        files.add(make_downloads(recall, strings, board))
        files.add(recall.made_of("data", partial(make_data, strings=strings), of_use=is_data, kind=dict[str, bytes]))
        files.add(make_feeds(site, strings))
        files.add(make_sitemaps(site))
        redirects, found = make_redirects(site, studio.templates, strings, assets)
        files.add(redirects)
        problems += found
        cards, found = make_cards(recall, strings)
        for name, (its_digest, load) in cards.items():
            files.add_kept(name, its_digest, load)
        problems += found
    except StringFault as fault:
        return Outcome(in_order([*problems, fault.at_page("search/")]))
    tell("check", 0, 0)
    measured, found = measure(site, pages, files)
    problems += found
    studio = replace(studio, measured=measured)
    more, found = _made(studio, recall, [page for page in site.pages if page.kind in LAST])
    problems += found
    if errors(problems):
        return Outcome(in_order(problems))
    order = {page: at for at, page in enumerate(site.pages)}
    pages = sorted([*pages, *more], key=lambda page: order[page.page])
    checked, found = check_site(site, pages, files)
    problems += found
    _add_pages(files, studio, recall, more)
    # GitHub Pages leaves out what begins with an underscore unless this file is there.
    files.add({".nojekyll": b""})
    if config.domain is not None:
        files.add({"CNAME": f"{config.domain}\n".encode()})
    origins = {page.permalink: _edited_at(site, page) for page in site.pages}
    return Outcome(in_order(problems), tuple(pages), files, checked, None, counts, config.base_path, origins, site)


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


def _add_pages(files: Files, studio: Studio, recall: Recall, pages: Iterable[RenderedPage]) -> None:
    for done in pages:
        files.add_kept(output_file(done.page.permalink), done.digest, partial(html_of, studio, recall, done.page))


def _jobs(studio: Studio, recall: Recall, pages: Iterable[Page]) -> list[Job]:
    """All that takes long, the longest first. A page's text is in its entry for the search as well."""
    entries = {page: job for jobs in search_jobs(recall, studio.strings).values() for page, job in jobs.items()}
    pictures = [
        *download_jobs(recall, studio.strings, studio.board).values(),
        *card_jobs(recall, studio.strings).values(),
    ]

    def page_and_entry(page: Page) -> None:
        make_page(studio, recall, page)
        if page in entries:
            entries[page]()

    return [*pictures, *(partial(page_and_entry, page) for page in pages)]


def _shown_first(studio: Studio, recall: Recall, files: Collection[str], show: Show | None) -> None:
    """Make these files' pages before any other. A fault of theirs is told where all are made."""
    for page in studio.site.pages if show and files else ():
        if output_file(page.permalink) in files and page.kind not in _LATE:
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


def _published_at(config: Config, address: str | None, base_path: str | None, repository: str | None) -> Config:
    changes: dict[str, str] = {}
    if repository:
        changes["repository"] = repository
    if address:
        changes["address"] = address.rstrip("/")
    if base_path is not None:
        inner = base_path.strip("/")
        changes["base_path"] = f"/{inner}/" if inner else "/"
    return config.model_copy(update=changes)
