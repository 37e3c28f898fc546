"""Hostile words in every field that takes words do nothing: on no page, in no data, feed, script or picture."""

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from expoarchive.build import build
from expoarchive.cache.store import Store
from expoarchive.problem import errors
from tests.sites import lay_site

# Each tries to get out of another place: an element, an attribute, a script, an address, XML, a style, a sheet's cell.
PAYLOADS = {
    "element": "</title></script><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>{{ 7*7 }}",
    "attribute": "\" onmouseover=alert(1) autofocus onfocus=alert(1) x='' style=x:y ' onclick=alert(1) `",
    "script": "\\\"};alert(1);//'-alert(1)-'</script><!--<script>",
    "address": "javascript:alert(1)",
    "data address": "data:text/html,<script>alert(1)</script>",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt;&#60;script&#62;&quot; onload=&#97;lert(1)",
    "markdown": "[x](javascript:alert(1)) ![x](javascript:alert(1)) <a href=javascript:alert(1)>x</a> `<b onload=x>`",
    "xml": "]]><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script><![CDATA[&xxe;<?php x?>",
    "style": "</style><style>*{background:url(//evil.example/x)}</style>;}*{x:expression(alert(1))}",
    "formula": '=HYPERLINK("https://evil.example","x")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "web address": 'https://evil.example/"onclick="alert(1)\'><script>alert(1)</script>',
}
# Fields that the tiny expo leaves out.
MORE = {
    "content/editions/2013.yaml": """
year: 2013
themes: {text: {en: Cranes, fr: Grues}, sources: [gazette-2009]}
remarks:
  - id: fog
    what: {en: Fog., fr: Brume.}
    scope: {en: At night., fr: La nuit.}
    note: {en: Seen., fr: Vu.}
    sources: [gazette-2009]
  - {id: rain, what: {en: Rain., fr: Pluie.}, reported_as: opinion, sources: [gazette-2009]}
figures:
  visitors:
    value: 900
    break: {en: Counted anew., fr: Autre compte.}
    scope: {en: Without guests., fr: Sans les hôtes.}
    note: {en: A guess., fr: Estimation.}
    disputed_by: {sources: [port-office-2011], note: {en: It says less., fr: Il dit moins.}}
    sources: [{source: gazette-2009, locator: page 3}]
  takings: {value: 50, sources: [gazette-2009], derived: {reading: {en: As told., fr: Selon le récit.}}}
""",
}
READ = {".html", ".xml", ".svg", ".csv", ".json", ".js", ".css", ".webmanifest"}
SCRIPTS = {"application/ld+json", "application/json"}
# Addresses that an attribute may begin with, and the only foreign ones that the site itself has.
SAFE = re.compile(r"(?:https?:|mailto:|vscode:|#|\.|/|\?|[a-z0-9][^:]*$|$)", re.IGNORECASE)
Leaf = tuple[str | int, ...]


