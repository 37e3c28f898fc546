"""``release``: write down what is published, so that none of it can change or vanish unseen."""

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from expoarchive.cli.amend import amend_whole, in_turn, quoted
from expoarchive.cli.grammar import Parser
from expoarchive.cli.reading import checked_site
from expoarchive.cli.terminal import Slip, Terminal
from expoarchive.nodes.fields import PartialDate
from expoarchive.nodes.model import PlacedStr
from expoarchive.records.ledger import LEDGER, brief, is_release
from expoarchive.site import Site

HEAD = "# What has been published: written by `build.py release`, never by hand. A claim keeps what it said at first.\n"


def declare(command: Parser) -> None:
    """The release's name and day."""
    command.add_argument("name", type=command.value(_name, "grammar.release"), help="help.release-name")
    command.add_argument("--date", type=command.value(_day, "grammar.day"), help="help.release-date")


def _name(text: str) -> str | None:
    return text if is_release(text) else None


def _day(text: str) -> str:
    return str(PartialDate.parse(text))


@in_turn
def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Add what is new since the last release. Nothing is written while the archive has errors."""
    file = root / LEDGER
    before = file.read_bytes() if file.is_file() else None
    site, _ = checked_site(root)
    ledger = site.records.ledger
    if options.name in ledger.releases:
        raise Slip("release.twice", name=options.name)
    permalinks, claims = new_entries(site, options.name)
    day = options.date or date.today().isoformat()
    parts = {
        "releases": {**_plain(ledger.releases), options.name: day},
        "permalinks": dict(sorted({**_plain(ledger.permalinks), **permalinks}.items())),
        "claims": {**_plain(ledger.claims), **claims},
    }
    text = HEAD + "".join(_section(name, part) for name, part in parts.items())
    amend_whole(root, {LEDGER: text}, {LEDGER: before}, terminal)
    terminal.say("release.done", file=LEDGER, name=options.name, permalinks=len(permalinks), claims=len(claims))
    return 0


def new_entries(site: Site, name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Permalinks and claims that no release has yet: the one with the release's name, the other with its words."""
    ledger = site.records.ledger
    pages = [page.permalink for page in site.pages if page.language and site.table[page.kind].indexed]
    claims = site.records.claims.by_address
    return (
        {link: name for link in pages if link not in ledger.permalinks},
        {address: brief(claim) for address, claim in claims.items() if address not in ledger.claims},
    )


def _plain(entries: Mapping[PlacedStr, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in entries.items()}


def _section(name: str, part: Mapping[str, str]) -> str:
    """A part of the ledger; left out while it is empty, as the archive's YAML has no empty values."""
    lines = [f"  {quoted(key)}: {quoted(value)}\n" for key, value in part.items()]
    return "".join([f"{name}:\n", *lines]) if lines else ""
