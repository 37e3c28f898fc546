"""The typed configuration, read from ``site_config.yaml``. It must not know what an edition is."""

import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from babel.localedata import locale_identifiers
from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema, field_validator, model_validator

from expoarchive.config.generator import newer_generator
from expoarchive.config.tags import is_locale, known_language
from expoarchive.nodes import Model, parse_yaml, read_model, read_text, text_of
from expoarchive.nodes.fields import (
    A_TAG,
    SLUG,
    Flag,
    LocalText,
    Many,
    Ref,
    RefTo,
    Service,
    Slug,
    Text,
    Url,
    fault,
    must,
    text_that,
)
from expoarchive.nodes.host import is_host, parts_of
from expoarchive.problem import Problem, errors, nearest

CONFIG_FILE = "site_config.yaml"
# What a site says that has no address yet, or no way for readers to write to it.
NOTHING = "none"
# The service that keeps copies of web pages unless the site names another.
WEB_ARCHIVE = "https://web.archive.org/save/"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_A_COLOUR = WithJsonSchema({"type": "string", "pattern": f"^{_COLOUR.pattern}$"})
Colour = Annotated[str, text_that(_COLOUR.fullmatch, "not-a-colour"), _A_COLOUR]


def is_base_path(text: str) -> bool:
    """Whether a text is a folder of a host, between slashes."""
    return re.fullmatch(r"/((?!\.{1,2}/)[A-Za-z0-9._~-]+/)*", text) is not None


def is_bare(address: str) -> bool:
    """Whether an address ends with its path: it has no query and no fragment."""
    return not re.search("[?#]", address)


def _is_root(address: str) -> bool:
    return urlsplit(address).path in ("", "/") and is_bare(address)


_Address = Annotated[Url, must(_is_root, "address-with-path")]
_AN_ADDRESS = WithJsonSchema({"type": "string", "pattern": f"^(https?://.*|{NOTHING})$"})


def _is_domain(text: str) -> bool:
    return re.fullmatch(r"([a-z0-9-]+\.)+[a-z][a-z0-9-]+", text) is not None and is_host(text)


def _known_locale(text: str) -> str:
    if not is_locale(text):
        raise fault("unknown-locale", nearest=nearest(text.replace("-", "_"), locale_identifiers()) or "")
    return text


class Language(Model):
    """One language of the site. Its ``id`` is its folder in every address and its key in every record."""

    id: Slug
    tag: Annotated[Text, AfterValidator(known_language), A_TAG] = Field(
        description="BCP 47 tag for `lang` and `hreflang`: zh-Hans, en, fr."
    )
    locale: Annotated[Text, AfterValidator(_known_locale)] = Field(
        description="CLDR locale for numbers and dates: zh_Hans_CN, en_GB."
    )
    name: Text = Field(description="What the language calls itself, for the switcher.")
    complete: Flag = Field(
        False,
        description="Whether every word and text has to be there in it; otherwise `check` counts those that lack.",
    )


class Colours(Model):
    """Hex colours by custom property name: ``accent`` becomes ``--accent``."""

    light: dict[Slug, Colour]
    dark: dict[Slug, Colour]


class Identity(Model):
    """What gives the site its own look; the templates contain none of it."""

    wordmark: Annotated[Ref, RefTo("media")] | None = Field(
        None, description="An SVG of content/media/, shown in the header."
    )
    icon: Annotated[Ref, RefTo("media")] | None = Field(None, description="An SVG of content/media/, the favicon.")
    colours: Colours | None = None


class OwnVocabulary(Model):
    """A vocabulary of the site's own, by the name of its file and its list: ``prizes``. Its entries are terms."""

    one: Slug = Field(description="What references call an entry: with `prize`, `prize:golden-gull`.")
    name: LocalText = Field(description="What an entry is called, above its name: Prize.")
    title: LocalText = Field(description="What its list is called: Prizes.")
    lead: LocalText = Field(description="A sentence above the list, which search engines show too.")
    pages: Flag = Field(True, description="Whether the list and each entry have a page, and prose can link to them.")
    part: Flag = Field(False, description="Whether an entry can be the part of the fair that a claim speaks of.")
    by_use: Flag = Field(False, description="Whether the list begins with the entries that are named most often.")


class Licence(Model):
    """The terms on which others may use the archive's texts and data."""

    id: Text = Field(description="Its id in the SPDX list: CC-BY-4.0.")
    url: Url = Field(description="Where its text is.")


class ImprintLine(Model):
    """A line at the foot of every page: a registration, a publisher, a notice that the law asks for."""

    text: LocalText
    url: Url | None = Field(None, description="Where the line leads.")


# What a site can only publish once it knows its own address.
_ADDRESSED = frozenset({"feeds", "sitemaps", "cards"})


def is_contact(text: str) -> bool:
    """Whether readers can write there: an e-mail address, a page with a form, or `none`.

    The address of a form may have blanks for what a reader's report is about.
    """
    plain = re.sub(r"\{(?:edition|item|language)\}", "", text)
    if re.fullmatch(r"https?://[^\s{}]+", plain):
        return parts_of(plain) is not None
    return text == NOTHING or re.fullmatch(r"[^@\s:/{}]+@[^@\s:/{}]+\.[a-z]{2,}", plain) is not None


# What `new site` writes for a text that only its editors know.
TO_WRITE = "…"


