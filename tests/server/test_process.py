"""The server as a process of its own: slow clients, clients that go, requests without end, and how it stops."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from averment import tokens
from averment.store import Store
from averment_server.answers import SECURITY
from averment_server.app import close, create_app
from averment_server.problems import MEANINGS
from averment_server.settings import Settings

CONFIG = """
[query]
seconds = 3
workers = 2
reserved = 1
patience = 5
[server]
header_seconds = 1.5
body_seconds = 1.5
body = 64
"""

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"


@dataclass
class Served:
    """A server process, and ways to ask it."""

    process: subprocess.Popen[str]
    port: int
    log: Path
    opened: list[socket.socket] = field(default_factory=list)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> HTTPResponse:
        """Ask once, and give the answer with its body read; header names have `_` for `-`."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        answer.text = answer.read().decode()  # type: ignore[attr-defined] - so that the connection can be closed here
        connection.close()
        return answer

    def raw(self, sent: bytes) -> socket.socket:
        """Open a connection, send something, and leave it open."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.opened.append(connection)
        connection.sendall(sent)
        return connection


def text(answer: HTTPResponse) -> str:
    return str(vars(answer)["text"])


@contextmanager
def serving(store: Store, folder: Path, seconds: int = 3, more: str = "") -> Iterator[Served]:
    """Start a server over a store, where a query has so many seconds, and end it whatever becomes of the test.

    `more` are further lines for its processes in the file of limits.
    """
    (folder / "limits.toml").write_text(CONFIG.replace("seconds = 3", f"seconds = {seconds}") + more)
    code = "from averment_server.cli import serve; serve()"
    options = ["--store", str(store.folder), "--port", "0", "--config", str(folder / "limits.toml")]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", code, *options], stdout=subprocess.PIPE, stderr=log, text=True
        )
    try:
        assert process.stdout
        said = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert found, (folder / "log").read_text()
        served = Served(process, int(found[1]), folder / "log")
        yield served
        for connection in served.opened:
            connection.close()
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()
            process.wait(30)
        assert process.stdout
        process.stdout.close()


@pytest.fixture
def served(store: Store, tmp_path: Path) -> Iterator[Served]:
    """A server over both articles."""
    with serving(store, tmp_path) as served:
        yield served


@pytest.fixture
def served_by_two(store: Store, tmp_path: Path) -> Iterator[Served]:
    """A server over both articles, where either of two processes may answer."""
    with serving(store, tmp_path, more="processes = 2\n") as served:
        yield served


def asked(query: str) -> str:
    return f"/sparql?query={quote(query)}"


LONG = "ASK { VALUES ?x { " + "<a:b> " * 2_000 + "} }"
"""It is read elsewhere."""

REQUESTS = [
    (asked(LONG), {}),
    (asked(LONG), {"Accept": "text/html"}),
    (asked(LONG), {"Accept": "image/png"}),
    (asked(LONG) + "&format=csv&update=x", {}),
    (asked(LONG + "}"), {}),
    (asked("a-" * 10_000), {}),
    (asked("{" * 10_000), {"Accept": "text/html"}),
    (asked("ASK {}"), {}),
    (asked("ASK {}") + "&format=csv", {}),
    (asked("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3"), {"Accept": "text/csv"}),
    (asked("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3") + "&union=1", {"Accept": "text/tab-separated-values"}),
    (asked("CONSTRUCT { ?s a ?o } { ?s a ?o }"), {"Accept": "text/turtle;q=0.5, application/n-triples"}),
    (asked("CONSTRUCT { ?s a ?o } { ?s a ?o }"), {"Accept": "text/csv"}),
    (asked("ASK {"), {}),
    (asked("ASK { SERVICE <http://127.0.0.1:9/> { } }"), {}),
    (asked("ASK {}"), {"Accept": "image/png"}),
    (asked("ASK {}"), {"Host": "evil.example"}),
    (asked("ASK {}") + "&format=nothing", {}),
    (asked("ASK {}") + "&default-graph-uri=relative", {}),
    (asked("ASK {}") + "&default-graph-uri=a:b", {}),
    (asked("ASK {}") + "&update=x", {}),
    (asked("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3"), {"Accept": "text/html"}),
    (asked("CONSTRUCT { ?s a ?o } { ?s a ?o }") + "&format=html&union=1", {}),
    (asked("SELECT ?s {\n ?s"), {"Accept": "text/html"}),
    (asked("SELECT ?s { ?s ?p '=1' }") + "&format=spreadsheet", {}),
    (asked("CONSTRUCT { ?s a ?o } { ?s a ?o }") + "&format=spreadsheet", {}),
    ("/sparql", {}),
    ("/", {"Accept": "text/html"}),
    ("/nothing", {}),
    ("/.well-known/void", {}),
    ("/static/style.css", {}),
]


def test_a_file_of_the_dataset_comes_whole_and_once(served: Served, client: FlaskClient) -> None:
    """With the headers that Flask gives; who has it is not sent it again, and where it lies is not told."""
    with client.get("/dataset/graph.nq") as expected:
        answer = served.ask("/dataset/graph.nq")
        assert (answer.status, text(answer)) == (200, expected.text)
        for name in ("ETag", "Content-Type", "Content-Length", "Content-Disposition", *SECURITY):
            assert answer.headers[name] == expected.headers[name]
    assert "X-Sendfile" not in answer.headers
    known = served.ask("/dataset/graph.nq", If_None_Match=answer.headers["ETag"])
    assert (known.status, text(known), known.headers["ETag"]) == (304, "", answer.headers["ETag"])
    head = served.ask("/dataset/graph.nq", "HEAD")
    assert (head.status, text(head), head.headers["ETag"]) == (200, "", answer.headers["ETag"])
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(30)
    told = {(line["method"], line["status"]): line["bytes"] for line in lines(served) if line["route"] == "/dataset"}
    assert told["GET", 200] == int(answer.headers["Content-Length"])


def test_the_short_way_answers_as_flask_does(served: Served, client: FlaskClient) -> None:
    """Status, headers and body, whichever of the two ways a request takes; also when it is asked again."""
    for path, headers in [*REQUESTS, *REQUESTS[:4]]:
        host = {"Host": headers.get("Host", f"127.0.0.1:{served.port}")}
        one = served.ask(path, **{**headers, **host})
        other = client.get(path, headers={**headers, **host})
        assert (path, one.status, without_limits(text(one))) == (path, other.status_code, without_limits(other.text))
        other.close()
        ours = {name.lower(): value for name, value in one.getheaders()}
        assert int(ours["content-length"]) == len(text(one).encode())
        ours["content-length"] = other.headers["Content-Length"]
        for name in ("date", "server", "x-request-id"):
            ours.pop(name)
        theirs = {name.lower(): value for name, value in other.headers.items()}
        for changing in ("last-modified", "date"):
            ours.pop(changing, None)
            theirs.pop(changing, None)
        assert (path, ours) == (path, theirs)


def without_limits(page: str) -> str:
    """Give a page without what its server's limits are; the two have others."""
    return re.sub(r"A query may take \d+ seconds and give \d+ MiB", "", page)


