"""How to cite a page, in the forms that readers' programs and teachers ask for.

The archive has no author, and its title stands for its publisher. A build cannot know the date of access: a script puts
it in the place of ``DATE``.
"""

import json
import re

# How ISO 8601 writes a date to be filled in, in any language.
DATE = "YYYY-MM-DD"
_JSON = json.JSONEncoder(ensure_ascii=False)
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def gbt7714(title: str, site: str, url: str) -> str:
    """GB/T 7714—2015, an electronic resource: title : other title information [EB/OL]. [date of access]. path.

    Its rule puts the party responsible first and leaves it out where there is none (section 4.6).
    """
    return f"{title}: {site}[EB/OL]. [{DATE}]. {url}."


def bibtex(key: str, title: str, site: str, url: str, language: str) -> str:
    """An ``@online`` entry of biblatex, which takes ``url`` verbatim; in other fields, TeX's characters are escaped."""
    names = {"title": _tex(title), "organization": _tex(site)}
    fields = {**names, "url": url, "urldate": DATE, "langid": _langid(language)}
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{key},", *lines, "}"])


def csl_json(key: str, title: str, site: str, url: str, language: str) -> str:
    """CSL-JSON: a list of one web page. The importing program adds the date of access."""
    item = {"id": key, "type": "webpage", "title": title, "container-title": site, "URL": url, "language": language}
    # As ``json.dumps`` indents it, which takes ten times as long.
    fields = ",\n".join(f'    "{name}": {_JSON.encode(value)}' for name, value in item.items())
    return f"[\n  {{\n{fields}\n  }}\n]"


def citation_key(permalink: str) -> str:
    """A key for the entry, from the page's permalink: ``en-editions-2022``."""
    return re.sub(r"[^a-z0-9]+", "-", permalink.lower()).strip("-") or "home"


def _tex(text: str) -> str:
    return re.sub(r"[\\{}$&#_%~^]", lambda match: _TEX.get(match[0], f"\\{match[0]}"), text)


def _langid(tag: str) -> str:
    """The language's name in biblatex; empty where biblatex may not know it."""
    return {"en": "english", "fr": "french", "de": "german", "es": "spanish"}.get(tag.split("-")[0], "")
