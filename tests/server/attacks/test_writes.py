"""Writes by those who may not, writes at the same time, and servers that are killed or have no room in the middle."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode

from averment import tokens
from averment.errors import StoreBusyError
from averment.store import Store

EACH = 30
"""Statements of one change, which are only together of any use."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DROP = "update=DROP+ALL"


def test_a_page_of_another_site_changes_nothing(server: Any) -> None:
    """It can have its reader's browser send forms and simple requests, with cookies, and no token."""
    there = {"Origin": "https://evil.example", "Referer": "https://evil.example/", "Cookie": "token=x"}
    before = server.count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
        answer = server.send("POST", "/sparql", DROP, {**there, "Content-Type": kind})
        assert answer.problem["status"] in {401, 415}
        assert "access-control-allow-origin" not in answer.headers
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        answer = server.send(method, "/graphs?default", b"", {**there, "Content-Type": "text/plain"})
        assert answer.problem["status"] in {401, 405}
    for path in ("/sparql?update=DROP+ALL", "/sparql?query=DROP+ALL", "/graphs?default&_method=DELETE"):
        overridden = {**there, "X-HTTP-Method-Override": "DELETE", "X-HTTP-Method": "PUT"}
        assert server.send("GET", path, headers=overridden).status in {200, 400}
    asked = {**there, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization"}
    allowed = server.send("OPTIONS", "/graphs", headers=asked).headers
    assert not {name for name in allowed if name.startswith("access-control-allow")}
    assert server.count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


@pytest.mark.parametrize(
    "given",
    ["", "Bearer", "Bearer ", "Bearer averment_", "Bearer null", "Bearer \x00", "Bearer é", "Basic YTpi", "averment_x",
     "Bearer averment_" + "A" * 43, "Bearer " + "A" * 30_000, "Bearer a b", "Bearer ,", 'Digest username="a"'],
)  # fmt: skip
def test_a_token_that_is_none_is_none(server: Any, given: str) -> None:
    """However it is written; the answer is the same for all, and shows nothing of what was given."""
    answer = server.update("DROP ALL", {"Authorization": given})
    assert answer.status in {400, 401}
    assert b"AAAA" not in answer.body


def test_half_a_token_is_none(server: Any) -> None:
    """Nor is one with more to it, or in capitals."""
    good = server.token["Authorization"]
    for given in (good[:-1], good + "a", good.upper(), good.replace("averment_", ""), f"{good},{good}"):
        assert server.update("DROP ALL", {"Authorization": given}).problem["status"] == 401
    assert server.update("INSERT DATA {}", {"Authorization": good}).status == 204


def test_a_token_that_is_revoked_is_none_in_every_process(server: Any) -> None:
    """At once, whichever process answers."""
    from datetime import UTC, datetime

    store = Store(server.folder)
    short = {"Authorization": f"Bearer {tokens.create(store, 'guest', datetime.now(UTC))}"}
    assert {server.update("INSERT DATA {}", short).status for _ in range(6)} == {204}
    tokens.revoke(store, "guest")
    assert {server.update("DROP ALL", short).status for _ in range(6)} == {401}


def test_those_who_write_at_the_same_time_do_not_undo_each_other(server: Any) -> None:
    """What is acknowledged is there, once; who is asked to come back has changed nothing."""
    done: list[int] = []

    def write(number: int) -> None:
        if server.update(_batch("race", number)).status == 204:
            done.append(number)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert done
    assert server.count("SELECT (COUNT(*) AS ?n) { GRAPH <a:race> { ?s ?p ?o } }") == EACH * len(done)


def test_an_update_that_takes_too_much_changes_nothing(server: Any) -> None:
    """Whether it is time or memory."""
    cross = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(5))
    doubled = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(35))
    before = server.count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    for text in (
        f"INSERT {{ ?s0 ?p1 ?o2 }} WHERE {{ {cross} }}",
        f"DELETE {{ ?s0 ?p0 ?o0 }} WHERE {{ {cross} }}",
        f"INSERT {{ <a:a> <a:b> ?v35 }} WHERE {{ BIND('0123456789' AS ?v0) {doubled} }}",
        "INSERT DATA " + "{" * 3_000,
        "DROP ALL ; " * 20_000 + "INSERT",
        "DELETE WHERE { " + "a-" * 40_000,
    ):
        assert server.update(text).problem["status"] in {400, 413, 422, 503, 504}
    assert server.count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


