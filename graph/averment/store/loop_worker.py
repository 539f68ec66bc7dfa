"""A child process as an event loop sees it: it answers what it is asked in that order, and nobody waits in between.

What it is asked next may be sent while it is still at work. A worker that has something to go on with is not put to
sleep and woken up for every query, which would cost more than most queries do.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import islice

from averment.store.child import START_SECONDS, Child
from averment.store.tasks import keep
from averment.store.wire import Frames, Reply

__all__ = ["Asked", "ClientGoneError", "Gone", "LoopWorker", "Make"]

Gone = Callable[[], Awaitable[object]]
"""What ends when the client has gone."""

Make = Callable[[], bytes]
"""What makes a request, as it is sent."""


class ClientGoneError(Exception):
    """Nobody waits for the answer any more; the query was stopped."""


class Asked:
    """A request, and whoever waits for its reply."""

    __slots__ = ("_frame", "_gone", "_make", "_watch", "reply", "since", "worker")

    def __init__(self, make: Make, gone: Gone, loop: asyncio.AbstractEventLoop) -> None:
        """Take what makes the request as it is sent; `gone` ends when nobody waits any more."""
        self._make = make
        self._frame: bytes | None = None
        self.worker: LoopWorker | None = None
        """Who is to answer it; another may be at it too, which had been sent it before."""
        self.since = time.monotonic()
        """When it came, by `time.monotonic`."""
        self.reply: asyncio.Future[Reply] = loop.create_future()
        self._gone = gone
        self._watch: asyncio.Future[object] | None = None

    @property
    def frame(self) -> bytes:
        """The request as it is sent, made when it first is."""
        if self._frame is None:
            self._frame = self._make()
        return self._frame

    @property
    def left(self) -> bool:
        """Whether whoever waited has gone."""
        gone = self.reply.done() and not self.reply.cancelled() and self.reply.exception()
        return self.reply.cancelled() or isinstance(gone, ClientGoneError)

    def settle(self, reply: Reply) -> None:
        """Give a reply to whoever waits for one."""
        if not self.reply.done():
            self.reply.set_result(reply)

    def give_up(self, error: Exception) -> None:
        """Raise an error to whoever waits."""
        if not self.reply.done():
            self.reply.set_exception(error)

    def watch(self) -> None:
        """Let nobody wait any more when the client goes."""
        if self._watch is None:
            self._watch = asyncio.ensure_future(self._gone())
            self._watch.add_done_callback(self._client_has_gone)
            self.reply.add_done_callback(self._end_watch)

    def _client_has_gone(self, watch: asyncio.Future[object]) -> None:
        if not watch.cancelled() and watch.exception() is None:
            self.give_up(ClientGoneError())

    def _end_watch(self, _reply: object) -> None:
        if self._watch is not None:
            self._watch.cancel()


class LoopWorker(asyncio.Protocol):
    """A child and the connection to it. It keeps no time: its pool says when it is to stop."""

    def __init__(self, told: Callable[["LoopWorker", float], None], *module: str) -> None:
        """Start the child, by its module; raise OSError where the system has no process to give.

        `told` is called with the worker and what a query took, in seconds: after each reply, and when the child died.
        """
        self.child = Child(*module)
        self.long = False
        """Whether a query of its was a long one."""
        self.since = 0.0
        """When the query at hand was begun, by `time.monotonic`."""
        self.asked: deque[Asked] = deque()
        """The query at hand, and those sent after it, which may be somebody else's by now."""
        self._told = told
        self._frames = Frames()
        self._begun: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None

    async def begin(self) -> None:
        """Wait until the child is there; where it dies or takes too long, it is dead afterwards."""
        loop = asyncio.get_running_loop()
        self._begun = loop.create_future()
        self._transport, _ = await loop.create_connection(lambda: self, sock=self.child.channel)
        overdue = loop.call_later(START_SECONDS, self.end)
        try:
            await self._begun
        finally:
            overdue.cancel()

    def ask(self, asked: Asked, now: float) -> None:
        """Have a request answered by a child that has begun, after those before it; raise what making it raises."""
        frame = asked.frame
        if not self.asked:
            self.since = now
        self.asked.append(asked)
        asked.worker = self
        if self._transport is not None:
            self._transport.write(frame)

    def release(self) -> list[Asked]:
        """Give what was sent after the query at hand, to be asked elsewhere. Whoever is first answers it."""
        released = [asked for asked in islice(self.asked, 1, None) if asked.worker is self and not asked.reply.done()]
        for asked in released:
            asked.worker = None
        return released

    def stop(self, reply: Reply) -> None:
        """Kill the child, and give this for the reply to the query at hand."""
        if self.asked:
            self.asked[0].settle(reply)
        self.end()

    def end(self) -> None:
        """Kill the child, without waiting for its end."""
        self.child.alive = False
        self.child.stop()
        if self._transport is not None:
            self._transport.abort()

    def close(self) -> None:
        """End it, with its connection."""
        self.end()
        self.child.kill()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection as it is; the data come by `data_received`."""

    def data_received(self, data: bytes) -> None:
        """Give on each reply that is whole."""
        self._frames.add(data)
        while (reply := self._frames.reply()) is not None:
            if self.asked:
                now = time.monotonic()
                took, self.since = now - self.since, now
                self.asked.popleft().settle(reply)
                if self.asked and self.asked[0].worker is None:
                    self.asked[0].worker = self  # nobody else was free for it
                self._told(self, took)
            else:
                self._has_begun()

    def connection_lost(self, _error: Exception | None) -> None:
        """Note that the child died: of the query at hand, if of any."""
        self.child.alive = False
        self._has_begun()
        asked = self.asked.popleft() if self.asked else None
        if asked is not None and asked.worker is self and not asked.reply.done():
            keep(asyncio.ensure_future(self._say_how(asked)))
        self._told(self, 0.0)

    def _has_begun(self) -> None:
        if self._begun is not None and not self._begun.done():
            self._begun.set_result(None)

    async def _say_how(self, asked: Asked) -> None:
        """Give how the child ended for the reply."""
        asked.settle(await asyncio.get_running_loop().run_in_executor(None, self.child.died))
