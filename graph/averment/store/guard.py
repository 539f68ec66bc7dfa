"""Queries that this process does not evaluate: a fixed number of child processes does, and may die of them.

A query passes the gate, waits for a free worker, and has until its deadline. A worker that does not answer by then is
killed, and one that dies or was killed is replaced; its query ends with an error, never with part of an answer.
"""

import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType, TracebackType
from typing import Self

import pyoxigraph as ox

from averment.errors import BusyError, StoreError
from averment.store import gate
from averment.store.child import FEDERATED, Child
from averment.store.failures import failure
from averment.store.formats import RDF_FORMATS, RESULT_FORMATS, Format
from averment.store.limits import Limits
from averment.store.store import Store
from averment.store.wire import JsonTerm, Reply, Request

__all__ = ["Answer", "Limits", "QueryGuard", "Scope", "request_for"]

Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The graphs that a query sees: the store's own default graph and all named ones, unless something is said."""

    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    union: bool = False
    """Take all graphs together for the default graph. A statement that stands in two of them then counts twice."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, as the engine serialized it, and the number of the snapshot that it is from."""

    body: bytes
    format: Format
    generation: int


class QueryGuard:
    """A pool of workers over one store. It may be used from many threads; it ends with `close` or its `with` block."""

    def __init__(self, store: Store, limits: Limits | None = None) -> None:
        """Start the workers; raise StoreError where there is nothing to read."""
        self.limits = limits or Limits()
        self._store = store
        store.snapshot()
        self._closed = False
        self._idle: queue.LifoQueue[Child] = queue.LifoQueue()
        for _ in range(self.limits.workers):
            self._idle.put(Child())
        self._outside = threading.BoundedSemaphore(max(1, self.limits.workers - self.limits.reserved))

    @property
    def generation(self) -> int:
        """The number of the newest snapshot; the next question is about that one or a newer one."""
        return self._store.generation

    def run(  # noqa: PLR0913 - whatever may be left out has a name
        self,
        query: str,
        *,
        results: Format | None = RESULT_FORMATS[0],
        rdf: Format | None = RDF_FORMATS[0],
        values: Mapping[str, Term] | None = None,
        scope: Scope | None = None,
        outside: bool = True,
    ) -> Answer:
        """Answer a query in `results` where it asks for a table or yes or no, in `rdf` where it asks for a graph.

        `values` are put in the place of variables, which must be among those selected. `outside` is False for queries
        of averment's own, which may use the reserved workers. Raises QueryError, or the class of it that fits.
        """
        federated = gate.check(query, self.limits.text, self.limits.services)
        request = request_for("", query, results, rdf, scope or Scope(), self.limits, values or {})
        with _Slot(self._outside if outside else None, self.limits.patience):
            generation, reply = self._ask_newest(request, federated=federated)
        format_ = {"results": results, "rdf": rdf}.get(reply.kind)
        if format_ is None:
            raise failure(reply, query, self.limits)
        return Answer(reply.body, format_, generation)

    def close(self) -> None:
        """End the workers; those at work are ended when their query is."""
        self._closed = True
        while True:
            try:
                self._idle.get_nowait().kill()
            except queue.Empty:
                return

    def __enter__(self) -> Self:
        """Give the guard itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _ask_newest(self, request: Request, *, federated: bool) -> tuple[int, Reply]:
        """Ask about the newest snapshot, and once more where that has been replaced by the time it is opened."""
        for _ in range(2):
            snapshot = self._store.snapshot()
            asked = replace(request, snapshot=str(snapshot))
            reply = _ask_alone(asked) if federated else self._ask(asked)
            if reply.kind != "gone":
                return int(snapshot.name), reply
        raise StoreError(f"{snapshot}: the store cannot be read; it may be damaged")

    def _ask(self, request: Request) -> Reply:
        """Have a free worker answer; put it back, or a fresh one in its place."""
        if self._closed:
            raise BusyError("this server is closing down")
        try:
            child = self._idle.get(timeout=self.limits.patience)
        except queue.Empty:
            raise BusyError("all workers are taken by other queries; try again") from None
        try:
            return child.ask(request, request.seconds)
        finally:
            self._put_back(child)

    def _put_back(self, child: Child) -> None:
        if self._closed:
            child.kill()
        else:
            self._idle.put(child if child.alive else Child())


def _ask_alone(request: Request) -> Reply:
    """Have a worker of its own answer a query that asks other servers, and end it."""
    child = Child(FEDERATED)
    try:
        return child.ask(request, request.seconds)
    finally:
        child.kill()


class _Slot:
    """One of the places that queries from outside may take at a time."""

    def __init__(self, places: threading.BoundedSemaphore | None, patience: float) -> None:
        self._places = places
        self._patience = patience

    def __enter__(self) -> None:
        if self._places and not self._places.acquire(timeout=self._patience):
            raise BusyError("all workers are taken by other queries; try again")

    def __exit__(self, *_: object) -> None:
        if self._places:
            self._places.release()


def request_for(  # noqa: PLR0913, PLR0917 - the fields of one dataclass
    snapshot: str,
    query: str,
    results: Format | None,
    rdf: Format | None,
    scope: Scope,
    limits: Limits,
    values: Mapping[str, Term] = MappingProxyType({}),
) -> Request:
    """Give what a worker is to be asked about the snapshot in a folder."""
    return Request(
        snapshot=snapshot,
        query=query,
        results=results.name if results else None,
        rdf=rdf.name if rdf else None,
        values={name: _json_term(term) for name, term in values.items()},
        default_graphs=scope.default_graphs,
        named_graphs=scope.named_graphs,
        union=scope.union,
        seconds=limits.seconds,
        memory=limits.memory,
        answer=limits.answer,
    )


def _json_term(term: Term) -> JsonTerm:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
