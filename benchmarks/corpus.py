"""One corpus laid out for each tool: ``lay(tool, folder, texts)``.

``texts`` counts texts of articles: half as many articles, each in two languages. Ours also gets an edition for every
ten texts, with claims and sources, which no peer has. It leaves out what no peer makes; ``WHOLE`` is ours with all of
it. Same numbers, same bytes.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import yaml

from benchmarks.prose import LANGUAGES, TOPICS, Article, Dialect, article, name_of, title_of

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
OURS = "expoarchive"
WHOLE = "expoarchive-whole"
FIRST_YEAR = 1500
_TOPIC = {"en": "Topic {number}", "zh": "主题 {number}"}
_FRONT = "---\n{front}---\n\n{body}"


def sources_of(texts: int) -> int:
    """How many sources there are: one for fifty texts, at least two."""
    return max(2, texts // 50)


def editions_of(texts: int) -> int:
    """How many editions ours has: one for ten texts, at least two."""
    return max(2, texts // 10)


def lay(tool: str, folder: Path, texts: int) -> None:
    """The corpus of a tool under ``folder``, which must not exist; for a peer with its layouts of ``peers/``."""
    TOOLS[tool](folder, texts)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


class _Plain(yaml.SafeDumper):
    """Writes every value out: records have no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _yaml(value: object) -> str:
    return str(yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000))


def _articles(texts: int, dialect: Dialect) -> list[Article]:
    number, sources = texts // len(LANGUAGES), sources_of(texts)
    return [article(one, language, dialect, sources, number) for one in range(number) for language in LANGUAGES]


def _address(source: int) -> str:
    return f"https://gazette.example/{source}"


def _linked(source: int) -> str:
    return f"[Gazette {source}]({_address(source)})"


def _beside(number: int, language: str) -> str:
    return f"[{title_of(number, language)}](../{name_of(number)}/)"


def _beside_in_pelican(number: int, language: str) -> str:
    return f"[{title_of(number, language)}](../{language}-{name_of(number)}/)"


# --- ours ------------------------------------------------------------------------------------------------------------


def _lay_ours(folder: Path, texts: int) -> None:
    _lay_whole(folder, texts)
    _write(folder / "site_config.yaml", _yaml({**_CONFIG, "without": _NO_PEER_MAKES}))


def _lay_whole(folder: Path, texts: int) -> None:
    shutil.copytree(PROJECT / "templates", folder / "templates")
    _write(folder / "site_config.yaml", _yaml(_CONFIG))
    content = folder / "content"
    dialect = Dialect(
        heading_ids=True,
        cite=lambda source: f"[@gazette-{source}]",
        refer=lambda number, language: f"[[article:{name_of(number)}]]",
    )
    for one in _articles(texts, dialect):
        front = _yaml({"title": one.title, "summary": one.summary})
        _write(content / "articles" / one.name / f"{one.language}.md", _FRONT.format(front=front, body=one.body))
        year = FIRST_YEAR + one.number % editions_of(texts)
        shared = {"date": one.date, "topics": [f"topic-{topic + 1}" for topic in one.topics], "editions": [year]}
        _write(content / "articles" / one.name / "article.yaml", _yaml(shared))
    for number in range(editions_of(texts)):
        _write(content / "editions" / f"{FIRST_YEAR + number}.yaml", _yaml(_edition(number, sources_of(texts))))
    for number in range(sources_of(texts)):
        _write(content / "sources" / f"gazette-{number}.yaml", _yaml(_source(number)))
    _write(content / "vocabularies" / "topics.yaml", _yaml({f"topic-{n}": _topic(n) for n in range(1, TOPICS + 1)}))
    for name, terms in _VOCABULARIES.items():
        _write(content / "vocabularies" / f"{name}.yaml", _yaml(terms))
    # Says of which original each translation is: to warn of thousands that do not takes time that no peer needs.
    command = (sys.executable, str(PROJECT / "build.py"), "restamp", "--all")
    subprocess.run(command, cwd=folder, env={**os.environ, "EXPOARCHIVE_CACHE": ""}, check=True, capture_output=True)


def _edition(number: int, sources: int) -> dict[str, object]:
    year = FIRST_YEAR + number
    cited = [f"gazette-{number % sources}"]
    return {
        "year": year,
        "ordinal": {"value": number + 1, "sources": cited},
        "held": {
            "opened": {"date": f"{year}-06-01", "sources": cited},
            "closed": {"date": f"{year}-06-04", "sources": cited},
        },
        "venues": {"venue": "quay-hall", "sources": cited},
        "figures": {
            "visitors": {"value": 1000 + number * 37 % 9000, "qualifier": "about", "sources": cited},
            "projects": {"value": 10 + number * 7 % 300, "stage": "signed", "sources": cited},
        },
        "firsts": [
            {
                "id": "shown",
                "what": {"zh": f"首次展出第 {number + 1} 号灯。", "en": f"Lamp {number + 1} was shown."},
                "topics": [f"topic-{number % TOPICS + 1}"],
                "sources": cited,
            }
        ],
    }


