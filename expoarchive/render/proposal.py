"""What a proposed change does, as Markdown for those who approve it: in each language of the archive, without YAML."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

import expoarchive.render.pages  # noqa: F401 (registers how pages are called)
from expoarchive.records import Article, Claim
from expoarchive.records.source import Source
from expoarchive.records.statement import Citation
from expoarchive.records.translation import HEAD, LEAD, Difference, Standing
from expoarchive.render import words
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.plain import plain_text
from expoarchive.render.strings import Strings
from expoarchive.render.studio import PAGE_VIEWS
from expoarchive.render.views.corrections import correction_view
from expoarchive.site import Page, Site, permalink
from expoarchive.site.changes import ClaimChange, Named, SiteChanges, TextChange, changes_between
from expoarchive.site.graph import text_language

# Rows of one table; a change of more is not read row by row, and GitHub cuts off what is longer than a megabyte.
MOST_ROWS = 200
# Characters of a paragraph, and of a cell.
_LONGEST = 1_500
_LONGEST_CELL = 300
_SIGNS = re.compile(r"([\\`*_\[\]<>|#~@&])")
_EMPTY = "—"
Row = tuple[str, ...]
# What the parts of a text are called that have no heading of their own.
_PARTS = {HEAD: "proposal.head", LEAD: "proposal.lead"}


@dataclass(frozen=True, slots=True)
class _View:
    """One language's look at both states."""

    changes: SiteChanges
    before: Desk
    after: Desk
    strings: Mapping[str, Strings]

    @property
    def t(self) -> Strings:
        return self.after.strings


def proposal(old: Site, new: Site, strings: Mapping[str, Strings], built: str | None = None) -> str:
    """The whole of it; ``built`` is where the site as it would be can be fetched."""
    changes = changes_between(old, new)
    texts: list[str] = []
    for language in new.config.languages:
        page = Page("home", "", language.id, permalink(language.id, "home"))
        # A language that comes with the change is told of the old state in the old one's first.
        was = old.config.default_language.id if language.id not in old.config.language_ids else language.id
        before = Page("home", "", was, permalink(was, "home"))
        view = _View(changes, desk_of(old, before, strings), desk_of(new, page, strings), strings)
        text = "\n\n".join(_sections(view, built))
        texts.append(text if not texts else f"<details><summary>{language.name}</summary>\n\n{text}\n\n</details>")
    return "\n\n".join(texts) + "\n"


def _sections(view: _View, built: str | None) -> Iterator[str]:
    t, changes = view.t, view.changes
    yield f"## {t('proposal.title')}"
    if built:
        yield t("proposal.built", href=built)
    if not changes.any:
        yield t("proposal.nothing")
        return
    yield from _claims(view)
    for name, groups, desk in (("conflicts", changes.conflicts, view.after), ("settled", changes.settled, view.before)):
        rows = [(_about(desk, claim), _value(desk, claim), _cited(desk, claim)) for group in groups for claim in group]
        yield from _table(view, name, ("statement", "to", "source"), rows)
    views = [correction_view(view.after, *one) for one in changes.corrections]
    corrections = [(one.about.text, one.was, one.now or t("corrections.withdrawn"), one.why) for one in views]
    shown: list[Row] = [tuple(map(_shown, row)) for row in corrections]
    yield from _table(view, "corrections", ("statement", "from", "to", "why"), shown)
    yield from _table(view, "sources", ("source", "what"), [_source(view, *one) for one in changes.sources])
    yield from _table(view, "stale", ("text", "what"), [_stale(view, *one) for one in changes.stale])
    yield from _pages(view)
    yield from _texts(view)


