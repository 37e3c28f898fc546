"""The finished site onto the disk, all at once or not at all."""

from expoarchive.write.bag import bag, check_place
from expoarchive.write.files import Files
from expoarchive.write.lock import OutputBusy, SourcesBusy, hold_output, hold_sources
from expoarchive.write.spare import spare_tree
from expoarchive.write.standing import inspect_site
from expoarchive.write.switch import MANIFEST, Written, busy, put_file, read_manifest, replace_file, write_site

__all__ = [
    "MANIFEST",
    "Files",
    "OutputBusy",
    "SourcesBusy",
    "Written",
    "bag",
    "busy",
    "check_place",
    "hold_output",
    "hold_sources",
    "inspect_site",
    "put_file",
    "read_manifest",
    "replace_file",
    "spare_tree",
    "write_site",
]