def test_whoever_has_an_answer_is_told_so(served: Served) -> None:
    tag = served.ask(asked("ASK {}")).getheader("ETag")
    assert tag
    again = served.ask(asked("ASK {}"), If_None_Match=f'"other", {tag}')
    assert (again.status, text(again), again.getheader("ETag")) == (304, "", tag)


def test_every_answer_has_the_headers_and_none_tells_a_version(served: Served) -> None:
    """Refusals of the front included."""
    too_large = b"x" * 70_000
    answers = [
        served.ask(asked("ASK {}")),
        served.ask(asked("ASK {")),
        served.ask("/nothing"),
        served.ask("/sparql", "POST", too_large),
        served.ask("/", "TRACE"),
    ]
    assert [answer.status for answer in answers] == [200, 400, 404, 413, 405]
    for answer in answers:
        assert {name: answer.getheader(name) for name in SECURITY} == SECURITY
        assert answer.getheader("Server") == "averment"
        assert not re.search(r"granian|werkzeug|flask|python", str(answer.getheaders()), re.IGNORECASE)


def test_a_request_id_is_passed_on_only_if_it_is_harmless(served: Served) -> None:
    assert served.ask("/healthz", X_Request_Id="desk-7.a_b").getheader("X-Request-Id") == "desk-7.a_b"
    for bad in ("a b", '"}{', "x" * 65, ""):
        made = served.ask("/healthz", X_Request_Id=bad).getheader("X-Request-Id")
        assert made
        assert made != bad
        assert re.fullmatch(r"[0-9a-f]+-[0-9a-f]+", made)


