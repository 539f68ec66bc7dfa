"""The one writer of a store: whole batches or nothing, each followed by a snapshot that readers open.

A store is a folder with `data/`, which only the writer opens, and `snapshots/<number>/`, read-only copies made of hard
links. Readers take the highest number: they never see half a write, and never wait for one. The number is also the
version of the data, for caches. While the file `data-ahead` exists, `data/` may hold more than the newest snapshot: a
writer died or the disk was full between the two, and the next writer begins by publishing. Without a folder the store
lives in memory, and its view is the store itself.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from averment.errors import StoreBusyError, StoreError
from averment.store.disk import disk_error, sync
from averment.store.number import write_number
from averment.store.view import View
from averment.store.writer import ENGINE_ERRORS, Follower, Writer

__all__ = ["Store"]

_KEPT_SNAPSHOTS = 3
"""A reader that has just looked up the newest number must still find it after two more writes."""

_AHEAD = "data-ahead"

_NUMBER = re.compile(r"[1-9][0-9]*")

_HALF_MADE = re.compile(r"LOCK|LOG(\.old\.[0-9]+)?|IDENTITY|MANIFEST-[0-9]+|[0-9]+\.(dbtmp|log)")
"""What the engine puts into a new `data/` before CURRENT, and leaves there where the disk is full."""


class Store:
    """A store in `folder`, or in memory where `folder` is None. Making the object touches nothing."""

    def __init__(self, folder: Path | None = None, follow: Callable[[], Follower] | None = None) -> None:
        """Remember where the store is, and how to get who follows its changes, once something is to be written."""
        self.folder = folder
        self._follow = follow
        self._memory = ox.Store() if folder is None else None
        self._readable: Path | None = None  # the snapshot that was last opened

    @property
    def generation(self) -> int:
        """The number of the newest snapshot; 0 where nothing was ever written."""
        return max(self._generations(), default=0)

    def snapshot(self) -> Path:
        """Give the folder of the newest snapshot, for processes that open it themselves.

        Each is opened here once, so that damage is told from what a query does. Raises StoreError where it cannot be
        read or nothing was ever written, and for a store in memory.
        """
        newest = self._newest()
        return newest if newest == self._readable else self._open_newest()[0]

    def view(self) -> View:
        """Give the newest published state, to read from.

        Raises StoreError where there is none, or it cannot be read.
        """
        return View(self._memory if self._memory is not None else self._open_newest()[1])

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """Open the store for writing, alone; the folder is made where there is none.

        What an earlier writer committed and could not publish is published first. Raises StoreBusyError where another
        process is writing, StoreError where publishing fails or the folder holds something else.
        """
        follower = None if self._follow is None else self._follow()
        if self._memory is not None:
            yield Writer(self._memory, lambda: None, lambda _: None, follower)
            return
        data = self._prepare()
        try:
            store = ox.Store(str(data))
        except ENGINE_ERRORS as error:
            said = f"{self.folder}: the store cannot be written: "
            if "lock" in str(error).lower():
                raise StoreBusyError(f"{said}another process is writing to it; try again when it is done") from error
            raise disk_error(f"{said}{error}") from error
        self._catch_up(store)
        writer = Writer(store, self._mark, self._publish, follower)
        del store
        try:
            yield writer
        finally:
            writer.close()

    @property
    def _snapshots(self) -> Path:
        assert self.folder is not None  # noqa: S101 - callers have looked
        return self.folder / "snapshots"

    def _generations(self) -> list[int]:
        if self.folder is None:
            return []
        try:
            return [int(name) for name in _names(self._snapshots) if _NUMBER.fullmatch(name)]
        except OSError as error:
            raise StoreError(f"{self.folder}: the store cannot be read ({error.strerror})") from error

    def _newest(self) -> Path:
        """Give the folder of the newest snapshot, opened or not."""
        if self.folder is None:
            raise StoreError("a store in memory has no snapshots")
        generation = self.generation
        if not generation:
            raise StoreError(
                f"{self.folder}: there is no store; make one with: averment ingest FILE --store {self.folder}"
            )
        return self._snapshots / str(generation)

    def _open_newest(self) -> tuple[Path, ox.Store]:
        """Open the newest snapshot and read one quad, which finds what damage can be found without reading all."""
        while True:
            snapshot = self._newest()
            try:
                store = ox.Store.read_only(str(snapshot))
                next(iter(store), None)
            except ENGINE_ERRORS as error:
                if snapshot == self._newest():
                    raise StoreError(f"{self.folder}: the store cannot be read ({error})") from error
                # Somebody wrote several times meanwhile, and a newer snapshot has taken this one's place.
            else:
                self._readable = snapshot
                return snapshot, store

    def _prepare(self) -> Path:
        """Make the folder, unless it holds something that is not a store."""
        assert self.folder is not None  # noqa: S101 - callers have looked
        data = self.folder / "data"
        try:
            if not _may_be_store(self.folder):
                raise StoreError(f"{self.folder}: this is not a store, and not an empty folder; name another --store")
            data.mkdir(parents=True, exist_ok=True)
            self._snapshots.mkdir(exist_ok=True)
        except OSError as error:
            raise disk_error(f"{self.folder}: the store cannot be made here ({error.strerror})") from error
        return data

    def _mark(self) -> None:
        """Note durably that the data may be ahead of the newest snapshot, before it is."""
        assert self.folder is not None  # noqa: S101 - callers have looked
        (self.folder / _AHEAD).touch()
        sync(self.folder / _AHEAD)
        sync(self.folder)

    def _catch_up(self, store: ox.Store) -> None:
        """Publish what an earlier writer committed and did not publish."""
        assert self.folder is not None  # noqa: S101 - callers have looked
        try:
            never_published = not self.generation and next(iter(store), None) is not None
            if never_published or (self.folder / _AHEAD).exists():
                self._publish(store)
        except ENGINE_ERRORS as error:
            raise disk_error(
                f"{self.folder}: what was written before cannot be made visible to readers: {error}"
            ) from error

    def _publish(self, store: ox.Store) -> None:
        """Make what is committed durable and visible: a snapshot under a hidden name, then one rename."""
        store.flush()
        for abandoned in self._snapshots.glob(".new-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        fresh = self._snapshots / f".new-{os.getpid()}"
        store.backup(str(fresh))
        generations = sorted(self._generations())
        number = generations[-1] + 1 if generations else 1
        fresh.rename(self._snapshots / str(number))
        write_number(self._snapshots.parent, number)
        for old in generations[: 1 - _KEPT_SNAPSHOTS]:
            shutil.rmtree(self._snapshots / str(old), ignore_errors=True)
        sync(self._snapshots)
        (self._snapshots.parent / _AHEAD).unlink(missing_ok=True)


def _may_be_store(folder: Path) -> bool:
    """Say whether a folder is a store, or absent, empty, or left by a store's interrupted making."""
    names = _names(folder)
    data = _names(folder / "data") if "data" in names else set()
    if "CURRENT" in data and any(name.startswith("MANIFEST-") for name in data):
        return True
    half_made = not data or ("LOCK" in data and all(map(_HALF_MADE.fullmatch, data)))
    return names <= {"data", "snapshots"} and half_made and not ("snapshots" in names and _names(folder / "snapshots"))


def _names(folder: Path) -> set[str]:
    """Give the names of what a folder holds; none where there is no such folder."""
    try:
        return {entry.name for entry in folder.iterdir()}
    except FileNotFoundError:
        return set()
