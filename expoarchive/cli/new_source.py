"""``new source ADDRESS``: an entry at the end of ``content/sources.yaml``, its id made of the host and a date."""

import argparse
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from expoarchive.cli.amend import quoted, whole_amended
from expoarchive.cli.main import colour_wanted, complain, say
from expoarchive.cli.report import report
from expoarchive.config import Config, read_config
from expoarchive.nodes import Scalar, link_in, parse_yaml, read_file
from expoarchive.nodes.fields import PartialDate, is_id
from expoarchive.nodes.host import parts_of
from expoarchive.nodes.node import MappingNode
from expoarchive.nodes.text import text_of
from expoarchive.problem import Problem, errors

FILE = "content/sources.yaml"
ENTRY = """\

{id}:
  # publisher: {{{text}}}   # who published it first · 最初由谁发布
  # title: {{{first}: …}}   # as it stands there, in its own language · 照抄原题，用原文语言
  url: {url}
{published}
  language: {first}   # of the text that was read · 所读文本的语言
  grade: reprint   # until it is known: official, agency, newspaper, trade, release, reprint, personal · 查明后再改
  read: excerpt   # excerpt or whole · 读了摘录（excerpt）还是全文（whole）
  # archived: https://…   # a copy in a web archive · 网页存档中的副本
  # printed: {{{text}}}   # where it stands on paper: newspaper, day, page · 纸本位置：报纸、日期、版面
  # linked: false   # a host that reprints or has taken over somebody's page · 转载或被占用的网站，不设链接
  # note: {{{text}}}   # what a reader should know of it · 读者应当知道的情况
"""
PUBLISHED = "  published: {date}   # from the address: check it · 取自网址，请核对"
UNPUBLISHED = "  # published: 2026-01-31   # as far as known: a year, a month, a day · 可只写年或年月"
# Parts of a host's name that say nothing of who it is.
_COMMON = ("www", "m", "h5", "wap", "en", "news", "com", "net", "org", "gov", "edu", "ac", "co")
_DATES = (
    r"(20[0-9]{2}|19[0-9]{2})[-/_.](0[1-9]|1[0-2])[-/_.](0[1-9]|[12][0-9]|3[01])",
    r"(20[0-9]{2}|19[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])",
    r"(20[0-9]{2}|19[0-9]{2})[-/](0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])",
    r"(20[0-9]{2}|19[0-9]{2})[-/]?(0[1-9]|1[0-2])[-/](0[1-9]|[12][0-9]|3[01])",
    r"(20[0-9]{2}|19[0-9]{2})[-/]?(0[1-9]|1[0-2])(?=/)",
)
BAD_URL = {
    "en": "“{url}” is not a web address such as https://example.org/page",
    "zh": "“{url}”不是网址（例如 https://example.org/page）",
}
BAD_ID = {
    "en": "“{id}” is not an id: lower-case letters, digits and hyphens",
    "zh": "“{id}”不能作 id：只用小写字母、数字和连字符",
}
KNOWN = {
    "en": "this address is there already: [@{id}] ({file}:{line}); nothing was changed",
    "zh": "已有这个网址：[@{id}]（{file}:{line}），未作改动",
}
TAKEN = {
    "en": "the id “{id}” is there already ({file}:{line}); nothing was changed",
    "zh": "已有 id“{id}”（{file}:{line}），未作改动",
}
ADDED = {
    "en": "added {id} to {file}, line {line}\n"
    "Next: fill in publisher, title, language and grade there; then cite it in prose as [@{id}], in records as\n"
    "sources: [{id}].",
    "zh": "已在 {file} 第 {line} 行加入 {id}\n"
    "接下来：在那里填写发布者、标题、语言和等级；正文中写 [@{id}]，记录中写 sources: [{id}]。",
}


