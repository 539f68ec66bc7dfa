"""What is on the disk for good, and what it means when the system says that it cannot be."""

import errno
import os
from pathlib import Path

from averment.errors import StoreError, StoreFullError

__all__ = ["disk_error", "sync"]

_NO_ROOM = tuple(os.strerror(code) for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""What the system says where there is none; the engine passes on its words and not its number."""


def disk_error(said: str) -> StoreError:
    """Give the error for a sentence that ends in what the system said, which tells whether there is no room."""
    return (StoreFullError if any(words in said for words in _NO_ROOM) else StoreError)(said)


def sync(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk; raise OSError where it cannot."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
