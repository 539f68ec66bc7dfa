"""The dataset of the newest state of a store, as files: made by a process of its own when somebody first asks for it.

It lies in the store's folder, so that all processes of a server share it, until the store is written to and somebody
asks again. A thread waits for it a while; who would have to wait longer is told to come back, and it is made meanwhile.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import averment
from averment.errors import AvermentError, BusyError, QueryMemoryError, QueryTimeError, StoreError, StoreFullError
from averment.exports.publishing import FULL, GONE, MEMORY
from averment.store import Store
from averment_server.configuration import DatasetLimits
from averment_server.turns import Turns

__all__ = ["EXTENSION", "Datasets"]

EXTENSION = "averment.datasets"

_RETRY = 60.0
"""Seconds after which what has failed is tried again."""

_SOURCE_ROOT = str(Path(averment.__file__).parents[1])


@dataclass(frozen=True, slots=True)
class _Failure:
    """That a dataset could not be made, and when that was."""

    place: Path
    error: AvermentError
    at: float


class Datasets:
    """The datasets of one store. It may be used from many threads, and ends with `close`."""

    def __init__(self, store: Store, limits: DatasetLimits) -> None:
        """Remember where they are, and what making one may take."""
        self._store, self._limits = store, limits
        self._lock = threading.Lock()
        self._turns = Turns(2, 0)
        self._maker: subprocess.Popen[bytes] | None = None
        self._failure: _Failure | None = None
        self._closed = False

    def known(self) -> Path | None:
        """Give the folder of the newest state's dataset, None where it is not made yet."""
        place = self._place(self._store.snapshot())
        return place if place.is_dir() else None

    def newest(self) -> Path:
        """Give the folder of the newest state's dataset, which is made where it is not yet.

        Raises BusyError where that takes longer than one waits, and QueryTimeError, QueryMemoryError or StoreError
        where it cannot be made.
        """
        snapshot = self._store.snapshot()
        place = self._place(snapshot)
        if place.is_dir():
            return place
        with self._turns.turn("as many wait for the dataset"):
            maker = self._begin(snapshot, place)
            try:
                status = maker.wait(self._limits.patience)
            except subprocess.TimeoutExpired:
                raise BusyError("the dataset is being made, which takes a while; try again") from None
        if place.is_dir():
            return place
        raise self._failed(place, status)

    def close(self) -> None:
        """End who makes one; what is half made is of no use to anybody, and is removed by the next."""
        with self._lock:
            self._closed = True
            if self._maker is not None:
                self._maker.kill()
                self._maker.communicate()

    def _place(self, snapshot: Path) -> Path:
        return snapshot.parents[1] / "dataset" / snapshot.name

    def _begin(self, snapshot: Path, place: Path) -> subprocess.Popen[bytes]:
        """Give the process that makes a dataset, of this state or of the one before it."""
        with self._lock:
            if self._closed:
                raise BusyError("this server is closing down")
            if self._maker is not None and self._maker.poll() is None:
                return self._maker
            failed = self._failure
            if failed is not None and failed.place == place and time.monotonic() < failed.at + _RETRY:
                raise failed.error
            if self._maker is not None:
                self._maker.communicate()
            self._maker = self._started(snapshot, place)
            return self._maker

    def _started(self, snapshot: Path, place: Path) -> subprocess.Popen[bytes]:
        limits = [str(self._limits.seconds), str(self._limits.memory)]
        return subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
            [sys.executable, "-m", "averment.exports.publishing", str(snapshot), str(place), *limits],
            stdin=subprocess.PIPE,  # it ends when this process does
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
            env={**os.environ, "PYTHONPATH": _SOURCE_ROOT},
        )

    def _failed(self, place: Path, status: int) -> AvermentError:
        """Give the error for a status, and remember it where trying again at once would be of no use."""
        if self._closed:
            return BusyError("this server is closing down")
        if status in (0, GONE):  # what it made was of the state before this one
            return BusyError("the store has been written to meanwhile; try again")
        error = _error(status, self._limits)
        with self._lock:
            self._failure = _Failure(place, error, time.monotonic())
        return error


def _error(status: int, limits: DatasetLimits) -> AvermentError:
    instead = "use the command line, averment export --dataset, which has no such limit"
    if status == FULL:
        return StoreFullError("the disk has no room for the dataset")
    if status == -signal.SIGALRM:
        return QueryTimeError(f"to make the dataset took more than {limits.seconds:g} seconds; {instead}")
    if status < 0 or status == MEMORY:
        return QueryMemoryError(f"to make the dataset took more than {limits.memory >> 20:,} MiB of memory; {instead}")
    return StoreError("the dataset cannot be written into the store's folder")