def _batch(name: str, number: int) -> str:
    statements = " ".join(f"<a:{number}> <a:part> {part} ." for part in range(EACH))
    return f"INSERT DATA {{ GRAPH <a:{name}> {{ {statements} }} }}"


def _graph(number: int) -> bytes:
    return " ".join(f"<a:{number}> <a:part> {part} ." for part in range(EACH)).encode()


def _stored(folder: Any) -> dict[str, int]:
    """Count the statements of each change, when nobody writes any more."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with suppress(StoreBusyError), Store(folder).writer() as writer:
            found: dict[str, int] = {}
            for quad in writer.view.graph(NamedNode("a:batches")):
                found[str(quad.subject)] = found.get(str(quad.subject), 0) + 1
            assert len(list(writer.view.all_quads())) == len(writer.view)  # a full scan
            return found
        time.sleep(0.05)
    raise AssertionError("somebody still writes")


MOMENTS = int(os.environ.get("AVERMENT_KILLS", "3"))
"""At which a server is killed; `AVERMENT_KILLS=50` for more of them."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the server's processes in /proc")
@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_server_all_of_which_is_killed_leaves_whole_changes(fresh: Any, moment: int) -> None:
    """At any moment of an update or of an upload; nothing that was acknowledged is lost."""
    acknowledged: list[int] = []
    server = fresh()

    def write() -> None:
        with suppress(OSError, HTTPException):
            for number in range(10_000):
                if number % 2:
                    status = server.update(_batch("batches", number)).status
                else:
                    kind = {**server.token, "Content-Type": "text/turtle"}
                    status = server.send("POST", "/graphs?graph=a:batches", _graph(number), kind).status
                if status in {201, 204}:
                    acknowledged.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(random.Random(moment).uniform(0.1, 0.8))  # noqa: S311 - no secret
    for member in [server.process.pid, *server.family()]:
        with suppress(ProcessLookupError):
            os.kill(member, signal.SIGKILL)
    writer.join()
    found = _stored(server.folder)
    assert set(found.values()) <= {EACH}
    assert {f"<a:{number}>" for number in acknowledged} <= set(found)


_INGEST = """
import sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from averment.store import Store

graph, part = NamedNode("a:batches"), NamedNode("a:part")
for number in range(10_000):
    quads = [Quad(NamedNode(f"a:{number}"), part, Literal(n), graph) for n in range(int(sys.argv[2]))]
    with Store(Path(sys.argv[1])).writer() as writer:
        writer.change(add=quads)
    print(number, flush=True)
"""


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_an_ingest_that_is_killed_leaves_whole_changes(tmp_path: Path, moment: int) -> None:
    """At any moment, those of its beginning among them; a change that was said to be made is there."""
    command = [sys.executable, "-c", _INGEST, str(tmp_path / "store"), str(EACH)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        before = [process.stdout.readline()] if moment % 2 else []
        time.sleep(random.Random(moment).uniform(0.0, 0.5))  # noqa: S311 - no secret
        process.kill()
        said = [*before, *process.stdout.read().splitlines(keepends=True)]
    found = _stored(tmp_path / "store")
    assert set(found.values()) <= {EACH}
    assert {f"<a:{line.strip()}>" for line in said if line.endswith("\n")} <= set(found)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the limit is set from outside")
def test_a_full_disk_is_told_and_everything_else_goes_on(fresh: Any) -> None:
    """The limit on the size of a file stands for it; it is met by updates and by uploads."""
    server = fresh()
    large = " ".join(f'<a:{n}> <a:b> "{"x" * 100}{n}" .' for n in range(3_000))
    for member in [server.process.pid, *server.family()]:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.prlimit(member, resource.RLIMIT_FSIZE, (200_000, hard))
    before = server.count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    for answer in (server.update(f"INSERT DATA {{ {large} }}"), server.put(large.encode(), "text/turtle")):
        assert answer.problem["status"] == 507
        assert str(server.folder).encode() not in answer.body
    assert server.count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before
    assert server.update("INSERT DATA { <a:small> <a:b> 1 }").status == 204
    assert json.loads(server.query("ASK { <a:small> <a:b> 1 }").body)["boolean"]
