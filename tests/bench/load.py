"""Asking a server as fast as it answers: by wrk where that is installed, else by processes of our own."""

import multiprocessing
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit

__all__ = ["WRK", "Load", "ask"]

WRK = shutil.which("wrk")

ARTICLES = 1_000
"""Queries are about these in turn, by the number in place of `{n}`."""

_RUNS = count(1)
"""By which no text of one call of `ask` is that of another."""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it."""

    rate: float
    """Answers a second."""
    p99: float
    """Milliseconds in which 99 of 100 are there."""
    failed: int
    """Requests that were answered by an error, or not at all."""


_SCRIPT = """
local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set("id", threads)
end
function init(args) count = 0 end
local before, between, after = %s, %s, %s
function request()
  count = count + 1
  local mark = %s and "%%23%s-" .. id .. "-" .. count or ""
  return wrk.format("GET", before .. ((count * 7 + id * 331) %% %d) .. after .. mark, {["Accept"] = "%s"})
end
"""


def ask(endpoint: str, query: str, clients: int, seconds: float, *, cold: bool, accept: str) -> Load:
    """Ask a query for some seconds, `{n}` replaced; with `cold`, no text is ever sent twice."""
    return (_by_wrk if WRK else _by_processes)(endpoint, query, clients, seconds, cold=cold, accept=accept)


def _path(endpoint: str) -> str:
    return f"{urlsplit(endpoint).path}?query="


def _by_wrk(endpoint: str, query: str, clients: int, seconds: float, *, cold: bool, accept: str) -> Load:
    before, _, after = (query if cold else query.replace("{n}", "7")).partition("{n}")
    number = ARTICLES if "{n}" in query and cold else 1
    path = _path(endpoint) + quote(before)
    lua = _SCRIPT % (f'"{path}"', '""', f'"{quote(after)}"', str(cold).lower(), next(_RUNS), number, accept)
    if not cold or "{n}" not in query:  # nothing to be put in
        lua = lua.replace(f".. ((count * 7 + id * 331) % {number}) ..", "..")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "load.lua"
        script.write_text(lua)
        threads = str(min(2, clients))
        timing = [f"-t{threads}", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--latency", "--timeout", "30s"]
        command = [str(WRK), *timing, "-s", str(script), endpoint]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate, tail = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", said)
    assert rate
    assert tail, said
    scale = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0}[tail[2]]
    errors = [int(number) for number in re.findall(r"(?:responses: |connect |read |write |timeout )(\d+)", said)]
    return Load(float(rate[1]), float(tail[1]) * scale, sum(errors))


def _by_processes(endpoint: str, query: str, clients: int, seconds: float, *, cold: bool, accept: str) -> Load:
    with multiprocessing.get_context("spawn").Pool(clients) as pool:
        run = next(_RUNS)
        jobs = [(endpoint, query, f"{run}-{number}", number, seconds, cold, accept) for number in range(clients)]
        found = pool.starmap(_one_client, jobs)
    times = sorted(taken for each, _ in found for taken in each)
    failed = sum(errors for _, errors in found)
    return Load(len(times) / seconds, 1000 * times[int(len(times) * 0.99)] if times else float("inf"), failed)


def _one_client(
    endpoint: str,
    query: str,
    mark: str,
    number: int,
    seconds: float,
    cold: int,
    accept: str,
) -> tuple[list[float], int]:
    """Ask one query after the other, and give the seconds that each took and how many failed."""
    connection = HTTPConnection(urlsplit(endpoint).netloc, timeout=30)
    times, failed, asked = [], 0, 0
    until = time.perf_counter() + seconds
    while (began := time.perf_counter()) < until:
        asked += 1
        about = (asked * 7 + number * 331) % ARTICLES if cold else 7
        text = query.replace("{n}", str(about)) + (f"#{mark}-{asked}" if cold else "")
        try:
            connection.request("GET", _path(endpoint) + quote(text), headers={"Accept": accept})
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            connection.close()
            failed += 1
            continue
        if answer.status == 200:
            times.append(time.perf_counter() - began)
        else:
            failed += 1
    return times, failed
