"""What is kept of each request: it is counted, and written down; never what was asked, only where."""

import time

from averment.store.loop_pool import LoopPool
from averment_server.board import Board
from averment_server.lines import Line, Lines

__all__ = ["Notes"]

_OUTCOMES = {2: "answered", 3: "known already", 4: "refused"}
_ROUTES = frozenset(
    ["about", "articles", "dataset", "documents", "export", "graphs", "healthz", "id", "metrics", "organizations",
     "payouts", "people", "readyz", "sparql", "static"]
)  # fmt: skip


class Notes:
    """Takes down what one server process answers."""

    def __init__(self, board: Board, lines: Lines | None, pool: LoopPool) -> None:
        """Count on `board`, with how busy `pool` is, and write to `lines`, if there are any."""
        self._board = board
        self._lines = lines
        self._pool = pool

    def answered(  # noqa: PLR0913, PLR0917 - all that is said of a request
        self, number: str, method: str, path: str, status: int, size: int, seconds: float, *, kept: bool
    ) -> None:
        """Note one request, its id and what came of it: the answer's status and bytes, and whether it was kept."""
        pool = self._pool
        self._board.answered(status, seconds, hit=kept, busy=pool.busy, slots=pool.size)
        if self._lines:
            outcome = _OUTCOMES.get(status // 100, "failed")
            self._lines.add(Line(time.time(), number, method, _route(path), status, outcome, kept, seconds, size))


def _route(path: str) -> str:
    """Give the first part of a path, where it is one of ours: a path may be anything."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return f"/{first}" if first in _ROUTES or not first else "other"
