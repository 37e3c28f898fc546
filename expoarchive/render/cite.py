"""How to cite a page, in the four forms that readers' programs and teachers ask for.

The archive has no author and a build knows no day: ``DATE`` stands where the reader's date of access belongs, and a
script fills it in. Who publishes it is the site's title.
"""

import json
import re

# ISO 8601's own way to name a date that is not filled in; the same in every language.
DATE = "YYYY-MM-DD"
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def gbt7714(title: str, site: str, url: str) -> str:
    """GB/T 7714—2015, an electronic resource: title : other title information [EB/OL]. [date of access]. path.

    Its rule puts the party responsible first and leaves it out where there is none (section 4.6).
    """
    return f"{title}: {site}[EB/OL]. [{DATE}]. {url}."


def bibtex(key: str, title: str, site: str, url: str, language: str) -> str:
    """An ``@online`` entry of biblatex. ``url`` is verbatim there; other fields have TeX's own characters escaped."""
    fields = {
        "title": _tex(title),
        "organization": _tex(site),
        "url": url,
        "urldate": DATE,
        "langid": _langid(language),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{key},", *lines, "}"])


def csl_json(key: str, title: str, site: str, url: str, language: str) -> str:
    """A list of one item of CSL-JSON, type webpage. The date of access is left to the program that imports it."""
    item = {
        "id": key,
        "type": "webpage",
        "title": title,
        "container-title": site,
        "URL": url,
        "language": language,
    }
    return json.dumps([item], ensure_ascii=False, indent=2)


def citation_key(permalink: str) -> str:
    """A key for the entry, from the page's permalink: ``en-editions-2022``."""
    return re.sub(r"[^a-z0-9]+", "-", permalink.lower()).strip("-") or "home"


def _tex(text: str) -> str:
    return re.sub(r"[\\{}$&#_%~^]", lambda match: _TEX.get(match[0], f"\\{match[0]}"), text)


def _langid(tag: str) -> str:
    """Biblatex names languages in English words; only those it surely knows are given."""
    return {"en": "english", "fr": "french", "de": "german", "es": "spanish"}.get(tag.split("-")[0], "")