def test_half_a_request_is_given_up_and_holds_up_nobody(served: Served) -> None:
    """Heads that never end are closed; bodies that never end are answered 408; both while others are served."""
    heads = [served.raw(b"GET / HTTP/1.1\r\nHost: 127") for _ in range(150)]
    bodies = [
        served.raw(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nquery") for _ in range(50)
    ]
    assert served.ask("/healthz").status == 200
    assert served.ask(asked("ASK {}")).status == 200
    assert heads[-1].recv(100) == b""
    assert bodies[-1].recv(1000).startswith(b"HTTP/1.1 408")
    for connection in (*heads, *bodies):
        connection.close()


def test_what_is_too_large_is_refused_before_it_has_come(served: Served) -> None:
    """By what it says of its length, and by counting where it says nothing."""
    said = served.raw(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000000\r\n\r\nx")
    assert said.recv(1000).startswith(b"HTTP/1.1 413")
    counted = served.raw(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
    counted.sendall(b"FFFF\r\n" + b"x" * 0xFFFF + b"\r\n" + b"2\r\nxx\r\n")
    assert counted.recv(1000).startswith(b"HTTP/1.1 413")


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
def test_a_client_that_goes_ends_its_query(served: Served, method: str, path: str, header: str, body: str) -> None:
    """There is one worker for queries; when it is free before the query's time is up, it was killed."""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\nContent-Length: {len(body)}\r\n\r\n"
    gone = [served.raw((head + body).encode()) for _ in range(6)]
    time.sleep(0.3)
    for connection in gone:
        connection.close()
    assert [served.ask(asked(f"ASK {{ }} # {number}")).status for number in range(6)] == [200] * 6
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(30)
    assert [line["status"] for line in lines(served) if line["status"] in {499, 504}] == [499] * 6


@pytest.mark.parametrize("to_all", [False, True])
def test_what_is_at_work_is_finished_before_it_stops(served: Served, store: Store, *, to_all: bool) -> None:
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
    for pid in [*(children(served.process.pid) if to_all else []), served.process.pid]:
        os.kill(pid, signal.SIGTERM)
    assert writing.recv(1000).startswith(b"HTTP/1.1 204")
    assert at_work.recv(1000).startswith(b"HTTP/1.1 504")
    assert served.process.wait(30) == 0
    assert store.view().rows("info")
    assert store.generation == 2


def test_the_second_signal_stops_it_at_once(store: Store, tmp_path: Path) -> None:
    """Long before the query at work would have had its time."""
    with serving(store, tmp_path, seconds=120) as served:
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


def test_whoever_kills_the_first_process_ends_them_all(store: Store, tmp_path: Path) -> None:
    """Also with a query at work: nobody is left who answers from a store that somebody else serves by then."""
    with serving(store, tmp_path, seconds=120) as served:
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


def test_a_write_is_what_every_process_answers_next(served_by_two: Served, store: Store) -> None:
    """Also from what each has kept: an answer never outlives a write."""
    shown = tokens.create(store, "desk", datetime.now(UTC))
    counting = asked("SELECT (COUNT(*) AS ?n) { ?s <a:counted> ?o }") + "&format=csv"
    for number in range(1, 4):
        update = f"INSERT DATA {{ <a:{number}> <a:counted> {number} }}".encode()
        headers = {"Authorization": f"Bearer {shown}", "Content_Type": "application/sparql-update"}
        assert served_by_two.ask("/sparql", "POST", update, **headers).status == 204
        assert {text(served_by_two.ask(counting)).split()[1] for _ in range(12)} == {str(number)}


def test_the_log_has_a_line_for_each_request_and_never_what_was_asked(served: Served) -> None:
    served.ask(asked("ASK { <a:secret> ?p ?o }"), X_Request_Id="first")
    served.ask("/id/secret/../x", X_Request_Id="second")
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(30)
    assert "secret" not in served.log.read_text()
    found = {line["id"]: (line["method"], line["route"], line["status"], line["outcome"]) for line in lines(served)}
    assert found["first"] == ("GET", "/sparql", 200, "answered")
    assert found["second"] == ("GET", "/id", 404, "refused")


def test_one_client_may_be_held_to_a_number_of_requests_at_a_time(store: Store, tmp_path: Path) -> None:
    """429 is for whoever asks too much, 503 for everybody; how a page looks may be asked, and later all else."""
    with serving(store, tmp_path, more="per_client = 1\n") as served:
        assert [served.ask(asked("ASK {}")).status for _ in range(3)] == [200] * 3
        at_work = served.raw(f"GET {asked(ENDLESS)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        time.sleep(0.3)
        told = served.ask(asked("ASK {}"))
        assert (told.status, json.loads(text(told))["title"]) == (429, MEANINGS[429].title)
        assert int(told.headers["Retry-After"]) > 0
        page = served.ask("/about", Accept="text/html")
        assert (page.status, "at work already" in text(page)) == (429, True)
        assert served.ask("/static/style.css").status == 200
        assert at_work.recv(1000).startswith(b"HTTP/1.1 504")
        assert served.ask("/about").status == 200


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the server's processes in /proc")
def test_when_what_makes_pages_dies_queries_go_on_and_pages_come_again(served: Served) -> None:
    """Only what was at work there is lost, and whoever asked is told."""
    for number in range(2):
        (front,) = spawned(served.process.pid)
        (back,) = spawned(front)
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
def test_what_makes_pages_is_started_again_also_when_nobody_asks(served: Served) -> None:
    """And it goes on where a request is not even one."""
    (front,) = spawned(served.process.pid)
    (back,) = spawned(front)
    os.kill(back, signal.SIGKILL)
    for _ in range(200):
        if spawned(front) not in ([], [back]):
            break
        time.sleep(0.1)
    assert served.ask("/about").status == 200
    found = spawned(front)
    for path, status in (("/about", 200), ("/sparql", 400), ("/graphs", 400)):
        odd = served.raw(f"GET {path}?query=\u20ac HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert odd.recv(1000).startswith(f"HTTP/1.1 {status}".encode()), path
    assert spawned(front) == found


def test_headers_that_are_long_are_not_read(served: Served) -> None:
    """One that says what the client has already need not be; without it, the answer is sent again."""
    for name in ("Accept", "Content_Type"):
        told = served.ask("/sparql", "POST", b"ASK {}", **{name: "application/sparql-query" + ";a=b" * 1_000})
        assert (told.status, json.loads(text(told))["title"]) == (413, MEANINGS[413].title)
    tag = served.ask(asked("ASK {}")).headers["ETag"]
    assert served.ask(asked("ASK {}"), If_None_Match=f"{'a,' * 2_000}{tag}").status == 200
    assert served.ask(asked("ASK {}"), If_None_Match=f"a,{tag}").status == 304


def test_a_part_of_a_file_comes_whole_and_no_date_is_too_late(served: Served) -> None:
    """A server need not send parts, and a date that is none is not one."""
    whole, part = served.ask("/static/style.css"), served.ask("/static/style.css", Range="bytes=0-10")
    assert (part.status, text(part)) == (200, text(whole))
    assert served.ask("/context.jsonld", If_Modified_Since="Mon, 01 Jan 99999999999 00:00:00 GMT").status == 200


def started(pid: int) -> list[int]:
    """Give the processes that a process has started, on Linux."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for found in lists for child in found.read_text(encoding="ascii").split()]


def children(pid: int) -> list[int]:
    """Give the processes that a process has started, and those that they have."""
    found = started(pid)
    return [*found, *(further for child in found for further in children(child))]


def spawned(pid: int) -> list[int]:
    """Give the children of a process that run the server; none of those evaluates queries."""
    found = started(pid)
    return [child for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_the_counts_of_all_processes_are_summed(served_by_two: Served, store: Store) -> None:
    """For this machine, or with a token; a proxy on this machine asks for somebody else."""
    served = served_by_two
    for _ in range(10):
        assert served.ask(asked("ASK {}")).status == 200
    counts = dict(line.rsplit(" ", 1) for line in text(served.ask("/metrics")).splitlines() if line[0] != "#")
    assert counts['averment_requests_total{status="200"}'] == "10"
    assert counts['averment_request_seconds_bucket{le="+Inf"}'] == "10"
    assert int(counts["averment_cache_hits_total"]) >= 8
    assert (counts["averment_processes"], counts["averment_generation"]) == ("2", "1")
    assert served.ask("/metrics", X_Forwarded_For="192.0.2.1").status == 404
    shown = tokens.create(store, "monitor", datetime.now(UTC))
    assert served.ask("/metrics", X_Forwarded_For="192.0.2.1", Authorization=f"Bearer {shown}").status == 200


def test_ready_is_no_longer_said_when_the_store_cannot_be_read(served: Served, store: Store) -> None:
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


def lines(served: Served) -> list[dict[str, object]]:
    """Give the log's lines."""
    return [json.loads(line) for line in served.log.read_text().splitlines() if line.startswith("{")]
