"""Where the passages of a text stand in another version of it, and what became of them.

The versions are laid side by side, first sentence by sentence, then word by word where sentences differ. A passage is
what the words around it say it is; what is nowhere beside its old neighbours is looked for elsewhere, word for word.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cached_property

from averment.citations.changes import changes_between, matched, verdict
from averment.citations.critical import Critical, critical_kinds
from averment.citations.outcomes import Change, Finding, Outcome
from averment.citations.words import Text, Word
from averment.model import Span

__all__ = ["Revision"]

_CONTEXT = 80
"""Code points on either side by which equal words at several places are told apart."""

_SENTENCE = re.compile(r"(?<=[.!?…”\"])\s+|\n+")
_MOST_PAIRS = 4_000_000
"""Pairs of words above which a rewritten stretch is not compared word by word: nobody could follow it."""

_KEPT = 0.5
"""The part of a passage's words that must be left for it to be the same passage, altered."""

_TURNING = {Critical.NEGATION, Critical.HEDGE, Critical.MODAL, Critical.COMPARATOR}
"""What these words do, they do to their neighbours too."""

_SHORT = 4
"""So few words can be exchanged altogether between neighbours that stay."""


class Revision:
    """An old text and a new one."""

    def __init__(self, old: str, new: str) -> None:
        """Compare nothing yet: that is done when the first passage is not where it was."""
        self.old, self.new = old, new

    def finding(self, span: Span) -> Finding:
        """Say what became of the words at `span`, code points of the old text."""
        if self.old == self.new:
            return Finding(span=span, outcome=Outcome.EXACT, found=span)
        aligned = self._aligned(span)
        turned = self._turned(span, aligned) if aligned is not None else ()
        if aligned is not None and turned:
            changes = (*self._changes(span, aligned), *turned)
            return Finding(span=span, outcome=verdict(changes), found=aligned, changes=changes)
        if aligned is not None and aligned.of(self.new) == span.of(self.old):
            return self._same(span, aligned)
        elsewhere = self._elsewhere(span) if aligned is None or not self._reads_the_same(span, aligned) else None
        if elsewhere is not None:
            return elsewhere
        return self._altered(span, aligned)

    def _same(self, span: Span, aligned: Span) -> Finding:
        """Judge a passage whose words are left: copies of one that moved are as good, unless the context tells."""
        if aligned == span:
            return Finding(span=span, outcome=Outcome.EXACT, found=span)
        return self._chosen(span, [aligned, *(p for p in self._copies(span) if p != aligned)], Outcome.MOVED)

    # ---- Side by side ---------------------------------------------------------------------------------------------

    @cached_property
    def _before(self) -> Text:
        return Text(self.old)

    @cached_property
    def _after(self) -> Text:
        return Text(self.new)

    @cached_property
    def _partner(self) -> list[int | None]:
        """The number of the new word that each old word became, None where it is gone."""
        partner: list[int | None] = [None] * len(self._before.words)
        for i, j, size in self._runs():
            for offset in range(size):
                partner[i + offset] = j + offset
        return partner

    def _runs(self) -> Iterator[tuple[int, int, int]]:
        """Give the runs of words that both texts have at the same place in their order."""
        olds, news = list(_sentences(self._before)), list(_sentences(self._after))
        keys = [[_key(text, part) for part in parts] for text, parts in ((self._before, olds), (self._after, news))]
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
            these = range(olds[i1].start, olds[i2 - 1].stop) if i1 < i2 else range(0)
            those = range(news[j1].start, news[j2 - 1].stop) if j1 < j2 else range(0)
            if tag == "equal":
                yield these.start, those.start, len(these)
            elif these and those and len(these) * len(those) <= _MOST_PAIRS:
                a = self._before.words[these.start : these.stop]
                b = self._after.words[those.start : those.stop]
                yield from ((these.start + i, those.start + j, size) for i, j, size in matched(a, b))

    def _aligned(self, span: Span) -> Span | None:
        """Give the stretch of the new text that stands between what the words around a passage became.

        A passage that begins or ends within a word, `’s` of `Let’s`, does so in the new text where that word is left.
        """
        these = self._before.range_of(span)
        those = self._between(these)
        place = self._after.span_of(those)
        if place is None:
            return None
        first, last = self._before.words[these[0]], self._before.words[these[-1]]
        start = place.start + max(0, span.start - first.start) * self._is_left_whole(these[0], those[0])
        end = place.end - max(0, last.end - span.end) * self._is_left_whole(these[-1], those[-1])
        return Span(start, end) if start < end else place

    def _is_left_whole(self, word: int, other: int) -> bool:
        old, new = self._before.words[word], self._after.words[other]
        return self._partner[word] == other and self.old[old.start : old.end] == self.new[new.start : new.end]

    def _between(self, words: range) -> range:
        """Give the new words from the first to the last that is left, with what replaced others at the ends."""
        partner = self._partner
        left = [place for word in words if (place := partner[word]) is not None]
        if not words:
            return range(0)
        before = partner[words.start - 1] if words.start else -1
        after = partner[words.stop] if words.stop < len(partner) else len(self._after.words)
        first = self._edge(words[0], before, 1, left[0] if left else None)
        last = self._edge(words[-1], after, -1, left[-1] if left else None)
        return range(first, last + 1) if first is not None and last is not None and first <= last else range(0)

    def _edge(self, word: int, neighbour: int | None, step: int, left: int | None) -> int | None:
        """Give the first, or last, new word of a passage: its own, or what stands where it stood."""
        own = self._partner[word]
        return own if own is not None else neighbour + step if neighbour is not None else left

    # ---- Judging --------------------------------------------------------------------------------------------------

    def _turned(self, span: Span, aligned: Span) -> tuple[Change, ...]:
        """Give the words right beside a passage that were put there or taken away, and turn it: `not`, `allegedly`."""
        these, those = self._before.range_of(span), self._after.range_of(aligned)
        beside = ((these.start - 1, those.start - 1, these.start, those.start), (these.stop, those.stop) * 2)
        return tuple(change for edge in beside for change in self._at_edge(*edge))

    def _at_edge(self, gone: int, come: int, opened: int, opens: int) -> Iterator[Change]:
        """Compare the old and the new neighbour of a passage; where a sentence begins between, there is none."""
        old = self._word(self._before, gone, opened) if self._partner_of(gone) is None else None
        new = self._word(self._after, come, opens) if come not in self._partnered else None
        kinds = {kind for word in (old, new) if word is not None for kind in critical_kinds(word)} & _TURNING
        if kinds:
            yield Change(old=old.key if old else "", new=new.key if new else "", critical=tuple(sorted(kinds)))

    def _partner_of(self, word: int) -> int | None:
        return self._partner[word] if 0 <= word < len(self._partner) else None

    @cached_property
    def _partnered(self) -> frozenset[int]:
        return frozenset(place for place in self._partner if place is not None)

    def _word(self, text: Text, number: int, opening: int) -> Word | None:
        """Give a neighbour, unless it belongs to another sentence than the passage."""
        if not 0 <= number < len(text.words) or (opening < len(text.words) and text.words[opening].opens):
            return None
        return text.words[number]

    def _reads_the_same(self, span: Span, aligned: Span) -> bool:
        return verdict(self._changes(span, aligned)) is Outcome.REFORMATTED

    def _changes(self, span: Span, aligned: Span) -> tuple[Change, ...]:
        these, those = self._before.range_of(span), self._after.range_of(aligned)
        return changes_between(self._before, these, self._after, those)

    def _altered(self, span: Span, aligned: Span | None) -> Finding:
        """Judge a passage that stands between its old neighbours in other words."""
        if aligned is None or not self._is_left(span, aligned):
            return Finding(span=span, outcome=Outcome.MISSING)
        changes = self._changes(span, aligned)
        return Finding(span=span, outcome=verdict(changes), found=aligned, changes=changes)

    def _is_left(self, span: Span, aligned: Span) -> bool:
        """Say whether enough of a passage's words are left, or so few are exchanged that it is still the place."""
        these, those = self._before.range_of(span), self._after.range_of(aligned)
        spoken = [word for word in these if self._before.words[word].key[0].isalnum()]
        kept = sum(partner in those for word in spoken if (partner := self._partner[word]) is not None)
        if kept >= _KEPT * len(spoken) and kept:
            return True
        between = self._stays(these.start - 1) and self._stays(these.stop)
        return between and len(spoken) <= _SHORT and len(those) <= len(these) + _SHORT

    def _stays(self, word: int) -> bool:
        """Say whether a word is left, or lies beyond the text."""
        return not 0 <= word < len(self._partner) or self._partner[word] is not None

    # ---- Elsewhere ------------------------------------------------------------------------------------------------

    def _elsewhere(self, span: Span) -> Finding | None:
        """Look for the same words anywhere: to the character first, then in another form."""
        moved = self._copies(span)
        outcome = Outcome.MOVED if moved else Outcome.REFORMATTED
        places = moved or [place for place in self._in_another_form(span) if self._is_new(place)]
        return self._chosen(span, places, outcome) if places else None

    def _copies(self, span: Span) -> list[Span]:
        """Give the places at which the same words, to the character, were put."""
        same = [Span(m.start(), m.end()) for m in re.finditer(re.escape(span.of(self.old)), self.new)]
        return [place for place in _whole_words(self.new, same) if self._is_new(place)]

    def _chosen(self, span: Span, places: list[Span], outcome: Outcome) -> Finding:
        best = self._best(span, places)
        if len(best) > 1:
            return Finding(span=span, outcome=Outcome.AMBIGUOUS, places=tuple(sorted(best)))
        return Finding(span=span, outcome=outcome, found=best[0])

    def _is_new(self, place: Span) -> bool:
        """Say whether words were put there; what stood there before is another occurrence, not this passage."""
        words = self._after.range_of(place)
        return 2 * sum(word in self._partnered for word in words) < len(words)

    def _in_another_form(self, span: Span) -> list[Span]:
        """Give the places with the same words, capitals too, in another spacing, with other marks or Unicode form."""
        these = self._before.range_of(span)
        wanted = [self._before.words[word].key for word in these]
        starts = self._by_key.get(wanted[0], ()) if wanted else ()
        keys = self._keys
        found = [range(at, at + len(wanted)) for at in starts if keys[at : at + len(wanted)] == wanted]
        return [place for words in found if (place := self._after.span_of(words)) is not None]

    @cached_property
    def _keys(self) -> list[str]:
        return [word.key for word in self._after.words]

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, key in enumerate(self._keys):
            found.setdefault(key, []).append(at)
        return found

    def _best(self, span: Span, places: list[Span]) -> list[Span]:
        """Give the places around which most of the text is the same as around the old one."""
        scores = [self._around(span, place) for place in places]
        return [place for place, score in zip(places, scores, strict=True) if score == max(scores)]

    def _around(self, span: Span, place: Span) -> int:
        before = _shared(
            reversed(self.old[max(0, span.start - _CONTEXT) : span.start]),
            reversed(self.new[max(0, place.start - _CONTEXT) : place.start]),
        )
        return before + _shared(self.old[span.end : span.end + _CONTEXT], self.new[place.end : place.end + _CONTEXT])


def _sentences(text: Text) -> Iterator[range]:
    """Give the words of each sentence or line."""
    edges = [m.end() for m in _SENTENCE.finditer(text.text)]
    first, at = 0, 0
    for number, word in enumerate(text.words):
        crossed = False
        while at < len(edges) and edges[at] <= word.start:
            at, crossed = at + 1, True
        if crossed and number > first:
            yield range(first, number)
            first = number
    if first < len(text.words):
        yield range(first, len(text.words))


def _key(text: Text, words: range) -> str:
    return " ".join(text.words[word].key for word in words)


def _whole_words(text: str, places: list[Span]) -> list[Span]:
    """Leave out places that begin or end within a word: `$5 million` is not in `$5 millions`, nor `5` in `1.5`."""
    return [place for place in places if not _cuts(text, place.start) and not _cuts(text, place.end)]


def _cuts(text: str, at: int) -> bool:
    """Say whether a place lies within a word or a number."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if left.isalnum() and right.isalnum():
        return True
    before, after = text[at - 2 : at - 1].isdigit(), text[at + 1 : at + 2].isdigit()
    return (left in ".," and before and right.isdigit()) or (right in ".," and left.isdigit() and after)


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """Count the characters that two stretches begin with in common."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
