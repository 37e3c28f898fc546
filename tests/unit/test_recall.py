"""What was made of the site is recalled for as long as all that it looked at is the same, and made anew otherwise."""

import sqlite3
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from expoarchive.cache.store import Store
from expoarchive.records.sorts import SORTS
from expoarchive.site import Site, make_site
from expoarchive.site.recall import Recall
from tests.sites import TINY_EXPO, read_small

E2009, E2010, E2012, E2013 = (f"content/editions/{year}.yaml" for year in (2009, 2010, 2012, 2013))
CRANE, SECOND = "content/articles/first-crane", "content/articles/second"
VOCABULARIES = "content/vocabularies"
MORE = {
    f"{SECOND}/article.yaml": "date: 2011-01-01\ntopics: [cranes]\neditions: [2010]\n",
    f"{SECOND}/en.md": "---\ntitle: Second\nsummary: S\n---\n\nRead [[place:port-lune]].\n",
    "content/corrections.yaml": "again:\n  date: 2012-01-01\n  claim: 2011#visitors\n  was: 1\n  now: over 1800\n"
    "  why: {en: Counted., fr: Compté.}\n  sources: [gazette-2009]\n",
    f"{VOCABULARIES}/events.yaml": "night: {name: {en: Night, fr: Nuit}}\n",
    f"{VOCABULARIES}/bodies.yaml": "port: {name: {en: Port, fr: Port}}\n",
}
# A file, what is replaced in it and by what; a whole text where nothing is replaced, None where it goes.
Edit = tuple[str, str, str | None]
SiteOf = Callable[..., Site]


@pytest.fixture(scope="module")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> SiteOf:
    """The site of the tiny expo with some more in it, after these edits."""

    @cache
    def made(*edits: Edit) -> Site:
        files: dict[str, str | None] = {**MORE}
        for file, old, new in edits:
            text = files.get(file) or ((TINY_EXPO / file).read_text("utf-8") if old else "")
            assert old in text
            files[file] = text.replace(old, new, 1) if old and new is not None else new
            if new is None and file in MORE:
                del files[file]
        config, records, problems = read_small(tmp_path_factory.mktemp("site"), files)
        site, found = make_site(config, records)
        assert not [problem for problem in [*problems, *found] if problem.severity == "error"]
        return site

    return made


Look = Callable[[Site], object]
NEW_EDITION = (E2013, "", "year: 2013\n")
OTHER_EDITION = (E2010, "year: 2010", "year: 2010\nstatus: planned")
OTHER_FIGURE = (E2010, "value: 2000", "value: 2001")
FIGURE = (E2009, "value: 1200", "value: 1300")
TEXT = (f"{CRANE}/en.md", "It drew", "It had drawn")
TITLE = (f"{CRANE}/en.md", "The first crane", "A crane")
OTHER_TEXT = (f"{SECOND}/en.md", "Read", "Look at")
TERM = "{name: {en: New, fr: Nouveau}}"


def term(name: str, key: str, change: tuple[str, str]) -> tuple[Look, Edit, Edit]:
    """A look at a vocabulary's term, an edit of it, and one of another vocabulary."""
    sort = next(sort.name for sort in SORTS if sort.plural == name)
    other = "roles" if name != "roles" else "parts"
    aside = (f"{VOCABULARIES}/{other}.yaml", "en: ", "en: New ")
    return (
        lambda site: site.records.vocabularies.by_sort[sort][key].name["en"],
        (f"{VOCABULARIES}/{name}.yaml", *change),
        aside,
    )


