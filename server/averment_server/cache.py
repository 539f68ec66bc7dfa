"""Answers kept for those who ask the same again, until somebody writes.

Only what is the same at every time is kept: not the answer to a query that asks for the time or for chance.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import sha256

from averment.store.guard import Answer

__all__ = ["AnswerCache", "Kept", "lasts", "tag"]

_OVERHEAD = 500
"""Bytes of an entry beside its answer and its query, about."""

_FLEETING = re.compile(r"\b(NOW|RAND|UUID|STRUUID|BNODE|SERVICE)\b", re.IGNORECASE)
"""What gives something else from one evaluation to the next; the gate lets nobody spell it by escapes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer and the SHA-256 of its bytes."""

    answer: Answer
    digest: str

    @classmethod
    def of(cls, answer: Answer) -> "Kept":
        """Keep an answer."""
        return cls(answer, sha256(answer.body).hexdigest())


def tag(digest: str, media_type: str) -> str:
    """Give the entity tag of an answer as a media type: equal bytes of equal type have equal tags."""
    return sha256(f"{digest} {media_type}".encode()).hexdigest()[:32]


def lasts(query: str) -> bool:
    """Say whether a query has the same answer as long as the data are the same.

    >>> lasts("SELECT ?now { ?now a sdo:Event }"), lasts("SELECT (NOW() AS ?x) { }")
    (False, False)
    >>> lasts("SELECT ?who { ?who a sdo:Person }")
    True
    """
    return not _FLEETING.search(query)


class AnswerCache:
    """Keeps answers of the newest version of the data, the most recently asked for, within a number of bytes."""

    def __init__(self, size: int) -> None:
        """Keep at most `size` bytes."""
        self._size = size
        self._used = 0
        self._generation = 0
        self._kept: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, generation: int, key: Hashable) -> Kept | None:
        """Give what was kept for a key, if it is of this version of the data."""
        with self._lock:
            if generation != self._generation or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Hashable, kept: Kept, weight: int = 0) -> None:
        """Keep an answer, and nothing of older versions any more; `weight` is the size of the key in bytes."""
        size = len(kept.answer.body) + weight + _OVERHEAD
        with self._lock:
            if kept.answer.generation < self._generation or size > self._size // 4:
                return
            if kept.answer.generation > self._generation:
                self._kept.clear()
                self._used, self._generation = 0, kept.answer.generation
            self._used += size - self._kept.pop(key, (kept, 0))[1]
            self._kept[key] = kept, size
            while self._used > self._size:
                self._used -= self._kept.popitem(last=False)[1][1]
