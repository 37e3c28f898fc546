"""``check --live ADDRESS``: look at the published site as its readers get it, or at a folder of it."""

from http.client import HTTPException
from pathlib import Path
from time import perf_counter
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from expoarchive import __version__
from expoarchive.check.live import Reply, check_live
from expoarchive.cli.report import show_problems
from expoarchive.cli.terminal import Terminal, say
from expoarchive.problem import in_order
from expoarchive.write import inspect_site

TIMEOUT = 30
AGENT = f"expoarchive/{__version__} (looks at its own site)"


def check_published(root: Path, address: str, form: str, terminal: Terminal) -> int:
    """Crawl, or read the folder; print what is wrong, and how much was seen: a look at nothing must not look green."""
    started = perf_counter()
    folder = root / address
    if folder.is_dir():
        files, problems = inspect_site(folder)
        summary = terminal.word("check.folder", files=files, seconds=f"{perf_counter() - started:.1f}")
    else:
        crawled, problems = check_live(address.rstrip("/") + "/", ask)
        page, weight = crawled.heaviest
        summary = terminal.word(
            "check.live",
            pages=crawled.pages,
            files=crawled.files,
            weight=f"{weight / 1000:.0f}",
            page=page,
            seconds=f"{perf_counter() - started:.1f}",
        )
    show_problems(in_order(problems), terminal, form)
    if form == "text":
        say(summary)
    return 1 if problems else 0


def ask(url: str) -> Reply:
    """One address, redirects followed."""
    try:
        with urlopen(Request(url, headers={"User-Agent": AGENT}), timeout=TIMEOUT) as answer:
            return Reply(answer.status, answer.headers.get("Content-Type", ""), answer.read())
    except HTTPError as error:
        return Reply(error.code)
    except (OSError, HTTPException, ValueError):  # no answer, one that is not HTTP, or an address that is none
        return Reply(0)
