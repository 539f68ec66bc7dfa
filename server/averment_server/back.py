"""The application in a process of its own: making a page takes an interpreter, which the event loop needs for itself.

So does reading a long request, which is done there too.

There are as many connections as threads, on either side: who has one asks by it, waits for the answer, and gives it
back. What goes over them are plain values of ours, pickled; nobody else has an end of one.
"""

import asyncio
import atexit
import gc
import logging
import multiprocessing
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from flask import Flask

from averment.store.lifeline import hold_on_to, leave_signals
from averment.store.tasks import keep
from averment_server.plan import Posed, Rules, posed
from averment_server.protocol import Sent
from averment_server.through_flask import Incoming, Outgoing, through_flask

__all__ = ["Back", "BackDiedError"]

_LOG = logging.getLogger(__name__)

Make = Callable[[], AbstractContextManager[Flask]]
"""Makes the application, and ends what it has begun."""

_THREADS = 16
"""More than writes may wait, and pages have workers."""

_READERS = 2
"""Long requests that are read at a time, whatever else is going on."""

_PAUSE = 0.5
"""Seconds between the end of a process and the start of the next, where nobody has asked for one."""

_TRIES = 2
"""That a request is sent to a process that takes it: the first may have died while nobody asked it anything."""


class BackDiedError(Exception):
    """The process ended with a request at work, which may be carried out, or not."""


class _NotTakenError(Exception):
    """The process had ended before: nobody has read what it was asked."""


class Back:
    """Asks the application for the coroutines of one loop. It ends with `close`."""

    def __init__(self, make: Make) -> None:
        """Start the process; `make` is called there, and pickled for that."""
        self._make = make
        self._threads = ThreadPoolExecutor(_THREADS)
        self._readers = ThreadPoolExecutor(_READERS)
        self._starting = threading.Lock()
        self._closed = False
        self._process = _Process(make)

    async def answer(self, incoming: Incoming) -> Outgoing | None:
        """Have a request answered; None where a defect kept it from that.

        Raises BackDiedError where the process ended meanwhile; another is then started for those who come later.
        """
        answered: Outgoing | None = await _loop().run_in_executor(self._threads, self._ask, incoming)
        return answered

    async def read(self, sent: Sent, rules: Rules) -> Posed | None:
        """Have a long request read as `posed` does it; the rest is as for `answer`."""
        query: Posed | None = await _loop().run_in_executor(self._readers, self._ask, (sent, rules))
        return query

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start another process wherever one ends, also while nobody asks it anything."""
        loop.add_reader(self._process.sentinel, self._has_ended, loop, self._process)

    def close(self) -> None:
        """End the process when it has done what it is at."""
        self._closed = True
        self._threads.shutdown()
        self._readers.shutdown()
        self._process.close()

    def _ask(self, asked: Incoming | tuple[Sent, Rules]) -> Any:
        for _ in range(_TRIES):
            process = self._process
            try:
                return process.ask(asked)
            except _NotTakenError:
                self._replace(process)
            except Exception:  # noqa: BLE001 - whatever it is, half of an answer may be left on the connection
                self._replace(process)
                break
        raise BackDiedError

    def _has_ended(self, loop: asyncio.AbstractEventLoop, process: "_Process") -> None:
        loop.remove_reader(process.sentinel)
        if not self._closed:
            keep(loop.create_task(self._start_again(loop, process)))

    async def _start_again(self, loop: asyncio.AbstractEventLoop, process: "_Process") -> None:
        await asyncio.sleep(_PAUSE)
        await loop.run_in_executor(None, self._replace, process)
        self.watch(loop)

    def _replace(self, process: "_Process") -> None:
        """Start another in its place, where nobody else has done so, and the system has one to give."""
        with self._starting, suppress(OSError):
            if self._process is process and not self._closed:
                process.kill()
                self._process = _Process(self._make)


class _Process:
    """The process, and the connections to it that nobody uses at present."""

    def __init__(self, make: Make) -> None:
        ours, theirs = zip(*(multiprocessing.Pipe() for _ in range(_THREADS + _READERS)), strict=True)
        their_end, self._lifeline = multiprocessing.Pipe(duplex=False)
        self._free: SimpleQueue[Connection] = SimpleQueue()
        for connection in ours:
            self._free.put(connection)
        spawn = multiprocessing.get_context("spawn")
        self._process = spawn.Process(target=_answer_all, args=(make, theirs, their_end), daemon=True)
        self._process.start()
        atexit.register(self._process.kill)  # before multiprocessing would ask it to end, and wait for that
        for end in (*theirs, their_end):
            end.close()

    @property
    def sentinel(self) -> int:
        """What can be read when it has ended."""
        return self._process.sentinel

    def ask(self, asked: object) -> Any:
        """Have something answered; raise _NotTakenError where it has not come there, anything else after that."""
        connection = self._free.get()
        try:
            try:
                connection.send(asked)
            except OSError:
                raise _NotTakenError from None
            return connection.recv()
        except BaseException:
            connection.close()  # an answer that is left on it would be somebody else's
            raise
        finally:
            self._free.put(connection)

    def close(self) -> None:
        """End it when it has answered; nobody may ask any more."""
        while not self._free.empty():
            self._free.get().close()
        self._process.join()
        atexit.unregister(self._process.kill)

    def kill(self) -> None:
        """End it at once. Whoever is asking has a connection, and learns it by that."""
        self._process.kill()
        self._process.join()
        atexit.unregister(self._process.kill)


def _answer_all(make: Make, connections: Iterable[Connection], lifeline: Connection) -> None:
    """Answer what comes over the connections, until the other ends are closed."""
    leave_signals()
    hold_on_to(lifeline.fileno())
    with make() as app:
        gc.freeze()  # what is here stays, and is not to be looked through again
        threads = [threading.Thread(target=_answer, args=(app, connection)) for connection in connections]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _answer(app: Flask, connection: Connection) -> None:
    with connection, suppress(EOFError, OSError):
        while True:
            connection.send(_answered(app, connection.recv()))


def _answered(app: Flask, asked: Incoming | tuple[Sent, Rules]) -> Outgoing | Posed | None:
    try:
        return through_flask(app, asked) if isinstance(asked, Incoming) else posed(*asked)
    except Exception:  # noqa: BLE001 - a defect of one request is not the end of the others
        _LOG.exception("a request was not answered")
        return None


def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()
