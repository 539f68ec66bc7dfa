"""Questions to other servers: only those that are named are asked, and whatever they say is gone with the query."""

import asyncio
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from averment.errors import QueryError, QueryRefusedError, QueryTimeError
from averment.store import Store, gate
from averment.store.formats import RESULT_FORMATS
from averment.store.guard import Limits, QueryGuard, Scope
from averment.store.loop_guard import LoopGuard


class Other(ThreadingHTTPServer):
    """A SPARQL server that knows one person, sends those who ask at /moved elsewhere, and is never done at /slow."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen to this machine."""
        super().__init__(("127.0.0.1", 0), Told)
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_port}/sparql"


class Told(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Other

    def do_POST(self) -> None:
        """Answer a question, or not."""
        self.server.asked.append(self.path)
        self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/slow":
            self.connection.settimeout(20)
            self.rfile.read(1)  # until the other side goes
            return
        if self.path == "/moved":
            self.send_response(307)
            self.send_header("location", self.server.address)
            self.end_headers()
            return
        found = {"head": {"vars": ["name"]}, "results": {"bindings": [{"name": {"type": "literal", "value": "Ann"}}]}}
        body = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("content-type", "application/sparql-results+json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def other() -> Iterator[Other]:
    with Other() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    with store.writer() as writer:
        writer.change(add=[Quad(NamedNode("a:ann"), NamedNode("a:name"), Literal("Ann"))])
    return store


def asking(address: str) -> str:
    return f"SELECT ?who ?name {{ ?who <a:name> ?name . SERVICE <{address}> {{ ?x <b:name> ?name }} }}"


def on_a_loop(store: Store, limits: Limits, query: str) -> bytes:
    async def ask() -> bytes:
        guard = LoopGuard(store, limits)
        try:
            passed = gate.checked(query, limits.text, limits.services)
            return (await guard.run(passed, RESULT_FORMATS[0], None, Scope(), asyncio.Event().wait)).body
        finally:
            guard.close()
            await asyncio.sleep(0)

    return asyncio.run(ask())


def in_a_thread(store: Store, limits: Limits, query: str) -> bytes:
    with QueryGuard(store, limits) as guard:
        return guard.run(query).body


Run = Callable[[Store, Limits, str], bytes]
ways = pytest.mark.parametrize("run", [on_a_loop, in_a_thread])


@ways
def test_a_server_that_is_named_is_asked(run: Run, store: Store, other: Other) -> None:
    limits = Limits(workers=2, services=frozenset({other.address}))
    found = json.loads(run(store, limits, asking(other.address)))
    assert [row["who"]["value"] for row in found["results"]["bindings"]] == ["a:ann"]
    assert other.asked == ["/sparql"]


@ways
def test_no_other_is_asked_beside_it(run: Run, store: Store, other: Other) -> None:
    """Not by another path, nor within the question to the one that may be asked."""
    limits = Limits(workers=2, services=frozenset({other.address}))
    for address in (f"{other.address}/x", "http://127.0.0.1:1/"):
        inner = f"SELECT * {{ SERVICE <{other.address}> {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }} }}"
        for query in (asking(address), inner):
            with pytest.raises(QueryRefusedError, match=other.address):
                run(store, limits, query)
    assert other.asked == []


@ways
def test_a_server_that_sends_elsewhere_is_not_followed(run: Run, store: Store, other: Other) -> None:
    moved = other.address.replace("/sparql", "/moved")
    with pytest.raises(QueryError, match="307"):
        run(store, Limits(workers=2, services=frozenset({moved})), asking(moved))
    assert other.asked == ["/moved"]


@ways
def test_a_server_that_does_not_answer_costs_the_time_of_a_query(run: Run, store: Store, other: Other) -> None:
    """And leaves no worker behind: the same question is told the same again."""
    slow = other.address.replace("/sparql", "/slow")
    limits = Limits(workers=2, seconds=0.5, services=frozenset({slow}))
    for _ in range(2):
        with pytest.raises(QueryTimeError):
            run(store, limits, asking(slow))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://other.example/sparql> { ?s ?p ?o } }",
        "SELECT * { service silent <http://other.example/sparql> { ?s ?p ?o } }",
        "SELECT * { { SERVICE<http://other.example/sparql>{ ?s ?p ?o } } UNION { ?s ?p 'SERVICE' } }",
    ],
)
def test_the_gate_tells_questions_to_others_from_the_rest(query: str) -> None:
    assert gate.check(query, services={"http://other.example/sparql"})
    with pytest.raises(QueryRefusedError):
        gate.check(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE ?where { ?s ?p ?o } }",
        "PREFIX o: <http://other.example/> SELECT * { SERVICE o:sparql { ?s ?p ?o } }",
        "PREFIX SERVICEo: <http://other.example/> SELECT * { SERVICEo:sparql { ?s ?p ?o } }",
        "BASE <http://other.example/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://other.example/sparq\\u006C> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?where { SERVICE <http://other.example/sparql> { } } }",
        "SELECT * { SERVICE <http://other.example/sparql> { } SERVICE <http://other.example/> { } }",
    ],
)
def test_addresses_are_to_be_written_whole(query: str) -> None:
    with pytest.raises(QueryRefusedError, match=r"http://other\.example/sparql$"):
        gate.check(query, services={"http://other.example/sparql"})
