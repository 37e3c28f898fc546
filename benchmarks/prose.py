"""The words of the corpus: articles in Markdown about a fair that never was, the same ones for the same numbers.

A tool differs in three things alone, which ``Dialect`` says: whether headings may name their ids, how a source is cited
and how another article is linked. Everything else is CommonMark with a table, which all of them read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

LANGUAGES = ("zh", "en")
TOPICS = 20
# What an article weighs with its front matter, in bytes of UTF-8.
LIGHTEST, HEAVIEST = 3_800, 4_600
# What is aimed at: sentences are not cut, so an article comes out up to some 150 bytes lighter.
_LEAST, _MOST = 3_950, 4_450

_WHO = {
    "en": ("The organisers", "Visitors from the coast", "A reporter of the Gazette", "The port office", "Two makers"),
    "zh": ("主办方", "来自海边的观众", "一位记者", "港口办公室", "两家企业"),
}
_DID = {
    "en": ("counted", "announced", "remembered", "showed", "signed for", "asked about"),
    "zh": ("统计了", "公布了", "记得", "展示了", "签约了", "问起了"),
}
_WHAT = {
    "en": ("cranes and engines", "projects", "lamps of every size", "new materials", "stands in the main hall"),
    "zh": ("起重机和发动机", "项目", "大小不同的灯", "新材料", "主馆里的展位"),
}
_WHEN = {
    "en": ("on the first day", "before the doors opened", "in the year after", "at the close of the fair"),
    "zh": ("在开幕当天", "在开馆之前", "在第二年", "在闭幕时"),
}
_SENTENCE = {"en": "{who} {did} *K{number} {what}* {when}. ", "zh": "{who}{when}{did}*K{number} {what}*。"}
_HEADINGS = {
    "en": ("What was shown", "What was signed", "Who came", "What it rests on"),
    "zh": ("展出了什么", "签约了什么", "谁来参加", "依据是什么"),
}
_TITLE = {"en": "Report {number} from the fair", "zh": "展会报告 {number}"}
_SUMMARY = {"en": "What is known of the fair in report {number}.", "zh": "第 {number} 号报告中的展会。"}
_HEAD = {
    "en": "| Hall <!-- uncited: made up --> | Stands | Visitors |",
    "zh": "| 展馆 <!-- uncited: made up --> | 展位 | 观众 |",
}
_HALL = {"en": "Hall", "zh": "展馆"}
_LINKS = {"en": "**So says the report** {source}, after {before}.", "zh": "**报告如是说** {source}，上接 {before}。"}


@dataclass(frozen=True)
class Dialect:
    """How one tool's Markdown differs.

    ``cite`` makes the words that lead to a source, by its number; ``refer`` those that lead to another article, by its
    number and language.
    """

    heading_ids: bool
    cite: Callable[[int], str]
    refer: Callable[[int, str], str]


@dataclass(frozen=True)
class Article:
    """One article in one language; ``body`` is Markdown. ``topics`` are numbers below ``TOPICS``."""

    number: int
    language: str
    title: str
    summary: str
    topics: tuple[int, ...]
    source: int
    body: str

    @property
    def name(self) -> str:
        return name_of(self.number)

    @property
    def date(self) -> str:
        """A day of its own among 28 × 12 × 20."""
        return f"{2000 + self.number // 336 % 20}-{self.number // 28 % 12 + 1:02}-{self.number % 28 + 1:02}"


def name_of(number: int) -> str:
    """The article's file or folder."""
    return f"report-{number:05}"


def title_of(number: int, language: str) -> str:
    """The article's title."""
    return _TITLE[language].format(number=number + 1)


def article(number: int, language: str, dialect: Dialect, sources: int, articles: int) -> Article:
    """The article of this number among ``articles``, about one of ``sources`` sources; the first follows the last."""
    chance = Random(f"{number} {language}")
    source = number % sources
    topics = (number % TOPICS, (number * 7 + 3) % TOPICS)
    before = dialect.refer((number - 1) % articles, language)
    links = _LINKS[language].format(source=dialect.cite(source), before=before)
    return Article(
        number,
        language,
        title_of(number, language),
        _SUMMARY[language].format(number=number + 1),
        tuple(dict.fromkeys(topics)),
        source,
        _body(chance, language, dialect.heading_ids, links),
    )


def _body(chance: Random, language: str, heading_ids: bool, links: str) -> str:
    """Four sections of much the same size; the second has a list, the third a table, the last the links."""
    size = chance.randint(_LEAST, _MOST)
    parts = [_sentences(chance, language, 240)]
    for number, heading in enumerate(_HEADINGS[language]):
        parts.append(f"## {heading}")
        if number == 1:
            parts.append("\n".join(f"- {_sentence(chance, language).strip()}" for _ in range(5)))
        if number == 2:
            rows = [
                f"| {_HALL[language]} {hall} | {chance.randint(9, 99)} | {chance.randint(1000, 9999)} |"
                for hall in range(1, 6)
            ]
            parts.append("\n".join([_HEAD[language], "|---|---|---|", *rows]))
        share = (size - _weight(parts)) // (len(_HEADINGS[language]) - number)
        parts += [_sentences(chance, language, share // 2), _sentences(chance, language, share // 2)]
    parts.append(f"> {_sentence(chance, language).strip()}")
    parts.append(links)
    text = "\n\n".join(part for part in parts if part) + "\n"
    # Last, so that they have no part in the sizes: the words are the same with them and without.
    for number, heading in enumerate(_HEADINGS[language] if heading_ids else ()):
        text = text.replace(f"## {heading}\n", f"## {heading} {{#part-{number + 1}}}\n")
    return text


def _weight(parts: list[str]) -> int:
    # 250 for front matter, ids of headings, the quotation and the closing line.
    return sum(len(part.encode()) + 2 for part in parts) + 250


def _sentences(chance: Random, language: str, size: int) -> str:
    """Sentences of about this many bytes together."""
    text = ""
    while len(text.encode()) + 40 < size:
        text += _sentence(chance, language)
    return text.strip()


def _sentence(chance: Random, language: str) -> str:
    return _SENTENCE[language].format(
        who=chance.choice(_WHO[language]),
        did=chance.choice(_DID[language]),
        number=chance.randint(2, 9_999),
        what=chance.choice(_WHAT[language]),
        when=chance.choice(_WHEN[language]),
    )
