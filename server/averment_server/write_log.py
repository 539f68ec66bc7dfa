"""The log of writes: two lines of JSON for each, one before it is begun and one when it has ended.

A change without a line is not possible: where the first line cannot be written, nothing else is. Where the second is
missing, the process died; whether the change was made shows in the data. Lines are added and never changed, and each is
on the disk before the client hears of the write. A token is named, never shown.
"""

import errno
import fcntl
import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from averment.store.disk import disk_error, sync

__all__ = ["Entry", "WriteLog"]

FILE = "writes.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is said of a write beforehand."""

    token: str
    """The name of the token by which it was allowed."""
    kind: str
    """UPDATE, or the method of a request to the graph store."""
    graph: str | None
    """The IRI of the graph, `default`, or None for an update."""
    bytes: int
    """Of the request's body."""


class WriteLog:
    """The file `writes.jsonl` of a store's folder."""

    def __init__(self, folder: Path) -> None:
        """Write into the folder of a store; the file is made with the first write."""
        self._path = folder / FILE

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self._path.stat().st_size if self._path.exists() else 0

    def begin(self, entry: Entry) -> str:
        """Say that a write is begun, and give the number that its two lines share.

        Raises StoreFullError where the disk has no room, StoreError where the line cannot be written otherwise.
        """
        number = secrets.token_hex(6)
        self._add(number, entry, {"status": "begun"})
        return number

    def end(self, number: str, entry: Entry, status: int, **numbers: int) -> None:
        """Say with which status it ended, and numbers that go with it; raises errors as `begin`."""
        self._add(number, entry, {"status": status, **numbers})

    def _add(self, number: str, entry: Entry, ending: dict[str, str | int]) -> None:
        known = {"token": entry.token, "kind": entry.kind, "graph": entry.graph, "bytes": entry.bytes}
        said = {"write": number, "time": datetime.now(UTC).isoformat(timespec="milliseconds"), **known, **ending}
        line = json.dumps({name: value for name, value in said.items() if value is not None}) + "\n"
        try:
            self._append(line.encode("ascii"))
        except OSError as error:
            raise disk_error(f"{self._path}: the log of writes cannot be written ({error.strerror})") from error

    def _append(self, line: bytes) -> None:
        """Write a line whole, or nothing of it, and have the system put it on the disk."""
        log = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(log, fcntl.LOCK_EX)
            before = os.fstat(log).st_size
            try:
                if os.write(log, line) < len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # noqa: TRY301 - as the system would
                os.fsync(log)
                if not before:
                    sync(self._path.parent)  # the file is new, and so is its name
            except OSError:
                os.ftruncate(log, before)
                raise
        finally:
            os.close(log)