def _claims(view: _View) -> Iterator[str]:
    """Claims that say something else, that fill what was not known, that came, and that have gone."""
    claims = view.changes.claims
    changed = [row for one in claims if one.old and one.new for row in _changed(view, one.old, one.new)]
    yield from _table(view, "changed", ("statement", "from", "to", "source"), changed)
    yield from _table(view, "filled", ("statement", "to", "source"), _came(view, lambda one: one.filled))
    yield from _table(view, "came", ("statement", "to", "source"), _came(view, lambda one: not one.filled))
    removed = [one.old for one in claims if one.old and not one.new]
    gone = [(_about(view.before, claim), _value(view.before, claim)) for claim in removed]
    yield from _table(view, "gone", ("statement", "from"), gone)


# --- statements


def _changed(view: _View, old: Claim, new: Claim) -> Iterator[Row]:
    """Its value; its sources, scope and note where these are others; else only that something else is."""
    about, source = _about(view.after, new), _cited(view.after, new)
    rows: list[Row] = []
    was, now = _value(view.before, old), _value(view.after, new)
    if was != now:
        rows.append((about, was, now, source))
    cited = _cited(view.before, old)
    if cited != source:
        rows.append((f"{about} · {view.t('proposal.source')}", cited, source, source))
    for name in ("scope", "note", "preferred"):
        texts = [getattr(one.statement, name) for one in (old, new)]
        if texts[0] != texts[1]:
            desks = (view.before, view.after)
            said = [_shown(desk.local(text)) if text else _EMPTY for desk, text in zip(desks, texts, strict=True)]
            rows.append((f"{about} · {view.t(f'proposal.{name}')}", *said, source))
    yield from rows or [(f"{about} · {view.t('proposal.other')}", was, now, source)]


def _came(view: _View, wanted: Callable[[ClaimChange], bool]) -> list[Row]:
    claims = [one.new for one in view.changes.claims if one.new and not one.old and wanted(one)]
    return [(_about(view.after, claim), _value(view.after, claim), _cited(view.after, claim)) for claim in claims]


def _about(desk: Desk, claim: Claim) -> str:
    limits = (words.stage_name(desk, claim), words.part_name(desk, claim), words.as_of_text(desk, claim))
    about = f"{words.record_name(desk, claim.record)} · {words.limited_label(desk, claim, *limits)}"
    edition = desk.site.records.editions.get(claim.year) if claim.year else None
    draft = f" ({desk.strings('frame.draft')})" if edition is not None and edition.draft else ""
    return _shown(f"{about}{draft}")


def _value(desk: Desk, claim: Claim) -> str:
    return _shown(words.value_text(desk, claim)[0])


def _cited(desk: Desk, claim: Claim) -> str:
    """Its sources with the places in them and what is printed there."""
    return "; ".join(_citation(desk, citation) for citation in claim.statement.sources) or _EMPTY


def _citation(desk: Desk, citation: Citation) -> str:
    mark = desk.mark(citation)
    source = desk.site.records.sources[citation.source]
    name = _link(mark.name.whole, source.url if source.linked else None)
    where = [_shown(part) for part in (mark.locator, f"“{mark.printed}”" if mark.printed else None) if part]
    return ", ".join([name, *where])


def _link(text: str, href: str | None) -> str:
    return f"[{_shown(text)}](<{href.replace('>', '%3E')}>)" if href else _shown(text)


# --- sources, translations


def _source(view: _View, source_id: str, old: Source | None, new: Source | None) -> Row:
    desk = view.after if new else view.before
    source = new or old
    href = source.url if source and source.linked else None
    what = "added" if old is None else "removed" if new is None else "altered"
    return _link(desk.source_name(source_id).whole, href), view.t(f"proposal.{what}")


def _stale(view: _View, standing: Standing, parts: Sequence[Difference]) -> Row:
    language = view.after.site.config.language(standing.language).name
    title = f"{_title_of(standing.article, view.after)} ({language})"
    if standing.state == "missing":
        return _shown(title), view.t("proposal.untranslated")
    names = [_heading(view, standing, part) or view.t(_PARTS.get(part.key, "proposal.section")) for part in parts]
    return _shown(title), _shown(view.after.listed(names))