def _source(number: int) -> dict[str, object]:
    return {
        "publisher": {"zh": f"公报 {number}", "en": f"Gazette {number}"},
        "title": {"en": f"Report of the fair, part {number}"},
        "url": _address(number),
        "published": "2001-07-02",
        "language": "en",
        "grade": "newspaper",
    }


def _topic(number: int) -> dict[str, object]:
    return {"name": {language: _TOPIC[language].format(number=number) for language in LANGUAGES}}


_CONFIG = {
    "title": {"zh": "展会档案", "en": "The Archive of the Fair"},
    "expo": {"zh": "展会", "en": "the fair"},
    "description": {"zh": "展会的历史。", "en": "The history of the fair."},
    "languages": [
        {"id": "zh", "tag": "zh-Hans", "locale": "zh_Hans_CN", "name": "中文"},
        {"id": "en", "tag": "en", "locale": "en_GB", "name": "English"},
    ],
    "address": "https://fair.example",
    "contact": "none",
    "navigation": ["timeline", "editions", "articles", "sources"],
}
# The peers' own feeds and sitemaps are off too.
_NO_PEER_MAKES = ["search", "cards", "data", "chart-files", "feeds", "sitemaps"]
_VOCABULARIES = {
    "measures": {
        "visitors": {
            "name": {"zh": "观众", "en": "Visitors"},
            "unit": "count",
            "counted": {"zh": "{amount} 名观众", "en": "{amount} visitors"},
            "group": "people",
        },
        "projects": {
            "name": {"zh": "项目", "en": "Projects"},
            "unit": "count",
            "counted": {"zh": "{amount} 个项目", "en": "{amount} projects"},
            "group": "results",
        },
    },
    "units": {
        "count": {
            "name": {"zh": "数", "en": "number"},
            "base": "count",
            "shown": {"zh": "{number}", "en": "{number}"},
        }
    },
    "regions": {"coast": {"name": {"zh": "海边", "en": "The coast"}}},
    "places": {"port-lune": {"name": {"zh": "港口", "en": "Port Lune"}, "region": "coast"}},
    "venues": {"quay-hall": {"name": {"zh": "主馆", "en": "Quay Hall"}, "place": "port-lune"}},
}

# --- peers -----------------------------------------------------------------------------------------------------------


def _lay_peer(tool: str, folder: Path) -> None:
    shutil.copytree(HERE / "peers" / tool, folder)


def _lay_hugo(folder: Path, texts: int) -> None:
    _lay_peer("hugo", folder)
    for one in _articles(texts, Dialect(heading_ids=True, cite=_linked, refer=_beside)):
        front = _yaml(
            {"title": one.title, "summary": one.summary, "date": one.date, "topics": [_tag(t) for t in one.topics]}
        )
        file = folder / "content" / one.language / "articles" / f"{one.name}.md"
        _write(file, _FRONT.format(front=front, body=one.body))


def _lay_eleventy(folder: Path, texts: int) -> None:
    _lay_peer("eleventy", folder)
    for one in _articles(texts, Dialect(heading_ids=False, cite=_linked, refer=_beside)):
        topics = [_tag(topic) for topic in one.topics]
        front = _yaml({"title": one.title, "summary": one.summary, "date": one.date, "topics": topics})
        file = folder / "content" / one.language / "articles" / f"{one.name}.md"
        _write(file, _FRONT.format(front=front, body=one.body))


def _lay_pelican(folder: Path, texts: int) -> None:
    _lay_peer("pelican", folder)
    for one in _articles(texts, Dialect(heading_ids=True, cite=_linked, refer=_beside_in_pelican)):
        # Its tags have no language: each language has tags of its own, as each has its own list.
        tags = ", ".join(f"{one.language}-{_tag(topic)}" for topic in one.topics)
        front = (
            f"Title: {one.title}\nSummary: {one.summary}\nDate: {one.date}\nTags: {tags}\nCategory: {one.language}\n"
        )
        front += f"Slug: {one.language}-{one.name}\n"
        file = folder / "content" / one.language / "articles" / f"{one.name}.md"
        _write(file, f"{front}\n{one.body}")


def _tag(topic: int) -> str:
    return f"topic-{topic + 1}"


TOOLS: dict[str, Callable[[Path, int], None]] = {
    OURS: _lay_ours,
    WHOLE: _lay_whole,
    "hugo": _lay_hugo,
    "eleventy": _lay_eleventy,
    "pelican": _lay_pelican,
}
