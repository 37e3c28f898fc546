"""Every form of publication beside the pages, one row each."""

from expoarchive.config import Config
from expoarchive.render import cards, claims_table, downloads, exhibitors, feeds, hosting, search, sitemap
from expoarchive.render.data import files as data
from expoarchive.render.studio import Output

OUTPUTS = (
    Output(downloads.make_downloads, "chart-files", jobs=downloads.download_jobs),
    Output(cards.make_cards, "cards", jobs=cards.card_jobs),
    Output(search.make_search, "search", page_jobs=search.search_jobs),
    Output(claims_table.make_claims_tables),
    Output(exhibitors.make_exhibitors),
    Output(data.make_data, "data"),
    Output(feeds.make_feeds, "feeds"),
    Output(sitemap.make_sitemaps, "sitemaps"),
    Output(hosting.make_redirects),
    Output(hosting.make_host_files),
)
PARTS = tuple(output.part for output in OUTPUTS if output.part)


def outputs_of(config: Config) -> tuple[Output, ...]:
    """The forms that a site has."""
    return tuple(output for output in OUTPUTS if config.has(output.part))
