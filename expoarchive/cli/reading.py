"""What commands read of an archive; where its sources have errors, the command ends with them."""

from pathlib import Path

from expoarchive.build import Outcome, check, survey
from expoarchive.cli.terminal import Faulty
from expoarchive.sheets.archive import Archive
from expoarchive.site import Site


def read_site(root: Path) -> Site:
    """The site as its records describe it, which may have errors."""
    site, problems = survey(root)
    if site is None:
        raise Faulty(problems)
    return site


def checked_site(root: Path, *, drafts: bool = False) -> tuple[Site, Outcome]:
    """The site with all its pages, free of errors."""
    outcome = check(root, drafts=drafts)
    if outcome.site is None or not outcome.ok:
        raise Faulty(outcome.problems)
    return outcome.site, outcome


def editable(root: Path) -> Archive:
    """The sources as sheets show and change them, drafts included; free of errors."""
    site = read_site(root)
    return Archive(root, site.config, site.records)
