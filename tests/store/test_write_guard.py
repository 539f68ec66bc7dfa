"""Writes from outside: whole or absent, one after the other, and nobody is taken along by one that does not end."""

import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from averment.errors import (
    AvermentError,
    BusyError,
    DataSyntaxError,
    InputError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeError,
    StoreBusyError,
    StoreFullError,
    StoreUncertainError,
)
from averment.store import Store, by_name
from averment.store.formats import RDF_FORMATS
from averment.store.limits import WriteLimits
from averment.store.updates import Dataset
from averment.store.wire import Change, Go, receive_reply, send
from averment.store.write_guard import WriteGuard

RUNAWAY = "INSERT { ?a ?b ?n } WHERE { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(30)) + " BIND(RAND() AS ?n) }"
TURTLE = by_name("turtle", RDF_FORMATS)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    with store.writer() as writer:
        writer.change(add=[quad(str(n)) for n in range(4)])
    return store


@pytest.fixture
def guard(store: Store) -> Iterator[WriteGuard]:
    guard = WriteGuard(store, WriteLimits(seconds=2.0, memory=256 << 20, patience=0.5))
    yield guard
    guard.close()


def quad(value: str, graph: str | None = None) -> Quad:
    terms = NamedNode("a:a"), NamedNode("a:b"), Literal(value)
    return Quad(*terms, NamedNode(graph)) if graph else Quad(*terms)


def quads(store: Store) -> set[Quad]:
    return set(store.view().all_quads())


def test_an_update_is_published_when_it_returns(store: Store, guard: WriteGuard) -> None:
    """The next reader sees it, by the number that is given."""
    written = guard.update('INSERT DATA { <a:a> <a:b> "new" } ; DELETE DATA { <a:a> <a:b> "0" }')
    assert written.generation == store.generation == 2
    assert quads(store) == {quad("1"), quad("2"), quad("3"), quad("new")}


def test_our_prefixes_and_base_need_no_declaration(store: Store, guard: WriteGuard) -> None:
    """As in queries."""
    guard.update("DELETE WHERE { ?s ?p ?o } ; INSERT DATA { <x> a sdo:Person }")
    assert [str(found.subject) for found in quads(store)] == ["<https://w3id.org/averment/id/x>"]


def test_an_update_without_operations_changes_nothing(store: Store, guard: WriteGuard) -> None:
    """Not even the number of the newest snapshot."""
    assert guard.update("PREFIX ex: <a:>").generation == store.generation == 1


@pytest.mark.parametrize(
    ("update", "error", "said"),
    [
        ("INSERT DATA {\n <a:a> <a:b>", QuerySyntaxError, "line 2, column"),
        ("INSERT DATA { } ; nonsense", QuerySyntaxError, "line 1"),
        ("INSERT DATA { } }", QuerySyntaxError, "line 1"),
        ("SELECT * { ?s ?p ?o }", QuerySyntaxError, "line 1"),
        ("INSERT DATA { <a:new> <a:b> 1 } ; DROP GRAPH <a:none>", QueryRefusedError, "does not exist"),
        ("LOAD <http://127.0.0.1:1/>", QueryRefusedError, "LOAD"),
        (RUNAWAY, QueryTimeError, "nothing of it was written"),
        (
            "INSERT { ?a ?b ?c40 } WHERE { ?a ?b ?c0 "
            + " ".join(f"BIND(CONCAT(?c{n}, ?c{n}) AS ?c{n + 1})" for n in range(40))
            + "}",
            QueryMemoryError,
            "nothing of it was written",
        ),
    ],
)
def test_what_fails_leaves_the_store_as_it_was(
    store: Store, guard: WriteGuard, update: str, error: type[AvermentError], said: str
) -> None:
    """All of its operations, and the next write is as good as ever."""
    before = quads(store)
    with pytest.raises(error, match=said):
        guard.update(update)
    guard.update("")
    with store.writer() as writer:
        assert set(writer.view.all_quads()) == before
    guard.update('INSERT DATA { <a:a> <a:b> "after" }')
    assert quads(store) == {*before, quad("after")}


