"""Writes the finished site to the disk, all at once or not at all."""

from expoarchive.write.bag import bag, check_place
from expoarchive.write.exchange import Bytes, bytes_of, exchange, take_back
from expoarchive.write.files import Files, Kept
from expoarchive.write.lock import Busy, hold
from expoarchive.write.spare import spare_tree
from expoarchive.write.switch import Written, busy, put_file, replace_file, write_site
from expoarchive.write.tree import MANIFEST, inspect_site, read_manifest

__all__ = [
    "MANIFEST",
    "Busy",
    "Bytes",
    "Files",
    "Kept",
    "Written",
    "bag",
    "busy",
    "bytes_of",
    "check_place",
    "exchange",
    "hold",
    "inspect_site",
    "put_file",
    "read_manifest",
    "replace_file",
    "spare_tree",
    "take_back",
    "write_site",
]
