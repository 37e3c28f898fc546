"""Reads texts into records. Every fault is reported; a file with one is left out, and the rest are read."""

import contextlib
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from expoarchive.cache.shape import shaped
from expoarchive.cache.store import Store
from expoarchive.config import Config
from expoarchive.load import CONTENT, Content
from expoarchive.load.content import EXHIBITORS, misnamed
from expoarchive.nodes import Model, Node, SourceText, parse_yaml, read_model
from expoarchive.nodes.fields import is_id
from expoarchive.nodes.node import MappingNode
from expoarchive.problem import Place, Problem, errors, nearest
from expoarchive.records.absence import check_absences, check_asked
from expoarchive.records.archive import Article, Records, Translation, Vocabularies
from expoarchive.records.article import ArticleRecord, FrontMatter
from expoarchive.records.assertion import check_assertions
from expoarchive.records.claim import index_claims
from expoarchive.records.departure import check_departures, check_glossary
from expoarchive.records.derive import check_derivations
from expoarchive.records.edition import Edition, ExpoRecord
from expoarchive.records.exhibitor import ExhibitorTable, read_exhibitors, year_of
from expoarchive.records.former import former_ids, renewed
from expoarchive.records.kept import digest_of, pack, unpack
from expoarchive.records.ledger import LEDGER, Correction, Ledger, check_ledger
from expoarchive.records.listed import check_exhibitors, check_listed
from expoarchive.records.picture import Picture, Recording
from expoarchive.records.pictured import PICTURES, check_pictured
from expoarchive.records.plausible import check_plausible
from expoarchive.records.printed import check_prints
from expoarchive.records.prose import front_matter, headings, language_problems, linked_sorts, references, scan, uncited
from expoarchive.records.reference import SiteIds, check_references
from expoarchive.records.scanned import check_scans
from expoarchive.records.sense import check_sense
from expoarchive.records.sorts import sorts_of
from expoarchive.records.source import Source
from expoarchive.records.synonyms import SYNONYMS, Synonyms
from expoarchive.records.translation import check_originals, digests_in
from expoarchive.records.vocabulary import Absence, Change, ChartRecord, Era, GlossaryEntry, Wordings

M = TypeVar("M", bound=Model)
T = TypeVar("T")

EDITIONS = f"{CONTENT}/editions/"
SOURCES = f"{CONTENT}/sources/"
ARTICLES = f"{CONTENT}/articles/"
PAGES = f"{CONTENT}/pages/"
RECORDINGS = f"{CONTENT}/recordings/"
# The prefix of the names under which the store keeps what was read from files.
_KEPT = "read "
_SINGLE = (
    "absences",
    "wordings",
    "expo",
    "eras",
    "changes",
    "charts",
    "glossary",
    "synonyms",
    "corrections",
    "published",
)