def run_new_source(root: Path, options: argparse.Namespace, language: str) -> int:
    """Append the entry. What is in the file already is never changed."""
    url: str = options.name
    if parts_of(url) is None:
        complain(BAD_URL[language].format(url=url))
        return 2
    if options.id and not is_id(options.id):
        complain(BAD_ID[language].format(id=options.id))
        return 2
    data, entries, problems = _entries(root)
    if errors(problems):
        complain(report(problems, language, colour=colour_wanted()))
        return 1
    for entry_id, line, address in entries:
        if address and _same(address) == _same(url):
            complain(KNOWN[language].format(id=entry_id, file=FILE, line=line))
            return 1
        if entry_id == options.id:
            complain(TAKEN[language].format(id=entry_id, file=FILE, line=line))
            return 1
    config, _ = read_config(root)
    entry_id = options.id or proposed_id(url, {known for known, _, _ in entries})
    # As it is in the file: its line ends and its byte order mark are the editor's.
    text = (data or b"").decode("utf-8")
    before = text if text.endswith("\n") or not text else text + "\n"
    end = "\r\n" if "\r\n" in text else "\n"
    added = before + entry(entry_id, url, config).replace("\n", end)
    if not whole_amended(root, {FILE: added}, {FILE: data}, language):
        return 1
    say(ADDED[language].format(id=entry_id, file=FILE, line=before.count("\n") + 2))
    return 0


def entry(entry_id: str, url: str, config: Config | None) -> str:
    """The entry as YAML, with what is still to fill in as comments."""
    languages = config.language_ids if config else ("en",)
    text = ", ".join(f"{known}: …" for known in languages)
    date = date_in(url)
    published = PUBLISHED.format(date=date) if date else UNPUBLISHED
    return ENTRY.format(id=entry_id, url=quoted(url), text=text, first=languages[0], published=published)


def proposed_id(url: str, taken: Collection[str]) -> str:
    """The host's own name and the date in the address: ``gazette-2009-06-02``; counted on where that is taken."""
    names = [part for part in _host(url).split(".")[:-1] if part not in _COMMON]
    name = re.sub(r"[^a-z0-9]+", "-", "-".join(names[-1:]) or _host(url)).strip("-") or "source"
    proposed = f"{name}-{date}" if (date := date_in(url)) else name
    counted = (f"{proposed}-{number}" for number in range(2, len(taken) + 3))
    return proposed if proposed not in taken else next(other for other in counted if other not in taken)


def date_in(url: str) -> str | None:
    """A date that the path spells, as ``2009-06-02`` or ``2009-06``."""
    for pattern in _DATES:
        for match in re.finditer(rf"(?<![0-9]){pattern}(?![0-9])", urlsplit(url).path):
            date = "-".join(match.groups())
            try:
                PartialDate.parse(date)
            except ValueError:
                continue
            return date
    return None


def _entries(root: Path) -> tuple[bytes | None, list[tuple[str, int, str]], list[Problem]]:
    """The file as it is, None where there is none; and the id, line and address of each entry."""
    if not os.path.lexists(root / FILE) and not link_in(root, FILE):
        return None, [], []
    data, problems = read_file(root, FILE)
    if problems:
        return data, [], problems
    source, problems = text_of(FILE, data)
    if source is None:
        return data, [], problems
    node, problems = parse_yaml(source)
    return data, list(_addresses(node)) if isinstance(node, MappingNode) else [], problems


def _addresses(node: MappingNode) -> Iterator[tuple[str, int, str]]:
    for key, value in node.entries:
        url = value.get("url") if isinstance(value, MappingNode) else None
        yield key.text or "", key.place.line, (url.text or "") if isinstance(url, Scalar) else ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # brackets that hold no IPv6 address
        return ""


def _same(url: str) -> str:
    """An address without what does not tell pages apart: its scheme, www, a last slash, a fragment."""
    bare = unquote(url.partition("#")[0]).partition("://")[2]
    return bare.removeprefix("www.").rstrip("/")
