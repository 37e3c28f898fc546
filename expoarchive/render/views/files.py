"""Files of the archive's data, offered beside what a page shows of them."""

from expoarchive.render.desk import Desk
from expoarchive.render.values import Link
from expoarchive.site.address import data_file


def data_files(desk: Desk, name: str) -> tuple[Link, ...]:
    """A table, or one edition, as CSV and JSON; nothing where the site publishes no data."""
    if not desk.site.config.has("data"):
        return ()
    return tuple(Link(form.upper(), desk.address(data_file(f"{name}.{form}"))) for form in ("csv", "json"))
