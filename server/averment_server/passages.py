"""Marking passages in a text: overlapping and nested spans, cut into segments that HTML can hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

__all__ = ["Mark", "Segment", "paragraphs", "segments"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text and what it is the passage of. Offsets are code points, end exclusive."""

    start: int
    end: int
    iri: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that no boundary of a mark divides."""

    text: str
    marks: tuple[Mark, ...] = ()
    """All that cover it, the innermost last."""
    begins: tuple[Mark, ...] = ()
    """Those whose first character it has."""

    @property
    def innermost(self) -> Mark | None:
        """The shortest mark that covers it."""
        return self.marks[-1] if self.marks else None


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """Cut a text at every boundary of a mark; the segments joined are the text.

    >>> [(s.text, len(s.marks)) for s in segments("abcd", [Mark(0, 3, "x"), Mark(1, 4, "y")])]
    [('a', 1), ('bc', 2), ('d', 1)]
    """
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    starts: dict[int, list[Mark]] = {}
    for mark in inside:
        starts.setdefault(mark.start, []).append(mark)
    edges = sorted({0, len(text), *starts, *(mark.end for mark in inside)})
    found, covering = [], set[Mark]()
    for start, end in pairwise(edges):
        begins = sorted(starts.get(start, ()), key=_outermost_first)
        covering = {mark for mark in covering if mark.end > start} | set(begins)
        found.append(Segment(text[start:end], tuple(sorted(covering, key=_outermost_first)), tuple(begins)))
    return found


def paragraphs(found: Iterable[Segment]) -> list[list[Segment]]:
    """Break segments into the lines of the text; lines with nothing in them are left out."""
    lines: list[list[Segment]] = [[]]
    for piece in _pieces(found):
        if piece is None:
            lines.append([])
        else:
            lines[-1].append(piece)
    return [line for line in lines if any(segment.text.strip() for segment in line)]


def _pieces(found: Iterable[Segment]) -> Iterator[Segment | None]:
    """Give segments without line breaks, and None for each break."""
    for segment in found:
        for number, text in enumerate(segment.text.split("\n")):
            if number:
                yield None
            if text:
                yield replace(segment, text=text, begins=() if number else segment.begins)


def _outermost_first(mark: Mark) -> tuple[int, int, str]:
    return mark.start - mark.end, mark.start, mark.iri
