"""Bytes to text to YAML nodes to typed models, with the place of each value kept all the way.

This package knows YAML and pydantic. It must not know what an edition or a page is.
"""

from expoarchive.nodes.files import is_litter, link_in, list_files, read_file
from expoarchive.nodes.model import Model, read_model
from expoarchive.nodes.node import Mapping, Node, Scalar, Sequence
from expoarchive.nodes.parse import parse_yaml
from expoarchive.nodes.text import SourceText, read_text, text_of

__all__ = [
    "Mapping",
    "Model",
    "Node",
    "Scalar",
    "Sequence",
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
