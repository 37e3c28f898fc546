"""The ids that records can refer to beside records: pages, lists and forms of publication."""

from expoarchive.config import Config
from expoarchive.records import Records
from expoarchive.records.reference import Ids
from expoarchive.render.outputs import PARTS
from expoarchive.site.kinds import page_ids


def site_ids(config: Config, records: Records) -> Ids:
    """Ids of the site's own pages, and of the parts that it may leave out."""
    return {**page_ids(config, records), "output": PARTS}
