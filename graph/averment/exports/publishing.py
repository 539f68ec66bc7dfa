"""A process that makes the dataset of one snapshot, for a server: one at a time for a store, within limits.

    python -m averment.exports.publishing SNAPSHOT PLACE SECONDS MEMORY

PLACE is the new folder; what lies beside it is older datasets, of which the newest is kept, and what makers that were
killed have left. It ends when whoever started it closes its standard input, and says by its status what came of it.
"""

import errno
import fcntl
import os
import resource
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from averment.errors import InputError
from averment.exports.dataset import write_dataset
from averment.store import View
from averment.store.confine import deny_sockets, set_memory
from averment.store.lifeline import hold_on_to

__all__ = ["FULL", "GONE", "MEMORY", "publish"]

GONE, MEMORY, FULL = 3, 4, 5
"""The statuses for a snapshot that is no longer there, for too little memory, and for a full disk."""

_BEHIND = 10
"""How nice it is to those who answer queries."""

_LOCK = ".lock"

_FULL = (errno.ENOSPC, errno.EDQUOT)


def main() -> None:
    """Make the dataset that the arguments name."""
    snapshot, place, seconds, memory = sys.argv[1:]
    signal.setitimer(signal.ITIMER_REAL, float(seconds))  # the signal ends the process
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_BEHIND)
    deny_sockets()
    hold_on_to(sys.stdin.fileno())
    sys.exit(publish(Path(snapshot), Path(place), int(memory)))


def publish(snapshot: Path, place: Path, memory: int) -> int:
    """Make a dataset within so many bytes of memory, unless somebody else has made it meanwhile; give the status."""
    try:
        with _alone(place.parent):
            if not place.exists():
                _make(snapshot, place, memory)
    except FileNotFoundError:
        return GONE
    except MemoryError:
        return MEMORY
    except (InputError, OSError) as error:
        if not snapshot.is_dir():  # it was replaced while it was read
            return GONE
        cause = error if isinstance(error, OSError) else error.__cause__
        return FULL if isinstance(cause, OSError) and cause.errno in _FULL else 1
    return 0


def _make(snapshot: Path, place: Path, memory: int) -> None:
    """Make it, and remove what is not needed any more: what is older than the one before it, and halves."""
    older = sorted((one for one in place.parent.iterdir() if one.name.isdecimal()), key=lambda one: int(one.name))
    for left in place.parent.iterdir():
        if left not in older[-1:] and left.name != _LOCK:
            shutil.rmtree(left, ignore_errors=True)
    if not snapshot.is_dir():
        raise FileNotFoundError(snapshot)
    try:
        store = ox.Store.read_only(str(snapshot))
    except (OSError, RuntimeError):
        raise FileNotFoundError(snapshot) from None
    set_memory(memory)
    write_dataset(View(store), place)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else makes a dataset in a folder, which is made where there is none."""
    folder.mkdir(exist_ok=True)
    with (folder / _LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    main()
