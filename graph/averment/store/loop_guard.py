"""The guard of queries for a server that lives on one event loop: it waits for many children, and for no thread.

The same gate, children and limits as `guard` has, with one more reason to stop: nobody waits for the answer any more.
While queries are short one worker is sent the next before it has answered the last, as far as that takes no time worth
speaking of; what comes to stand behind a longer one is given to another worker.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from averment.errors import BusyError, StoreError
from averment.store import gate
from averment.store.child import FEDERATED
from averment.store.failures import failure
from averment.store.formats import Format
from averment.store.guard import Answer, Scope, request_for
from averment.store.limits import Limits
from averment.store.loop_worker import Asked, Gone, LoopWorker
from averment.store.number import PublishedNumber
from averment.store.store import Store
from averment.store.tasks import keep
from averment.store.wire import Reply, framed, header_of

__all__ = ["LoopGuard"]

_LONG = 4_000
"""Characters of a query that are read elsewhere, since the loop would stand still for milliseconds."""

_RETRY = 0.5
"""Seconds after which another worker is started, where one has died of its start."""

_TICK = 0.025
"""Seconds between two looks at who is out of time: most queries are answered before the first, and cost no clock."""

_AHEAD = 0.004
"""Seconds of work that a worker may have before it: what comes then is for another, or waits."""

_MOST_AHEAD = 16
"""Queries that one worker has before it, however short they are."""

_MEMORY = 16
"""Queries over which what one takes is averaged, about."""

_Ask = Callable[[bytes], Awaitable[Reply]]


class LoopGuard:
    """A pool of workers over one store, used by the coroutines of one loop. It ends with `close`."""

    def __init__(self, store: Store, limits: Limits | None = None, processors: int = 1) -> None:
        """Start the workers; raise StoreError where there is nothing to read.

        More workers than there are `processors` for them are at short queries only where work piles up.
        """
        self.limits = limits or Limits()
        self.size = max(1, self.limits.workers - self.limits.reserved)
        self._processors = max(1, processors)
        self._store = store
        self._headers: dict[tuple[Format | None, Format | None, bool], bytes] = {}
        self._take_newest()
        self._number = PublishedNumber(self._snapshot.parents[1])
        self._unbegun = [LoopWorker(self._told) for _ in range(self.size)]
        self._has_begun = False
        self._idle: list[LoopWorker] = []
        self._at_work: list[LoopWorker] = []
        self._apart: list[LoopWorker] = []
        self._alone: list[Asked] = []
        self._waiting: deque[Asked] = deque()
        self._taken, self._ahead = _TICK, 1
        self._long, self._long_places = 0, max(1, self.size - 1)
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
        ask = partial(self._ask_alone if federated else self._ask, gone=gone)
        generation, reply = await self._ask_newest(query, results, rdf, scope, ask)
        if reply.kind == "busy":
            raise BusyError("as many long queries are at work as there may be; try again, or ask for less")
        format_ = results if reply.kind == "results" else rdf if reply.kind == "rdf" else None
        if format_ is None:
            raise failure(reply, query, self.limits)
        return Answer(reply.body, format_, generation)

    def close(self) -> None:
        """End the workers; those at work end with their query."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()
        while self._unbegun:
            self._unbegun.pop().close()

    async def _ask_newest(
        self, query: str, results: Format | None, rdf: Format | None, scope: Scope, ask: _Ask
    ) -> tuple[int, Reply]:
        """Ask about the newest snapshot, and once more where that has been replaced by the time it is opened."""
        for _ in range(2):
            if self._version != self.generation:
                self._take_newest()
            version = self._version
            reply = await ask(framed(self._header(results, rdf, scope), query))
            if reply.kind != "gone":
                return version, reply
            self._take_newest()
        raise StoreError(f"{self._snapshot}: the store cannot be read; it may be damaged")

    def _take_newest(self) -> None:
        self._snapshot = self._store.snapshot()
        self._version = int(self._snapshot.name)
        self._headers.clear()

    def _header(self, results: Format | None, rdf: Format | None, scope: Scope) -> bytes:
        """Give what a worker is told beside the query; most are told one of a few things, which are kept."""
        key = results, rdf, scope.union
        kept = self._headers.get(key) if scope.default_graphs is scope.named_graphs is None else None
        if kept is not None:
            return kept
        header = header_of(request_for(str(self._snapshot), "", results, rdf, scope, self.limits))
        if scope.default_graphs is scope.named_graphs is None:
            self._headers[key] = header
        return header

    async def _ask(self, frame: bytes, gone: Gone) -> Reply:
        if self._unbegun:
            self._begin()
        asked = Asked(frame, gone, asyncio.get_running_loop())
        self._waiting.append(asked)
        self._hand_out(asked.since)
        self._keep_time()
        return await asked.reply

    async def _ask_alone(self, frame: bytes, gone: Gone) -> Reply:
        """Have a worker of its own answer a query that asks other servers, and end it."""
        if len(self._alone) >= self.size:
            raise BusyError("as many queries ask other servers as may; try again")
        loop = asyncio.get_running_loop()
        asked = Asked(frame, gone, loop)
        worker: LoopWorker | None = None
        self._alone.append(asked)
        try:
            worker = await loop.run_in_executor(None, LoopWorker, _tell_nobody, FEDERATED)
            await worker.begin()
            if not worker.child.alive:
                return Reply(kind="died")
            self._apart.append(worker)
            worker.ask(asked, time.monotonic())
            self._keep_time()
            return await asked.reply
        finally:
            self._alone.remove(asked)
            if worker is not None:
                if worker in self._apart:
                    self._apart.remove(worker)
                self._long -= worker.long
                worker.end()
                keep(loop.run_in_executor(None, worker.child.kill))

    def _hand_out(self, now: float) -> None:
        """Give what waits to the workers, as far as they take more."""
        while self._waiting:
            if self._waiting[0].reply.done():  # nobody waits any more
                self._waiting.popleft()
                continue
            worker = self._next_worker(now)
            if worker is None:
                return
            worker.ask(self._waiting.popleft(), now)

    def _next_worker(self, now: float) -> LoopWorker | None:
        """Give one that can begin at once, as long as there is a processor for it, or else the one with least to do."""
        quick = [worker for worker in self._at_work if now - worker.since < _TICK and worker.child.alive]
        if self._idle and len(quick) < self._processors:
            return self._from_idle()
        worker = min(quick, key=_left, default=None)
        if worker is not None and len(worker.asked) < self._ahead:
            return worker
        return self._from_idle() if self._idle else None

    def _from_idle(self) -> LoopWorker:
        worker = self._idle.pop()
        self._at_work.append(worker)
        return worker

    def _told(self, worker: LoopWorker, took: float) -> None:
        """Go on after a reply, or after the end of a worker."""
        if not worker.child.alive:
            self._lost(worker)
        else:
            self._taken += (min(took, _TICK) - self._taken) / _MEMORY
            self._ahead = max(1, min(_MOST_AHEAD, int(_AHEAD / self._taken)))
            if worker.long:
                worker.end()  # it goes behind the others for good
            elif not worker.asked:
                self._at_work.remove(worker)
                self._put_back(worker)
        if self._waiting:
            self._hand_out(time.monotonic())

    def _put_back(self, worker: LoopWorker) -> None:
        if self._closed:
            worker.close()
        else:
            self._idle.append(worker)

    def _lost(self, worker: LoopWorker) -> None:
        """Have what a dead worker was still to answer answered by others, and another put in its place."""
        workers = next((some for some in (self._at_work, self._idle) if worker in some), None)
        if workers is None:
            return
        workers.remove(worker)
        self._long -= worker.long
        self._wait_again(asked for asked in worker.asked if asked is not None)
        keep(asyncio.ensure_future(self._replace(worker)))

    def _wait_again(self, asked: Iterable[Asked]) -> None:
        """Put first what was to be answered by now."""
        self._waiting.extendleft(reversed(list(asked)))

    def _keep_time(self) -> None:
        if self._clock is None and (self._at_work or self._apart or self._waiting):
            self._clock = asyncio.get_running_loop().call_later(_TICK, self._tick)

    def _tick(self) -> None:
        """See who takes long, and turn away who has waited enough."""
        self._clock = None
        now = time.monotonic()
        for worker in (*self._at_work, *self._apart):
            if worker.asked and now - worker.since > _TICK:
                self._wait_again(worker.release())
                self._look_at(worker, now - worker.since)
        while self._has_begun and self._waiting and now - self._waiting[0].since > self.limits.patience:
            self._waiting.popleft().give_up(BusyError("all workers are taken by other queries; try again"))
        self._hand_out(now)
        self._keep_time()

    def _look_at(self, worker: LoopWorker, taken: float) -> None:
        """Stop a query that is out of time, or that nobody waits for; watch the client of any other."""
        query = worker.asked[0]
        if query is None or query.reply.done():
            worker.end()
        elif taken > self.limits.seconds:
            worker.stop(Reply(kind="time"))
        elif taken > self.limits.quick and not worker.long:
            self._take_long_place(worker)
        else:
            query.watch()

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

    def _begin(self) -> None:
        """Begin with the workers that were started before there was a loop."""
        while self._unbegun:
            keep(asyncio.ensure_future(self._begin_with(self._unbegun.pop())))

    async def _begin_with(self, worker: LoopWorker) -> None:
        """Take a worker when it is there; another where it has died of its start."""
        await worker.begin()
        if not worker.child.alive:
            await self._replace(worker)
            return
        self._has_begun = True
        self._put_back(worker)
        self._hand_out(time.monotonic())

    async def _replace(self, worker: LoopWorker) -> None:
        """Put a fresh worker in the place of one of no use; neither ending nor starting a process is for the loop.

        It is there before it is asked by anybody, who then need not wait for its start.
        """
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, worker.child.kill)
        while not self._closed:
            try:
                fresh = await loop.run_in_executor(None, LoopWorker, self._told)
            except OSError:  # the system has no process to give now
                await asyncio.sleep(_RETRY)
            else:
                await self._begin_with(fresh)
                return


def _left(worker: LoopWorker) -> int:
    return len(worker.asked)


def _tell_nobody(_worker: LoopWorker, _took: float) -> None:
    """For a worker that is asked once, by one who waits for that."""
