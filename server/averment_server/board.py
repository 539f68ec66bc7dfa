"""What the server's processes count, each in a file of its own that all can read: the sum is what monitoring sees.

The text is Prometheus's, https://prometheus.io/docs/instrumenting/exposition_formats/
"""

import mmap
import os
import struct
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

__all__ = ["Board", "text"]

_STATUSES = (200, 201, 204, 304, 400, 401, 404, 405, 406, 408, 413, 415, 421, 422, 429, 499, 500, 503, 504, 507, 0)
"""The last is for all others; 499 is a client that went before its answer came."""

_PLACES = {status: place for place, status in enumerate(_STATUSES)}
_OTHER = len(_STATUSES) - 1

_LIMITS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Of the histogram, in seconds."""

_HISTOGRAM = len(_STATUSES)
_SUM = _HISTOGRAM + len(_LIMITS) + 1
_HITS, _BUSY, _SLOTS = _SUM + 1, _SUM + 2, _SUM + 3
_ROW = struct.Struct(f"{_SLOTS + 1}d")


class Board:
    """The counts of this process, in a file called by its number."""

    def __init__(self, folder: Path) -> None:
        """Begin to count, with everything at zero."""
        with (folder / str(os.getpid())).open("w+b") as file:
            file.truncate(_ROW.size)
            self._cells = memoryview(mmap.mmap(file.fileno(), _ROW.size)).cast("d")

    def answered(self, status: int, seconds: float, *, hit: bool, busy: int, slots: int) -> None:
        """Count one answer. Only the event loop does."""
        cells = self._cells
        cells[_PLACES.get(status, _OTHER)] += 1
        cells[_HISTOGRAM + bisect_left(_LIMITS, seconds)] += 1
        cells[_SUM] += seconds
        cells[_HITS] += hit
        cells[_BUSY], cells[_SLOTS] = busy, slots


def text(folder: Path, generation: int, write_log: int) -> str:
    """Give what all processes counted, with the newest snapshot's number and the log of writes in bytes."""
    rows = list(_rows(folder))
    sums = [sum(cells) for cells in zip(*(row for _, row in rows), strict=True)] or [0.0] * (_SLOTS + 1)
    alive = [row for pid, row in rows if _is_alive(pid)]
    lines = [_about("requests_total", "counter", "Answers, by status.")]
    lines += [
        f'averment_requests_total{{status="{name or "other"}"}} {n:g}' for name, n in zip(_STATUSES, sums, strict=False)
    ]
    lines += _histogram(sums)
    for name, kind, said, number in (
        ("cache_hits_total", "counter", "Answers that were kept from before.", sums[_HITS]),
        (
            "slots_busy",
            "gauge",
            "Workers at a query, when their process last answered.",
            sum(row[_BUSY] for row in alive),
        ),
        ("slots", "gauge", "Workers for queries of programs.", sum(row[_SLOTS] for row in alive)),
        ("processes", "gauge", "Processes that answer.", len(alive)),
        ("generation", "gauge", "The number of the newest snapshot.", generation),
        ("write_log_bytes", "gauge", "Size of the log of writes.", write_log),
    ):
        lines += [_about(name, kind, said), f"averment_{name} {number:.15g}"]
    return "\n".join(lines) + "\n"


def _histogram(sums: list[float]) -> Iterator[str]:
    yield _about("request_seconds", "histogram", "Time from the head of a request to its answer.")
    below = 0.0
    for place, limit in enumerate((*_LIMITS, float("inf"))):
        below += sums[_HISTOGRAM + place]
        yield f'averment_request_seconds_bucket{{le="{limit:g}"}} {below:.15g}'.replace('"inf"', '"+Inf"')
    yield f"averment_request_seconds_sum {sums[_SUM]:.9g}"
    yield f"averment_request_seconds_count {below:.15g}"


def _about(name: str, kind: str, said: str) -> str:
    return f"# HELP averment_{name} {said}\n# TYPE averment_{name} {kind}"


def _rows(folder: Path) -> Iterator[tuple[int, tuple[float, ...]]]:
    for file in sorted(folder.iterdir()):
        data = file.read_bytes()
        if len(data) == _ROW.size:
            yield int(file.name), _ROW.unpack(data)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
