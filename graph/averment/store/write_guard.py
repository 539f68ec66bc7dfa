"""Writes that this process does not carry out itself: one child process does, one write after the other.

Each sees what those before it left. A write that is not ready by its deadline is stopped by killing the child, before
anything is committed; from then on it is let finish.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from averment.errors import (
    AvermentError,
    BusyError,
    DataSyntaxError,
    QueryMemoryError,
    QueryTimeError,
    StoreError,
    StoreUncertainError,
)
from averment.store.child import Child
from averment.store.failures import syntax_error
from averment.store.formats import Format
from averment.store.limits import WriteLimits
from averment.store.scribe import COMMIT_SECONDS, KINDS
from averment.store.store import Store
from averment.store.updates import Dataset
from averment.store.wire import Change, Go, Reply

__all__ = ["WriteGuard", "Written"]

_MODULE = "averment.store.scribe"
_RETRY = 0.1
"""Seconds after which it is tried again, where another program is writing to the store."""

_LARGE = 1 << 20
"""Bytes of a write after which a fresh child takes over: what it took of memory is not given back otherwise."""

_ENDINGS = frozenset(["written", "syntax", "data", "busy", "length", "limit", "refused", "input"])
"""Replies after which the child can be used again: its memory and the engine within it are as they should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of a write."""

    generation: int
    """Of the snapshot that has it."""
    existed: bool
    """Whether the graph did before; true where it is not about one."""
    quads: int
    """That were sent for a graph."""


class WriteGuard:
    """The way for writes from outside into one store. It may be used from many threads; it ends with `close`."""

    def __init__(self, store: Store, limits: WriteLimits | None = None) -> None:
        """Remember the store; the child is started with the first write."""
        self.limits = limits or WriteLimits()
        self._store = store
        self._places = threading.BoundedSemaphore(1 + self.limits.waiting)
        self._turn = threading.Lock()
        self._child: Child | None = None

    def update(self, text: str, dataset: Dataset | None = None) -> Written:
        """Carry out a SPARQL update as one whole change.

        Raises QueryError, or the class of it that fits; BusyError where those before it take too long; StoreError
        where it cannot be written, StoreUncertainError where nobody can say whether it was.
        """
        dataset = dataset or Dataset()
        change = self._change("update", body=text.encode(), dataset=dataset)
        return self._carry_out(change, text)

    def replace(self, graph: str | None, parts: Sequence[tuple[Format, bytes]], base: str) -> Written:
        """Make a graph, the default graph for None, what is sent; raises DataSyntaxError, and errors as `update`."""
        return self._carry_out(self._change("replace", graph, parts, base))

    def merge(self, graph: str | None, parts: Sequence[tuple[Format, bytes]], base: str) -> Written:
        """Add what is sent to a graph; raises errors as `replace`."""
        return self._carry_out(self._change("merge", graph, parts, base))

    def drop(self, graph: str | None) -> Written:
        """Remove a graph, if it exists, or empty the default graph; raises errors as `update`."""
        return self._carry_out(self._change("drop", graph))

    def close(self) -> None:
        """End the child when the write at work is done."""
        with self._turn:
            self._end_child()

    def _change(  # noqa: PLR0913, PLR0917 - the fields of one dataclass
        self,
        kind: str,
        graph: str | None = None,
        parts: Sequence[tuple[Format, bytes]] = (),
        base: str = "",
        body: bytes = b"",
        dataset: Dataset | None = None,
    ) -> Change:
        dataset = dataset or Dataset()
        return Change(
            folder=str(self._store.folder),
            kind=kind,
            graph=graph,
            base=base,
            parts=[(format_.name, len(content)) for format_, content in parts],
            default_graphs=None if dataset.default_graphs is None else list(dataset.default_graphs),
            named_graphs=None if dataset.named_graphs is None else list(dataset.named_graphs),
            seconds=self.limits.seconds,
            memory=self.limits.memory,
            text=asdict(self.limits.text),
            body=body or b"".join(content for _, content in parts),
        )

    def _carry_out(self, change: Change, text: str = "") -> Written:
        if not self._places.acquire(blocking=False):
            raise BusyError("too many writes wait already; try again")
        try:
            reply = self._in_turn(change)
        finally:
            self._places.release()
        if reply.kind == "written":
            numbers = reply.numbers
            return Written(generation=numbers["generation"], existed=bool(numbers["existed"]), quads=numbers["quads"])
        raise self._failure(reply, text)

    def _in_turn(self, change: Change) -> Reply:
        """Carry out a change when those before it are done, here and in other programs."""
        patient_until = time.monotonic() + self.limits.patience
        if not self._turn.acquire(timeout=self.limits.patience):
            raise BusyError("other writes are at work; try again")
        try:
            reply = self._ask(change)
            while reply.kind == "busy" and time.monotonic() < patient_until:
                time.sleep(_RETRY)
                reply = self._ask(change)
            return reply
        finally:
            self._turn.release()

    def _ask(self, change: Change) -> Reply:
        """Have the child carry it out, and let it commit if it is ready in time."""
        if self._child is None or not self._child.running:
            self._end_child()
            self._child = Child(_MODULE)
        reply = self._child.ask(change, change.seconds)
        if reply.kind == "ready":
            reply = self._child.ask(Go(), COMMIT_SECONDS)
            if reply.kind in {"time", "died"}:
                reply = Reply(kind="uncertain")
        if reply.kind not in _ENDINGS or len(change.body) > _LARGE:
            self._end_child()
        return reply

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _failure(self, reply: Reply, text: str) -> AvermentError:
        numbers, nothing = reply.numbers, "nothing of it was written"
        if reply.kind in {"memory", "died"}:
            used = f"took more than {self.limits.memory >> 20:,} MiB of memory or nests too deep"
            return QueryMemoryError(f"the write {used}; {nothing}")
        if reply.kind == "time":
            return QueryTimeError(f"the write was stopped after {self.limits.seconds:g} seconds; {nothing}")
        if reply.kind == "syntax":
            return syntax_error(reply.message, text)
        if reply.kind == "data":
            return DataSyntaxError(reply.message, numbers.get("line"), numbers.get("column"))
        if reply.kind == "uncertain":
            return StoreUncertainError("the write was cut off at its very end; look whether it is there")
        return KINDS.get(reply.kind, StoreError)(reply.message)