# A look at the site, an edit that changes what it sees, and one of something beside it.
LOOKS: dict[str, tuple[Look, Edit, Edit]] = {
    "an edition": (
        lambda site: site.records.editions[2009].status,
        (E2009, "year: 2009", "year: 2009\nstatus: planned"),
        OTHER_EDITION,
    ),
    "where an edition stands": (
        lambda site: site.records.editions[2009].status,
        (E2009, "year: 2009", "year: 2009\nstatus: planned"),
        (E2009, "year: 2009", "# Moved down.\nyear: 2009"),
    ),
    "one that is not there": (lambda site: 2013 in site.records.editions, NEW_EDITION, OTHER_EDITION),
    "one that may be there": (
        lambda site: str(site.records.editions.get(2013) and "there"),
        NEW_EDITION,
        OTHER_EDITION,
    ),
    "all years": (lambda site: list(site.records.editions), NEW_EDITION, OTHER_EDITION),
    "how many": (lambda site: len(site.records.editions), NEW_EDITION, OTHER_EDITION),
    "a source": (
        lambda site: site.records.sources["copy-2010"].grade,
        ("content/sources/copy-2010.yaml", "grade: reprint", "grade: official"),
        ("content/sources/gazette-2009.yaml", "grade: newspaper", "grade: reprint"),
    ),
    "an era": (
        lambda site: str(site.era_of(2009)),
        ("content/eras.yaml", "Early years", "Beginnings"),
        ("content/changes.yaml", "More visitors", "A crowd"),
    ),
    "a change": (
        lambda site: site.records.changes["crowd"].name["en"],
        ("content/changes.yaml", "More visitors", "A crowd"),
        ("content/eras.yaml", "Early years", "Beginnings"),
    ),
    "a chart": (
        lambda site: site.records.charts["visitors"].title["en"],
        ("content/charts.yaml", "Visitors rose", "They rose"),
        ("content/eras.yaml", "Early years", "Beginnings"),
    ),
    "a term of the glossary": (
        lambda site: site.records.glossary["takings"].name["en"],
        ("content/glossary.yaml", "en: takings", "en: gains"),
        ("content/eras.yaml", "Early years", "Beginnings"),
    ),
    "an absence": (
        lambda site: site.records.absences["ticket-office"].what["en"],
        ("content/absences.yaml", "Who sold", "Who printed"),
        ("content/eras.yaml", "Early years", "Beginnings"),
    ),
    "a correction": (
        lambda site: site.records.corrections["again"].was,
        ("content/corrections.yaml", "was: 1", "was: 2"),
        ("content/eras.yaml", "Early years", "Beginnings"),
    ),
    "the front of a text": (
        lambda site: site.records.articles["first-crane"].translations["en"].front.title,
        TITLE,
        TEXT,
    ),
    "a text": (
        lambda site: site.records.articles["first-crane"].translations["en"].body.text,
        TEXT,
        (f"{CRANE}/fr.md", "Elle attira", "Elle avait attiré"),
    ),
    "a text that may go": (
        lambda site: [
            text.body.text
            for language, text in site.records.articles["first-crane"].translations.items()
            if language == "fr"
        ],
        (f"{CRANE}/fr.md", "", None),
        TEXT,
    ),
    "the languages of an article": (
        lambda site: list(site.records.articles["first-crane"].translations),
        (f"{CRANE}/fr.md", "", None),
        TEXT,
    ),
    "the record of an article": (
        lambda site: site.records.articles["second"].record.order,
        (f"{SECOND}/article.yaml", "date:", "order: 3\ndate:"),
        (f"{CRANE}/article.yaml", "date:", "order: 3\ndate:"),
    ),
    "a page of its own": (
        lambda site: site.records.pages["about"].translations["en"].front.title,
        ("content/pages/about/en.md", "title: About", "title: On it"),
        ("content/pages/home/en.md", "title: Welcome", "title: Hello"),
    ),
    "a claim": (lambda site: str(site.records.claims.by_address["2009#visitors"].value), FIGURE, OTHER_FIGURE),
    "the claims of a record": (
        lambda site: [str(claim.value) for claim in site.records.claims.of_record("2009")],
        FIGURE,
        OTHER_FIGURE,
    ),
    "claims by their keys": (
        lambda site: [
            str(claim.value) for group in site.records.claims.grouped("2009", "figure").values() for claim in group
        ],
        FIGURE,
        OTHER_FIGURE,
    ),
    "claims of one key": (
        lambda site: [
            str(claim.value) for claim in site.records.claims.group_of(site.records.claims.by_address["2010#visitors"])
        ],
        OTHER_FIGURE,
        FIGURE,
    ),
    "claims in conflict": (
        lambda site: [[str(claim.value) for claim in group] for group in site.records.claims.conflicting()],
        OTHER_FIGURE,
        FIGURE,
    ),
    "conflicts": (
        lambda site: [[str(claim.value) for claim in group] for group in site.conflicts],
        OTHER_FIGURE,
        FIGURE,
    ),
    "all pages": (lambda site: [page.permalink for page in site.pages], NEW_EDITION, OTHER_EDITION),
    "the kinds of pages": (
        lambda site: site.kinds,
        (f"{VOCABULARIES}/bodies.yaml", "port: {name: {en: Port, fr: Port}}\n", None),
        NEW_EDITION,
    ),
    "former addresses": (
        lambda site: [one.permalink for one in site.moved],
        (f"{SECOND}/article.yaml", "date:", "aliases: [former]\ndate:"),
        NEW_EDITION,
    ),
    "the columns of tables": (
        lambda site: site.columns,
        (E2009, "  takings:\n", "  takings:\n    - {stage: planned, value: 40, sources: [gazette-2009]}\n"),
        NEW_EDITION,
    ),
    "languages to follow": (
        lambda site: site.followed,
        (f"{CRANE}/article.yaml", "date: 2012-01-15\n", ""),
        (f"{SECOND}/article.yaml", "date: 2011-01-01\n", ""),
    ),
    "editions that more is known of": (
        lambda site: sorted(site.documented),
        (E2012, "status: unknown", "names: {text: {en: Fair}, sources: [gazette-2009]}"),
        NEW_EDITION,
    ),
    "the order of articles": (
        lambda site: site.article_order,
        (f"{SECOND}/article.yaml", "2011-01-01", "2013-01-01"),
        (f"{SECOND}/article.yaml", "2011-01-01", "2011-01-02"),
    ),
    "what an article names": (
        lambda site: site.named_in("second"),
        (f"{SECOND}/article.yaml", "[2010]", "[2011]"),
        (f"{CRANE}/article.yaml", "[2009]", "[2011]"),
    ),
    "the topics of an edition": (
        lambda site: site.topics_of(2010),
        (f"{SECOND}/article.yaml", "topics: [cranes]\n", ""),
        (f"{CRANE}/article.yaml", "topics: [cranes]\n", ""),
    ),
    "the articles that name something": (
        lambda site: site.naming("edition", "2010"),
        (f"{SECOND}/article.yaml", "[2010]", "[2011]"),
        (f"{CRANE}/article.yaml", "[2009]", "[2011]"),
    ),
    "an article's neighbours": (
        lambda site: site.beside("first-crane"),
        (f"{SECOND}/article.yaml", "2011-01-01", "2013-01-01"),
        (f"{SECOND}/article.yaml", "2011-01-01", "2011-01-02"),
    ),
    "the neighbours of an article that may go": (
        lambda site: site.beside("second") if "second" in site.records.articles else None,
        (f"{SECOND}/article.yaml", "date:", "draft: true\ndate:"),
        TEXT,
    ),
    "articles that are like it": (
        lambda site: site.related("first-crane"),
        (f"{SECOND}/article.yaml", "topics: [cranes]\n", ""),
        OTHER_TEXT,
    ),
    "a page in each language": (
        lambda site: [page.text_language for page in site.translations("article", "first-crane")],
        (f"{CRANE}/fr.md", "", None),
        NEW_EDITION,
    ),
    "a page of a kind": (
        lambda site: [page.permalink for page in site.translations("bodies")],
        (f"{VOCABULARIES}/bodies.yaml", "port: {name: {en: Port, fr: Port}}\n", None),
        NEW_EDITION,
    ),
    "the editions before and after": (
        lambda site: site.neighbours(2012),
        NEW_EDITION,
        OTHER_EDITION,
    ),
    "the neighbours of an edition that may go": (
        lambda site: site.neighbours(2012) if 2012 in site.records.editions else None,
        (E2012, "", None),
        OTHER_EDITION,
    ),
    "what cites a source": (
        lambda site: [claim.address for claim in site.backlinks.sources["copy-2010"].claims],
        (E2009, "value: 1200, qualifier: about, sources: [", "value: 1200, qualifier: about, sources: [copy-2010, "),
        (E2009, "value: 45.5, sources: [", "value: 45.5, sources: [port-office-2011, "),
    ),
    "the articles that cite a source": (
        lambda site: site.backlinks.sources["gazette-2009"].articles,
        (f"{SECOND}/en.md", "Read", "Read [@gazette-2009] and"),
        OTHER_TEXT,
    ),
    "the pages that cite a source": (
        lambda site: site.backlinks.sources["gazette-2009"].pages,
        ("content/pages/about/en.md", "invented.", "invented [@gazette-2009]."),
        OTHER_TEXT,
    ),
    "the articles on an edition": (
        lambda site: site.backlinks.articles["edition", "2010"],
        (f"{CRANE}/article.yaml", "[2009]", "[2010]"),
        OTHER_TEXT,
    ),
    "the claims that name a term": (
        lambda site: (
            [str(claim.value) for claim in site.usage["venue", "quay-hall"].claims]
            + [claim.address for claim in site.usage["place", "port-lune"].claims]
        ),
        (
            "content/editions/2011.yaml",
            "participants:",
            "venues: {venue: quay-hall, sources: [gazette-2009]}\nparticipants:",
        ),
        FIGURE,
    ),
    "the articles that name a term": (
        lambda site: site.usage["place", "port-lune"].articles,
        (f"{CRANE}/article.yaml", "date:", "places: [port-lune]\ndate:"),
        OTHER_TEXT,
    ),
    "a unit": term("units", "count", ("en: number", "en: amount")),
    "a measure": term("measures", "visitors", ("en: Visitors", "en: Guests")),
    "a place": term("places", "port-lune", ("en: Port Lune", "en: Lune")),
    "a region": term("regions", "coast", ("en: The coast", "en: The shore")),
    "a venue": term("venues", "quay-hall", ("en: Quay Hall", "en: Hall")),
    "a body": term("bodies", "port", ("en: Port", "en: The port")),
    "a role": term("roles", "guest", ("en: Guest of honour", "en: Guest")),
    "a company": term("companies", "grues-du-port", ("en: Grues du Port", "en: Port Cranes")),
    "a person": term("people", "ada-lune", ("en: Ada Lune", "en: A. Lune")),
    "an industry": term("industries", "crane-building", ("en: Crane building", "en: Lifting")),
    "a topic": term("topics", "cranes", ("en: Cranes", "en: Lifts")),
    "an event": term("events", "night", ("en: Night", "en: A night")),
    "a part": term("parts", "night-market", ("en: The night market", "en: The market")),
}


