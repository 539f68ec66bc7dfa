"""The guard: queries run elsewhere, end in time, and take nobody with them."""

import dataclasses
import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from averment import __version__, iris
from averment.errors import (
    AnswerSizeError,
    BusyError,
    QueryError,
    QueryFormatError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeError,
    StoreError,
)
from averment.ingest import ingest
from averment.model import Extraction
from averment.store import Store, by_name, gate
from averment.store.formats import RDF_FORMATS, RESULT_FORMATS
from averment.store.gate import TextLimits
from averment.store.guard import Answer, Limits, QueryGuard, Scope

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LOOSE = TextLimits(nesting=10_000, operators=10_000)


@pytest.fixture
def guard(filled_store: Store) -> Iterator[QueryGuard]:
    with QueryGuard(
        filled_store, Limits(seconds=1.0, workers=2, answer=200_000, memory=256 << 20, text=LOOSE)
    ) as guard:
        yield guard


def number(answer: Answer) -> int:
    """Read the count out of an answer to COUNT."""
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])


def test_the_engine_serializes_in_the_format_of_the_kind_of_query(guard: QueryGuard) -> None:
    csv, trig = by_name("csv", RESULT_FORMATS), by_name("ntriples", RDF_FORMATS)
    table = guard.run("SELECT ?name { ?x a sdo:Person ; rdfs:label ?name } ORDER BY ?name", results=csv, rdf=trig)
    assert (table.format, table.body) == (csv, b"name\r\nAnn Brandt\r\nJo Lind\r\n")
    graph = guard.run("CONSTRUCT { ?x a sdo:Person } { ?x a sdo:Person }", results=csv, rdf=trig)
    assert graph.format is trig
    assert graph.body.count(b"https://schema.org/Person") == 2
    assert json.loads(guard.run("ASK { ?x a av:Payout }").body)["boolean"] is False


def test_turtle_from_queries_uses_our_prefixes(guard: QueryGuard) -> None:
    assert b"@prefix sdo:" in guard.run("CONSTRUCT { ?x a sdo:Person } { ?x a sdo:Person }").body


def test_values_take_the_place_of_variables(guard: QueryGuard, extraction: Extraction) -> None:
    lind = iris.within(iris.source(extraction.source), "entity/jo-lind")
    answer = guard.run("SELECT ?who ?name { ?who rdfs:label ?name }", values={"who": lind})
    assert [row["name"]["value"] for row in json.loads(answer.body)["results"]["bindings"]] == ["Jo Lind"]
    by_name_ = guard.run("SELECT ?who ?name { ?who rdfs:label ?name }", values={"name": Literal("Ann Brandt")})
    assert b"ann-brandt" in by_name_.body


def test_relative_iris_are_those_of_the_data(guard: QueryGuard) -> None:
    assert b"true" in guard.run(f"ASK {{ <software/averment-{__version__}> rdfs:label ?name }}").body


def test_the_content_of_claims_is_in_the_default_graph_on_demand_only(guard: QueryGuard) -> None:
    payouts = "ASK { ?x a av:Payout }"
    assert b"false" in guard.run(payouts).body
    assert b"true" in guard.run(payouts, scope=Scope(union=True)).body
    assert (
        b"false"
        in guard.run("ASK { GRAPH ?g { ?s ?p ?o } }", scope=Scope(default_graphs=["a:b"], named_graphs=[])).body
    )


def test_a_new_snapshot_is_read_by_workers_that_have_the_old_one_open(guard: QueryGuard, filled_store: Store) -> None:
    before = guard.run(COUNT)
    with filled_store.writer() as writer:
        writer.change(add=[Quad(NamedNode("a:a"), NamedNode("a:b"), Literal("c"))])
    after = guard.run(COUNT)
    assert (after.generation, number(after)) == (before.generation + 1, number(before) + 1)


def test_a_runaway_query_is_stopped_and_the_next_one_answered(guard: QueryGuard) -> None:
    for _ in range(3):
        with pytest.raises(QueryTimeError, match="after 1 seconds"):
            guard.run(RUNAWAY)
    assert number(guard.run(COUNT)) > 100


def test_a_query_that_eats_memory_is_stopped(filled_store: Store) -> None:
    doubling = "".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1}) " for i in range(40))
    with QueryGuard(filled_store, Limits(seconds=30.0, workers=1, memory=64 << 20)) as guard:
        with pytest.raises(QueryMemoryError, match="64 MiB"):
            guard.run(f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('0123456789' AS ?x0) {doubling} }}")
        assert number(guard.run(COUNT)) > 100


def test_a_query_that_crashes_its_worker_is_an_error_and_no_more(guard: QueryGuard) -> None:
    with pytest.raises(QueryMemoryError, match="too deep"):
        guard.run("SELECT * " + "{" * 5_000 + "}" * 5_000)
    assert number(guard.run(COUNT)) > 100


