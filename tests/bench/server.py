"""The server beside `oxigraph serve` and rdflib-endpoint in one run, and under runaways. Reports; asserts nothing.

usage: make bench, or: python tests/bench/server.py [quads]

The others are found on the PATH, or in the folder that AVERMENT_ANCHORS names, such as the `bin` of an environment
made by: python -m venv anchors && anchors/bin/pip install oxigraph rdflib-endpoint uvicorn
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import load
import pyoxigraph as ox
import seeded

from averment.store import Store

SECONDS = 2.0
"""That each figure is measured for."""

SETTLING = 3.0
"""After its first answer: some have yet to start the rest of themselves."""

LIMIT = 2.0
"""Seconds that a runaway may take."""

JSON, TURTLE = "application/sparql-results+json", "text/turtle"
QUERIES = {
    "point": ("SELECT ?p ?o { <https://example.org/{n}/article> ?p ?o }", JSON),
    "medium": (
        "SELECT * { ?s <https://w3id.org/averment#inSource> <https://example.org/{n}/article> ; ?p ?o } LIMIT 74",
        JSON,
    ),
    "CONSTRUCT": (
        "CONSTRUCT { ?s ?p ?o } { ?s <http://www.w3.org/ns/oa#hasSource> <https://example.org/{n}/article> ; ?p ?o }",
        TURTLE,
    ),
    "heavy": ("SELECT ?type (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?type", JSON),
}

_CROSS = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(5))
_ALL = "?s ?p ?o"
RUNAWAYS = {
    "none, for comparison": "ASK {}",
    "cross product": f"SELECT (COUNT(*) AS ?n) {{ {_CROSS} }}",
    "in order": f"SELECT * {{ {_CROSS} }} ORDER BY ?o4",
    "pattern": f"SELECT * {{ {_CROSS} FILTER REGEX(CONCAT(STR(?o0), STR(?o4)), '(a|a)*(a|a)*b$$') }}",
    "path": f"SELECT (COUNT(*) AS ?n) {{ {_ALL} . ?a !(<a:x>)* ?b . ?c !(<a:y>)+ ?d }}",
    "doubling": "SELECT ?v40 { BIND('0123456789' AS ?v0) "
    + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
    + " }",
    "one text": f"SELECT (GROUP_CONCAT(?o1) AS ?x) {{ {_CROSS} }}",
    "rows": f"SELECT * {{ {_CROSS} }}",
    "nesting": "SELECT * " + "{" * 2_200 + "}" * 2_200,
    "words": "a-" * 20_000,
    "escapes": "é" * 150_000,
}

_LAUNCH = """
import sys
from pathlib import Path
from averment.store.limits import Limits
from averment_server.settings import Settings
from averment_server.processes import Service, run

if __name__ == "__main__":
    _, folder, port, seconds = sys.argv
    limits = Limits(seconds=float(seconds))
    service = Service(folder=Path(folder), host="127.0.0.1", port=int(port), settings=Settings(), limits=limits)
    run(service, lambda: None)
"""


@dataclass(frozen=True, slots=True)
class Running:
    """A server, and its first process."""

    name: str
    endpoint: str
    pid: int


def report(*cells: object) -> None:
    print("".join(f"{cell!s:>12}" if n else f"{cell!s:34}" for n, cell in enumerate(cells)))  # noqa: T201 - its output


def say(sentence: str) -> None:
    print(sentence)  # noqa: T201 - its output


def quads(size: int) -> Iterator[ox.Quad]:
    """Give about so many quads: examples over and over, each under a name of its own."""
    sound, given = seeded.articles(), 0
    for number in count():
        if given >= size:
            return
        graph = sound[number % len(sound)]
        yield from seeded.renamed(graph, number)
        given += len(graph)


def found(program: str) -> str | None:
    return shutil.which(program, path=os.pathsep.join([os.environ.get("AVERMENT_ANCHORS", ""), os.environ["PATH"]]))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def running(name: str, command: list[str], endpoint: str) -> Iterator[Running]:
    """Run a server until it is of no more use; it is ready when it answers."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + 120
            while status(endpoint, "ASK {}") != 200:
                assert process.poll() is None, f"{name} has ended"
                assert time.monotonic() < until, f"{name} does not answer"
                time.sleep(0.1)
            time.sleep(SETTLING)
            yield Running(name, endpoint, process.pid)
        finally:
            process.terminate()
            process.wait(60)


def averment(folder: Path, seconds: float = 10.0) -> tuple[str, list[str], str]:
    port = free_port()
    launch = [sys.executable, "-c", _LAUNCH, str(folder), str(port), str(seconds)]
    return "averment", launch, f"http://127.0.0.1:{port}/sparql"


def oxigraph(program: str, file: Path, folder: Path) -> tuple[str, list[str], str]:
    port = free_port()
    subprocess.run([program, "load", "-l", str(folder), "-f", str(file)], check=True, capture_output=True)
    command = [program, "serve", "-l", str(folder), "-b", f"127.0.0.1:{port}"]
    return "oxigraph", command, f"http://127.0.0.1:{port}/query"


def rdflib_endpoint(program: str, file: Path) -> tuple[str, list[str], str]:
    port = free_port()
    command = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(file)]
    return "rdflib-endpoint", command, f"http://127.0.0.1:{port}/"


def status(endpoint: str, query: str) -> int:
    return answered(endpoint, query)[0]


