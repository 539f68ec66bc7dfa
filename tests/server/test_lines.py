"""The log: lines of JSON, whole ones, whatever clients send and however many processes write."""

import json
import os
import threading
import time

from hypothesis import given
from hypothesis import strategies as st

from averment_server.lines import Line, Lines

LINE = Line(0.0, "a-1", "GET", "/sparql", 200, "answered", kept=False, seconds=0.001234, bytes=7)


@given(method=st.text(max_size=200), kept=st.booleans(), seconds=st.floats(min_value=0, max_value=1e6))
def test_a_line_is_json_whatever_a_method_is_called(method: str, *, kept: bool, seconds: float) -> None:
    text = LINE._replace(method=method, kept=kept, seconds=seconds, time=seconds).text()
    said = json.loads(text)
    assert "\n" not in text
    assert (said["method"], said.get("kept", False), said["bytes"]) == (method[:100], kept, 7)


def test_lines_of_two_processes_do_not_mix() -> None:
    """Although the pipe that they write to is full most of the time."""
    reading, writing = os.pipe()
    logs = [Lines(writing), Lines(os.dup(writing))]
    for number in range(4_000):
        for log, name in zip(logs, "ab", strict=True):
            log.add(LINE._replace(id=f"{name}-{number}"))
    found = b""
    until = time.monotonic() + 20
    reader = threading.Event()
    while found.count(b"\n") < 8_000 and time.monotonic() < until:
        found += os.read(reading, 1_000)
        reader.wait(0.0001)
    for log in logs:
        log.close()
    ids = [json.loads(line)["id"] for line in found.splitlines()]
    assert sorted(ids) == sorted(f"{name}-{number}" for name in "ab" for number in range(4_000))
