"""Two versions of a text side by side, word by word: what each old word became."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from averment.citations.changes import common_runs, matched
from averment.citations.hunks import Hunk
from averment.citations.words import Text, Word
from averment.model import Span

__all__ = ["Alignment"]

_ENDING = {".", "!", "?", "…", '"'}


class Alignment:
    """The words of both texts within some windows, and which became which."""

    def __init__(self, old: str, new: str, windows: Sequence[Hunk]) -> None:
        """Cut both texts into words, within the windows only."""
        self.windows = windows
        self.before = Text(old, [(window.old, window.old_end) for window in windows])
        self.after = Text(new, [(window.new, window.new_end) for window in windows])

    @cached_property
    def partner(self) -> list[int | None]:
        """The number of the new word that each old word became, None where it is gone."""
        partner: list[int | None] = [None] * len(self.before.words)
        for window in self.windows:
            these = _words(self.before, window.old, window.old_end)
            those = _words(self.after, window.new, window.new_end)
            for i, j, size in self._runs(these, those):
                for offset in range(size):
                    partner[i + offset] = j + offset
        return partner

    @cached_property
    def partnered(self) -> frozenset[int]:
        """The numbers of the new words that were there before."""
        return frozenset(place for place in self.partner if place is not None)

    def _runs(self, these: range, those: range) -> Iterator[tuple[int, int, int]]:
        """Give the runs of words that both texts have in their order: sentences that are the same, then words."""
        olds, news = list(_sentences(self.before, these)), list(_sentences(self.after, those))
        keys = [[_key(text, part) for part in parts] for text, parts in ((self.before, olds), (self.after, news))]
        at, to = 0, 0
        for i, j, size in [*common_runs(keys[0], keys[1]), (len(olds), len(news), 0)]:
            yield from self._within(olds[at:i], news[to:j])
            for one, other in zip(olds[i : i + size], news[j : j + size], strict=True):
                yield one.start, other.start, len(one)
            at, to = i + size, j + size

    def _within(self, olds: Sequence[range], news: Sequence[range]) -> Iterator[tuple[int, int, int]]:
        """Give the runs of words that some rewritten sentences have in common."""
        if olds and news:
            a, b = range(olds[0].start, olds[-1].stop), range(news[0].start, news[-1].stop)
            runs = matched(self.before.words[a.start : a.stop], self.after.words[b.start : b.stop])
            yield from ((a.start + i, b.start + j, size) for i, j, size in runs)

    def aligned(self, span: Span) -> Span | None:
        """Give the stretch of the new text that stands between what the words around a passage became.

        A passage that begins or ends within a word, `’s` of `Let’s`, does so in the new text where that word is left.
        """
        these = self.before.range_of(span)
        those = self._between(these)
        place = self.after.span_of(those)
        if place is None:
            return None
        first, last = self.before.words[these[0]], self.before.words[these[-1]]
        start, end = place.start, place.end
        if self._is_left_whole(first, these[0], those[0]):
            start += self._overhang(span.start, first.start, place.start, -1)
        if self._is_left_whole(last, these[-1], those[-1]):
            end += self._overhang(span.end, last.end, place.end, 1)
        return Span(start, end) if start < end else place

    def _overhang(self, edge: int, word: int, other: int, step: int) -> int:
        """Give how far a passage's edge lies from its last word's: within the word, or beyond it in the same spaces."""
        beyond = edge - word
        if beyond * step <= 0:
            return beyond
        start, size = (0, beyond) if step > 0 else (beyond, -beyond)
        old, new = (text.text[max(0, at + start) :][:size] for text, at in ((self.before, word), (self.after, other)))
        return beyond if old == new else 0

    def _is_left_whole(self, old: Word, word: int, other: int) -> bool:
        new = self.after.words[other]
        return self.partner[word] == other and self.before.written(old) == self.after.written(new)

    def _between(self, words: range) -> range:
        """Give the new words from the first to the last that is left, with what replaced others at the ends."""
        partner = self.partner
        left = [place for word in words if (place := partner[word]) is not None]
        if not words:
            return range(0)
        before = partner[words.start - 1] if words.start else -1
        after = partner[words.stop] if words.stop < len(partner) else len(self.after.words)
        first = self._edge(words[0], before, 1, left[0] if left else None)
        last = self._edge(words[-1], after, -1, left[-1] if left else None)
        return range(first, last + 1) if first is not None and last is not None and first <= last else range(0)

    def _edge(self, word: int, neighbour: int | None, step: int, left: int | None) -> int | None:
        """Give the first, or last, new word of a passage: its own, or what stands where it stood."""
        own = self.partner[word]
        return own if own is not None else neighbour + step if neighbour is not None else left

    def stays(self, word: int) -> bool:
        """Say whether an old word is left, or lies beyond the text."""
        return not 0 <= word < len(self.partner) or self.partner[word] is not None

    def is_new(self, place: Span) -> bool:
        """Say whether words were put there; what stood there before is another occurrence, not a passage that moved."""
        words = self.after.range_of(place)
        return 2 * sum(word in self.partnered for word in words) < len(words)


def _words(text: Text, start: int, end: int) -> range:
    return text.range_of(Span(start, end)) if start < end else range(0)


def _sentences(text: Text, words: range) -> Iterator[range]:
    """Give the words of each sentence or line."""
    first = words.start
    for number in words:
        if number > first and (text.words[number].opens or text.words[number - 1].key in _ENDING):
            yield range(first, number)
            first = number
    if first < words.stop:
        yield range(first, words.stop)


def _key(text: Text, words: range) -> str:
    return " ".join(text.words[word].key for word in words)
