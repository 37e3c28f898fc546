"""What the corpus asks for and nothing more: an article a page, a list a language, a list a topic."""

SITENAME = "The Archive of the Fair"
SITEURL = "https://fair.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
THEME = "theme"
ARTICLE_URL = "{category}/articles/{slug}/"
ARTICLE_SAVE_AS = "{category}/articles/{slug}/index.html"
CATEGORY_URL = "{slug}/articles/"
CATEGORY_SAVE_AS = "{slug}/articles/index.html"
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = "topics/{slug}/index.html"
AUTHOR_SAVE_AS = ""
ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES: list[str] = []
DEFAULT_PAGINATION = False
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
