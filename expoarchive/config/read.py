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
    if node is None and problems:
        return None, problems
    config, faults = read_model(node, Config, CONFIG_FILE, {})
    problems += faults
    return (None if errors(problems) else config), problems
