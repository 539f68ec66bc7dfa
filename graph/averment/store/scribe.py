"""A child process that writes to a store, one change at a time: `python -m averment.store.scribe FD`.

It may be killed at any time, and the store has a change whole or not at all. It evaluates what it is sent, says that it
is ready, and commits only when it is told to go on: so whoever kills it before that knows that nothing was written. It
cannot make a connection, and takes no more memory than it is told until then. Between changes the store is free for
others.
"""

import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from averment.errors import (
    AvermentError,
    DataSyntaxError,
    InputError,
    QueryLengthError,
    QueryLimitError,
    QueryRefusedError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreUnpublishedError,
)
from averment.iris import BASE
from averment.store import rdf, updates
from averment.store.blocks import data_block
from averment.store.confine import deny_sockets, set_limit, set_memory
from averment.store.formats import RDF_FORMATS, by_name
from averment.store.gate import TextLimits
from averment.store.lifeline import hold_on_to, leave_signals
from averment.store.store import Store
from averment.store.wire import Change, Go, Reply, receive, send
from averment.store.writer import Writer
from averment.vocabulary import PREFIXES

__all__ = ["COMMIT_SECONDS", "KINDS", "carry_out", "main"]

COMMIT_SECONDS = 60
"""What committing and publishing may take; neither depends on what is asked, only on how much changes."""

_SPARE_SECONDS = 2
"""The guard stops a change first; the kernel does where there is no guard any more."""

KINDS: dict[str, type[AvermentError]] = {
    "busy": StoreBusyError,
    "full": StoreFullError,
    "unpublished": StoreUnpublishedError,
    "store": StoreError,
    "length": QueryLengthError,
    "limit": QueryLimitError,
    "refused": QueryRefusedError,
    "input": InputError,
}
"""What a failure is called on the wire; the first class that fits decides."""


class _Gone(Exception):  # noqa: N818 - no error: whoever asked is not there any more
    """Nobody waits for this change."""


def main() -> None:
    """Carry out changes until the guard closes its end."""
    leave_signals()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    channel = socket.socket(fileno=int(sys.argv[1]))
    hold_on_to(int(sys.argv[2]))
    deny_sockets()
    with suppress(OSError):  # where the guard has gone, there will be no change
        send(channel, Reply(kind="begun"))
    while (change := receive(channel, Change)) is not None:
        signal.setitimer(signal.ITIMER_REAL, change.seconds + _SPARE_SECONDS)
        try:
            reply = carry_out(change, lambda: _wait_for_go(channel))
        except _Gone:
            return
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(channel, reply)


def _wait_for_go(channel: socket.socket) -> None:
    """Say that all is evaluated, and wait to be told to commit it, which nothing then stops for want of memory."""
    try:
        send(channel, Reply(kind="ready"))
        told = receive(channel, Go)
    except OSError:
        told = None
    if told is None:
        raise _Gone
    signal.setitimer(signal.ITIMER_REAL, COMMIT_SECONDS + _SPARE_SECONDS)
    set_limit(resource.RLIMIT_AS, None)


def carry_out(change: Change, ready: Callable[[], None]) -> Reply:
    """Carry out one change, with `ready` called before it is committed; whatever comes of it is a reply."""
    try:
        return _carried_out(change, ready)
    except SyntaxError as error:
        return Reply(kind="syntax", message=str(error))
    except DataSyntaxError as error:
        place = {"line": error.line, "column": error.column}
        numbers = {name: number for name, number in place.items() if number}
        return Reply(kind="data", message=error.reason, numbers=numbers)
    except AvermentError as error:
        kind = next((kind for kind, class_ in KINDS.items() if isinstance(error, class_)), "store")
        return Reply(kind=kind, message=str(error))
    except MemoryError:
        return Reply(kind="memory")
    finally:
        set_limit(resource.RLIMIT_AS, None)


def _carried_out(change: Change, ready: Callable[[], None]) -> Reply:
    store = Store(Path(change.folder))
    set_memory(change.memory)
    operations = _operations(change) if change.kind == "update" else ""
    quads = _quads(change)
    set_limit(resource.RLIMIT_AS, None)
    if change.kind == "update" and not operations:
        return _written(store, existed=True, quads=0)
    with store.writer() as writer:
        existed = _exists(writer, change.graph)
        if change.kind == "drop" and not existed:
            return _written(store, existed=False, quads=0)
        set_memory(change.memory)
        if quads and (change.kind == "merge" or not existed):
            writer.add(quads, ready)
        else:
            writer.update(operations or _of_graph(change, quads), ready)
    return _written(store, existed=existed, quads=len(quads))


def _written(store: Store, *, existed: bool, quads: int) -> Reply:
    return Reply(kind="written", numbers={"generation": store.generation, "existed": existed, "quads": quads})


def _exists(writer: Writer, graph: str | None) -> bool:
    return graph is None or writer.view.engine.contains_named_graph(ox.NamedNode(graph))


def _operations(change: Change) -> str:
    """Give the operations of an update; one that is no SPARQL raises SyntaxError with the place in its own text."""
    text = change.body.decode("utf-8")
    dataset = updates.Dataset(default_graphs=change.default_graphs, named_graphs=change.named_graphs)
    operations = updates.operations(text, TextLimits(**change.text), dataset)
    with suppress(OSError, RuntimeError):  # of an empty store much cannot be asked; what counts is that it was parsed
        ox.Store().update(text, base_iri=BASE, prefixes=PREFIXES)
    return operations


def _quads(change: Change) -> list[ox.Quad]:
    """Give what was sent, each quad once, in the graph that it is for."""
    graph = ox.DefaultGraph() if change.graph is None else ox.NamedNode(change.graph)
    return list({ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in _sent(change)})


def _of_graph(change: Change, quads: list[ox.Quad]) -> str:
    """Give the operations that drop a graph, or make it just these quads, or see to it that there is one."""
    graph = "DEFAULT" if change.graph is None else f"GRAPH {ox.NamedNode(change.graph)}"
    if change.kind == "drop":
        return f"CLEAR {graph}" if change.graph is None else f"DROP {graph}"
    cleared = f"CLEAR SILENT {graph} ;\n" if change.kind == "replace" else ""
    made = f"CREATE SILENT {graph} ;\n" if change.graph is not None else ""
    return f"{cleared}{made}INSERT {data_block(quads)}"


def _sent(change: Change) -> Iterator[ox.Quad]:
    """Parse each part of the body."""
    at = 0
    for name, length in change.parts:
        content, at = change.body[at : at + length], at + length
        format_ = by_name(name, RDF_FORMATS)
        rdf.refuse_hazards(content, format_)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            raise DataSyntaxError("it is not UTF-8") from None
        for quad in rdf.parse(text, format_, change.base, apart=True):
            if quad.graph_name != ox.DefaultGraph():
                raise QueryRefusedError(f"it has graphs of its own, such as {quad.graph_name}; send one at a time")
            yield quad


if __name__ == "__main__":
    main()
