"""Workers for the queries that come in on one event loop, and who answers which.

While queries are short, one worker is sent the next before it has answered the last, as far as that takes no time worth
speaking of. What comes to stand behind a longer one is given to another worker; only the query at hand is stopped at
the limit of time, or dies with its worker.
"""

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress

from averment.errors import BusyError, StoreError
from averment.store.child import FEDERATED, START_SECONDS
from averment.store.limits import Limits
from averment.store.loop_worker import Asked, Gone, LoopWorker, Make
from averment.store.tasks import keep
from averment.store.wire import Reply

__all__ = ["LoopPool"]

_RETRY = 0.5
"""Seconds after which another worker is started, where one has died of its start."""

_TICK = 0.015
"""Seconds between two looks at who is out of time: most queries are answered before the first, and cost no clock."""

_MOMENT = 0.002
"""Seconds in which the loop reads what has come while it was held up."""

_AHEAD = 0.004
"""Seconds of work that a worker may have before it: what comes then is for another, or waits."""

_MOST_AHEAD = 16
"""Queries that one worker has before it, however short they are."""

_MEMORY = 16
"""Queries over which what one takes is averaged, about."""


_CLOSING = "this server is closing down"


class LoopPool:
    """A fixed number of workers, used by the coroutines of one loop. It ends with `close`."""

    def __init__(self, limits: Limits, processors: int) -> None:
        """Start the workers.

        More of them than there are `processors` are at short queries only where work piles up.
        """
        self.size = max(1, limits.workers - limits.reserved)
        self._limits = limits
        self._processors = max(1, processors)
        self._unbegun = [LoopWorker(self._told) for _ in range(self.size)]
        self._has_begun = False
        self._idle: list[LoopWorker] = []
        self._at_work: list[LoopWorker] = []
        self._apart: list[LoopWorker] = []
        self._alone = 0
        self._waiting: deque[Asked] = deque()
        self._taken, self._ahead = _TICK, 1
        self._long, self._long_places = 0, max(1, self.size - 1)
        self._clock: asyncio.TimerHandle | None = None
        self._due, self._held_up = 0.0, False
        self._closed = False

    @property
    def busy(self) -> int:
        """How many workers are at work."""
        return self.size - len(self._idle)

    async def ask(self, make: Make, gone: Gone) -> Reply:
        """Have a request answered, which is made when there is a worker for it; `gone` ends when nobody waits any more.

        The reply is of the kind `time` or `died` where its worker had to be killed or died, `busy` where as many are at
        long queries as may be. Raises BusyError where no worker is free in time, ClientGoneError, and what making the
        request raises, which may be a StoreError.
        """
        if self._closed:
            raise BusyError(_CLOSING)
        if self._unbegun:
            self._begin()
        asked = Asked(make, gone, asyncio.get_running_loop())
        self._waiting.append(asked)
        self._hand_out(asked.since)
        self._keep_time()
        return await asked.reply

    async def ask_alone(self, make: Make, gone: Gone) -> Reply:
        """Have a worker of its own answer a query that asks other servers, and end it; the rest is as for `ask`."""
        if self._alone >= self.size:
            raise BusyError("as many queries ask other servers as may; try again")
        loop = asyncio.get_running_loop()
        asked = Asked(make, gone, loop)
        worker: LoopWorker | None = None
        self._alone += 1
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
            self._alone -= 1
            if worker is not None:
                if worker in self._apart:
                    self._apart.remove(worker)
                self._long -= worker.long
                worker.end()
                keep(loop.run_in_executor(None, worker.child.kill))

    def close(self) -> None:
        """End the workers; those at work end with their query."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()
        while self._unbegun:
            self._unbegun.pop().close()
        while self._waiting:
            self._waiting.popleft().give_up(BusyError(_CLOSING))

    def _hand_out(self, now: float) -> None:
        """Give what waits to the workers, as far as they take more."""
        while self._waiting:
            if self._waiting[0].reply.done() or self._waiting[0].worker is not None:
                self._waiting.popleft()  # nobody waits any more, or who had it before has come to it
                continue
            worker = self._next_worker(now)
            if worker is None:
                return
            asked = self._waiting.popleft()
            try:
                worker.ask(asked, now)
            except StoreError as error:
                asked.give_up(error)
                self._rest(worker)

    def _next_worker(self, now: float) -> LoopWorker | None:
        """Give one that can begin at once, as long as there is a processor for it, or else the one with least to do."""
        quick = [worker for worker in self._at_work if now - worker.since < _TICK and worker.child.alive]
        if self._idle and len(quick) < self._processors:
            return self._from_idle()
        worker = min(quick, key=lambda worker: len(worker.asked), default=None)
        if worker is not None and len(worker.asked) < self._ahead:
            return worker
        return self._from_idle()

    def _from_idle(self) -> LoopWorker | None:
        while self._idle:
            worker = self._idle[-1]
            if worker.child.running:
                self._at_work.append(self._idle.pop())
                return worker
            worker.end()  # somebody has killed it, and the loop is still to hear of that
            self._lost(worker)
        return None

    def _told(self, worker: LoopWorker, took: float) -> None:
        """Go on after a reply, or after the end of a worker."""
        if not worker.child.alive:
            self._lost(worker)
        else:
            self._taken += (min(took, _TICK) - self._taken) / _MEMORY
            self._ahead = max(1, min(_MOST_AHEAD, int(_AHEAD / self._taken)))
            if worker.long:
                worker.end()  # it goes behind the others for good
            else:
                self._rest(worker)
        if self._waiting:
            self._hand_out(time.monotonic())

    def _rest(self, worker: LoopWorker) -> None:
        """Let a worker rest that has nothing to do."""
        if not worker.asked:
            self._at_work.remove(worker)
            self._put_back(worker)

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
        self._wait_again(asked for asked in worker.asked if asked.worker is worker)
        keep(asyncio.ensure_future(self._replace(worker)))

    def _wait_again(self, asked: Iterable[Asked]) -> None:
        """Put first what was to be answered by now."""
        again = list(asked)
        for one in again:
            one.worker = None
        self._waiting.extendleft(reversed(again))

    def _keep_time(self, seconds: float = _TICK) -> None:
        if self._clock is None and (self._at_work or self._apart or self._waiting):
            self._due = time.monotonic() + seconds
            self._clock = asyncio.get_running_loop().call_later(seconds, self._tick)

    def _tick(self) -> None:
        """See who takes long, and turn away who has waited enough."""
        self._clock = None
        now = time.monotonic()
        if now - self._due > _TICK and not self._held_up:
            self._held_up = True  # so was whoever has answered meanwhile: their replies are to be read first
            self._keep_time(_MOMENT)
            return
        self._held_up = False
        try:
            for worker in (*self._at_work, *self._apart):
                if worker.asked and now - worker.since > _TICK:
                    self._wait_again(worker.release())
                    self._look_at(worker, now - worker.since)
            self._hand_out(now)
            patience = self._limits.patience if self._has_begun else START_SECONDS
            while self._waiting and now - self._waiting[0].since > patience:
                asked = self._waiting.popleft()
                if asked.worker is None:
                    asked.give_up(BusyError("all workers are taken by other queries; try again"))
        finally:
            self._keep_time()

    def _look_at(self, worker: LoopWorker, taken: float) -> None:
        """Stop a query that is out of time, or that nobody waits for; watch the client of any other.

        One that another answers may go on until it is a long one: to start a worker takes longer.
        """
        query = worker.asked[0]
        is_elsewhere = query.reply.done() or query.worker is not worker
        if query.left or (is_elsewhere and taken > self._limits.quick):
            worker.end()
        elif taken > self._limits.seconds:
            worker.stop(Reply(kind="time"))
        elif taken > self._limits.quick and not worker.long:
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
        if not await self._has_come(worker):
            await self._replace(worker)

    async def _has_come(self, worker: LoopWorker) -> bool:
        """Take a worker when it is there; say whether it has not died of its start."""
        await worker.begin()
        if not worker.child.alive:
            return False
        self._has_begun = True
        self._put_back(worker)
        self._hand_out(time.monotonic())
        return True

    async def _replace(self, worker: LoopWorker) -> None:
        """Put a fresh worker in the place of one of no use; neither ending nor starting a process is for the loop.

        It is there before it is asked by anybody, who then need not wait for its start.
        """
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, worker.child.died)
        while not self._closed:
            with suppress(OSError, RuntimeError):  # the system has no process to give now, or no thread
                fresh = await loop.run_in_executor(None, LoopWorker, self._told)
                if await self._has_come(fresh):
                    return
                await loop.run_in_executor(None, fresh.child.kill)
            await asyncio.sleep(_RETRY)


def _tell_nobody(_worker: LoopWorker, _took: float) -> None:
    """For a worker that is asked once, by one who waits for that."""