def test_a_write_that_is_stopped_just_before_its_commit_is_not_written(
    store: Store, guard: WriteGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits to be told to go on, so there is no moment at which nobody knows."""
    from averment.store.child import Child

    ask = Child.ask

    def silent(self: Child, request: object, deadline: float) -> object:
        if isinstance(request, Go):
            self.kill()
        return ask(self, request, deadline)  # type: ignore[arg-type]

    monkeypatch.setattr(Child, "ask", silent)
    with pytest.raises(StoreUncertainError):
        guard.update('INSERT DATA { <a:a> <a:b> "late" }')
    monkeypatch.undo()
    guard.update('INSERT DATA { <a:a> <a:b> "next" }')
    assert quad("late") not in quads(store)


def test_updates_at_the_same_time_each_see_the_one_before(store: Store) -> None:
    """A counter that twenty writers raise ends at twenty."""
    guard = WriteGuard(store, WriteLimits(patience=60, waiting=20))
    guard.update("DELETE WHERE { ?s ?p ?o } ; INSERT DATA { <a:counter> <a:is> 0 }")
    raised = "DELETE { ?s <a:is> ?n } INSERT { ?s <a:is> ?next } WHERE { ?s <a:is> ?n BIND(?n + 1 AS ?next) }"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guard.update, [raised] * 20))
    guard.close()
    assert [found.object.value for found in quads(store)] == ["20"]


def test_the_graphs_of_the_request_are_those_of_its_patterns(store: Store, guard: WriteGuard) -> None:
    """As the protocol's using-graph-uri asks."""
    guard.replace("a:g", [(TURTLE, b"<a:a> <a:b> 'inside' .")], "a:g")
    guard.update("INSERT { GRAPH <a:h> { ?s ?p ?o } } WHERE { ?s ?p ?o }", Dataset(default_graphs=["a:g"]))
    assert {found for found in quads(store) if found.graph_name == NamedNode("a:h")} == {quad("inside", "a:h")}


def test_a_graph_is_replaced_added_to_and_dropped(store: Store, guard: WriteGuard) -> None:
    """And whether it was there before is said."""
    before = quads(store)
    one, two = b"<a:a> <a:b> 'one' .", b"<a:a> <a:b> 'two' ."
    made = guard.replace("a:g", [(TURTLE, one)], "a:g")
    assert (made.existed, made.quads) == (False, 1)
    assert guard.merge("a:g", [(TURTLE, two), (TURTLE, one)], "a:g").existed
    assert quads(store) == {*before, quad("one", "a:g"), quad("two", "a:g")}
    assert guard.replace("a:g", [(TURTLE, two)], "a:g").existed
    assert quads(store) == {*before, quad("two", "a:g")}
    assert guard.drop("a:g").existed
    assert not guard.drop("a:g").existed
    assert quads(store) == before
    guard.replace(None, [(TURTLE, one)], "a:b")
    assert quads(store) == {quad("one")}
    guard.drop(None)
    assert quads(store) == set()


def test_an_empty_graph_exists(guard: WriteGuard) -> None:
    """It can be dropped, so it is there."""
    assert not guard.replace("a:empty", [(TURTLE, b"")], "a:b").existed
    assert guard.drop("a:empty").existed


def test_relative_iris_are_those_of_the_graph_and_blank_nodes_nobody_elses(store: Store, guard: WriteGuard) -> None:
    """The same label in two documents is two nodes."""
    guard.drop(None)
    guard.replace("a:g", [(TURTLE, b"<x> <y> _:b .")] * 2, "http://base.example/a/")
    guard.merge("a:g", [(TURTLE, b"<x> <y> _:b .")], "http://base.example/a/")
    assert {found.subject for found in quads(store)} == {NamedNode("http://base.example/a/x")}
    assert len({found.object for found in quads(store) if isinstance(found.object, BlankNode)}) == 3


@pytest.mark.parametrize(
    ("name", "content", "error", "said"),
    [
        ("turtle", b"<a:a> <a:b>\n ", DataSyntaxError, "line 2"),
        ("turtle", b"<a:a> <a:b> '\xff' .", DataSyntaxError, "UTF-8"),
        ("rdfxml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', InputError, "DOCTYPE"),
        ("jsonld", b'{"@context": "http://127.0.0.1:1/", "@id": "a:a"}', DataSyntaxError, "not fetched"),
        ("jsonld", b"[" * 5_000, InputError, "nested"),
        ("trig", b"<a:x> { <a:a> <a:b> <a:c> }", QueryRefusedError, "graphs of its own"),
    ],
)
def test_data_that_cannot_be_taken_are_refused_whole(
    store: Store, guard: WriteGuard, name: str, content: bytes, error: type[AvermentError], said: str
) -> None:
    """The graph stays as it was, also where only the last part is bad."""
    before = quads(store)
    with pytest.raises(error, match=said):
        guard.merge(None, [(TURTLE, b"<a:a> <a:b> 'good' ."), (by_name(name, RDF_FORMATS), content)], "a:b")
    assert quads(store) == before


def test_a_turn_that_does_not_come_is_said_to_be_busy(guard: WriteGuard) -> None:
    """Instead of a queue without end."""
    started = threading.Event()

    def run_away() -> None:
        started.set()
        with suppress(QueryTimeError):
            guard.update(RUNAWAY)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run_away)
        started.wait()
        while not guard._turn.locked():  # noqa: SLF001 - until it is at work
            pass
        with pytest.raises(BusyError):
            guard.update("DROP ALL")


def test_no_more_than_a_few_writes_wait(store: Store) -> None:
    """Each that waits has a thread of the server, which readers need."""
    guard = WriteGuard(store, WriteLimits(patience=5, waiting=1))
    with guard._turn, ThreadPoolExecutor(2) as pool:  # noqa: SLF001 - as if a write were at work
        waiting = [pool.submit(guard.update, 'INSERT DATA { <a:a> <a:b> "waited" }') for _ in range(2)]
        while guard._places._value:  # noqa: SLF001 - until both are in
            pass
        with pytest.raises(BusyError, match="wait already"):
            guard.drop(None)
        guard._turn.release()  # noqa: SLF001
        assert all(future.result() for future in waiting)
        guard._turn.acquire()  # noqa: SLF001 - for the block to release
    guard.close()
    assert quad("waited") in quads(store)


def test_another_program_at_the_store_is_waited_for_and_then_said(store: Store, guard: WriteGuard) -> None:
    """The command line writes too."""
    with store.writer(), pytest.raises(StoreBusyError):
        guard.update("DROP ALL")
    assert guard.update("DROP ALL").generation > 1


def test_a_full_disk_is_said_and_the_service_goes_on(store: Store, guard: WriteGuard) -> None:
    """The limit on the size of a file stands for one: the system refuses to write on."""
    guard.update("DROP ALL")
    child = guard._child  # noqa: SLF001 - the process whose disk is full
    assert child
    _, hard = resource.prlimit(child._process.pid, resource.RLIMIT_FSIZE)  # noqa: SLF001
    resource.prlimit(child._process.pid, resource.RLIMIT_FSIZE, (100_000, hard))  # noqa: SLF001
    many = " ".join(f'<a:{n}> <a:b> "{"x" * 100}{n}" .' for n in range(2_000))
    with pytest.raises(StoreFullError, match="was not written"):
        guard.update(f"INSERT DATA {{ {many} }}")
    assert quads(store) == set()
    guard.update(f"INSERT DATA {{ {many} }}")
    assert len(quads(store)) == 2_000


def test_no_update_makes_the_child_call_another(store: Store) -> None:
    """Also where a spelling got past the gate, here by taking that down: the process cannot make a connection."""
    code = "from averment.store import gate, scribe\ngate.asks_others = lambda tokens: False\nscribe.main()"
    ours, theirs = socket.socketpair()
    their_end, our_end = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    with ours, theirs, their_end, our_end, socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        ends = [theirs.fileno(), their_end.fileno()]
        command = [sys.executable, "-c", code, *map(str, ends)]
        process = subprocess.Popen(command, pass_fds=ends, env=environment)
        theirs.close()
        address = f"http://localhost:{canary.getsockname()[1]}/"
        body = f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}".encode()
        limits = {"length": 10_000, "nesting": 50, "operators": 300}
        assert receive_reply(ours, time.monotonic() + 20) is not None
        send(ours, Change(folder=str(store.folder), kind="update", seconds=9, memory=1 << 28, text=limits, body=body))
        reply = receive_reply(ours, time.monotonic() + 20)
        assert reply is not None
        assert (reply.kind, "permit" in reply.message) == ("store", True)
        ours.close()
        process.wait(20)
        with pytest.raises(BlockingIOError):
            canary.accept()


def test_a_killed_child_is_replaced(store: Store, guard: WriteGuard) -> None:
    """Whoever writes next does not notice."""
    guard.update("DROP ALL")
    child = guard._child  # noqa: SLF001
    assert child
    os.kill(child._process.pid, signal.SIGKILL)  # noqa: SLF001
    child._process.wait()  # noqa: SLF001
    guard.update('INSERT DATA { <a:a> <a:b> "1" }')
    assert quads(store) == {quad("1")}
