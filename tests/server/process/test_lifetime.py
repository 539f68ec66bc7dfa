"""The server's processes: clients that go, how it stops, what dies and comes again, and what is counted and logged."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest

from averment import tokens
from averment.store import Store
from averment_server.answers import SECURITY
from averment_server.app import close, create_app
from averment_server.settings import Settings

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"


def asked(query: str) -> str:
    return f"/sparql?query={quote(query)}"


@pytest.mark.parametrize(
    ("method", "path", "header", "body"),
    [
        ("GET", asked(ENDLESS), "Accept: */*", ""),
        ("GET", asked(ENDLESS), "Accept: text/html", ""),
        ("HEAD", asked(ENDLESS), "Accept: */*", ""),
        ("GET", f"{asked(ENDLESS)}&format=spreadsheet", "Authorization: Basic eDp5", ""),
        ("GET", asked(ENDLESS), "Content-Encoding: identity", ""),
        ("GET", asked(ENDLESS), "Accept: text/html;q=0.1\r\nAccept: text/csv", ""),
        ("POST", "/sparql", "Content-Type: application/sparql-query; charset=UTF-8", ENDLESS),
    ],
)
def test_a_client_that_goes_ends_its_query(served: Any, method: str, path: str, header: str, body: str) -> None:
    """There is one worker for queries; when it is free before the query's time is up, it was killed."""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\nContent-Length: {len(body)}\r\n\r\n"
    gone = [served.raw((head + body).encode()) for _ in range(6)]
    time.sleep(0.3)
    for connection in gone:
        connection.close()
    assert [served.ask(asked(f"ASK {{ }} # {number}")).status for number in range(6)] == [200] * 6
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(30)
    assert [line["status"] for line in served.lines() if line["status"] in {499, 504}] == [499] * 6


