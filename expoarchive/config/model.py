"""The typed configuration. It must not know what an edition is."""

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import CoreSchema, core_schema

from expoarchive.nodes.fields import SLUG, Flag, LocalText, Ref, RefTo, Slug, Tag, Text, Url, fault
from expoarchive.nodes.host import is_host
from expoarchive.nodes.model import Model


def is_base_path(text: str) -> bool:
    """Whether a text is a folder of a host, between slashes."""
    return re.fullmatch(r"/((?!\.{1,2}/)[A-Za-z0-9._~-]+/)*", text) is not None


def is_bare(address: str) -> bool:
    """Whether an address ends with its path."""
    return not re.search("[?#]", address)


class _Colour:
    """A hex colour."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        def read(value: Any) -> str:
            if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
                raise fault("not-a-colour")
            return str(value)

        return core_schema.no_info_plain_validator_function(read)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}


Colour = Annotated[str, _Colour]


class Language(Model):
    """One language of the site. Its ``id`` is its folder in every address and its key in every record."""

    id: Slug
    tag: Tag = Field(description="BCP 47 tag for `lang` and `hreflang`: zh-Hans, en, fr.")
    locale: Text = Field(description="CLDR locale for numbers and dates: zh_Hans_CN, en_GB.")
    name: Text = Field(description="What the language calls itself, for the switcher.")

    @field_validator("locale")
    @classmethod
    def _locale_exists(cls, value: str) -> str:
        try:
            Locale.parse(value)
        except (UnknownLocaleError, ValueError):
            raise fault("unknown-locale") from None
        return value


class Colours(Model):
    """Hex colours by custom property name: ``accent`` becomes ``--accent``."""

    light: dict[Slug, Colour]
    dark: dict[Slug, Colour]


class Identity(Model):
    """What makes the site look like itself; the templates know none of it."""

    wordmark: Annotated[Ref, RefTo("media")] | None = Field(
        None, description="An SVG of content/media/, shown in the header."
    )
    icon: Annotated[Ref, RefTo("media")] | None = Field(None, description="An SVG of content/media/, the favicon.")
    colours: Colours | None = None


class Licence(Model):
    """Under what terms others may use the archive's texts and data."""

    id: Text = Field(description="Its id in the SPDX list: CC-BY-4.0.")
    url: Url = Field(description="Where its text is.")


class Config(Model):
    """The whole of ``site_config.yaml``."""

    title: LocalText = Field(description="The archive's name.")
    expo: LocalText = Field(description="The fair's usual name today, for headings and sentences.")
    description: LocalText = Field(description="One sentence about the archive, for search engines.")
    languages: tuple[Language, ...] = Field(min_length=1, description="In order; the first is the default.")
    address: Url = Field(description="Scheme and host where the site is published, without a path.")
    base_path: str = Field("/", description="The folder of that host it lives in, between slashes.")
    identity: Identity = Field(default_factory=Identity)
    navigation: tuple[Annotated[Ref, RefTo("section")], ...] = Field(
        (), description="Lists and pages for the header by id, in order."
    )
    featured: tuple[Annotated[Ref, RefTo("claim")], ...] = Field(
        (), description="Claims shown large on the first page, as RECORD#ANCHOR."
    )
    domain: str | None = Field(
        None, description="A domain of its own on GitHub Pages, without a scheme: written as the file CNAME."
    )
    repository: Url | None = Field(None, description="Where the sources of the site are kept.")
    show_translations: Flag = Field(
        False, description="Whether a page is published of what is not translated, or older than its original."
    )
    licence: Licence | None = Field(
        None, description="Left out while none is chosen; pages and data then say that none is."
    )
    show_gallery: Flag = Field(False, description="Whether the designers' gallery of partials is published.")
    without: tuple[Annotated[Ref, RefTo("output")], ...] = Field(
        (), description="What the site leaves out: neither its files and page are made, nor does anything lead there."
    )

    @model_validator(mode="before")
    @classmethod
    def _languages_first(cls, value: Any, info: ValidationInfo) -> Any:
        # The texts of the configuration itself must be in the languages it names.
        if isinstance(value, dict) and isinstance(info.context, dict):
            given = value.get("languages")
            listed = given if isinstance(given, list) else []
            ids = [str(entry["id"]) for entry in listed if isinstance(entry, dict) and "id" in entry]
            # While the languages themselves are wrong nothing can be said of the texts.
            sound = len(set(ids)) == len(listed) and all(SLUG.fullmatch(language_id) for language_id in ids)
            info.context["languages"] = tuple(ids) if sound else ()
        return value

    @field_validator("base_path")
    @classmethod
    def _between_slashes(cls, value: str) -> str:
        if not is_base_path(value):
            raise fault("bad-base-path")
        return value

    @field_validator("address")
    @classmethod
    def _host_alone(cls, value: str) -> str:
        if urlsplit(value).path not in ("", "/") or not is_bare(value):
            raise fault("address-with-path")
        return value

    @field_validator("repository")
    @classmethod
    def _folder_alone(cls, value: str | None) -> str | None:
        if value is not None and not is_bare(value):
            raise fault("address-with-query")
        return value

    @field_validator("domain")
    @classmethod
    def _domain_alone(cls, value: str | None) -> str | None:
        if value is not None and not (re.fullmatch(r"([a-z0-9-]+\.)+[a-z][a-z0-9-]+", value) and is_host(value)):
            raise fault("not-a-domain")
        return value

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
        """Whether the site has this, or leaves it out."""
        return part not in self.without

    @property
    def language_ids(self) -> tuple[str, ...]:
        return tuple(language.id for language in self.languages)

    @property
    def default_language(self) -> Language:
        return self.languages[0]

    def language(self, language_id: str) -> Language:
        """The language with this id; KeyError for one the site does not have."""
        for language in self.languages:
            if language.id == language_id:
                return language
        raise KeyError(language_id)

    @property
    def root(self) -> str:
        """The absolute address of the site's first page, with a slash at its end."""
        return self.address.rstrip("/") + self.base_path
