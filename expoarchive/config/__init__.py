"""``site_config.yaml``: what a site is called, its languages, where it lives and how it looks."""

from expoarchive.config.model import CONFIG_FILE, NOTHING, Colours, Config, Identity, Language, Licence, read_config

__all__ = ["CONFIG_FILE", "NOTHING", "Colours", "Config", "Identity", "Language", "Licence", "read_config"]
