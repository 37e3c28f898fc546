"""The finished site onto the disk, all at once or not at all."""

from expoarchive.write.bag import bag
from expoarchive.write.files import Files
from expoarchive.write.switch import MANIFEST, Written, put_file, replace_file, write_site

__all__ = ["MANIFEST", "Files", "Written", "bag", "put_file", "replace_file", "write_site"]
