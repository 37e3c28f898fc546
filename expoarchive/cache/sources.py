"""Where a site's sources are: in its own folder, and for templates that it does not have, in the generator's theme.

Asked before the rest of the generator is imported, by a build with nothing to do.
"""

from pathlib import Path

import expoarchive

TEMPLATES = "templates"
# How messages name the theme's files; in an installed generator that is also where they are.
THEME = "expoarchive/theme"


def theme_folder() -> Path:
    """The theme that comes with this generator: in a clone of the project, the project's own templates."""
    package = Path(expoarchive.__file__).resolve().parent
    installed = package / "theme"
    return installed if installed.is_dir() else package.parent / TEMPLATES


def is_theme(folder: Path) -> bool:
    """Whether a site's templates are the theme itself, as in a clone of the project."""
    return folder.resolve() == theme_folder()


def sources_of(root: Path) -> dict[str, Path]:
    """The files and folders that the site at ``root`` is made of, by the names that messages give them."""
    own = {name: root / name for name in ("site_config.yaml", "content", TEMPLATES)}
    return own if is_theme(own[TEMPLATES]) else own | {THEME: theme_folder()}
