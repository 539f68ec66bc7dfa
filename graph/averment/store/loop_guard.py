"""The guard of queries for a server that lives on one event loop: it waits for many children, and for no thread.

The same gate, children and limits as `guard` has, with one more reason to stop: nobody waits for the answer any more.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from averment.errors import BusyError, StoreError
from averment.store import gate
from averment.store.child import Child
from averment.store.failures import failure
from averment.store.formats import RESULT_FORMATS, Format
from averment.store.guard import Answer, Scope, request_for
from averment.store.limits import Limits
from averment.store.number import PublishedNumber
from averment.store.store import Store
from averment.store.wire import Reply, Request, packed, unpacked

__all__ = ["ClientGoneError", "LoopGuard"]

_LONG = 4_000
"""Characters of a query that are read elsewhere, since the loop would stand still for milliseconds."""

_START_SECONDS = 30.0
"""That a worker may take to start."""

_RETRY = 0.5
"""Seconds after which another worker is started, where one has died of its start."""

_SOON = 0.05
"""Seconds after which it is worth noticing that the client goes: most queries are answered by then."""

Gone = Callable[[], Awaitable[object]]


class ClientGoneError(Exception):
    """Nobody waits for the answer any more; the query was stopped."""


class LoopGuard:
    """A pool of workers over one store, used by the coroutines of one loop. It ends with `close`."""

    def __init__(self, store: Store, limits: Limits | None = None) -> None:
        """Start the workers; raise StoreError where there is nothing to read."""
        self.limits = limits or Limits()
        self.size = max(1, self.limits.workers - self.limits.reserved)
        self._store = store
        self._snapshot = store.snapshot()
        self._number = PublishedNumber(self._snapshot.parents[1])
        self._long, self._long_places = 0, max(1, self.size - 1)
        self._idle = [_Worker() for _ in range(self.size)]
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._closed = False
        first = request_for("ASK { }", RESULT_FORMATS[0], None, Scope(), self.limits)
        self._first = replace(first, seconds=_START_SECONDS)

    @property
    def generation(self) -> int:
        """The number of the newest snapshot; the next question is about that one or a newer one."""
        number = self._number.read()
        return self._store.generation if number is None else number

    @property
    def busy(self) -> int:
        """How many workers are at work."""
        return self.size - len(self._idle)

    async def run(self, query: str, results: Format | None, rdf: Format | None, scope: Scope, gone: Gone) -> Answer:
        """Answer a query as `QueryGuard.run` does one from outside; `gone` ends when the client has gone.

        Raises QueryError, or the class of it that fits, StoreError, and ClientGoneError.
        """
        if len(query) > _LONG:
            await asyncio.get_running_loop().run_in_executor(None, gate.check, query, self.limits.text)
        else:
            gate.check(query, self.limits.text)
        generation, reply = await self._ask_newest(request_for(query, results, rdf, scope, self.limits), gone)
        if reply.kind == "busy":
            raise BusyError("as many long queries are at work as there may be; try again, or ask for less")
        format_ = {"results": results, "rdf": rdf}.get(reply.kind)
        if format_ is None:
            raise failure(reply, query, self.limits)
        return Answer(reply.body, format_, generation)

    def close(self) -> None:
        """End the workers; those at work end with their query."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    async def _ask_newest(self, request: Request, gone: Gone) -> tuple[int, Reply]:
        """Ask about the newest snapshot, and once more where that has been replaced by the time it is opened."""
        for _ in range(2):
            if self._snapshot.name != str(self.generation):
                self._snapshot = self._store.snapshot()
            snapshot = self._snapshot
            reply = await self._ask(replace(request, snapshot=str(snapshot)), gone)
            if reply.kind != "gone":
                return int(snapshot.name), reply
            self._snapshot = self._store.snapshot()
        raise StoreError(f"{snapshot}: the store cannot be read; it may be damaged")

    async def _ask(self, request: Request, gone: Gone) -> Reply:
        worker = self._idle.pop() if self._idle else await self._next_free()
        clock: asyncio.TimerHandle | None = None
        try:
            await self._start(worker)
            clock = asyncio.get_running_loop().call_later(self.limits.quick, self._take_long_place, worker)
            return await worker.ask(request, gone)
        finally:
            if clock is not None:
                clock.cancel()
            self._long -= worker.long
            if worker.child.alive and not worker.long:
                self._put_back(worker)
            else:
                _keep(asyncio.ensure_future(self._replace(worker)))

    def _take_long_place(self, worker: "_Worker") -> None:
        """Let a query go on behind the others; stop it where as many are long already as may be.

        What goes behind does so for good, so its worker is of no use afterwards.
        """
        if self._long >= self._long_places:
            worker.stop(Reply(kind="busy"))
            return
        self._long += 1
        worker.long = True
        worker.child.go_behind()

    async def _next_free(self) -> "_Worker":
        """Wait for a worker, those who came first before the others; raise BusyError where that takes too long."""
        turn: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self.limits.patience):
                return await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():  # it came in the very moment in which nobody waits any more
                self._put_back(turn.result())
            if isinstance(error, TimeoutError):
                raise BusyError("all workers are taken by other queries; try again") from None
            raise

    def _put_back(self, worker: "_Worker") -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        if self._closed:
            worker.close()
        else:
            self._idle.append(worker)

    async def _replace(self, worker: "_Worker") -> None:
        """Put a fresh worker in the place of one of no use; neither ending nor starting a process is for the loop.

        It has answered before it is asked by anybody, who then need not wait for its start.
        """
        loop = asyncio.get_running_loop()
        while True:
            await loop.run_in_executor(None, worker.child.kill)
            with suppress(OSError):  # the system has no process to give now
                worker = await loop.run_in_executor(None, _Worker)
                await self._start(worker)
            if worker.child.alive or self._closed:
                self._put_back(worker)
                return
            await asyncio.sleep(_RETRY)

    async def _start(self, worker: "_Worker") -> None:
        """Have a worker answer for the first time: what it takes to start is not of anybody's time."""
        if not worker.started:
            worker.started = True
            await worker.ask(replace(self._first, snapshot=str(self._snapshot)), asyncio.Event().wait)


