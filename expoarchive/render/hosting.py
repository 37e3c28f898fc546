"""What GitHub Pages reads beside the site; other hosts pass it by."""

from expoarchive.render.output import Published
from expoarchive.render.studio import Studio
from expoarchive.site.recall import Recall


def make_host_files(studio: Studio, recall: Recall) -> Published:
    """The site's own domain, where it has one, and the file without which names that begin with ``_`` are left out."""
    domain = studio.site.config.domain
    named = {"CNAME": f"{domain}\n".encode()} if domain is not None else {}
    return Published({".nojekyll": b"", **named})
