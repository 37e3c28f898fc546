"""Pages at former addresses, which lead on: static hosts know no other way."""

from expoarchive.render.output import Published
from expoarchive.render.studio import Studio
from expoarchive.site import absolute, relative
from expoarchive.site.address import output_file
from expoarchive.site.recall import Recall

_TEMPLATE = "moved.html"


def make_redirects(studio: Studio, recall: Recall) -> Published:
    """Each former address's page by file: for people, for search engines, and for fragments where scripts run."""
    site, files = studio.site, {}
    for moved in site.moved:
        context = {
            "t": studio.strings[moved.language].for_page(),
            "lang": site.config.language(moved.language).tag,
            "href": relative(moved.permalink, moved.target),
            "canonical": absolute(site.config.root, moved.target),
            "scripts": [relative(moved.permalink, script) for script in studio.assets.scripts.get("moved", ())],
        }
        html, problems = studio.templates.render(_TEMPLATE, moved.permalink, context)
        if problems:
            return Published(problems=problems)
        files[output_file(moved.permalink)] = html.encode()
    return Published(files)
