"""Where two versions of a text differ, told sentence by sentence, so that only those places are looked at closely."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from averment.citations.changes import common_runs
from averment.model import Span

__all__ = ["Hunk", "Hunks"]

_SENTENCE = re.compile(r"(?<=[.!?…”\"])\s+|\n+")
_BESIDE = 80
"""Code points around a difference within which a passage may be touched by it."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """A difference: the old text from `old` to `old_end` became the new text from `new` to `new_end`.

    In a window, the sentences beside it, which both have, are in it too.
    """

    old: int
    old_end: int
    new: int
    new_end: int


class Hunks:
    """The differences between two texts, in order, and the windows around them."""

    def __init__(self, old: str, new: str) -> None:
        """Compare the texts by sentences, to the character."""
        self.whole = Hunk(0, len(old), 0, len(new))
        olds, news = _sentences(old), _sentences(new)
        ends = _offsets(olds), _offsets(news)
        changed = list(_changed(olds, news))
        self.hunks = [_hunk(ends, *place) for place in changed]
        self.windows = list(_merged(_hunk(ends, *_wider(place, len(olds), len(news))) for place in changed))
        self._starts = [hunk.old for hunk in self.hunks]

    def near(self, span: Span) -> bool:
        """Say whether a passage of the old text lies at a difference, or beside one."""
        last = bisect_right(self._starts, span.end + _BESIDE)
        return any(hunk.old_end + _BESIDE >= span.start for hunk in self.hunks[max(0, last - 2) : last])

    def shifted(self, span: Span) -> Span:
        """Give where a passage stands in the new text that lies at no difference."""
        before = bisect_right(self._starts, span.start)
        shift = self.hunks[before - 1].new_end - self.hunks[before - 1].old_end if before else 0
        return Span(span.start + shift, span.end + shift)

    def hold(self, span: Span) -> bool:
        """Say whether one window has all of a passage and something on either side."""
        return any(window.old <= max(0, span.start - 1) and span.end <= window.old_end for window in self.windows)


def _sentences(text: str) -> list[str]:
    edges = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(edges) if start < end]


def _offsets(parts: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(len, parts))]


def _changed(olds: list[str], news: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Give what differs, as (first and end in the old, first and end in the new)."""
    i = j = 0
    for first, second, size in [*common_runs(olds, news), (len(olds), len(news), 0)]:
        if i < first or j < second:
            yield i, first, j, second
        i, j = first + size, second + size


def _hunk(ends: tuple[list[int], list[int]], i1: int, i2: int, j1: int, j2: int) -> Hunk:
    return Hunk(ends[0][i1], ends[0][i2], ends[1][j1], ends[1][j2])


def _wider(place: tuple[int, ...], olds: int, news: int) -> tuple[int, int, int, int]:
    """Take in the sentences on either side, of which both texts have the same number."""
    i1, i2, j1, j2 = place
    before, after = min(2, i1, j1), min(2, olds - i2, news - j2)
    return i1 - before, i2 + after, j1 - before, j2 + after


def _merged(windows: Iterator[Hunk]) -> Iterator[Hunk]:
    """Join windows that touch."""
    last: Hunk | None = None
    for window in windows:
        if last is not None and (window.old <= last.old_end or window.new <= last.new_end):
            window = Hunk(last.old, window.old_end, last.new, window.new_end)  # noqa: PLW2901 - it is the same, wider
        elif last is not None:
            yield last
        last = window
    if last is not None:
        yield last
