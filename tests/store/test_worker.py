"""The worker: what it can do is given up before it sees a query, and it does not outlive its guard."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pytest
from pyoxigraph import NamedNode, Quad, Store
from pyoxigraph import Store as Engine

from averment.store.wire import Reply, Request, receive_reply, send
from averment.store.worker import evaluate
from averment.vocabulary import RDF


def request(**given: object) -> Request:
    fields = {"snapshot": "", "query": "ASK { }", "results": "json", "rdf": "turtle", "seconds": 5.0}
    return Request(**{**fields, "memory": 1 << 28, "answer": 1_000, **given})  # type: ignore[arg-type]


class Started(NamedTuple):
    """A worker's process with our end of each of its two connections."""

    process: "subprocess.Popen[bytes]"
    channel: socket.socket
    lifeline: BinaryIO

    def reply(self) -> Reply:
        """Give what it says next."""
        reply = receive_reply(self.channel, deadline=time.monotonic() + 20)
        assert reply is not None
        return reply


@pytest.fixture
def started() -> Iterator[Started]:
    ours, theirs = socket.socketpair()
    their_end, our_end = os.pipe()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with ours, theirs, os.fdopen(our_end, "wb") as lifeline, os.fdopen(their_end, "rb"):
        command = [sys.executable, "-m", "averment.store.worker", str(theirs.fileno()), str(their_end)]
        with subprocess.Popen(command, pass_fds=[theirs.fileno(), their_end], env=environment) as process:
            theirs.close()
            yield Started(process, ours, lifeline)
            process.kill()


def test_a_worker_ends_when_its_guard_does(started: Started) -> None:
    started.channel.close()
    assert started.process.wait(20) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a query ends at its limit of time")
def test_a_worker_ends_in_the_midst_of_a_query_when_its_guard_does(started: Started, tmp_path: Path) -> None:
    """Whatever it is at, and however long that may take."""
    Engine(tmp_path / "store").extend(Quad(NamedNode("a:b"), NamedNode("a:c"), NamedNode(f"a:{n}")) for n in range(100))
    cross = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(6)) + " }"
    assert started.reply().kind == "begun"
    send(started.channel, request(snapshot=str(tmp_path / "store"), query=cross, seconds=100.0))
    with pytest.raises(subprocess.TimeoutExpired):
        started.process.wait(1)
    started.lifeline.close()
    assert started.process.wait(20) == -signal.SIGIO


def test_a_snapshot_that_is_gone_is_said_to_be(started: Started, tmp_path: Path) -> None:
    assert started.reply().kind == "begun"
    send(started.channel, request(snapshot=str(tmp_path / "7")))
    assert started.reply().kind == "gone"


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("ASK { }", "results"),
        ("DESCRIBE <a:a>", "rdf"),
        ("ASK {", "syntax"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "syntax"),
        ("SELECT * { VALUES ?x { 1 2 3 } VALUES ?y { 1 2 3 } VALUES ?z { 1 2 3 } }", "size"),
    ],
)
def test_every_end_has_a_name(query: str, kind: str) -> None:
    store = Engine()
    store.add(Quad(NamedNode("a:a"), NamedNode("a:b"), NamedNode("a:c")))
    assert evaluate(store, request(query=query)).kind == kind


def test_a_value_for_a_variable_that_is_not_selected_is_refused() -> None:
    refused = evaluate(Store(), request(query="SELECT ?x { ?x ?y ?z }", values={"y": {"type": "uri", "value": "a:b"}}))
    assert refused.kind not in {"results", "rdf"}


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?x a sdo:Person }",
        "ASK { ?x asdo:Person }",
        "ASK { VALUES ?y {1sdo:Person} ?x a ?y }",
        "DESCRIBEsdo:Person",
    ],
)
def test_our_prefixes_are_declared_however_they_are_written(query: str) -> None:
    store = Engine()
    store.add(Quad(NamedNode("a:a"), RDF.type, NamedNode("https://schema.org/Person")))
    assert evaluate(store, request(query=query)).kind in {"results", "rdf"}
