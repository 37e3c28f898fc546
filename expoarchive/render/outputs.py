"""Every form of publication beside the pages, one row each: what a build makes and what a site may leave out."""

from expoarchive.config import Config
from expoarchive.render import cards, downloads, feeds, hosting, redirects, search, sitemap
from expoarchive.render.data import files as data
from expoarchive.render.output import Output

OUTPUTS = (
    Output(downloads.make_downloads, "chart-files", jobs=downloads.download_jobs),
    Output(cards.make_cards, "cards", jobs=cards.card_jobs),
    Output(search.make_search, "search", page_jobs=search.search_jobs),
    Output(data.make_data, "data"),
    Output(feeds.make_feeds, "feeds"),
    Output(sitemap.make_sitemaps, "sitemaps"),
    Output(redirects.make_redirects),
    Output(hosting.make_host_files),
)
PARTS = tuple(output.part for output in OUTPUTS if output.part)


def outputs_of(config: Config) -> tuple[Output, ...]:
    """The forms that a site has."""
    return tuple(output for output in OUTPUTS if output.part not in config.without)