def answered(endpoint: str, query: str) -> tuple[int, str, bytes]:
    """Ask by POST, and give the status, the media type and the body; 0 where nobody answers."""
    try:
        asked = Request(endpoint, quote_form(query), {"Accept": JSON})  # noqa: S310 - our own address
        with urlopen(asked, timeout=60) as answer:  # noqa: S310 - our own address
            return answer.status, answer.headers.get_content_type(), answer.read()
    except HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read()
    except OSError:
        return 0, "", b""


def quote_form(query: str) -> bytes:
    return f"query={quote(query)}".encode()


def family(pid: int) -> list[int]:
    """Give a process and all that it and its children have started."""
    members = [pid]
    for member in members:
        for listed in Path(f"/proc/{member}/task").glob("*/children"):
            with suppress(OSError):
                members += [int(child) for child in listed.read_text().split()]
    return members


def memory(pid: int) -> float:
    """Give MB: memory that processes share counts once."""
    total = 0
    for member in family(pid):
        with suppress(OSError):
            kept = re.search(r"Pss:\s+(\d+)", Path(f"/proc/{member}/smaps_rollup").read_text())
            total += int(kept[1]) if kept else 0
    return total / 1e3


def processor_time(pid: int) -> float:
    """Give seconds of processor time that the members of a family, as they are now, have taken."""
    total = 0
    for member in family(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def side_by_side(servers: list[Running]) -> None:
    """Report rates, each as a ratio to oxigraph's, with the 99th percentile."""
    report("requests a second", "clients", *(f"{s.name[:11]}" for s in servers), "ratio", "p99 ms", "ox p99", "errors")
    base = next((server for server in servers if server.name == "oxigraph"), None)
    for name, (query, accept) in QUERIES.items():
        for clients in (1, 8, 16):
            rates: dict[str, load.Load] = {}
            for server in servers:
                if server.name != "rdflib-endpoint" or clients == 8:
                    rates[server.name] = load.ask(server.endpoint, query, clients, SECONDS, cold=True, accept=accept)
            mine = servers[0]
            kept = load.ask(mine.endpoint, query, clients, SECONDS, cold=False, accept=accept)
            for words, figures in (("cold", rates[mine.name]), ("cached", kept)):
                others = [rates.get(s.name) for s in servers[1:]]
                beside = base and rates[base.name]
                report(
                    f"{name}, {words}", clients, f"{figures.rate:,.0f}",
                    *(f"{other.rate:,.0f}" if other else "" for other in others),
                    f"{figures.rate / beside.rate:.2f}" if beside else "", f"{figures.p99:.1f}",
                    f"{beside.p99:.1f}" if beside else "", figures.failed,
                )  # fmt: skip
    for server in servers:
        report(f"memory of {server.name}, MB", f"{memory(server.pid):,.0f}")


def runaways(server: Running) -> None:
    """Report how long after its limit each runaway is told, what is still at work a second later, and neighbours.

    Those that are told sooner are asked again and again.
    """
    report("runaways, two at a time", "status", "late s", "idle CPU", "neighbour p99", "errors")
    query, accept = QUERIES["point"]
    for name, text in RUNAWAYS.items():
        answers: list[tuple[int, str, bytes, float]] = []
        asked = [threading.Thread(target=_timed, args=(server, f"{text} #{n}", answers)) for n in range(2)]
        for one in asked:
            one.start()
        time.sleep(0.1)
        beside = load.ask(server.endpoint, query, 2, LIMIT, cold=True, accept=accept)
        for one in asked:
            one.join()
        time.sleep(1)
        before = processor_time(server.pid)
        time.sleep(0.5)
        busy = (processor_time(server.pid) - before) / 0.5
        late = max(taken for *_, taken in answers) - LIMIT
        told = {f"{code}{'' if _is_json(kind, body) else ' (no JSON)'}" for code, kind, body, _ in answers}
        report(
            name, " ".join(sorted(told)), f"{max(0.0, late):.2f}", f"{busy:.0%}", f"{beside.p99:.1f} ms", beside.failed
        )


def _timed(server: Running, text: str, answers: list[tuple[int, str, bytes, float]]) -> None:
    """Ask for as long as one may take, again and again where each is told before."""
    began = time.monotonic()
    asked = began
    while asked - began < LIMIT:
        answers.append((*answered(server.endpoint, text), time.monotonic() - asked))
        asked = time.monotonic()


def _is_json(kind: str, body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return kind.endswith("json")


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_:
        where = Path(folder)
        store, file = Store(where / "store"), where / "all.nq"
        given = list(quads(size))
        with store.writer() as writer:
            writer.add(given)
        ox.serialize(given, file, ox.RdfFormat.N_QUADS)
        say(f"{len(given):,} quads; asked by {'wrk' if load.WRK else 'Python processes (wrk is not installed)'}")
        servers = [averment(where / "store")]
        program = found("oxigraph")
        if program:
            servers.append(oxigraph(program, file, where / "oxigraph"))
        else:
            say("oxigraph is not installed: no ratios; see the beginning of this file")
        program = found("rdflib-endpoint")
        if program:
            servers.append(rdflib_endpoint(program, file))
        else:
            say("rdflib-endpoint is not installed, and left out")
        side_by_side([open_.enter_context(running(*server)) for server in servers])
        with running(*averment(where / "store", LIMIT)) as server:
            runaways(server)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
