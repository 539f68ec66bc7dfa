"""The server's processes: one that starts and stops the others, and those, which answer.

They share nothing but the store's folder. The newest snapshot there is what each answers from, its number what each
keeps answers by; the tokens are a file there, and the engine's lock on `data/` lets one write at a time.
"""

import asyncio
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.synchronize import Semaphore
from pathlib import Path
from types import FrameType
from typing import Any

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from averment.store import Store
from averment.store.limits import Limits
from averment.store.loop_guard import LoopGuard
from averment_server.back import Back
from averment_server.board import Board
from averment_server.cache import AnswerCache
from averment_server.fast import ShortWay
from averment_server.front import Front
from averment_server.lines import Lines
from averment_server.notes import Notes
from averment_server.settings import Settings

__all__ = ["Service", "run"]

_DEATH_OF_PARENT = 1
"""PR_SET_PDEATHSIG: a process whose parent died has nobody who would stop it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Everything that a server process is made from."""

    folder: Path
    host: str
    port: int
    settings: Settings
    limits: Limits
    log: bool = True
    """Whether a line of JSON is written to standard error for each request."""


def run(service: Service, ready: Callable[[], None]) -> None:
    """Answer requests until this process is told to stop; what is at work is finished first.

    `ready` is called when every process answers. A second signal ends everything at once; a write at work is then there
    whole, or not at all.
    """
    # A process that is forked has the engine's state and none of its threads.
    multiprocessing.set_start_method("spawn", force=True)
    limits = service.settings.server
    begun = multiprocessing.Semaphore(0)
    threading.Thread(target=_when_all, args=(begun, 2 * limits.processes, ready), daemon=True).start()
    server = _Server(
        "averment",
        address=service.host,
        port=service.port,
        interface=Interfaces.RSGI,
        workers=limits.processes,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=int(limits.header_seconds * 1000), max_buffer_size=limits.header
        ),
        websockets=False,
        backpressure=limits.connections,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=limits.stop_seconds,
        log_enabled=False,
    )
    with tempfile.TemporaryDirectory(prefix="averment-", ignore_cleanup_errors=True) as board:
        loader: Any = partial(_answering, service, begun, Path(board))
        server.serve(target_loader=loader, wrap_loader=False)


def _when_all(begun: Semaphore, processes: int, ready: Callable[[], None]) -> None:
    """Call `ready` when so many processes have begun, of which each front and its back is one."""
    for _ in range(processes):
        begun.acquire()
    ready()


def _answering(service: Service, begun: Semaphore, board: Path) -> "_Process":
    """Make what answers, in the process that is to do it."""
    os.setpgid(0, 0)  # Ctrl-C at the terminal is for the first process, which then stops the others
    _end_with_parent()
    return _Process(service, begun, board)


def _end_with_parent() -> None:
    """Have the system end this process when the first one is gone, also where that is so already.

    It ends at once: whoever kills the first process waits for nothing, and a write is there whole, or not at all.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None and os.getppid() != parent.pid:
        os._exit(1)


class _Process:
    """One process that answers, as granian begins and ends it."""

    def __init__(self, service: Service, begun: Semaphore, board: Path) -> None:
        self._begun = begun
        self._lines = Lines(2) if service.log else None
        self._back = Back(partial(_application, service, begun, board))
        store, settings = Store(service.folder), service.settings
        processors = _processors() // settings.server.processes - 1  # this process has one, its workers the others
        self._guard = LoopGuard(store, service.limits, processors)
        cache = AnswerCache(settings.server.cache)
        short = ShortWay(self._guard, cache, settings.hosts, cors=settings.cors, union=settings.union)
        gc.freeze()  # what is here stays, and is not to be looked through again while requests wait
        notes = Notes(Board(board), self._lines, self._guard.pool)
        self.__rsgi__ = Front(store, short, self._back, notes, settings).__rsgi__

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say that it answers, as soon as the loop runs."""
        loop.call_soon(self._begun.release)
        loop.call_soon(self._back.watch, loop)

    def __rsgi_del__(self, _loop: object) -> None:
        """End the children."""
        self._guard.close()
        self._back.close()
        if self._lines:
            self._lines.close()


@contextmanager
def _application(service: Service, begun: Semaphore, board: Path) -> Iterator[Flask]:
    """Make what answers the rest, in the process at the back."""
    from averment_server import app, health  # noqa: PLC0415 - a second's work, for this process alone

    limits = service.limits
    workers = limits.reserved + max(1, limits.reserved)  # for exports and graphs as many as for pages
    made = app.create_app(Store(service.folder), limits, service.settings, workers=workers)
    made.extensions[health.EXTENSION] = board
    made.config["USE_X_SENDFILE"] = True  # `Front` sends files
    begun.release()
    yield made
    app.close(made)


def _processors() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class _Server(MPServer):
    """Granian's, with the second signal of our own."""

    def signal_handler_interrupt(self, _signal: int, _frame: FrameType | None, *_more: Any) -> None:
        """Stop when what is at work is done; at the second signal, at once."""
        if self.interrupt_signal:
            for worker in self.wrks:
                os.kill(worker.inner.pid, signal.SIGKILL)
            os._exit(1)
        self.interrupt_signal = True
        self.main_loop_interrupt.set()