def plain(look: Look) -> Callable[[Site], str]:
    """What it sees, as a plain value."""
    return lambda site: repr(look(site))


@pytest.mark.parametrize(("look", "edit", "aside"), LOOKS.values(), ids=LOOKS)
def test_a_thing_is_made_anew_where_what_it_looked_at_changed(
    site_of: SiteOf, look: Look, edit: Edit, aside: Edit
) -> None:
    """And only there: what is recalled is what would be made."""
    store, make = Store(), plain(look)

    def made(site: Site) -> tuple[str, bool]:
        recall = Recall(site, store, "beside")
        return recall.made_of("it", make), "it" in recall.fresh

    first, beside, changed = site_of(), site_of(aside), site_of(edit)

    assert made(first) == (make(first), True)
    assert made(first) == (make(first), False)
    assert made(beside) == (make(beside), False)
    assert made(changed) == (make(changed), True)
    assert make(changed) != make(first)


def test_the_configuration_is_seen_as_it_is(site_of: SiteOf) -> None:
    """Whoever makes something says what it is made of beside the records."""
    recall = Recall(site_of(), Store(), "beside")

    assert recall.made_of("it", lambda seen: seen.config.title["fr"]) == "Les archives de Port-Lune"


@pytest.mark.parametrize("most", [(), (0,), (4,)], ids=["three", "none", "four"])
def test_as_many_articles_are_like_it_as_are_asked_for(site_of: SiteOf, most: tuple[int, ...]) -> None:
    """A page that is made gets what the site gives, whoever notes it."""
    more = [(f"content/articles/more-{number}/article.yaml", "", "topics: [cranes]\n") for number in range(4)]
    texts = [(edit[0].replace("article.yaml", "en.md"), "", MORE[f"{SECOND}/en.md"]) for edit in more]
    site = site_of(*more, *texts)
    like = site.related("first-crane", *most)

    assert len(like) == (most[0] if most else 3)
    assert Recall(site, Store(), "beside").made_of("it", lambda seen: seen.related("first-crane", *most)) == like


