"""All addresses of the site are made here.

A permalink is a path from the site's root that ends in ``/`` (a page) or in a file's name, without a leading
slash. Between pages of the site addresses are relative, so that one build works at a host's root, below a
base path and in any folder; only what leaves the site (canonical, alternates, the 404 page) is absolute.
"""

from expoarchive.site.kinds import KINDS


def permalink(language: str, kind: str, page_id: str = "") -> str:
    """The permalink of a page; KeyError for a kind that there is none of. ``language`` is empty where it has none."""
    address = KINDS[kind].address.format(id=page_id)
    return f"{language}/{address}" if language else address


def search_index(language: str) -> str:
    """The permalink of what the search page of a language searches."""
    return f"search/{language}.js"


# What tells search engines of the pages: where to look, the index of lists, and the list of each language.
ROBOTS = "robots.txt"
SITEMAPS = "sitemap.xml"


def sitemap(language: str) -> str:
    """The permalink of the list of a language's pages."""
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


def home_of(record: str) -> tuple[str, str]:
    """Kind and id of the page that a record's claims stand on: an edition's own, else that of growth."""
    return ("edition", record) if record.isdigit() else ("growth", "")


def card_file(language: str, kind: str, page_id: str = "") -> str | None:
    """The permalink of the picture that stands for a page where its link is shared; None for one that has none."""
    if not KINDS[kind].card:
        return None
    return f"cards/{language}/{kind}-{page_id}.png" if page_id else f"cards/{language}/{kind}.png"


def data_file(name: str) -> str:
    """The permalink of a file of the archive's data, which is the same in every language."""
    return f"data/{name}"


def output_file(link: str) -> str:
    """The file a permalink is served from."""
    return f"{link}index.html" if link == "" or link.endswith("/") else link


def relative(origin: str, target: str) -> str:
    """The address of permalink ``target`` as written on the page at permalink ``origin``."""
    path, mark, fragment = target.partition("#")
    folders, wanted = origin.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(folders), len(wanted) - 1) and folders[shared] == wanted[shared]:
        shared += 1
    way = "../" * (len(folders) - shared) + "/".join(wanted[shared:])
    return (way or "./") + mark + fragment


def absolute(root: str, target: str) -> str:
    """The full address of a permalink, below the site's configured ``root``."""
    return root + target
