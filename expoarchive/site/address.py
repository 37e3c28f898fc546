"""Every address of the site.

A permalink is a path from the site's root that ends in ``/`` (a page) or in a file's name, without a leading
slash. Between pages of the site addresses are relative, so that one build works at a host's root, below a
base path and in any folder; only what leaves the site (canonical, alternates, the 404 page) is absolute.
"""

from functools import lru_cache

from expoarchive.site.kinds import KINDS, Kinds


def permalink(language: str, kind: str, page_id: str = "", fragment: str = "", *, kinds: Kinds = KINDS) -> str:
    """The permalink of a page, whose ``language`` may be empty, or of a place on it. KeyError for an unknown kind.

    Pages of a vocabulary of the site's own are among the site's ``kinds``.
    """
    address = kinds[kind].address.replace("{id}", page_id)
    return (f"{language}/{address}" if language else address) + (f"#{fragment}" if fragment else "")


def search_index(language: str) -> str:
    """The permalink of a language's search index."""
    return f"search/{language}.js"


def search_piece(language: str, name: str) -> str:
    """The permalink of a piece of a language's search index."""
    return f"search/{language}/{name}.js"


def search_answers(language: str) -> str:
    """The permalink of what a language's search knows of each edition."""
    return f"search/answers-{language}.js"


def claims_table(language: str) -> str:
    """The permalink of all claims as rows in a language's words, which the page of claims loads."""
    return f"claims/{language}.js"


def exhibitors_table(language: str, year: str) -> str:
    """The permalink of an edition's exhibitors as rows in a language's words, which their page loads."""
    return f"exhibitors/{language}-{year}.js"


def exhibitors_rows(language: str, year: str) -> str:
    """The permalink of the same as CSV, for readers to take away."""
    return f"exhibitors/{language}-{year}.csv"


# For search engines: their rules, and the index of the sitemaps, of which each language has one.
ROBOTS = "robots.txt"
SITEMAPS = "sitemap.xml"


def sitemap(language: str) -> str:
    """The permalink of a language's sitemap."""
    return f"sitemap-{language}.xml"


def feed(language: str) -> str:
    """The permalink of a language's feed of articles."""
    return f"{language}/articles/feed.xml"


def corrections_feed(language: str) -> str:
    """The permalink of a language's feed of corrections."""
    return f"{language}/corrections/feed.xml"


# The files of a chart, by the ending of their names.
CHART_FILES = ("csv", "svg", "png")


def chart_file(language: str, chart_id: str, form: str) -> str:
    """The permalink of a chart's file: its data or its picture, in the language of its words."""
    return f"charts/{language}/{chart_id}.{form}"


def rendition_file(picture_id: str, width: int, form: str) -> str:
    """The permalink of a lighter picture of a photograph, which all languages share."""
    return f"pictures/{picture_id}-{width}.{form}"


def media_file(name: str) -> str:
    """The permalink of a file of content/media/ that is published as it is."""
    return f"media/{name}"


def home_of(record: str) -> tuple[str, str]:
    """Kind and id of the page that shows a record's claims: an edition's own, or that of the fair as a whole."""
    return ("edition", record) if record.isdigit() else ("whole", "")


def card_file(language: str, kind: str, page_id: str = "") -> str | None:
    """The permalink of the picture that networks show when a page is shared; None for a page without one."""
    if kind not in KINDS or not KINDS[kind].card:
        return None
    return f"cards/{language}/{kind}-{page_id}.png" if page_id else f"cards/{language}/{kind}.png"


def data_file(name: str) -> str:
    """The permalink of a file of the archive's data, which all languages share."""
    return f"data/{name}"


def output_file(link: str) -> str:
    """The file a permalink is served from."""
    return f"{link}index.html" if link == "" or link.endswith("/") else link


def relative(origin: str, target: str) -> str:
    """The address of permalink ``target``, relative to the page at permalink ``origin``."""
    steps = ""
    for folder in folders_above(origin.rpartition("/")[0]):
        if target.startswith(folder):
            break
        steps += "../"
    rest = target[len(folder) :]
    return steps + rest if steps or rest[:1] not in ("", "#") else f"./{rest}"


@lru_cache(maxsize=256)
def folders_above(folder: str) -> tuple[str, ...]:
    """How the permalinks begin of all that lies in a folder, in the one around it, and so on up to the root's."""
    names = folder.split("/") if folder else []
    return tuple("".join(f"{name}/" for name in names[:end]) for end in range(len(names), -1, -1))


def absolute(root: str, target: str) -> str:
    """The full address of a permalink, below the site's configured ``root``."""
    return root + target
