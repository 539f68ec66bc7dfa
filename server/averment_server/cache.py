"""Answers kept for those who ask the same again, until somebody writes.

Only what is the same at every time is kept: not the answer to a query that asks for the time or for chance. There may
be tens of thousands, so keys are texts and entries plain tuples of such: what holds nothing else, Python's collector of
garbage does not look through again and again, while everybody waits.
"""

import re
import threading
from collections import OrderedDict
from hashlib import sha256
from typing import NamedTuple

from averment.store.for_people import FOR_PEOPLE
from averment.store.formats import RDF_FORMATS, RESULT_FORMATS, Format
from averment.store.guard import Answer, Scope

__all__ = ["AnswerCache", "Kept", "key_of", "lasts", "tag"]

_OVERHEAD = 500
"""Bytes of an entry beside its answer and its query, about."""

_FLEETING = re.compile(r"(?:NOW|RAND|UUID|BNODE)\s*[(#]|SERVICE")
"""What gives something else from one evaluation to the next; the gate lets nobody spell it by escapes."""


_FORMATS = {format_.name: format_ for format_ in (*RESULT_FORMATS, *RDF_FORMATS, *FOR_PEOPLE)}


class Kept(NamedTuple):
    """An answer and the SHA-256 of its bytes."""

    body: bytes
    format: Format
    generation: int
    digest: str

    @classmethod
    def of(cls, answer: Answer) -> "Kept":
        """Keep an answer."""
        return cls(answer.body, answer.format, answer.generation, sha256(answer.body).hexdigest())


def key_of(
    query: str, results: Format | None, rdf: Format | None, scope: Scope, values: tuple[tuple[str, str], ...] = ()
) -> str:
    """Give by what an answer is found again: everything that it depends on, but the data."""
    formats = f"{results and results.name} {rdf and rdf.name}"
    return f"{formats} {scope.union} {scope.default_graphs!r} {scope.named_graphs!r} {values!r}\n{query}"


def tag(digest: str, media_type: str) -> str:
    """Give the entity tag of an answer as a media type: equal bytes of equal type have equal tags.

    >>> tag("0123456789abcdef", "text/csv")
    '0123456789abcdef-text/csv'
    """
    return f"{digest[:32]}-{media_type}"


def lasts(query: str) -> bool:
    """Say whether a query has the same answer as long as the data are the same.

    >>> lasts("SELECT ?now { ?now a sdo:Event }"), lasts("SELECT (NOW() AS ?x) { }")
    (False, False)
    >>> lasts("SELECT ?who { ?who a sdo:Person }")
    True
    """
    return not _FLEETING.search(query.upper())


class AnswerCache:
    """Keeps answers of the newest version of the data, the most recently asked for, within a number of bytes."""

    def __init__(self, size: int) -> None:
        """Keep at most `size` bytes."""
        self._size = size
        self._used = 0
        self._generation = 0
        self._kept: OrderedDict[str, tuple[bytes, str, str, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, generation: int, key: str) -> Kept | None:
        """Give what was kept for a key, if it is of this version of the data."""
        with self._lock:
            if generation != self._generation or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            body, name, digest, _ = self._kept[key]
        return Kept(body, _FORMATS[name], generation, digest)

    def put(self, key: str, kept: Kept) -> None:
        """Keep an answer, and nothing of older versions any more."""
        size = len(kept.body) + len(key) * (1 if key.isascii() else 4) + _OVERHEAD
        with self._lock:
            if kept.generation < self._generation or size > self._size // 4:
                return
            if kept.generation > self._generation:
                self._kept.clear()
                self._used, self._generation = 0, kept.generation
            before = self._kept.pop(key, None)
            self._used += size - (before[3] if before else 0)
            self._kept[key] = kept.body, kept.format.name, kept.digest, size
            while self._used > self._size:
                self._used -= self._kept.popitem(last=False)[1][3]