def test_an_answer_that_is_too_large_is_not_given_in_part(guard: QueryGuard) -> None:
    with pytest.raises(AnswerSizeError, match="200,000 bytes"):
        guard.run("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert number(guard.run(COUNT)) > 100


def test_a_worker_that_hangs_is_replaced(guard: QueryGuard) -> None:
    assert number(guard.run(COUNT)) > 100
    for child in guard._idle.queue:  # noqa: SLF001 - nobody else knows the processes
        os.kill(child._process.pid, signal.SIGSTOP)  # noqa: SLF001
    with pytest.raises(QueryTimeError):
        guard.run(COUNT)
    assert number(guard.run(COUNT)) > 100


def test_a_worker_that_was_killed_while_idle_costs_one_query(guard: QueryGuard) -> None:
    child = guard._idle.queue[-1]  # noqa: SLF001 - nobody else knows the processes
    child._process.kill()  # noqa: SLF001
    child._process.wait()  # noqa: SLF001
    with pytest.raises(QueryMemoryError):
        guard.run(COUNT)
    assert number(guard.run(COUNT)) > 100


def test_pages_get_a_worker_while_outside_queries_take_theirs(guard: QueryGuard) -> None:
    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(guard.run, RUNAWAY)
        while guard._outside._value:  # noqa: SLF001 - until it has begun
            threading.Event().wait(0.01)
        assert number(guard.run(COUNT, outside=False)) > 100
        with pytest.raises(QueryTimeError):
            busy.result()


def test_a_query_that_finds_no_worker_is_told_to_come_back(filled_store: Store) -> None:
    limits = Limits(seconds=1.5, workers=1, reserved=0, patience=0.05)
    with QueryGuard(filled_store, limits) as guard, ThreadPoolExecutor(1) as pool:
        busy = pool.submit(guard.run, RUNAWAY)
        while guard._outside._value:  # noqa: SLF001 - until it has begun
            threading.Event().wait(0.01)
        with pytest.raises(BusyError, match="try again"):
            guard.run(COUNT)
        with pytest.raises(QueryTimeError):
            busy.result()
        assert number(guard.run(COUNT)) > 100


def test_threads_get_their_own_answers(guard: QueryGuard) -> None:
    def ask(n: int) -> bool:
        return number(guard.run(f"SELECT ({n} AS ?n) {{ }}", outside=False)) == n

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(200)))


def test_syntax_errors_say_where(guard: QueryGuard) -> None:
    with pytest.raises(QuerySyntaxError, match=r"line 2, column 8: this is not SPARQL, near “\?s”") as caught:
        guard.run("SELECT *\n WHERE ?s")
    assert (caught.value.line, caught.value.column) == (2, 8)
    with pytest.raises(QuerySyntaxError, match="a prefix is not declared"):
        guard.run("SELECT * { ?s unknown:p ?o }")


def test_a_format_that_does_not_fit_is_named(guard: QueryGuard) -> None:
    with pytest.raises(QueryFormatError, match="is a table"):
        guard.run(COUNT, results=None)
    with pytest.raises(QueryFormatError, match="is RDF"):
        guard.run("CONSTRUCT WHERE { ?s ?p ?o }", rdf=None)


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    """A socket that listens on this machine, and nobody should call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        yield listening


def calls(canary: socket.socket) -> int:
    try:
        canary.accept()[0].close()
    except BlockingIOError:
        return 0
    return 1


@pytest.mark.parametrize("gated", [True, False], ids=["by the gate", "without the gate"])
def test_no_query_reaches_another_server(
    guard: QueryGuard,
    canary: socket.socket,
    service_queries: list[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    gated: bool,
) -> None:
    """Should a spelling get past the gate, the worker cannot make a connection."""
    if not gated:
        monkeypatch.setattr(gate, "check", lambda *_: None)
    address = f"<http://127.0.0.1:{canary.getsockname()[1]}/>"
    for query in service_queries:
        try:
            guard.run(query.replace("<http://127.0.0.1:1/>", address))
        except QueryError:
            continue
        assert not gated
    assert calls(canary) == 0


def test_workers_open_no_file(guard: QueryGuard) -> None:
    answer = guard.run("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }")
    assert json.loads(answer.body)["results"]["bindings"] == []


def test_closing_ends_the_workers_and_refuses_what_comes_after(filled_store: Store) -> None:
    guard = QueryGuard(filled_store, Limits(workers=2))
    processes = [child._process for child in guard._idle.queue]  # noqa: SLF001 - nobody else knows them
    guard.close()
    assert all(process.poll() is not None for process in processes)
    with pytest.raises(QueryError, match="closing"):
        guard.run(COUNT)


def test_there_must_be_something_to_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        QueryGuard(Store(tmp_path / "none"))
    with pytest.raises(StoreError, match="in memory"):
        QueryGuard(Store())


def test_many_writes_leave_a_store_that_can_be_asked(tmp_path: Path, extraction: Extraction) -> None:
    """Each write adds files to the snapshot, which the engine opens while it evaluates."""
    store = Store(tmp_path / "written")
    for number in range(8):
        source = dataclasses.replace(extraction.source, title=f"Title {number}")
        ingest(store, [dataclasses.replace(extraction, source=source)], replace=True)
        with QueryGuard(store, Limits(workers=1, reserved=0)) as guard:
            for _ in range(2):
                assert b"Title" in guard.run("SELECT ?t { ?a sdo:headline ?t }").body
