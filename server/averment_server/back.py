"""The application in a process of its own: making a page takes an interpreter, which the event loop needs for itself.

There are as many connections as threads, on either side: who has one asks by it, waits for the answer, and gives it
back. What goes over them are plain values of ours, pickled; nobody else has an end of one.
"""

import asyncio
import gc
import multiprocessing
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue

from flask import Flask

from averment.store.lifeline import hold_on_to
from averment_server.through_flask import Incoming, Outgoing, through_flask

__all__ = ["Back", "BackDiedError"]

Make = Callable[[], AbstractContextManager[Flask]]
"""Makes the application, and ends what it has begun."""

_THREADS = 16
"""More than writes may wait, and pages have workers."""

_TRIES = 2
"""That a request is sent to a process that takes it: the first may have died while nobody asked it anything."""


class BackDiedError(Exception):
    """The process ended with a request at work, which may be carried out, or not."""


class Back:
    """Asks the application for the coroutines of one loop. It ends with `close`."""

    def __init__(self, make: Make) -> None:
        """Start the process; `make` is called there, and pickled for that."""
        self._make = make
        self._threads = ThreadPoolExecutor(_THREADS)
        self._starting = threading.Lock()
        self._process = _Process(make)

    async def answer(self, incoming: Incoming) -> Outgoing:
        """Have a request answered.

        Raises BackDiedError where the process ended meanwhile, OSError where none can be started; after either, another
        is started for those who come later.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, incoming)

    def close(self) -> None:
        """End the process when it has done what it is at."""
        self._threads.shutdown()
        self._process.close()

    def _ask(self, incoming: Incoming) -> Outgoing:
        for _ in range(_TRIES):
            process = self._process
            connection = process.free.get()
            try:
                connection.send(incoming)
            except OSError:
                process.free.put(connection)
                self._replace(process)
                continue
            try:
                answered: Outgoing = connection.recv()
            except (EOFError, OSError):
                self._replace(process)
                raise BackDiedError from None
            finally:
                process.free.put(connection)
            return answered
        raise BackDiedError

    def _replace(self, process: "_Process") -> None:
        """Start another in its place, where nobody else has done so."""
        with self._starting:
            if self._process is process:
                process.kill()
                self._process = _Process(self._make)


class _Process:
    """The process, and the connections to it that nobody uses at present."""

    def __init__(self, make: Make) -> None:
        ours, theirs = zip(*(multiprocessing.Pipe() for _ in range(_THREADS)), strict=True)
        their_end, self._lifeline = multiprocessing.Pipe(duplex=False)
        self.free: SimpleQueue[Connection] = SimpleQueue()
        for connection in ours:
            self.free.put(connection)
        spawn = multiprocessing.get_context("spawn")
        self._process = spawn.Process(target=_answer_all, args=(make, theirs, their_end), daemon=True)
        self._process.start()
        for end in (*theirs, their_end):
            end.close()

    def close(self) -> None:
        """End it when it has answered; nobody may ask any more."""
        while not self.free.empty():
            self.free.get().close()
        self._process.join()

    def kill(self) -> None:
        """End it at once. Whoever is asking has a connection, and learns it by that."""
        self._process.kill()
        self._process.join()


def _answer_all(make: Make, connections: Iterable[Connection], lifeline: Connection) -> None:
    """Answer what comes over the connections, until the other ends are closed."""
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
            connection.send(through_flask(app, connection.recv()))
