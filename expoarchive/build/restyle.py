"""The style sheet alone, into a site that stands: what a preview does where nothing but styles was saved."""

from pathlib import Path

from expoarchive.config import read_config
from expoarchive.render.assets import STYLES, make_styles
from expoarchive.write import OutputBusy, hold_output, replace_file


def restyle(root: Path, output: Path) -> str | None:
    """The style sheet's permalink once it is renewed; None where the whole site has to be built instead.

    That is where the configuration or a style sheet cannot be read, no site with a style sheet stands in ``output``, or
    another build is at work there. Gives the same bytes as a build of the whole.
    """
    config, _ = read_config(root)
    if config is None:
        return None
    try:
        with hold_output(output, patience=0):
            styles, problems = make_styles(root, config)
            return STYLES if not problems and replace_file(output, STYLES, styles) else None
    except (OSError, OutputBusy):
        return None