@pytest.mark.parametrize(
    "look",
    [
        lambda site: site.records.articles["first-crane"].translations["en"].file,
        lambda site: [article.id for article in site.records.articles.values()],
        lambda site: [str(claim.anchor) for claim in site.records.claims.by_address.values() if claim.record == "2012"],
    ],
    ids=["where a text stands", "the articles of a list", "the claims of a list"],
)
def test_what_a_text_says_is_no_part_of_what_did_not_read_it(site_of: SiteOf, look: Look) -> None:
    """Nor is its title, but of a list that shows it."""
    store, make = Store(), plain(look)
    Recall(site_of(), store, "beside").made_of("it", make)
    recall = Recall(site_of(TEXT, TITLE), store, "beside")
    recall.made_of("it", make)

    assert recall.fresh == set()


def words(site: Site) -> str:
    """Something that looks at one edition."""
    return site.records.editions[2009].status


@pytest.mark.parametrize(
    "edit",
    [
        ("content/expo.yaml", "value: 4500", "value: 4501"),
        ("content/wordings.yaml", "the only", "the one"),
        ("content/published.yaml", "", "releases: {'1': 2026-01-01}\n"),
    ],
    ids=["the record of the fair", "the wordings", "the ledger"],
)
def test_what_no_table_holds_makes_everything_anew(site_of: SiteOf, edit: Edit) -> None:
    """Any page may show it without a note."""
    store = Store()
    assert Recall(site_of(), store, "beside").is_new
    Recall(site_of(), store, "beside").made_of("it", words)
    recall = Recall(site_of(edit), store, "beside")
    recall.made_of("it", words)

    assert recall.is_new
    assert recall.fresh == {"it"}


