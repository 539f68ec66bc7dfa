"""The number of the newest snapshot, in a file of eight bytes that readers map into their memory.

To look into the folder at every question costs more than to answer it from a cache. What is mapped is seen by every
process as soon as it is written, which is before the writer's call returns.
"""

import mmap
import os
import struct
import time
from pathlib import Path

from averment.store.disk import sync

__all__ = ["PublishedNumber", "write_number"]

_FILE = "generation"
_NUMBER = struct.Struct("<Q")

_FRESH = 1.0
"""Seconds after which the file is looked for again, should somebody have put another store in the place of this one."""


def write_number(folder: Path, number: int) -> None:
    """Note the number of a snapshot that is published now; raise OSError where the disk refuses."""
    file = os.open(folder / _FILE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        os.pwrite(file, _NUMBER.pack(number), 0)
    finally:
        os.close(file)
    sync(folder)


class PublishedNumber:
    """What readers have of the file in a store's folder."""

    def __init__(self, folder: Path) -> None:
        """Remember where it is."""
        self._path = folder / _FILE
        self._map: mmap.mmap | None = None
        self._looked = float("-inf")

    def read(self) -> int | None:
        """Give the number; None for a store that was last written before there was such a file."""
        now = time.monotonic()
        if self._map is None or now - self._looked > _FRESH:
            self._looked = now
            self._open()
        return None if self._map is None else int(_NUMBER.unpack_from(self._map)[0])

    def _open(self) -> None:
        try:
            with self._path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), _NUMBER.size, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            self._map = None
