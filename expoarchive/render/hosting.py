"""What static hosts need beside the pages: redirects from former addresses, and settings of GitHub Pages."""

from expoarchive.render.studio import OutputFiles, Studio
from expoarchive.site import absolute, relative
from expoarchive.site.address import output_file
from expoarchive.site.recall import Recall


def make_redirects(studio: Studio, recall: Recall) -> OutputFiles:
    """A page at each former address, since static hosts cannot redirect. Its script keeps the fragment."""
    site, files, script = studio.site, {}, studio.assets.scripts.get("moved")
    for moved in site.moved:
        context = {
            "t": studio.strings[moved.language].for_page(),
            "lang": site.config.language(moved.language).tag,
            "href": relative(moved.permalink, moved.target),
            "canonical": absolute(site.config.root, moved.target) if site.config.address else None,
            "script": relative(moved.permalink, script) if script else None,
        }
        html, problems = studio.templates.render("moved.html", moved.permalink, context)
        if problems:
            return OutputFiles(problems=problems)
        files[output_file(moved.permalink)] = html.encode()
    return OutputFiles(files)


def make_host_files(studio: Studio, recall: Recall) -> OutputFiles:
    """The site's own domain, if any, and the file that makes GitHub Pages serve names with a leading ``_``."""
    domain = studio.site.config.domain
    return OutputFiles({".nojekyll": b"", **({"CNAME": f"{domain}\n".encode()} if domain is not None else {})})