def test_what_else_it_is_made_of_makes_it_anew(site_of: SiteOf) -> None:
    """Beside all of them, or beside this one; and what is kept is no longer of use."""
    store = Store()

    def fresh(beside: str, own: object, of_use: bool = True) -> bool:
        recall = Recall(site_of(), store, beside)
        assert recall.made_of("it", words, own, lambda kept: of_use and kept == "held") == "held"
        return recall.fresh == {"it"}

    assert fresh("templates", "a")
    assert not fresh("templates", "a")
    assert fresh("templates", "b")
    assert fresh("other templates", "b")
    assert not Recall(site_of(), store, "other templates").is_new
    assert fresh("other templates", "b", of_use=False)
    assert not fresh("other templates", "b")


def test_what_was_made_on_the_way_stays_kept_with_the_whole(site_of: SiteOf, tmp_path: Path) -> None:
    """Though nobody asks for it while the whole is recalled: when that is made anew, it is there."""

    def build(*edits: Edit) -> set[str]:
        store = Store(tmp_path / "kept.db")
        recall = Recall(site_of(*edits), store, "beside")
        recall.made_of("whole", lambda site: [recall.made_of("part", words), site.records.editions[2010].status])
        store.save()
        store.close()
        return recall.fresh

    assert build() == {"whole", "part"}
    assert build() == set()
    assert build(OTHER_EDITION) == {"whole"}