def read_records(
    content: Content, config: Config, ids: SiteIds, store: Store | None = None
) -> tuple[Records, list[Problem]]:
    """The archive's records; ``ids`` finds the ids of everything else that they may refer to.

    If there is an error among the problems, the records are incomplete and must not be rendered. Texts that have not
    changed since ``store`` last kept them are not read again.
    """
    store = store or Store()
    reader = _Reader(content, config, store)
    editions, tables = reader.editions(), reader.exhibitors()
    parts: dict[str, Any] = {
        "editions": editions,
        "exhibitors": {
            year: tables[str(year)] for year, one in editions.items() if one.exhibitors and str(year) in tables
        },
        "expo": reader.one(f"{CONTENT}/expo.yaml", ExpoRecord) or ExpoRecord(),
        "sources": reader.folder(SOURCES, Source),
        "vocabularies": Vocabularies(
            {sort.name: reader.entries(sort.file, sort.model) for sort in reader.sorts.rows}, reader.sorts
        ),
        "eras": reader.entries(f"{CONTENT}/eras.yaml", Era),
        "changes": reader.entries(f"{CONTENT}/changes.yaml", Change),
        "charts": reader.entries(f"{CONTENT}/charts.yaml", ChartRecord),
        "glossary": reader.entries(f"{CONTENT}/glossary.yaml", GlossaryEntry),
        "absences": reader.entries(f"{CONTENT}/absences.yaml", Absence),
        "synonyms": reader.entries(SYNONYMS, Synonyms),
        "wordings": reader.one(f"{CONTENT}/wordings.yaml", Wordings) or Wordings(),
        "articles": reader.articles(ARTICLES),
        "pages": reader.articles(PAGES),
        "pictures": reader.folder(PICTURES, Picture),
        "recordings": reader.folder(RECORDINGS, Recording),
        "corrections": reader.entries(f"{CONTENT}/corrections.yaml", Correction),
    }
    if former := former_ids(parts):
        parts = {name: renewed(part, former) for name, part in parts.items()}
    claims, claim_problems = index_claims(parts["editions"], parts["expo"])
    ledger = reader.one(LEDGER, Ledger) or Ledger()
    records = Records(**parts, claims=claims, ledger=ledger, former=former)
    problems = [*reader.problems, *reader.unexpected(), *claim_problems]
    faulty = content.broken | {problem.place.file for problem in errors(problems)}
    problems += check_references(records, config, {"media": content.media, **ids(config, records)}, faulty)
    problems += check_pictured(records, content.media, faulty)
    problems += check_scans(records, content.media, store.memory)
    problems += check_exhibitors(tables, editions, faulty)
    problems += check_sense(records, faulty)
    problems += check_derivations(claims)
    problems += check_prints(records)
    problems += check_absences(records, faulty)
    problems += check_asked(records, faulty)
    problems += check_assertions(records, store.memory)
    problems += check_departures(records, store.memory)
    problems += check_glossary(records)
    problems += check_originals(records, faulty)
    if not faulty:
        problems += check_ledger(
            records.ledger, claims, records.corrections, config.complete_ids or config.language_ids[:1]
        )
    if not errors(problems):
        # What is unlikely may follow from what is wrong.
        problems += [*check_plausible(records), *check_listed(records)]
    return records, problems


def reading_jobs(content: Content, config: Config, store: Store) -> list[Callable[[], object]]:
    """Jobs that read each text, edition and article into ``store``, where ``read_records`` then finds them.

    No jobs if it has any already, because then few are missing.
    """
    if any(store.get(f"{_KEPT}{file}") for file in content.data):
        return []
    reader = _Reader(content, config, store)
    models: tuple[tuple[str, str, type[Model]], ...] = (
        (EDITIONS, ".yaml", Edition),
        (SOURCES, ".yaml", Source),
        (ARTICLES, "/article.yaml", ArticleRecord),
    )
    return [
        *(partial(reader.read, source, reader.translation, Translation) for source in content.texts.values()),
        *(
            partial(reader.one, file, model)
            for folder, end, model in models
            for file in content.data
            if file.startswith(folder) and file.endswith(end)
        ),
    ]


