"""The finished site onto the disk, all at once or not at all."""

from expoarchive.write.switch import MANIFEST, Written, replace_file, write_site

__all__ = ["MANIFEST", "Written", "replace_file", "write_site"]