@pytest.mark.parametrize("to_all", [False, True])
def test_what_is_at_work_is_finished_before_it_stops(served: Any, store: Store, *, to_all: bool) -> None:
    """A query comes to its end, and a write that was begun is there; the status is 0.

    Also where every process of it is told, as those do who stop services.
    """
    shown = tokens.create(store, "desk", datetime.now(UTC))
    at_work = served.raw(f"GET {asked(ENDLESS)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    update = b"INSERT { ?s <a:b> ?n } WHERE { ?s ?p ?o BIND(STRLEN(STR(?o)) AS ?n) }"
    head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {shown}\r\n"
    head += f"Content-Type: application/sparql-update\r\nContent-Length: {len(update)}\r\n\r\n"
    writing = served.raw(head.encode() + update)
    time.sleep(0.3)
    for pid in [*(served.family if to_all else []), served.process.pid]:
        os.kill(pid, signal.SIGTERM)
    assert writing.recv(1000).startswith(b"HTTP/1.1 204")
    assert at_work.recv(1000).startswith(b"HTTP/1.1 504")
    assert served.process.wait(30) == 0
    assert store.view().rows("info")
    assert store.generation == 2


def test_the_second_signal_stops_it_at_once(serving: Any) -> None:
    """Long before the query at work would have had its time."""
    with serving(seconds=120) as served:
        at_work = served.raw(f"GET {asked(ENDLESS)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        time.sleep(0.3)
        for _ in range(100):  # two signals that come before the first is noticed are one to the system
            served.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                served.process.wait(0.3)
                break
        assert served.process.returncode == 1
        with suppress(ConnectionResetError):
            assert at_work.recv(1000) == b""


def test_whoever_kills_the_first_process_ends_them_all(serving: Any) -> None:
    """Also with a query at work: nobody is left who answers from a store that somebody else serves by then."""
    with serving(seconds=120) as served:
        served.raw(f"GET {asked(ENDLESS)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        time.sleep(0.3)
        served.process.kill()
        served.process.wait(30)
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", served.port), timeout=1).close()
            except OSError:
                return
            time.sleep(0.1)
        pytest.fail("somebody still answers")


def test_a_write_is_what_every_process_answers_next(served_by_two: Any, store: Store) -> None:
    """Also from what each has kept: an answer never outlives a write."""
    shown = tokens.create(store, "desk", datetime.now(UTC))
    counting = asked("SELECT (COUNT(*) AS ?n) { ?s <a:counted> ?o }") + "&format=csv"
    for number in range(1, 4):
        update = f"INSERT DATA {{ <a:{number}> <a:counted> {number} }}".encode()
        headers = {"Authorization": f"Bearer {shown}", "Content_Type": "application/sparql-update"}
        assert served_by_two.ask("/sparql", "POST", update, **headers).status == 204
        assert {served_by_two.ask(counting).text.split()[1] for _ in range(12)} == {str(number)}


def test_the_log_has_a_line_for_each_request_and_never_what_was_asked(served: Any) -> None:
    served.ask(asked("ASK { <a:secret> ?p ?o }"), X_Request_Id="first")
    served.ask("/id/secret/../x", X_Request_Id="second")
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(30)
    assert "secret" not in served.log.read_text()
    found = {line["id"]: (line["method"], line["route"], line["status"], line["outcome"]) for line in served.lines()}
    assert found["first"] == ("GET", "/sparql", 200, "answered")
    assert found["second"] == ("GET", "/id", 404, "refused")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the server's processes in /proc")
def test_when_what_makes_pages_dies_queries_go_on_and_pages_come_again(served: Any) -> None:
    """Only what was at work there is lost, and whoever asked is told."""
    for number in range(2):
        (front,) = served.spawned()
        (back,) = served.spawned(front)
        os.kill(back, signal.SIGSTOP)
        at_work = served.raw(b"GET /about HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert served.ask(asked(f"ASK {{}} # {number}")).status == 200
        os.kill(back, signal.SIGKILL)
        told = at_work.recv(10_000).decode()
        assert told.startswith("HTTP/1.1 503")
        assert "look whether a write is there" in told
        assert all(f"{name.lower()}: {value}" in told for name, value in SECURITY.items())
        assert served.ask("/about").status == 200


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the server's processes in /proc")
def test_what_makes_pages_is_started_again_also_when_nobody_asks(served: Any) -> None:
    """And it goes on where a request is not even one."""
    (front,) = served.spawned()
    (back,) = served.spawned(front)
    os.kill(back, signal.SIGKILL)
    for _ in range(200):
        if served.spawned(front) not in ([], [back]):
            break
        time.sleep(0.1)
    assert served.ask("/about").status == 200
    found = served.spawned(front)
    for path, status in (("/about", 200), ("/sparql", 400), ("/graphs", 400)):
        odd = served.raw(f"GET {path}?query=\u20ac HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert odd.recv(1000).startswith(f"HTTP/1.1 {status}".encode()), path
    assert served.spawned(front) == found


def test_the_counts_of_all_processes_are_summed(served_by_two: Any, store: Store) -> None:
    """For this machine, or with a token; a proxy on this machine asks for somebody else."""
    served = served_by_two
    for _ in range(10):
        assert served.ask(asked("ASK {}")).status == 200
    counts = dict(line.rsplit(" ", 1) for line in served.ask("/metrics").text.splitlines() if line[0] != "#")
    assert counts['averment_requests_total{status="200"}'] == "10"
    assert counts['averment_request_seconds_bucket{le="+Inf"}'] == "10"
    assert int(counts["averment_cache_hits_total"]) >= 8
    assert (counts["averment_processes"], counts["averment_generation"]) == ("2", "1")
    assert served.ask("/metrics", X_Forwarded_For="192.0.2.1").status == 404
    shown = tokens.create(store, "monitor", datetime.now(UTC))
    assert served.ask("/metrics", X_Forwarded_For="192.0.2.1", Authorization=f"Bearer {shown}").status == 200


def test_ready_is_no_longer_said_when_the_store_cannot_be_read(served: Any, store: Store) -> None:
    """The process lives all the same."""
    assert served.ask("/readyz").status == 200
    assert store.folder
    (store.folder / "snapshots").rename(store.folder / "elsewhere")
    assert served.ask("/readyz").status == 503
    assert served.ask("/healthz").status == 200


def test_without_processes_nothing_is_counted(store: Store) -> None:
    app = create_app(store, None, Settings())
    try:
        assert app.test_client().get("/metrics").status_code == 404
    finally:
        close(app)
