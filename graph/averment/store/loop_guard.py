"""The guard of queries for a server that lives on one event loop: it waits for many children, and for no thread.

The same gate, children and limits as `guard` has, with one more reason to stop: nobody waits for the answer any more.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from averment.errors import BusyError, StoreError
from averment.store import gate
from averment.store.child import FEDERATED
from averment.store.failures import failure
from averment.store.formats import Format
from averment.store.guard import Answer, Scope, request_for
from averment.store.limits import Limits
from averment.store.loop_worker import Gone, LoopWorker
from averment.store.number import PublishedNumber
from averment.store.store import Store
from averment.store.wire import Reply, Request

__all__ = ["LoopGuard"]

_LONG = 4_000
"""Characters of a query that are read elsewhere, since the loop would stand still for milliseconds."""

_RETRY = 0.5
"""Seconds after which another worker is started, where one has died of its start."""

_TICK = 0.025
"""Seconds between two looks at who is out of time: most queries are answered before the first, and cost no clock."""


_Ask = Callable[[Request], Awaitable[Reply]]


class LoopGuard:
    """A pool of workers over one store, used by the coroutines of one loop. It ends with `close`."""

    def __init__(self, store: Store, limits: Limits | None = None) -> None:
        """Start the workers; raise StoreError where there is nothing to read."""
        self.limits = limits or Limits()
        self.size = max(1, self.limits.workers - self.limits.reserved)
        self._store = store
        self._snapshot = store.snapshot()
        self._number = PublishedNumber(self._snapshot.parents[1])
        self._idle = [LoopWorker() for _ in range(self.size)]
        self._at_work: set[LoopWorker] = set()
        self._alone = 0
        self._long, self._long_places = 0, max(1, self.size - 1)
        self._waiting: deque[_Turn] = deque()
        self._clock: asyncio.TimerHandle | None = None
        self._closed = False

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
        text, services = self.limits.text, self.limits.services
        if len(query) > _LONG:
            loop = asyncio.get_running_loop()
            federated = await loop.run_in_executor(None, gate.check, query, text, services)
        else:
            federated = gate.check(query, text, services)
        ask = self._ask_alone if federated else self._ask
        generation, reply = await self._ask_newest(query, results, rdf, scope, partial(ask, gone=gone))
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

    async def _ask_newest(
        self, query: str, results: Format | None, rdf: Format | None, scope: Scope, ask: _Ask
    ) -> tuple[int, Reply]:
        """Ask about the newest snapshot, and once more where that has been replaced by the time it is opened."""
        for _ in range(2):
            if self._snapshot.name != str(self.generation):
                self._snapshot = self._store.snapshot()
            snapshot = self._snapshot
            reply = await ask(request_for(str(snapshot), query, results, rdf, scope, self.limits))
            if reply.kind != "gone":
                return int(snapshot.name), reply
            self._snapshot = self._store.snapshot()
        raise StoreError(f"{snapshot}: the store cannot be read; it may be damaged")

    async def _ask(self, request: Request, gone: Gone) -> Reply:
        worker = self._idle.pop() if self._idle else await self._next_free()
        try:
            if not worker.begun:
                await worker.begin()
            return await self._answer(worker, request, gone)
        finally:
            if worker.child.alive and not worker.long:
                self._put_back(worker)
            else:
                _keep(asyncio.ensure_future(self._replace(worker)))

    async def _ask_alone(self, request: Request, gone: Gone) -> Reply:
        """Have a worker of its own answer a query that asks other servers, and end it."""
        if self._alone >= self.size:
            raise BusyError("as many queries ask other servers as may; try again")
        loop = asyncio.get_running_loop()
        self._alone += 1
        worker: LoopWorker | None = None
        try:
            worker = await loop.run_in_executor(None, LoopWorker, FEDERATED)
            await worker.begin()
            return await self._answer(worker, request, gone)
        finally:
            self._alone -= 1
            if worker is not None:
                worker.end()
                _keep(loop.run_in_executor(None, worker.child.kill))

    async def _answer(self, worker: LoopWorker, request: Request, gone: Gone) -> Reply:
        """Have a worker answer while its time is kept."""
        self._at_work.add(worker)
        self._keep_time()
        try:
            return await worker.ask(request, gone)
        finally:
            self._at_work.discard(worker)
            self._long -= worker.long

    def _keep_time(self) -> None:
        if self._clock is None and (self._at_work or self._waiting):
            self._clock = asyncio.get_running_loop().call_later(_TICK, self._tick)

    def _tick(self) -> None:
        """Stop who is out of time, watch the clients of who is still at work, and turn away who has waited enough."""
        self._clock = None
        now = asyncio.get_running_loop().time()
        for worker in tuple(self._at_work):
            taken = now - worker.since
            if taken > self.limits.seconds:
                worker.stop(Reply(kind="time"))
            elif taken > self.limits.quick and not worker.long:
                self._take_long_place(worker)
            else:
                worker.watch()
        while self._waiting and now - self._waiting[0].since > self.limits.patience:
            self._waiting.popleft().give_up()
        self._keep_time()

    def _take_long_place(self, worker: LoopWorker) -> None:
        """Let a query go on behind the others; stop it where as many are long already as may be.

        What goes behind does so for good, so its worker is of no use afterwards.
        """
        if self._long >= self._long_places:
            worker.stop(Reply(kind="busy"))
            return
        self._long += 1
        worker.long = True
        worker.child.go_behind()

    async def _next_free(self) -> LoopWorker:
        """Wait for a worker, those who came first before the others; raise BusyError where that takes too long."""
        turn = _Turn()
        self._waiting.append(turn)
        self._keep_time()
        try:
            return await turn.worker
        except asyncio.CancelledError:
            if turn.worker.done() and not turn.worker.cancelled():  # it came in the very moment of the end
                self._put_back(turn.worker.result())
            raise

    def _put_back(self, worker: LoopWorker) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.worker.done():
                turn.worker.set_result(worker)
                return
        if self._closed:
            worker.close()
        else:
            self._idle.append(worker)

    async def _replace(self, worker: LoopWorker) -> None:
        """Put a fresh worker in the place of one of no use; neither ending nor starting a process is for the loop.

        It is there before it is asked by anybody, who then need not wait for its start.
        """
        loop = asyncio.get_running_loop()
        while True:
            await loop.run_in_executor(None, worker.child.kill)
            with suppress(OSError):  # the system has no process to give now
                worker = await loop.run_in_executor(None, LoopWorker)
                await worker.begin()
            if worker.child.alive or self._closed:
                self._put_back(worker)
                return
            await asyncio.sleep(_RETRY)


class _Turn:
    """Somebody who waits for a worker."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.since = loop.time()
        self.worker: asyncio.Future[LoopWorker] = loop.create_future()

    def give_up(self) -> None:
        """Turn them away."""
        if not self.worker.done():
            self.worker.set_exception(BusyError("all workers are taken by other queries; try again"))


_TASKS: set[asyncio.Future[None]] = set()
"""The loop itself holds on to no task."""


def _keep(task: asyncio.Future[None]) -> None:
    _TASKS.add(task)
    task.add_done_callback(_TASKS.discard)