class Page(HTMLParser):
    """What a browser would find in a page that could do something."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.blocks: list[str] = []
        self.data = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.data = tag == "script" and held.get("type") in SCRIPTS
        if self.data:
            self.blocks.append("")
        elif tag == "script" and not held.get("src"):
            self.found.append("a script")
        elif tag in {"style", "iframe", "object", "embed", "base"}:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc", "autofocus"}:
                self.found.append(f"{tag} {name}={value}")
            leads = name in {"href", "src", "action", "formaction", "xlink:href", "poster", "data"}
            if leads and (not SAFE.match(value or "") or (name != "href" and "evil" in (value or ""))):
                self.found.append(f"{tag} {name}={value}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.data = self.data and tag != "script"

    def handle_data(self, data: str) -> None:
        if self.data:
            self.blocks[-1] += data


def alive_in_html(text: str) -> list[str]:
    """What could run in a page; its blocks of data are read as what they say they are."""
    page = Page(text)
    for block in page.blocks:
        json.loads(block)
    return page.found


def alive_in_xml(text: str) -> list[str]:
    """What could run in a feed, a sitemap or a picture: elements, handlers, addresses, and HTML held as text."""
    assert "<!DOCTYPE" not in text
    found = []
    for element in ElementTree.fromstring(text).iter():
        name = element.tag.rpartition("}")[2]
        if name in {"script", "foreignObject", "iframe"}:
            found.append(name)
        for attribute, value in element.attrib.items():
            local = attribute.rpartition("}")[2]
            if local.startswith("on") or (local in {"href", "src"} and not SAFE.match(value)):
                found.append(f"{name} {local}={value}")
        if element.get("type") == "html":
            found += alive_in_html(element.text or "")
    return found


def alive_in_csv(text: str) -> list[str]:
    """Cells that a spreadsheet would take for a formula: they begin as one and are no number."""
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    return [
        cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"-[\d.]+", cell)
    ]


def alive(output: Path) -> dict[str, list[str]]:
    """By file of the output, what could do something there."""
    found = {}
    for path in sorted(output.rglob("*")):
        if not path.is_file() or path.suffix not in {
            ".html",
            ".xml",
            ".svg",
            ".csv",
            ".json",
            ".js",
            ".css",
            ".webmanifest",
        }:
            continue
        text, name = path.read_text("utf-8"), path.relative_to(output).as_posix()
        if path.suffix == ".html":
            found[name] = alive_in_html(text)
        elif path.suffix in (".xml", ".svg"):
            found[name] = alive_in_xml(text)
        elif path.suffix == ".csv":
            found[name] = alive_in_csv(text)
        elif path.suffix in (".json", ".webmanifest"):
            json.loads(text)
        elif path.suffix == ".css":
            found[name] = [word for word in ("evil.example", "alert(", "expression(") if word in text]
        elif name.startswith("search/"):
            found[name] = alive_in_script(text)
    return {name: words for name, words in found.items() if words}


def alive_in_script(text: str) -> list[str]:
    """What is searched, a file of its own: data alone is assigned, whatever is in it."""
    begun = re.match(r'\(globalThis\.search(?:Indexes|Answers) \?\?= \{\}\)\["\w+"\] = ', text)
    assert begun
    json.loads(text[begun.end() :].rstrip().removesuffix(";"))
    return []


# --- the fields ------------------------------------------------------------------------------------------------------


def leaves(node: Any, path: Leaf = ()) -> Iterator[Leaf]:
    """Where the values of a file stand."""
    if isinstance(node, dict | list):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(value, (*path, key))
    else:
        yield path


def put(node: Any, path: Leaf, value: str) -> None:
    """Another value there."""
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value


class Fields:
    """The values of a small site's records and configuration, any of which can hold something else."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root.with_name("output")
        lay_site(root, MORE)
        self.store = Store()
        assert build(root, self.output, store=self.store).ok
        paths = [path for path in sorted(root.rglob("*.yaml")) if "templates" not in path.parts]
        self.files = {path: yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in paths}
        self.articles = {path: path.read_text("utf-8") for path in sorted(root.rglob("*.md"))}

    def lay(self, chosen: set[tuple[Path, Leaf]], words: str) -> None:
        """The words in the chosen fields, a value a line, and everywhere else what the expo has."""
        for path, node in self.files.items():
            changed = json.loads(json.dumps(node))
            for number, (_, leaf) in enumerate(sorted((one for one in chosen if one[0] == path), key=str)):
                # Two of a kind may not have one name.
                put(changed, leaf, f"{words}{number}")
            text = yaml.dump(changed, allow_unicode=False, sort_keys=False, width=10**9, default_flow_style=False)
            path.write_text(text, "utf-8")
        for path, text in self.articles.items():
            head, body = text.removeprefix("---\n").split("---\n", 1)
            front = yaml.load(head, yaml.BaseLoader) | {"title": words, "summary": words}
            path.write_text(f"---\n{yaml.dump(front, allow_unicode=False, width=10**9)}---\n{body}", "utf-8")

    def at(self, file: str, line: int) -> tuple[Path, Leaf] | None:
        """The field that stands on a line of a file as it was laid."""
        path = self.root / file
        if path not in self.files:
            return None
        root = yaml.compose(path.read_text("utf-8"), yaml.SafeLoader)

        def search(node: Any, leaf: Leaf) -> Leaf | None:
            if isinstance(node, yaml.ScalarNode):
                return leaf if node.start_mark.line <= line - 1 <= node.end_mark.line else None
            inner = (
                [(key.value, value) for key, value in node.value]
                if isinstance(node, yaml.MappingNode)
                else list(enumerate(node.value))
            )
            return next((found for key, value in inner if (found := search(value, (*leaf, key))) is not None), None)

        found = search(root, ())
        return (path, found) if found is not None else None

    def fill(self, words: str) -> set[tuple[Path, Leaf]]:
        """The words in every field that takes them, built; the fields. What the build refuses is put back."""
        chosen = {(path, leaf) for path, node in self.files.items() for leaf in leaves(node)}
        for _ in range(60):
            self.lay(chosen, words)
            outcome = build(self.root, self.output, store=self.store)
            if outcome.ok:
                return chosen
            wrong = [self.at(problem.place.file, problem.place.line) for problem in errors(outcome.problems)]
            refused = {one for one in wrong if one in chosen}
            # Some are told where a value's languages begin.
            around = {(one[0], one[1][:-1]) for one in wrong if one}
            refused = refused or {one for one in chosen if (one[0], one[1][:-1]) in around}
            assert refused, [(str(problem.place), problem.kind) for problem in outcome.problems]
            chosen -= refused
        raise AssertionError("no end of refusals")


@pytest.fixture(scope="module")
def fields(tmp_path_factory: pytest.TempPathFactory) -> Fields:
    """Built once with its own words."""
    return Fields(tmp_path_factory.mktemp("fields") / "site")


# A browser is shown the words of another sort each time (test_untrusted.py in tests/browser).
QUICK = ("formula",)


@pytest.mark.long
@pytest.mark.parametrize(
    "payload", [pytest.param(name, marks=() if name in QUICK else pytest.mark.long) for name in PAYLOADS]
)
def test_hostile_words_in_any_field_do_nothing(fields: Fields, payload: str) -> None:
    """In all fields at once that take words at all."""
    chosen = fields.fill(PAYLOADS[payload])

    assert len(chosen) > 60 or payload == "style"
    assert alive(fields.output) == {}
    page = (fields.output / "en/editions/2013/index.html").read_text("utf-8")
    assert html.unescape(PAYLOADS[payload].split()[0][:20]) in html.unescape(html.unescape(page))
