"""What records can refer to that is no record: pages, lists and forms of publication."""

from expoarchive.config import Config
from expoarchive.records import Records
from expoarchive.records.reference import Ids
from expoarchive.render.outputs import PARTS
from expoarchive.site.kinds import page_ids


def site_ids(config: Config, records: Records) -> Ids:
    """Ids of the pages that a site has of itself, and of what it may leave out."""
    return {**page_ids(config, records), "output": PARTS}
