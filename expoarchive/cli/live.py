"""``check --live ADDRESS``: look at the published site as its readers get it, or at a folder of it."""

from http.client import HTTPException
from pathlib import Path
from time import perf_counter
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from expoarchive import __version__
from expoarchive.check.live import Crawled, Reply, check_live
from expoarchive.cli.main import say
from expoarchive.cli.report import show_problems
from expoarchive.problem import in_order
from expoarchive.write import inspect_site

TIMEOUT = 30
AGENT = f"expoarchive/{__version__} (looks at its own site)"
LOOKED = {
    "en": "{pages} pages and {files} files as served; heaviest page: {weight:.0f} kB unpacked, {page}; {seconds:.1f} s",
    "zh": "线上 {pages} 个页面、{files} 个文件；最重的页面解压后 {weight:.0f} kB：{page}；用时 {seconds:.1f} 秒",
}
STANDING = {
    "en": "{files} files compared with the folder's own list; {seconds:.1f} s",
    "zh": "{files} 个文件已与文件夹自带的清单比对；用时 {seconds:.1f} 秒",
}


def run_live(root: Path, address: str, form: str, language: str) -> int:
    """Crawl, or read the folder, print what is wrong, and what was seen."""
    started = perf_counter()
    folder = root / address
    if folder.is_dir():
        files, problems = inspect_site(folder)
        show_problems(in_order(problems), form, language)
        if form == "text":
            say(STANDING[language].format(files=files, seconds=perf_counter() - started))
        return 1 if problems else 0
    crawled, problems = check_live(address.rstrip("/") + "/", ask)
    show_problems(in_order(problems), form, language)
    if form == "text":
        say(looked(crawled, language, perf_counter() - started))
    return 1 if problems else 0


def looked(crawled: Crawled, language: str, seconds: float) -> str:
    """One line: a checker that looked at nothing must not look green."""
    page, weight = crawled.heaviest
    text = LOOKED[language]
    return text.format(pages=crawled.pages, files=crawled.files, weight=weight / 1000, page=page, seconds=seconds)


def ask(url: str) -> Reply:
    """One address, redirects followed."""
    try:
        with urlopen(Request(url, headers={"User-Agent": AGENT}), timeout=TIMEOUT) as answer:
            return Reply(answer.status, answer.headers.get("Content-Type", ""), answer.read())
    except HTTPError as error:
        return Reply(error.code)
    except (OSError, HTTPException, ValueError):  # no answer, one that is not HTTP, or an address that is none
        return Reply(0)
