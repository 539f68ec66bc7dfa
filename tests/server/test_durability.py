"""Writing to a server in a process of its own, which is killed, or whose disk is full: whole changes or none."""

import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from averment import tokens
from averment.errors import StoreBusyError
from averment.store import Store

EACH = 40
"""Statements of one update."""


class Client:
    """Talks to a server over loopback, one connection a request."""

    def __init__(self, port: int, token: str) -> None:
        """Remember where it is and what allows writing."""
        self._port = port
        self._headers = {"Authorization": f"Bearer {token}"}

    def send(
        self, method: str, path: str, body: str = "", kind: str = "application/sparql-update"
    ) -> tuple[int, bytes]:
        """Send a request, and give the status and the body of its answer."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request(method, path, body.encode(), {**self._headers, "Content-Type": kind})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def count(self, query: str) -> int:
        """Give the number that a query has for its answer."""
        status, body = self.send("POST", "/sparql", query, "application/sparql-query")
        assert status == 200, body
        return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


@contextmanager
def serving(store: Store) -> Iterator[tuple[subprocess.Popen[str], Client]]:
    """Run a server in a session of its own, and kill what is left of it in the end."""
    token = tokens.create(store, f"tester {random.random()}", datetime.now(UTC))  # noqa: S311 - a name
    code = "from averment_server.cli import serve; serve()"
    command = [sys.executable, "-u", "-c", code, "--store", str(store.folder), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            port = re.search(r"127\.0\.0\.1:(\d+)/", said)
            assert port, said
            yield process, Client(int(port[1]), token)
        finally:
            process.terminate()
            process.wait(30)


def batch(number: int) -> str:
    """Give an update whose statements are only together of any use."""
    statements = " ".join(f"<a:{number}> <a:part> {part} ." for part in range(EACH))
    return f"INSERT DATA {{ GRAPH <a:batches> {{ {statements} }} }}"


def stored(store: Store) -> dict[str, int]:
    """Count the statements of each batch, when nobody writes any more."""
    while True:
        try:
            with store.writer() as writer:
                found: dict[str, int] = {}
                for quad in writer.view.graph(NamedNode("a:batches")):
                    found[str(quad.subject)] = found.get(str(quad.subject), 0) + 1
                return found
        except StoreBusyError:
            time.sleep(0.05)


def children(pid: int) -> list[int]:
    """Give the processes that a process has started, and those that they have, on Linux."""
    found: list[int] = []
    for started in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # a thread has ended meanwhile
            found += [int(child) for child in started.read_text(encoding="ascii").split()]
    return [*found, *(further for child in found for further in children(child))]


def _scribes(pid: int) -> list[int]:
    found = []
    for child in children(pid):
        with suppress(OSError):
            if b"scribe" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_server_that_is_killed_leaves_whole_changes_and_all_that_it_acknowledged(
    filled_store: Store, seed: int
) -> None:
    """At any moment; and each change that is there has a line in the log."""
    acknowledged: list[int] = []
    with serving(filled_store) as (process, client):
        client.send("POST", "/sparql", batch(0))

        def write() -> None:
            with suppress(OSError, HTTPException):
                for number in range(1, 1_000):
                    if client.send("POST", "/sparql", batch(number))[0] == 204:
                        acknowledged.append(number)  # noqa: PERF401 - what is in it counts when an error ends this

        writers = threading.Thread(target=write)
        writers.start()
        time.sleep(random.Random(seed).uniform(0.05, 1.0))  # noqa: S311 - no secret
        process.kill()
        writers.join()
    found = stored(filled_store)
    assert set(found.values()) == {EACH}
    assert {f"<a:{number}>" for number in acknowledged} <= set(found)
    assert filled_store.folder
    lines = [json.loads(line) for line in (filled_store.folder / "writes.jsonl").read_text().splitlines()]
    assert len(found) <= sum(line["status"] == "begun" for line in lines)
    assert len(filled_store.view()) > len(found)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the writing process in /proc")
def test_a_writing_process_that_is_killed_takes_no_more_than_its_own_write_along(filled_store: Store) -> None:
    """The server goes on, and what it acknowledged is there."""
    statuses: list[int] = []
    killed: list[int] = []
    done = threading.Event()
    with serving(filled_store) as (process, client):

        def hunt() -> None:
            chance = random.Random(7)  # noqa: S311 - no secret
            while not done.wait(chance.uniform(0.01, 0.2)):
                for child in _scribes(process.pid):
                    with suppress(ProcessLookupError):
                        os.kill(child, signal.SIGKILL)
                        killed.append(child)

        hunter = threading.Thread(target=hunt)
        hunter.start()
        statuses += [client.send("POST", "/sparql", batch(number))[0] for number in range(25)]
        done.set()
        hunter.join()
        assert client.send("POST", "/sparql", batch(99))[0] == 204
    found = stored(filled_store)
    assert killed
    assert set(statuses) <= {204, 503}
    assert set(found.values()) == {EACH}
    assert {f"<a:{number}>" for number, status in enumerate(statuses) if status == 204} <= set(found)


def test_writers_at_the_same_time_each_see_the_one_before(filled_store: Store) -> None:
    """A counter that each raises by one is not raised twice to the same number; readers see whole changes only."""
    raised = (
        "DELETE { ?c <a:is> ?n ; <a:was> ?old } INSERT { ?c <a:is> ?next ; <a:was> ?n } "
        "WHERE { ?c <a:is> ?n ; <a:was> ?old BIND(?n + 1 AS ?next) }"
    )
    with serving(filled_store) as (_, client):
        assert client.send("POST", "/sparql", "INSERT DATA { <a:c> <a:is> 0 ; <a:was> -1 }")[0] == 204
        writers = [threading.Thread(target=client.send, args=("POST", "/sparql", raised)) for _ in range(6)]
        for writer in writers:
            writer.start()
        apart = [client.count("SELECT (?is - ?was AS ?n) { ?c <a:is> ?is ; <a:was> ?was }") for _ in range(20)]
        for writer in writers:
            writer.join()
        assert set(apart) == {1}
        assert client.count("SELECT ?n { ?c <a:is> ?n }") == 6


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the limit is set from outside")
def test_a_full_disk_is_507_and_the_service_goes_on(filled_store: Store) -> None:
    """The limit on the size of a file stands for it; what was there can be read, and small changes made."""
    large = "INSERT DATA { " + " ".join(f'<a:{n}> <a:b> "{"x" * 100}{n}" .' for n in range(3_000)) + " }"
    with serving(filled_store) as (process, client):
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        for pid in (process.pid, *children(process.pid)):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (200_000, hard))
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        before = client.count(count)
        status, body = client.send("POST", "/sparql", large)
        assert (status, json.loads(body)["title"]) == (507, "No room")
        assert str(filled_store.folder).encode() not in body
        assert client.count(count) == before
        assert client.send("POST", "/sparql", "INSERT DATA { <a:a> <a:b> <a:c> }")[0] == 204
        assert client.count(count) == before + 1


def test_the_pieces_of_a_chunked_body_are_put_together(filled_store: Store) -> None:
    """A client need not say the length beforehand."""
    with serving(filled_store) as (_, client):
        connection = HTTPConnection("127.0.0.1", client._port, timeout=30)  # noqa: SLF001
        pieces = iter([b"<a:a> <a:b> ", b"'in pieces' ."])
        headers = {**client._headers, "Content-Type": "text/turtle"}  # noqa: SLF001
        connection.request("PUT", "/graphs?graph=a:g", pieces, headers, encode_chunked=True)
        assert connection.getresponse().status == 201
        connection.close()
        assert client.count("SELECT (COUNT(*) AS ?n) { GRAPH <a:g> { ?s ?p 'in pieces' } }") == 1