def test_a_running_preview_reads_what_was_kept_once(site_of: SiteOf, tmp_path: Path) -> None:
    """Then it has it at hand, as long as it is of use; what another process made meanwhile takes its place."""
    file, given = tmp_path / "kept.db", Store()
    store = Store(file)
    Recall(site_of(), store, "beside").made_of("it", words)
    store.save()
    assert Recall(site_of(), store, "beside").made_of("it", words) == "held"
    with sqlite3.connect(file) as base:
        base.execute("DELETE FROM kept WHERE name LIKE '%it'")
    recall = Recall(site_of(), store, "beside")

    assert (recall.made_of("it", words), recall.fresh) == ("held", set())
    Recall(site_of(), given, "beside").made_of("it", lambda site: "theirs")
    recall.made_ahead(store.take(given.given()))
    assert recall.made_of("it", words) == "theirs"


def test_what_is_kept_in_another_shape_is_made_anew(site_of: SiteOf, tmp_path: Path) -> None:
    """Whoever wrote it: what comes back has the type that was asked for, of a file's other result too."""

    def fresh(value: object, kind: type) -> set[str]:
        store = Store(tmp_path / "kept.db")
        recall = Recall(site_of(), store, "beside")
        assert isinstance(recall.made_of("it", lambda site: value, kind=kind), kind)
        assert isinstance(recall.made_file("page", "a.html", lambda site: (b"a", value), kind=kind)[1], kind)
        store.save()
        store.close()
        return recall.fresh

    assert fresh("a word", str) == {"it", "page"}
    assert fresh("another", str) == set()
    assert fresh(7, int) == {"it", "page"}


def test_bytes_that_the_output_has_are_not_made_again(site_of: SiteOf) -> None:
    """Nor kept: they are lent until the next save. Where the output lacks them, or has others, they are made."""
    store, digest = Store(), sha256(b"held").hexdigest()

    def made(standing: dict[str, str] | None) -> tuple[bool, bytes | None]:
        recall = Recall(site_of(), store, "beside", standing)
        file = recall.made_file("page", "en/index.html", lambda site: (words(site).encode(), ("more", 1)), "own")
        assert file == (digest, ("more", 1))
        return recall.fresh == {"page"}, store.lent.get(digest)

    assert made({}) == (True, b"held")
    assert made({}) == (False, b"held")
    store.save()
    assert made({"en/index.html": digest}) == (False, None)
    assert made(None) == (False, None)
    assert made({"en/index.html": "other"}) == (True, b"held")
    store.save()
    assert made({"fr/index.html": digest}) == (True, b"held")
    assert store.lent.get(sha256(b"other").hexdigest()) is None


def test_a_file_is_made_anew_with_what_else_it_is_made_of(site_of: SiteOf) -> None:
    """As any other thing is."""
    recall = Recall(site_of(), Store(), "beside")

    def made(own: str) -> str:
        return recall.made_file("page", "en/index.html", lambda site: (own.encode(), None), own)[0]

    assert made("a") != made("b")


def test_what_another_process_made_is_taken_over(site_of: SiteOf) -> None:
    """What it made since it began, and no more, as made of this very site."""
    store, copy = Store(), Store()
    first, other = Recall(site_of(), store, "beside", {}), Recall(site_of(), copy, "beside", {})
    other.made_of("before", words)
    copy.apart()
    other.made_of("it", words)
    other.made_file("page", "en/index.html", lambda site: (b"bytes", None))
    given = copy.given()
    store.take(given)
    first.made_ahead([*given[0], "read content/expo.yaml"])

    assert first.fresh == {"it", "page"}
    assert store.lent[sha256(b"bytes").hexdigest()] == b"bytes"
    assert first.made_of("it", lambda site: "made again") == "held"