class Config(Model):
    """The whole of ``site_config.yaml``."""

    title: LocalText = Field(description="The archive's name.")
    expo: LocalText = Field(description="The fair's usual name today, for headings and sentences.")
    description: LocalText = Field(description="One sentence about the archive, for search engines.")
    languages: tuple[Language, ...] = Field(min_length=1, description="In order; the first is the default.")
    address: Annotated[_Address | None, _AN_ADDRESS] = Field(
        description="Scheme and host where the site is published, without a path; `none` while that is not known."
    )
    base_path: Annotated[str, must(is_base_path, "bad-base-path")] = Field(
        "/", description="The folder of that host it lives in, between slashes."
    )
    identity: Identity = Field(default_factory=Identity)
    navigation: tuple[Annotated[Ref, RefTo("section")], ...] = Field(
        (), description="Lists and pages for the header by id, in order."
    )
    featured: tuple[Annotated[Ref, RefTo("claim")], ...] = Field(
        (), description="Totals that the first page shows; those over the same editions share a row."
    )
    domain: Annotated[str, must(_is_domain, "not-a-domain")] | None = Field(
        None, description="A domain of its own on GitHub Pages, without a scheme: written as the file CNAME."
    )
    repository: Annotated[Url, must(is_bare, "address-with-query")] | None = Field(
        None, description="Where the sources of the site are kept."
    )
    contact: Annotated[Text, must(is_contact, "not-a-contact")] | None = Field(
        None,
        description="Where readers send a photograph or a correction: an e-mail address, a page, or `none`. A page's"
        " address may have {edition}, {item} and {language}, to be filled in.",
    )
    imprint: Many[ImprintLine] = Field(
        (), description="Lines at the foot of every page: a registration such as 备案号, a publisher."
    )
    web_archive: Service = Field(
        WEB_ARCHIVE,
        description="Whom `archive` asks for copies of sources: the source's address goes behind it, or to its {url}.",
    )
    show_translations: Flag = Field(
        False, description="Whether a page is published of what is not translated, or older than its original."
    )
    licence: Licence | None = Field(
        None, description="Left out while none is chosen; pages and data then say that none is."
    )
    vocabularies: dict[Slug, OwnVocabulary] = Field(
        default_factory=dict, description="Vocabularies of the site's own, by the names of their files: `prizes`."
    )
    show_gallery: Flag = Field(False, description="Whether the designers' gallery of partials is published.")
    without: tuple[Annotated[Ref, RefTo("output")], ...] = Field(
        (), description="What the site leaves out: its files and pages are not made, and nothing links to them."
    )

    @model_validator(mode="before")
    @classmethod
    def _languages_first(cls, value: Any, info: ValidationInfo) -> Any:
        # The configuration's own texts must be in the languages that it lists.
        if isinstance(value, dict) and isinstance(info.context, dict):
            languages = value.get("languages")
            entries = languages if isinstance(languages, list) else []
            ids = [str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry]
            # As long as the languages themselves are wrong, the texts cannot be judged.
            sound = len(set(ids)) == len(entries) and all(SLUG.fullmatch(language_id) for language_id in ids)
            info.context["languages"] = tuple(ids) if sound else ()
            info.context["complete"] = tuple(
                str(entry["id"])
                for entry in entries
                if sound and isinstance(entry, dict) and entry.get("complete") in (True, "true")
                if not info.context.get("may_lack")
            )
        return value

    @field_validator("address", mode="before")
    @classmethod
    def _not_known(cls, value: Any) -> Any:
        return None if value == NOTHING else value

    @field_validator("languages")
    @classmethod
    def _each_once(cls, value: tuple[Language, ...]) -> tuple[Language, ...]:
        seen: set[str] = set()
        for language in value:
            if language.id in seen:
                raise fault("language-twice", id=language.id, place=language.found_at)
            seen.add(language.id)
        return value

    def has(self, part: str) -> bool:
        """Whether the site has this output: ``without`` lists those it leaves out, and some need its address."""
        return part not in self.without and not (self.address is None and part in _ADDRESSED)

    @property
    def language_ids(self) -> tuple[str, ...]:
        return tuple(language.id for language in self.languages)

    @property
    def complete_ids(self) -> tuple[str, ...]:
        """The languages that no text and no word may lack."""
        return tuple(language.id for language in self.languages if language.complete)

    @property
    def default_language(self) -> Language:
        return self.languages[0]

    def language(self, language_id: str) -> Language:
        """The language with this id; KeyError for one the site does not have."""
        return {language.id: language for language in self.languages}[language_id]

    @property
    def root(self) -> str:
        """The full address of the site's first page, ending in a slash; without a host where none is known."""
        return (self.address or "").rstrip("/") + self.base_path


def read_config(
    root: Path, changed: bytes | None = None, *, may_lack: bool = False
) -> tuple[Config | None, list[Problem]]:
    """The configuration of the site at ``root``, or as ``changed`` has it; None where it has errors.

    With ``may_lack``, it is read in spite of ``missing-language``, so that all that a language lacks is told at once.
    A site of a newer generator is not read: what this one does not know yet would look like a slip.
    """
    if outdated := newer_generator(root):
        return None, outdated
    source, problems = read_text(root, CONFIG_FILE) if changed is None else text_of(CONFIG_FILE, changed)
    if source is None:
        return None, problems
    node, problems = parse_yaml(source)
    if node is None and problems:
        return None, problems
    config, faults = read_model(node, Config, CONFIG_FILE, {})
    problems += faults
    if may_lack and faults and {fault.kind for fault in errors(problems)} == {"missing-language"}:
        return read_model(node, Config, CONFIG_FILE, {"may_lack": True})[0], problems
    return (None if errors(problems) else config), problems
