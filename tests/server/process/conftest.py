"""A server in a process of its own, with low limits, and ways to ask it."""

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from averment.store import Store

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

    def lines(self) -> list[dict[str, Any]]:
        """Give the log's lines."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    @property
    def family(self) -> list[int]:
        """Give all processes that it and its children have started, on Linux."""
        members = started(self.process.pid)
        for member in members:
            members += started(member)
        return members

    def spawned(self, pid: int | None = None) -> list[int]:
        """Give the children of a process that run the server, the first one's here; none of those evaluates queries."""
        found = started(pid or self.process.pid)
        return [child for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def started(pid: int) -> list[int]:
    """Give the processes that a process has started, on Linux."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for found in lists for child in found.read_text(encoding="ascii").split()]


@contextmanager
def _serving(store: Store, folder: Path, seconds: int = 3, more: str = "") -> Iterator[Served]:
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
def serving(store: Store, tmp_path: Path) -> Callable[..., AbstractContextManager[Served]]:
    """What starts a server over both articles, with the seconds of a query and further limits, for a block."""
    return partial(_serving, store, tmp_path)


@pytest.fixture
def served(serving: Callable[..., AbstractContextManager[Served]]) -> Iterator[Served]:
    """A server over both articles."""
    with serving() as served:
        yield served


@pytest.fixture
def served_by_two(serving: Callable[..., AbstractContextManager[Served]]) -> Iterator[Served]:
    """A server over both articles, where either of two processes may answer."""
    with serving(more="processes = 2\n") as served:
        yield served
