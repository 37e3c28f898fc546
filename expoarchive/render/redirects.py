"""Pages at former addresses, which lead on: static hosts know no other way."""

from collections.abc import Mapping

from expoarchive.problem import Problem
from expoarchive.render.assets import Assets
from expoarchive.render.environment import Templates
from expoarchive.render.strings import Strings
from expoarchive.site import Site, absolute, relative
from expoarchive.site.address import output_file

_TEMPLATE = "moved.html"


def make_redirects(
    site: Site, templates: Templates, strings: Mapping[str, Strings], assets: Assets
) -> tuple[dict[str, bytes], list[Problem]]:
    """Each former address's page by file: for people, for search engines, and for fragments where scripts run."""
    files = {}
    for moved in site.moved:
        context = {
            "t": strings[moved.language].for_page(),
            "lang": site.config.language(moved.language).tag,
            "href": relative(moved.permalink, moved.target),
            "canonical": absolute(site.config.root, moved.target),
            "scripts": [relative(moved.permalink, script) for script in assets.scripts.get("moved", ())],
        }
        html, problems = templates.render(_TEMPLATE, moved.permalink, context)
        if problems:
            return {}, problems
        files[output_file(moved.permalink)] = html.encode()
    return files, []
