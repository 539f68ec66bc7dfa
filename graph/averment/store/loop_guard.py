"""The guard of queries for a server that lives on one event loop: it waits for many children, and for no thread.

The same gate, children and limits as `guard` has, with one more reason to stop: nobody waits for the answer any more.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from averment.errors import BusyError, StoreError
from averment.store.failures import failure
from averment.store.formats import Format
from averment.store.gate import Checked
from averment.store.guard import Answer, Scope, request_for
from averment.store.limits import Limits
from averment.store.loop_pool import LoopPool
from averment.store.loop_worker import Gone, Make
from averment.store.number import PublishedNumber
from averment.store.store import Store
from averment.store.wire import Reply, framed, header_of

__all__ = ["LoopGuard"]

_TIMES = 5
"""That a query is asked again because the snapshot is gone; each time, somebody has written twice since."""

_Ask = Callable[[Make], Awaitable[Reply]]


class LoopGuard:
    """Answers queries over one store for the coroutines of one loop. It ends with `close`."""

    def __init__(self, store: Store, limits: Limits | None = None, processors: int = 1) -> None:
        """Start the workers; raise StoreError where there is nothing to read.

        `processors` are left for them.
        """
        self.limits = limits or Limits()
        self._store = store
        self._headers: dict[tuple[Format | None, Format | None, bool], bytes] = {}
        self._take_newest()
        self._number = PublishedNumber(self._snapshot.parents[1])
        self.pool = LoopPool(self.limits, processors)

    @property
    def generation(self) -> int:
        """The number of the newest snapshot; the next question is about that one or a newer one."""
        number = self._number.read()
        return self._store.generation if number is None else number

    async def run(self, query: Checked, results: Format | None, rdf: Format | None, scope: Scope, gone: Gone) -> Answer:
        """Answer a query as `QueryGuard.run` does one from outside; `gone` ends when the client has gone.

        It has been checked before, elsewhere where it is long: the loop would stand still. Raises QueryError, or the
        class of it that fits, StoreError, and ClientGoneError.
        """
        ask = partial(self.pool.ask_alone if query.asks_others else self.pool.ask, gone=gone)
        generation, reply = await self._ask_newest(query.text, results, rdf, scope, ask)
        if reply.kind == "busy":
            raise BusyError("as many long queries are at work as there may be; try again, or ask for less")
        format_ = results if reply.kind == "results" else rdf if reply.kind == "rdf" else None
        if format_ is None:
            raise failure(reply, query.text, self.limits)
        return Answer(reply.body, format_, generation)

    def close(self) -> None:
        """End the workers; those at work end with their query."""
        self.pool.close()

    async def _ask_newest(
        self, query: str, results: Format | None, rdf: Format | None, scope: Scope, ask: _Ask
    ) -> tuple[int, Reply]:
        """Ask about the snapshot that is the newest when a worker is free for it.

        And again where that has been replaced by the time it is opened, as long as it is for a newer one.
        """
        version = -1

        def make() -> bytes:
            nonlocal version
            if self._version != self.generation:
                self._take_newest()
            version = self._version
            return framed(self._header(results, rdf, scope), query)

        for _ in range(_TIMES):
            before = version
            reply = await ask(make)
            if reply.kind != "gone":
                return version, reply
            if version == before:
                break
            self._take_newest()
        raise StoreError(f"{self._snapshot}: the store cannot be read; it may be damaged")

    def _take_newest(self) -> None:
        self._snapshot = self._store.snapshot()
        self._version = int(self._snapshot.name)
        self._headers.clear()

    def _header(self, results: Format | None, rdf: Format | None, scope: Scope) -> bytes:
        """Give what a worker is told beside the query; most are told one of a few things, which are kept."""
        plain = scope.default_graphs is None and scope.named_graphs is None
        key = results, rdf, scope.union
        if plain and key in self._headers:
            return self._headers[key]
        header = header_of(request_for(str(self._snapshot), "", results, rdf, scope, self.limits))
        if plain:
            self._headers[key] = header
        return header
