"""From bytes to text, to YAML nodes, to typed models; every value keeps its place all the way.

This package knows YAML and pydantic. It must not know what an edition or a page is.
"""

import os

# Whatever is installed beside has no say in how records are read; to look for it takes a tenth of a short command.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from expoarchive.nodes.files import is_litter, link_in, list_files, read_file
from expoarchive.nodes.model import Model, read_model
from expoarchive.nodes.node import MappingNode, Node, Scalar, SequenceNode
from expoarchive.nodes.parse import parse_yaml
from expoarchive.nodes.text import SourceText, read_text, text_of

__all__ = [
    "MappingNode",
    "Model",
    "Node",
    "Scalar",
    "SequenceNode",
    "SourceText",
    "is_litter",
    "link_in",
    "list_files",
    "parse_yaml",
    "read_file",
    "read_model",
    "read_text",
    "text_of",
]
