"""``build`` and ``check``."""

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

from expoarchive import __version__
from expoarchive.build import Outcome, build, check, review
from expoarchive.cache import store_of
from expoarchive.cache.last import Snapshot, note, state_of
from expoarchive.cli.main import asked, complain, say
from expoarchive.cli.progress import Progress, is_watched
from expoarchive.cli.report import show_problems, warnings
from expoarchive.problem import in_order
from expoarchive.write import bag, check_place, put_file, read_manifest

SUMMARY = {
    "en": "{pages} pages, {links} links and {anchors} anchors checked; {changed} files changed, {removed} removed; "
    "{claims} claims from {sources} sources; {warnings}; {seconds:.1f} s",
    "zh": "{pages} 个页面，检查了 {links} 个链接和 {anchors} 个锚点；更新 {changed} 个文件，移除 {removed} 个；"
    "{claims} 条记述，{sources} 个来源；{warnings}；用时 {seconds:.1f} 秒",
}
CHECKED = {
    "en": "{pages} pages, {links} links and {anchors} anchors checked; nothing written; {warnings}; {seconds:.1f} s",
    "zh": "检查了 {pages} 个页面、{links} 个链接和 {anchors} 个锚点；未写入任何文件；{warnings}；用时 {seconds:.1f} 秒",
}
UNKEPT = {"en": "{file} cannot be written: {reason}", "zh": "无法写入 {file}：{reason}"}
RESTYLED = {"en": "styles renewed; {seconds:.2f} s", "zh": "已更新样式；用时 {seconds:.2f} 秒"}


def run_build(root: Path, options: argparse.Namespace, language: str, sources: Snapshot | None) -> int:
    """Build or check, print the problems and a line of summary.

    ``sources`` are as they were before a build, which is noted with them.
    """
    if getattr(options, "live", None):
        from expoarchive.cli.live import run_live

        return run_live(root, options.live, options.format, language)
    started = perf_counter()
    output = root / options.output
    kept = getattr(options, "archive", None)
    refused = check_place(root, output, root / kept) if kept is not None else []
    if refused:
        show_problems(refused, "text", language)
        return 1
    store = store_of(root)
    with Progress(language, shown=is_watched()) as progress:
        made = partial(
            build if options.command == "build" else check,
            address=options.address,
            base_path=options.base_path,
            repository=getattr(options, "repository", None),
            drafts=options.drafts,
            store=store,
            processes=options.jobs,
            tell=progress.tell,
        )
        outcome = made(root, output) if options.command == "build" else review(root, made(root))
    if options.command == "check":
        outcome = with_links(root, outcome, options, language)
    if kept is not None and outcome.ok and not keep(root / kept, outcome, language):
        return 1
    store.close()
    written = outcome.written
    if written is not None and sources is not None:
        # What was put right is not warned of again.
        warned = [problem.as_dict() for problem in outcome.problems if problem not in written.warnings]
        said = {"pages": len(outcome.pages), "files": written.files, "warned": warned}
        state = state_of(output)
        # Unless the next build, which may have waited for this one, has switched it already.
        if read_manifest(output) == outcome.files.digests:
            note(root, state, asked(options), sources, said)
    form = getattr(options, "format", "text")
    show_problems(outcome.problems, form, language)
    failed = not outcome.ok or (getattr(options, "strict", False) and bool(outcome.problems))
    if not failed and form == "text":
        say(summary(outcome, language, perf_counter() - started))
    if options.verbose:
        complain(progress.times())
    return 1 if failed else 0


def with_links(root: Path, outcome: Outcome, options: argparse.Namespace, language: str) -> Outcome:
    """The outcome with what other sites answered, if asked; ``--links`` in text lists their addresses first."""
    site = outcome.site
    if site is None or not (options.links or options.online or options.record):
        return outcome
    from expoarchive.cli.links import ask_links, list_links
    from expoarchive.cli.record_links import record_links

    if options.links and options.format == "text":
        say("\n".join(list_links(site, language)))
    if not (options.online or options.record):
        return outcome
    answers, found = ask_links(root, site)
    if options.record:
        complain("\n".join(record_links(root, site, answers, language)))
    return replace(outcome, problems=in_order([*outcome.problems, *found]))


def keep(file: Path, outcome: Outcome, language: str) -> bool:
    """Write the site as one file; False, and said, where that cannot be."""
    assert outcome.site is not None
    config = outcome.site.config
    info = {
        "External-Identifier": config.root,
        "External-Description": " / ".join([*config.title.values(), *config.description.values()]),
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        put_file(file, bag(file.stem, outcome.files, __version__, info))
    except OSError as error:
        complain(UNKEPT[language].format(file=file, reason=error.strerror or error))
        return False
    return True


def restyled(language: str, seconds: float) -> str:
    """One line on the styles alone."""
    return RESTYLED[language].format(seconds=seconds)


def summary(outcome: Outcome, language: str, seconds: float) -> str:
    """One line on what was done."""
    checked, written = outcome.checked, outcome.written
    return (SUMMARY if written else CHECKED)[language].format(
        pages=len(outcome.pages),
        links=checked.links if checked else 0,
        anchors=checked.anchors if checked else 0,
        changed=written.changed if written else 0,
        removed=written.removed if written else 0,
        claims=outcome.counts.get("claims", 0),
        sources=outcome.counts.get("sources", 0),
        warnings=warnings(outcome.problems, language),
        seconds=seconds,
    )
