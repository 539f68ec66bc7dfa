"""A child process as an event loop sees it: one request, then one reply, and nobody who waits in between."""

import asyncio
from collections.abc import Awaitable, Callable

from averment.store.child import START_SECONDS, Child
from averment.store.wire import Reply, Request, packed, unpacked

__all__ = ["ClientGoneError", "Gone", "LoopWorker"]

Gone = Callable[[], Awaitable[object]]
"""What ends when the client has gone."""


class ClientGoneError(Exception):
    """Nobody waits for the answer any more; the query was stopped."""


class LoopWorker(asyncio.Protocol):
    """A child and the connection to it. It keeps no time: its guard says when it is to stop."""

    def __init__(self, *module: str) -> None:
        """Start the child, by its module; raise OSError where the system has no process to give."""
        self.child = Child(*module)
        self.long = False
        """Whether its query was a long one."""
        self.since = 0.0
        """When it was asked, by the clock of the loop."""
        self._gone: Gone | None = None
        self._watch: asyncio.Future[object] | None = None
        self._transport: asyncio.Transport | None = None
        self._data = bytearray()
        self._reply: asyncio.Future[Reply] | None = None

    @property
    def begun(self) -> bool:
        """Whether the child is there, or was."""
        return self._transport is not None

    async def begin(self) -> None:
        """Wait until the child is there; where it dies or takes too long, it is dead afterwards."""
        loop = asyncio.get_running_loop()
        reply = self._reply = loop.create_future()
        self._transport, _ = await loop.create_connection(lambda: self, sock=self.child.channel)
        overdue = loop.call_later(START_SECONDS, self.stop, Reply(kind="time"))
        try:
            await self._last_words(await reply)
        finally:
            overdue.cancel()

    async def ask(self, request: Request, gone: Gone) -> Reply:
        """Have a request answered by a child that has begun; where it dies, the kind of reply is `time` or `died`."""
        if self._transport is None or not self.child.alive:
            return Reply(kind="died")
        loop = asyncio.get_running_loop()
        self.since, self._gone = loop.time(), gone
        reply = self._reply = loop.create_future()
        self._transport.write(packed(request))
        try:
            return await self._last_words(await reply)
        except BaseException:
            self.end()
            raise
        finally:
            if self._watch is not None:
                self._watch.cancel()
                self._watch = None

    def watch(self) -> None:
        """Stop the query when its client goes."""
        if self._watch is None and self._gone is not None:
            self._watch = asyncio.ensure_future(self._gone())
            self._watch.add_done_callback(self._client_has_gone)

    def stop(self, reply: Reply) -> None:
        """Kill the child, and give this for its reply."""
        self.end()
        self._settle(reply)

    def close(self) -> None:
        """End it, with its connection."""
        self.end()
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

    def _client_has_gone(self, watch: asyncio.Future[object]) -> None:
        if not watch.cancelled() and self._reply is not None and not self._reply.done():
            self._reply.set_exception(ClientGoneError())

    def end(self) -> None:
        """Kill the child, without waiting for its end."""
        self.child.alive = False
        self.child.stop()
        if self._transport is not None:
            self._transport.abort()

    async def _last_words(self, reply: Reply) -> Reply:
        """Give a reply, or how the child ended where it died of it."""
        if reply.kind != "died":
            return reply
        return await asyncio.get_running_loop().run_in_executor(None, self.child.died)

    def _settle(self, reply: Reply) -> None:
        if self._reply is not None and not self._reply.done():
            self._reply.set_result(reply)
