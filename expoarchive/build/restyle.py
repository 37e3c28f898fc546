"""Only the style sheet, in a site that was built before: what a preview does where nothing but styles was saved."""

from pathlib import Path

from expoarchive.config import read_config
from expoarchive.render.assets import STYLES, make_styles
from expoarchive.render.palette import palette_of
from expoarchive.render.theme import theme_of
from expoarchive.write import Busy, hold, replace_file


def restyle(root: Path, output: Path) -> str | None:
    """Renew the style sheet as a build would. Its permalink, or None where the whole site has to be built instead.

    That is so where the configuration or a style sheet cannot be read, where ``output`` holds no site with a style
    sheet, or where another build is at work there.
    """
    config, _ = read_config(root)
    if config is None:
        return None
    try:
        with hold(output, patience=0):
            theme = theme_of(root)
            styles, problems = make_styles(theme, palette_of(theme, config))
            return STYLES if not problems and replace_file(output, STYLES, styles) else None
    except (OSError, Busy):
        return None