class _Worker(asyncio.Protocol):
    """A child and the connection to it: one request, then one reply."""

    def __init__(self) -> None:
        self.child = Child()
        self.started = False
        """Whether it has been asked anything."""
        self.long = False
        """Whether its query was a long one."""
        self._transport: asyncio.Transport | None = None
        self._data = bytearray()
        self._reply: asyncio.Future[Reply] | None = None

    async def ask(self, request: Request, gone: Gone) -> Reply:
        """Have a request answered; where that fails, the child is dead, and the reply's kind is `time` or `died`."""
        loop = asyncio.get_running_loop()
        if self._transport is None:
            self._transport, _ = await loop.create_connection(lambda: self, sock=self.child.channel)
        reply = self._reply = loop.create_future()
        self._transport.write(packed(request))
        watches: list[asyncio.Future[object]] = []
        clocks = (
            loop.call_later(request.seconds, self.stop, Reply(kind="time")),
            loop.call_later(_SOON, lambda: watches.append(self._watch(gone))),
        )
        try:
            found = await reply
        except BaseException:
            self._end()
            raise
        finally:
            for clock in clocks:
                clock.cancel()
            for watch in watches:
                watch.cancel()
        return await loop.run_in_executor(None, self.child.died) if found.kind == "died" else found

    def close(self) -> None:
        """End it, with its connection."""
        self._end()
        self.child.kill()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection as it is; the data come by `data_received`."""

    def data_received(self, data: bytes) -> None:
        """Collect the reply until it is whole."""
        self._data += data
        reply = unpacked(self._data)
        if reply is not None:
            self._data.clear()
            self._settle(reply)

    def connection_lost(self, _error: Exception | None) -> None:
        """Note that the child died."""
        self._settle(Reply(kind="died"))

    def _watch(self, gone: Gone) -> asyncio.Future[object]:
        """Stop the query when the client has gone."""

        def stop(watch: asyncio.Future[object]) -> None:
            if not watch.cancelled() and self._reply is not None and not self._reply.done():
                self._reply.set_exception(ClientGoneError())

        watch = asyncio.ensure_future(gone())
        watch.add_done_callback(stop)
        return watch

    def stop(self, reply: Reply) -> None:
        """Kill the child, and give this for its reply."""
        self._end()
        self._settle(reply)

    def _end(self) -> None:
        """Kill the child, without waiting for its end."""
        self.child.alive = False
        self.child.stop()
        if self._transport is not None:
            self._transport.abort()

    def _settle(self, reply: Reply) -> None:
        if self._reply is not None and not self._reply.done():
            self._reply.set_result(reply)


_TASKS: set[asyncio.Future[None]] = set()
"""The loop itself holds on to no task."""


def _keep(task: asyncio.Future[None]) -> None:
    _TASKS.add(task)
    task.add_done_callback(_TASKS.discard)
