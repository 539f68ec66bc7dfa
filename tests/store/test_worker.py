"""The worker: what it can do is given up before it sees a query, and it does not outlive its guard."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store
from pyoxigraph import Store as Engine

from averment.store.wire import Request, receive_reply, send
from averment.store.worker import evaluate


def request(**given: object) -> Request:
    fields = {"snapshot": "", "query": "ASK { }", "results": "json", "rdf": "turtle", "seconds": 5.0}
    return Request(**{**fields, "memory": 1 << 28, "answer": 1_000, **given})  # type: ignore[arg-type]


def test_a_worker_ends_when_its_guard_does() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-m", "averment.store.worker", str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment)
        theirs.close()
        ours.close()
        assert process.wait(20) == 0


def test_a_snapshot_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-m", "averment.store.worker", str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment)
        theirs.close()
        begun = receive_reply(ours, deadline=time.monotonic() + 20)
        assert begun is not None
        assert begun.kind == "begun"
        send(ours, request(snapshot=str(tmp_path / "7")))
        reply = receive_reply(ours, deadline=time.monotonic() + 20)
        assert reply is not None
        assert reply.kind == "gone"
        ours.close()
        process.wait(20)


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
