"""The files of a site's content, as texts and media. This stage must not know what a record means."""

from expoarchive.load.content import CONTENT, Content, load_content

__all__ = ["CONTENT", "Content", "load_content"]