class _Reader:
    """Reads files of the content and collects their problems."""

    def __init__(self, content: Content, config: Config, store: Store) -> None:
        self.content = content
        self.config = config
        self.store = store
        self.sorts = sorts_of(config)
        self.context = {"languages": config.language_ids, "complete": config.complete_ids, "sorts": self.sorts}
        # What values depend on beside their texts.
        self.beside = (
            tuple(map(str, config.language_ids)),
            tuple(map(str, config.complete_ids)),
            tuple(self.sorts.paged),
        )
        self.problems: list[Problem] = []

    def read(
        self, source: SourceText, make: Callable[[SourceText], tuple[T | None, list[Problem]]], kind: type[T]
    ) -> T | None:
        """What ``make`` makes of a file, or made when the same text was last read: a value of the type ``kind``.

        Only values without problems are kept.
        """
        name, digest = f"{_KEPT}{source.file}", digest_of(source)

        def once() -> tuple[T | None, list[Problem]]:
            key = (digest, *self.beside)
            kept = self.store.get(name, tuple[tuple[bytes, tuple[str, ...], tuple[str, ...], tuple[str, ...]], bytes])
            if kept is not None and kept[0] == key:
                # Damaged or forged bytes count as missing.
                with contextlib.suppress(Exception):
                    if (value := shaped(unpack(kept[1], source), kind)) is not None:
                        return value, []
            value, problems = make(source)
            if value is not None and not problems:
                self.store.put(name, (key, pack(value, source)))
            return value, problems

        memory_name = ("read", source.file, self.beside)
        value, problems = self.store.memory.recall(memory_name, digest, once)
        self.store.touch((name,))
        self.problems += problems
        return value

    def data(self, file: str, make: Callable[[Node], tuple[T | None, list[Problem]]], kind: type[T]) -> T | None:
        """What ``make`` makes of a YAML file; None if there is none, or it cannot be read."""

        def parse(source: SourceText) -> tuple[T | None, list[Problem]]:
            node, problems = parse_yaml(source)
            if node is None:
                return None, problems or [Problem("empty-file", source.place())]
            value, faults = make(node)
            return value, [*problems, *faults]

        source = self.content.data.get(file)
        return self.read(source, parse, kind) if source else None

    def one(self, file: str, model: type[M]) -> M | None:
        return self.data(file, lambda node: read_model(node, model, file, self.context), model)

    def entries(self, file: str, model: type[M]) -> dict[str, M]:
        """The entries of a file, by id. Each id must be fit for an address."""

        def read_all(node: Node) -> tuple[dict[str, M] | None, list[Problem]]:
            if not isinstance(node, MappingNode):
                return None, [Problem("not-a-mapping", node.place)]
            entries: dict[str, M] = {}
            problems: list[Problem] = []
            for key, value in node.entries:
                name = key.text or ""
                if not is_id(name):
                    problems.append(Problem("not-an-id", key.place, {"name": name, "found": name}))
                entry, faults = read_model(value, model, file, self.context)
                problems += faults
                if entry is not None:
                    entries[name] = entry
            return entries, problems

        return self.data(file, read_all, dict[str, model]) or {}  # type: ignore[valid-type]

    def folder(self, folder: str, model: type[M]) -> dict[str, M]:
        """The records of a folder by id, which is the name of the file."""
        records: dict[str, M] = {}
        for file in sorted(self.content.data):
            if not file.startswith(folder):
                continue
            name = file.removeprefix(folder).removesuffix(".yaml")
            if not is_id(name):
                self.problems.append(Problem("not-an-id", Place(file), {"name": name, "found": name}))
            elif (record := self.one(file, model)) is not None:
                records[name] = record
        return records

    def editions(self) -> dict[int, Edition]:
        editions: dict[int, Edition] = {}
        for file in sorted(self.content.data):
            edition = self.one(file, Edition) if file.startswith(EDITIONS) else None
            if edition is None:
                continue
            year, stem = str(edition.year), file.removeprefix(EDITIONS).removesuffix(".yaml")
            if stem != year:
                self.problems.append(Problem("year-differs", edition.found_at, {"year": year, "file": stem}))
            if first := editions.get(edition.year):
                details = {"year": year, "other": first.found_at.file}
                self.problems.append(Problem("year-twice", edition.found_at, details))
            else:
                editions[edition.year] = edition
        return dict(sorted(editions.items()))

    def exhibitors(self) -> dict[str, ExhibitorTable]:
        """The tables of exhibitors by the names of their files, which are to be years."""
        tables: dict[str, ExhibitorTable] = {}
        for file in sorted(self.content.data):
            if file.startswith(EXHIBITORS) and file.endswith(".csv"):
                table = self.read(self.content.data[file], self.table, ExhibitorTable)
                if table is not None:
                    tables[year_of(file)] = table
        return tables

    def table(self, source: SourceText) -> tuple[ExhibitorTable | None, list[Problem]]:
        return read_exhibitors(source, self.context)

    def articles(self, folder: str) -> dict[str, Article]:
        files = [*self.content.data, *self.content.texts, *self.content.broken]
        inside = (file.removeprefix(folder) for file in files if file.startswith(folder))
        ids = sorted({name.split("/")[0] for name in inside if "/" in name})
        articles = {article_id: self.article(folder, article_id) for article_id in ids}
        return {article_id: article for article_id, article in articles.items() if article}

    def article(self, folder: str, article_id: str) -> Article | None:
        here = f"{folder}{article_id}/"
        file = f"{here}article.yaml" if folder == ARTICLES else f"{here}page.yaml"
        if not is_id(article_id):
            self.problems.append(Problem("not-an-id", Place(here), {"name": article_id, "found": article_id}))
            return None
        record = self.one(file, ArticleRecord)
        if record is None:
            if file not in self.content.data and file not in self.content.broken:
                self.problems.append(Problem("missing-file", Place(file)))
            return None
        before = len(self.problems)
        translations: dict[str, Translation] = {}
        for language in self.config.language_ids:
            source = self.content.texts.get(f"{here}{language}.md")
            translation = self.read(source, self.translation, Translation) if source else None
            if translation is not None:
                translations[language] = translation
        if not translations:
            if len(self.problems) > before or any(name.startswith(here) for name in self.content.broken):
                return None
            details = {"languages": ", ".join(self.config.language_ids)}
            self.problems.append(Problem("no-text", record.found_at, details))
            return None
        return Article(article_id, file, record, translations)

    def translation(self, source: SourceText) -> tuple[Translation | None, list[Problem]]:
        """One text with its front matter."""
        head, body, problems = front_matter(source)
        if head is None:
            return None, problems
        node, faults = parse_yaml(head)
        problems = [*problems, *faults]
        if node is None:
            return None, problems if faults else [*problems, Problem("empty-file", head.place())]
        front, faults = read_model(node, FrontMatter, source.file, self.context)
        mentions, prose_faults = references(body, linked_sorts(self.sorts))
        problems += [*faults, *prose_faults, *uncited(body)]
        if front is None:
            return None, problems
        language = self.config.language(source.file.rpartition("/")[2].removesuffix(".md"))
        problems += language_problems(body, (front.title, front.summary, scan(body).rest), language.id, language.tag)
        found = headings(body)
        digests = digests_in(front, body, found)
        return Translation(source.file, front, body, tuple(mentions), found, digests), problems

    def unexpected(self) -> list[Problem]:
        """Files of the content that nothing reads, most often because the name of a folder is misspelt."""
        names = {f"{CONTENT}/{name}.yaml" for name in _SINGLE} | {sort.file for sort in self.sorts.rows}
        texts = "|".join(re.escape(language) for language in self.config.language_ids)
        patterns = (
            rf"{EDITIONS}[^/]+\.yaml",
            rf"({SOURCES}|{PICTURES}|{RECORDINGS})[^/]+\.yaml",
            rf"{EXHIBITORS}[^/]+\.csv",
            rf"{ARTICLES}[^/]+/(article\.yaml|({texts})\.md)",
            rf"{PAGES}[^/]+/(page\.yaml|({texts})\.md)",
        )
        expected, problems = re.compile("|".join(patterns)), []
        for file in [*self.content.data, *self.content.texts]:
            if file not in names and not expected.fullmatch(file):
                problems.append(self.misnamed_text(file) or self.misplaced(file, names))
        return problems

    def misplaced(self, file: str, names: Iterable[str]) -> Problem:
        meant = [f"{folder}{file.rpartition('/')[2]}" for folder in (EDITIONS, SOURCES, PICTURES, RECORDINGS)]
        return Problem("unexpected-file", Place(file), {}, nearest(file, [*names, *meant]))

    def misnamed_text(self, file: str) -> Problem | None:
        """Markdown in the folder of an article or page that is not named after a language, or is in no folder."""
        match = re.fullmatch(rf"({ARTICLES}|{PAGES})(?:([^/]+)/)?([^/]+)\.md", file)
        if match is None:
            return None
        top, folder, stem = match.groups()
        if folder is None:
            wanted = f"{top}{stem}/{self.config.default_language.id}.md"
            return misnamed(file, wanted, self.content.texts)
        language = _language_meant(stem, self.config)
        if language is not None:
            return misnamed(file, f"{top}{folder}/{language}.md", self.content.texts)
        texts = ", ".join(f"{language}.md" for language in self.config.language_ids)
        return Problem("text-of-no-language", Place(file), {"name": stem, "texts": texts})


def _language_meant(stem: str, config: Config) -> str | None:
    """The language that a file's name gives in another form: ``en-US``, ``zh_CN``, ``English``, ``article.fr``."""
    names = {name.lower() for part in stem.split(".") for name in (part, re.split("[-_]", part)[0])}
    for language in config.languages:
        tag = language.tag.partition("-")[0]
        if not names.isdisjoint({language.id.lower(), tag.lower(), language.name.lower()}):
            return language.id
    return None
