"""Files and folders that a web server can read, whatever the umask."""

import contextlib
import os
import stat

from expoarchive.cache.last import Marks

FILE_MODE = 0o644
FOLDER_MODE = 0o755


def has_mode(marks: Marks, mode: int) -> bool:
    """Whether an entry with these marks has exactly this mode."""
    return stat.S_IMODE(marks[-1]) == mode


def new_file(path: str, data: bytes) -> None:
    """Create a file. Fails where there is one: never writes through a link or into another name of a file."""
    with open(path, "xb") as file:  # noqa: PTH123
        file.write(data)
    os.chmod(path, FILE_MODE)  # noqa: PTH101


def new_folder(path: str) -> None:
    """Create a folder, and those above it, where they do not exist."""
    with contextlib.suppress(FileExistsError):
        try:
            os.mkdir(path)  # noqa: PTH102
        except FileNotFoundError:
            new_folder(os.path.dirname(path))  # noqa: PTH120
            os.mkdir(path)  # noqa: PTH102
        os.chmod(path, FOLDER_MODE)  # noqa: PTH101
