"""Things by where they stand in a text, so that asking for those at a place does not look at all of them."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from averment.model import Span

__all__ = ["Places"]

T = TypeVar("T")

_CELL = 256
"""Code points: about a long sentence."""


class Places(Generic[T]):
    """Spans with the thing that each belongs to; a thing may have several."""

    def __init__(self, items: Iterable[tuple[Span, T]] = ()) -> None:
        """Know the things of `items` by their spans."""
        self._cells: dict[int, list[tuple[int, Span, T]]] = {}
        self._count = 0
        for span, thing in items:
            self.add(span, thing)

    def add(self, span: Span, thing: T) -> None:
        """Know one more span."""
        for cell in range(span.start // _CELL, (span.end - 1) // _CELL + 1):
            self._cells.setdefault(cell, []).append((self._count, span, thing))
        self._count += 1

    def at(self, span: Span) -> list[T]:
        """Give the things with a span that shares a character with `span`, in the order in which they were added."""
        cells = range(span.start // _CELL, (span.end - 1) // _CELL + 1)
        found = {
            number: thing
            for cell in cells
            for number, other, thing in self._cells.get(cell, ())
            if other.overlaps(span)
        }
        return [found[number] for number in sorted(found)]
