"""Reading ``site_config.yaml``."""

from pathlib import Path

from expoarchive.config.model import Config
from expoarchive.nodes import parse_yaml, read_model, read_text
from expoarchive.problem import Problem, errors

CONFIG_FILE = "site_config.yaml"


def read_config(root: Path) -> tuple[Config | None, list[Problem]]:
    """The configuration of the site at ``root``; None where it has errors."""
    source, problems = read_text(root, CONFIG_FILE)
    if source is None:
        return None, problems
    node, problems = parse_yaml(source)
    config, found = read_model(node, Config, CONFIG_FILE, {}) if node is not None or not problems else (None, [])
    problems += found
    return (None if errors(problems) else config), problems
