"""``release``: write down what is published, so that none of it can change or vanish unseen."""

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from expoarchive.build import Outcome, check
from expoarchive.cli.amend import in_turn, quoted, whole_amended
from expoarchive.cli.main import complain, say
from expoarchive.cli.report import show_problems
from expoarchive.nodes.model import PlacedStr
from expoarchive.records.ledger import LEDGER, brief
from expoarchive.site import Site
from expoarchive.site.kinds import KINDS

HEAD = "# What has been published: written by `build.py release`, never by hand. A claim keeps what it said at first.\n"
DONE = {
    "en": "{file}: release {name}, {permalinks} permalinks and {claims} claims added",
    "zh": "{file}：发布 {name}，新增 {permalinks} 个网址、{claims} 条记述",
}
TWICE = {"en": "release {name} has been made already", "zh": "{name} 已经发布过"}


@in_turn
def run_release(root: Path, options: argparse.Namespace, language: str) -> int:
    """Add what is new since the last release. Nothing is written while the archive has errors."""
    file = root / LEDGER
    before = file.read_bytes() if file.is_file() else None
    outcome: Outcome = check(root)
    if outcome.site is None or not outcome.ok:
        show_problems(outcome.problems, "text", language)
        return 1
    ledger = outcome.site.records.ledger
    if options.name in ledger.releases:
        complain(TWICE[language].format(name=options.name))
        return 2
    permalinks, claims = new_entries(outcome.site, options.name)
    on = options.date or date.today().isoformat()
    parts = {
        "releases": {**_plain(ledger.releases), options.name: on},
        "permalinks": dict(sorted({**_plain(ledger.permalinks), **permalinks}.items())),
        "claims": {**_plain(ledger.claims), **claims},
    }
    text = HEAD + "".join(_written(name, part) for name, part in parts.items())
    if not whole_amended(root, {LEDGER: text}, {LEDGER: before}, language):
        return 1
    counts = {"permalinks": len(permalinks), "claims": len(claims)}
    say(DONE[language].format(file=LEDGER, name=options.name, **counts))
    return 0


def new_entries(site: Site, name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Permalinks and claims that no release has yet: the one with the release's name, the other with its words."""
    ledger = site.records.ledger
    pages = [page.permalink for page in site.pages if page.language and KINDS[page.kind].indexed]
    claims = site.records.claims.by_address
    return (
        {link: name for link in pages if link not in ledger.permalinks},
        {address: brief(claim) for address, claim in claims.items() if address not in ledger.claims},
    )


def _plain(entries: Mapping[PlacedStr, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in entries.items()}


def _written(name: str, part: Mapping[str, str]) -> str:
    """A part of the ledger; left out while it is empty, as the archive's YAML has no empty values."""
    lines = [f"  {quoted(key)}: {quoted(value)}\n" for key, value in part.items()]
    return "".join([f"{name}:\n", *lines]) if lines else ""
