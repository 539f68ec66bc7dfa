"""Tasks that nobody waits for: an event loop by itself holds on to none, and they could end before they are done.

https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task
"""

import asyncio
from typing import Any

__all__ = ["keep"]

_KEPT: set[asyncio.Future[Any]] = set()


def keep(task: asyncio.Future[Any]) -> None:
    """Hold on to a task until it is done."""
    _KEPT.add(task)
    task.add_done_callback(_KEPT.discard)