def _heading(view: _View, standing: Standing, part: Difference) -> str:
    """A part's heading in the view's language; in that of the original where the text does not have it there yet."""
    texts = standing.article.translations
    own = texts.get(view.after.language.id)
    same = (one for one in (own.headings if own else ()) if one.id == part.key)
    return next((one.text for one in same), part.title)


def _title_of(article: Article, desk: Desk) -> str:
    texts = article.translations
    return (texts.get(desk.language.id) or next(iter(texts.values()))).front.title


# --- pages and texts


def _pages(view: _View) -> Iterator[str]:
    changes = view.changes
    yield from _table(view, "pages_added", ("page", "address"), [_page(view.after, one) for one in changes.added])
    moved = [(*_page(view.before, one.old), _page(view.after, one.new)[1]) for one in changes.moved]
    yield from _table(view, "pages_moved", ("page", "from", "to"), moved)
    yield from _table(view, "pages_removed", ("page", "address"), [_page(view.before, one) for one in changes.removed])


def _page(desk: Desk, named: Named) -> Row:
    """A page's title and address; of one that only other languages have, of those."""
    pages = [page for page in desk.site.translations(*named) if page.language]
    page = next((page for page in pages if page.language == desk.language.id), pages[0])
    title, _ = PAGE_VIEWS[page.kind].title(desk, page)
    return _shown(title), f"`{page.permalink}`"


def _texts(view: _View) -> Iterator[str]:
    """Those in the view's language; of a text that does not have it, those in the one that is shown for it."""
    config, own = view.after.site.config, str(view.after.language.id)
    texts = [one for one in view.changes.texts if one.language == text_language(config, one.article, own)]
    told = [lines for one in texts if (lines := [*_text(view, one)])]
    if not told:
        return
    yield f"### {view.t('proposal.texts')}"
    for lines in told[:MOST_ROWS]:
        yield from lines
    yield from _more(view, len(told))


def _text(view: _View, change: TextChange) -> Iterator[str]:
    """What readers find otherwise; nothing where it is the source alone that differs, by a renamed id or a comment."""
    stretches = [*change.head, *_read(view, change)]
    if not stretches:
        return
    language = view.after.site.config.language(change.language).name
    yield f"#### {_shown(_title_of(change.article, view.after))} ({language})"
    for stretch in stretches[:MOST_ROWS]:
        for sign, text in zip("−+", stretch, strict=True):
            if text:
                yield f"> **{sign}** {_shown(text, _LONGEST)}"
    yield from _more(view, len(stretches))


def _read(view: _View, change: TextChange) -> Iterator[tuple[str, str]]:
    """The changed blocks as readers see them, in the language of their text."""
    file = change.article.file
    page = Page("home", "", change.language, permalink(change.language, "home"))
    desks = [desk_of(desk.site, page, view.strings) for desk in (view.before, view.after)]
    for blocks in change.blocks:
        old, new = ([plain_text(desk, file, one) for one in some] for desk, some in zip(desks, blocks, strict=True))
        for how, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if how != "equal":
                yield from zip_longest(old[start:end], new[first:last], fillvalue="")


# --- Markdown


def _table(view: _View, name: str, columns: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    """A heading with the number of rows, and a table; nothing where there are no rows."""
    if not rows:
        return
    yield f"### {view.t(f'proposal.{name}')} ({len(rows)})"
    lines = [[view.t(f"proposal.{column}") for column in columns], ["---"] * len(columns), *rows[:MOST_ROWS]]
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
    yield from _more(view, len(rows))


def _more(view: _View, count: int) -> Iterable[str]:
    return [view.t("proposal.more", count=str(count - MOST_ROWS))] if count > MOST_ROWS else []


def _shown(text: str, longest: int = _LONGEST_CELL) -> str:
    """A text of the sources as text: no sign of it is Markdown or HTML."""
    joined = " ".join(text.split())
    short = joined if len(joined) <= longest else f"{joined[: longest - 1]}…"
    return _SIGNS.sub(r"\\\1", short) or _EMPTY
