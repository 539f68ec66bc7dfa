"""A child process that evaluates queries over read-only snapshots: `python -m averment.store.worker FD PIPE`.

It may die of a query at any time; its guard then takes another. What it cannot do, whatever it is asked: take more
memory than it is told, make a connection, outlive its guard, or send part of an answer.
"""

import io
import re
import resource
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pyoxigraph as ox

from averment.iris import BASE
from averment.store.confine import deny_sockets, set_limit, set_memory
from averment.store.for_people import FOR_PEOPLE, finish
from averment.store.formats import RDF_FORMATS, RESULT_FORMATS, Format, by_name
from averment.store.lifeline import hold_on_to, leave_signals
from averment.store.wire import JsonTerm, Reply, Request, requests, send
from averment.vocabulary import PREFIXES, XSD

__all__ = ["evaluate", "main"]

_TABLES = (*RESULT_FORMATS, *FOR_PEOPLE)
_NAMED = re.compile(rf"(?:{'|'.join(PREFIXES)}):")
"""Where none of our prefixes is used, the engine need not read them all. One may follow upon a number or a keyword
without a blank."""

_SPARE_SECONDS = 2
"""The guard stops a query first; the kernel does where it does not, and where nothing tells that it has gone."""


class _AnswerSizeError(Exception):
    """The answer has more bytes than it may."""


class _Capped(io.BytesIO):
    """Holds at most `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._left = limit

    def write(self, data: Any) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _AnswerSizeError
        return super().write(data)


def main(*, asks_others: bool = False) -> None:
    """Answer requests until the guard closes its end; only with `asks_others` may they ask other servers."""
    leave_signals()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    channel = socket.socket(fileno=int(sys.argv[1]))
    hold_on_to(int(sys.argv[2]))
    confined = asks_others or deny_sockets()
    with suppress(OSError):  # where the guard has gone, there will be no request
        send(channel, Reply(kind="begun"))
    snapshot, store = "", None
    for request in requests(channel):
        signal.setitimer(signal.ITIMER_REAL, request.seconds + _SPARE_SECONDS)
        if store is None or snapshot != request.snapshot:
            store = None  # let go of the old one before the new one is measured
            snapshot, store = request.snapshot, _open(request, confined=confined)
        reply = evaluate(store, request) if store is not None else Reply(kind="gone")
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(channel, reply)


def _open(request: Request, *, confined: bool) -> ox.Store | None:
    """Open a snapshot within limits; None where it has been replaced meanwhile.

    Whichever way SERVICE got past the gate, it finds no socket: where the system cannot refuse those, no file
    descriptor is left to be had, at the price that a snapshot of very many files cannot be read.
    """
    set_limit(resource.RLIMIT_NOFILE, None)
    set_limit(resource.RLIMIT_AS, None)
    try:
        store = ox.Store.read_only(request.snapshot)
    except (OSError, RuntimeError):
        return None
    set_memory(request.memory)
    if not confined:
        set_limit(resource.RLIMIT_NOFILE, 0)
    return store


def evaluate(store: ox.Store, request: Request) -> Reply:
    """Evaluate one query; whatever comes of it is a reply."""
    try:
        return _answer(store, request)
    except SyntaxError as error:
        return Reply(kind="syntax", message=str(error))
    except _AnswerSizeError:
        return Reply(kind="size")
    except MemoryError:
        return Reply(kind="memory")
    except (OSError, ValueError, RuntimeError) as error:
        return Reply(kind="failed", message=str(error))


def _answer(store: ox.Store, request: Request) -> Reply:
    found: Any = store.query(
        request.query,
        base_iri=BASE,
        prefixes=PREFIXES if _NAMED.search(request.query) else None,
        use_default_graph_as_union=request.union,
        default_graph=_graphs(request.default_graphs),
        named_graphs=_graphs(request.named_graphs),
        substitutions={ox.Variable(name): _term(term) for name, term in request.values.items()},
    )
    is_rdf = isinstance(found, ox.QueryTriples)
    kind, name, formats = ("rdf", request.rdf, RDF_FORMATS) if is_rdf else ("results", request.results, _TABLES)
    if name is None:
        return Reply(kind="format", message=kind)
    return Reply(kind=kind, body=_serialize(found, by_name(name, formats), request.answer))


def _serialize(found: Any, format_: Format, limit: int) -> bytes:
    output = _Capped(limit)
    if isinstance(format_.engine, ox.RdfFormat):
        ox.serialize(found, output, format_.engine, prefixes=PREFIXES)
    else:
        found.serialize(output, format_.engine)
    return finish(output.getvalue(), format_)


def _graphs(iris: Sequence[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def _term(term: JsonTerm) -> ox.NamedNode | ox.Literal:
    if term["type"] == "uri":
        return ox.NamedNode(term["value"])
    if "xml:lang" in term:
        return ox.Literal(term["value"], language=term["xml:lang"])
    datatype = term.get("datatype", XSD.string.value)
    return ox.Literal(term["value"], datatype=ox.NamedNode(datatype))


if __name__ == "__main__":
    main()
