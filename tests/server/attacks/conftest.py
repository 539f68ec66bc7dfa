"""A server in a process of its own with low limits, a canary that counts what reaches it, and what always holds."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from averment import tokens
from averment.store import Store
from averment.vocabulary import RDF, RDFS

SECONDS = 1.0
"""That a query or an update may take."""

PATIENT = 20
"""Seconds after which a test takes the server for hung; nothing is measured by it."""

WORKERS = 3
"""Of launch.py, in each process."""

MOST_MEMORY = 400 << 20
"""Bytes that a process which answers holds at most, whatever it has been through."""

PROCESSES = 2
"""That answer; each has workers of its own."""


@dataclass
class Answer:
    """What came back over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, Any]:
        """Give what a program is told is wrong; it is JSON, has this status, a title and a sentence, and no trace."""
        assert self.headers["content-type"] == "application/problem+json", self
        told: dict[str, Any] = json.loads(self.body)
        assert told["status"] == self.status
        assert told["title"]
        assert told["detail"]
        assert b"Traceback" not in self.body
        return told


@dataclass
class Canary:
    """A server that nobody should ask anything."""

    address: str
    hits: list[str] = field(default_factory=list)


class Server:
    """A server under attack, as those outside see it, and its process as the system does."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, folder: Path, token: str) -> None:
        """Remember where it is."""
        self.process, self.port, self.folder = process, port, folder
        self.address = f"http://127.0.0.1:{port}"
        self.token = {"Authorization": f"Bearer {token}"}

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        """Send a request on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENT)
        try:
            with suppress(BrokenPipeError):  # the answer is there before all is sent
                connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def query(self, text: str | bytes, **headers: str) -> Answer:
        """Ask a query by POST."""
        body = text.encode() if isinstance(text, str) else text
        return self.send("POST", "/sparql", body, {"Content-Type": "application/sparql-query", **headers})

    def page(self, query: str) -> Answer:
        """Ask a query as the page does."""
        return self.send("GET", f"/sparql?format=html&query={quote(query)}")

    def update(self, text: str, token: dict[str, str] | None = None) -> Answer:
        """Send an update, with the token that is worth something unless another is given."""
        headers = {"Content-Type": "application/sparql-update", **(self.token if token is None else token)}
        return self.send("POST", "/sparql", text.encode(), headers)

    def put(self, content: bytes, kind: str, graph: str = "a:put", **headers: str) -> Answer:
        """Put a graph."""
        return self.send("PUT", f"/graphs?graph={graph}", content, {**self.token, "Content-Type": kind, **headers})

    def connect(self) -> socket.socket:
        """Open a connection to say anything at all on."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENT)

    def say(self, said: bytes) -> bytes:
        """Say something on a connection, and give all that is answered until the server hangs up or falls silent."""
        with self.connect() as connection:
            connection.settimeout(2)
            heard = b""
            with suppress(OSError):
                connection.sendall(said)
                while piece := connection.recv(1 << 16):
                    heard += piece
                    connection.settimeout(0.3)
            return heard

    def count(self, query: str) -> int:
        """Give the number that a query has for its answer."""
        answer = self.query(query)
        assert answer.status == 200, answer
        return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])

    def wait_until_it_answers(self) -> None:
        """Give it time to start."""
        until = time.monotonic() + PATIENT
        while time.monotonic() < until:
            with suppress(OSError):
                if self.send("GET", "/healthz").status == 200:
                    return
            assert self.process.poll() is None
            time.sleep(0.05)
        raise AssertionError("it does not start")

    def answers(self) -> bool:
        """Say whether it answers a point query, which asks for less than anybody's."""
        for _ in range(5):
            found = self.query("ASK { <a:thing/1> a <a:Thing> }")
            if found.status == 200:
                return json.loads(found.body) == {"head": {}, "boolean": True}
            assert found.status in {503, 504}, found  # the workers of those before are being replaced
            time.sleep(1)
        return False

    def family(self) -> list[int]:
        """Give all processes that it and its children have started, on Linux."""
        found, waiting = [], [self.process.pid]
        while waiting:
            lists = Path(f"/proc/{waiting.pop()}/task").glob("*/children")
            for listed in lists:
                with suppress(OSError):
                    children = [int(child) for child in listed.read_text().split()]
                    found += children
                    waiting += children
        return found

    def memory(self) -> int:
        """Give the bytes of memory that the largest of its processes holds, workers of queries apart, on Linux."""
        held = [0]
        for member in [self.process.pid, *self.family()]:
            with suppress(OSError):
                status = Path(f"/proc/{member}/status").read_text()
                resident = re.search(r"VmRSS:\s+(\d+)", status)
                if resident and b"averment.store." not in Path(f"/proc/{member}/cmdline").read_bytes():
                    held.append(int(resident[1]) << 10)
        return max(held)


