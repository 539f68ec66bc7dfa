"""The one writer of a store: whole batches or nothing, each followed by a snapshot that readers open.

A store is a folder with `data/`, which only the writer opens, and `snapshots/<number>/`, read-only copies made of hard
links. Readers take the highest number: they never see half a write, and never wait for one. The number is also the
version of the data, for caches. Without a folder the store lives in memory, and its view is the store itself.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from averment.errors import StoreError
from averment.store.view import View

__all__ = ["Store", "Writer"]

_KEPT_SNAPSHOTS = 3
"""A reader that has just looked up the newest number must still find it after two more writes."""

_ENGINE_ERRORS = (OSError, RuntimeError)
"""What the engine raises: OSError for what the system refuses, RuntimeError for files that are damaged."""


class Store:
    """A store in `folder`, or in memory where `folder` is None. Making the object touches nothing."""

    def __init__(self, folder: Path | None = None) -> None:
        """Remember where the store is."""
        self.folder = folder
        self._memory = ox.Store() if folder is None else None

    @property
    def generation(self) -> int:
        """The number of the newest snapshot; 0 where nothing was ever written."""
        return max(self._generations(), default=0)

    def snapshot(self) -> Path:
        """Give the folder of the newest snapshot, for processes that open it themselves.

        Raises StoreError where nothing was ever written, and for a store in memory.
        """
        if self.folder is None:
            raise StoreError("a store in memory has no snapshots")
        generation = self.generation
        if not generation:
            raise StoreError(
                f"{self.folder}: there is no store; make one with: averment ingest FILE --store {self.folder}"
            )
        return self._snapshots / str(generation)

    def view(self) -> View:
        """Give the newest published state, to read from.

        Raises StoreError where there is none, or it cannot be read.
        """
        if self._memory is not None:
            return View(self._memory)
        while True:
            snapshot = self.snapshot()
            try:
                return View(ox.Store.read_only(str(snapshot)))
            except _ENGINE_ERRORS as error:
                if snapshot.is_dir():
                    raise StoreError(f"{self.folder}: the store cannot be read ({error})") from error
                # Somebody wrote several times meanwhile, and a newer snapshot has taken this one's place.

    @contextmanager
    def writer(self) -> Iterator["Writer"]:
        """Open the store for writing, alone; the folder is made where there is none.

        Raises StoreError where another process is writing, or the folder holds something else.
        """
        if self._memory is not None:
            yield Writer(self._memory, lambda _: None)
            return
        data = self._prepare()
        try:
            store = ox.Store(str(data))
        except _ENGINE_ERRORS as error:
            reason = (
                "another process is writing to it; try again when it is done" if "lock" in str(error).lower() else error
            )
            raise StoreError(f"{self.folder}: the store cannot be written: {reason}") from error
        writer = Writer(store, self._publish)
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
        if self.folder is None or not self._snapshots.is_dir():
            return []
        return [int(entry.name) for entry in self._snapshots.iterdir() if entry.name.isdigit()]

    def _prepare(self) -> Path:
        """Make the folder, unless it holds something that is not a store."""
        assert self.folder is not None  # noqa: S101 - callers have looked
        data = self.folder / "data"
        try:
            if not data.is_dir() and self.folder.exists() and any(self.folder.iterdir()):
                raise StoreError(f"{self.folder}: this is not a store, and not an empty folder; name another --store")
            data.mkdir(parents=True, exist_ok=True)
            self._snapshots.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self.folder}: the store cannot be made here ({error.strerror})") from error
        return data

    def _publish(self, store: ox.Store) -> None:
        """Make what is committed durable and visible: a snapshot under a hidden name, then one rename."""
        store.flush()
        for abandoned in self._snapshots.glob(".new-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        fresh = self._snapshots / f".new-{os.getpid()}"
        store.backup(str(fresh))
        generations = sorted(self._generations())
        fresh.rename(self._snapshots / str(generations[-1] + 1 if generations else 1))
        for old in generations[: 1 - _KEPT_SNAPSHOTS]:
            shutil.rmtree(self._snapshots / str(old), ignore_errors=True)


class Writer:
    """Writes to a store. Each call is one transaction: when it returns, the change is whole, durable and published."""

    def __init__(self, store: ox.Store, publish: Callable[[ox.Store], None]) -> None:
        """Write to `store`, and call `publish` with it after each commit."""
        self._open: ox.Store | None = store
        self._publish = publish

    @property
    def _store(self) -> ox.Store:
        if self._open is None:
            raise StoreError("this writer is closed")
        return self._open

    @property
    def view(self) -> View:
        """What is committed, this writer's own changes included. Not to be kept beyond the writer's end."""
        return View(self._store)

    def close(self) -> None:
        """Let go of the store; the engine gives up its lock when nobody holds it any more."""
        self._open = None

    def change(self, *, remove: Iterable[ox.Quad] = (), add: Iterable[ox.Quad] = ()) -> None:
        """Remove quads and add quads, both or neither.

        Raises StoreError where the disk refuses; the store is then as it was.
        """
        added, removed = list(add), set(remove)
        removed -= set(added)
        try:
            if removed:
                self._store.update(_update("DELETE", removed) + ";\n" + _update("INSERT", added))
            elif added:
                self._store.extend(added)
            self._publish(self._store)
        except _ENGINE_ERRORS as error:
            raise StoreError(f"the change was not written: {error}") from error


def _update(verb: str, quads: Iterable[ox.Quad]) -> str:
    """Give a SPARQL update with `quads` as data; terms print themselves escaped."""
    lines = []
    for quad in quads:
        triple = f"{quad.subject} {quad.predicate} {quad.object} ."
        in_default = isinstance(quad.graph_name, ox.DefaultGraph)
        lines.append(triple if in_default else f"GRAPH {quad.graph_name} {{ {triple} }}")
    return f"{verb} DATA {{\n" + "\n".join(lines) + "\n}"