def _fill(store: Store) -> None:
    """A few thousand statements, in a circle, with names."""
    things = [NamedNode(f"a:thing/{n}") for n in range(1000)]
    with store.writer() as writer:
        quads = [Quad(thing, RDF.type, NamedNode("a:Thing")) for thing in things]
        quads += [Quad(thing, NamedNode("a:next"), things[n - 1]) for n, thing in enumerate(things)]
        quads += [Quad(thing, RDFS.label, Literal(f"thing number {n}")) for n, thing in enumerate(things)]
        writer.change(add=quads)


@pytest.fixture(scope="session")
def canary() -> Iterator[Canary]:
    """Count whatever is asked of an address."""
    listening = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    found = Canary(f"http://127.0.0.1:{listening.server_address[1]}")

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.hits.append(self.path)
            body = b"<html><body><script>document.documentElement.setAttribute('owned', 'yes')</script>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815 - the base class calls them so

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    listening.RequestHandlerClass = Counting
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield found
    listening.shutdown()
    listening.server_close()


@contextmanager
def _serving(folder: Path, seconds: float) -> Iterator[Server]:
    """Run a server over a new store; in the end it stops when it is told to, with all that it has started."""
    store = Store(folder / "store")
    _fill(store)
    token = tokens.create(store, "desk", datetime.now(UTC))
    assert store.folder
    port = _free_port()
    launch = Path(__file__).with_name("launch.py")
    command = [sys.executable, str(launch), str(store.folder), str(port), str(seconds)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, env=environment) as process:
        try:
            found = Server(process, port, store.folder, token)
            found.wait_until_it_answers()
            yield found
            killed = process.poll() is not None
            children = found.family()
            process.terminate()
            assert process.wait(PATIENT) == (-signal.SIGKILL if killed else 0)
            _wait_for_their_end(children)
        finally:
            process.kill()


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that most of these tests attack, one after the other."""
    with _serving(tmp_path_factory.mktemp("attacked"), SECONDS) as found:
        yield found


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[[], Server]]:
    """A server of a test's own, which it may kill."""
    with ExitStack() as open_:
        yield lambda: open_.enter_context(_serving(tmp_path, 5.0))


@pytest.fixture
def server(attacked: Server, canary: Canary) -> Iterator[Server]:
    """The server; whatever a test did to it, it answers the next one, asked nobody, and has not grown."""
    before = len(canary.hits)
    yield attacked
    assert attacked.answers()
    assert canary.hits[before:] == []
    assert attacked.process.poll() is None
    if sys.platform.startswith("linux"):
        assert attacked.memory() < MOST_MEMORY
        assert len(attacked.family()) <= PROCESSES * (2 * WORKERS + 4)


def _wait_for_their_end(children: list[int]) -> None:
    """Give processes time to notice that their parent has gone."""
    until = time.monotonic() + PATIENT
    while left := [child for child in children if _running(child)]:
        assert time.monotonic() < until, [Path(f"/proc/{child}/cmdline").read_bytes() for child in left]
        time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _running(pid: int) -> bool:
    """Say whether there is a process that has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False
