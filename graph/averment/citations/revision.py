"""Where the passages of a text stand in another version of it, and what became of them.

The versions are laid side by side, first sentence by sentence, then word by word where sentences differ. A passage is
what the words around it say it is; what is nowhere beside its old neighbours is looked for elsewhere, word for word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from averment.citations.alignment import Alignment
from averment.citations.changes import changes_between, verdict
from averment.citations.critical import Critical, critical_kinds
from averment.citations.hunks import Hunk, Hunks
from averment.citations.outcomes import Change, Finding, Outcome
from averment.citations.words import Text, Word, is_inner
from averment.model import Span

__all__ = ["Revision"]

_CONTEXT = 80
"""Code points on either side by which equal words at several places are told apart."""

_MOST_PLACES = 200
"""Places with the same words that are looked at; a passage that stands so often is ambiguous anyway."""

_KEPT = 0.5
"""The part of a passage's words that must be left for it to be the same passage, altered."""

_REACHING = {Critical.NEGATION, Critical.HEDGE, Critical.MODAL, Critical.COMPARATOR}
"""What these words do, they do to their neighbours; of other words one instead of another is their own matter."""

_REACH = 12
"""Words beside a passage that may turn it."""

_SHORT = 4
"""So few words can be exchanged altogether between neighbours that stay."""


class Revision:
    """An old text and a new one."""

    def __init__(self, old: str, new: str) -> None:
        """Compare nothing yet: that is done when the first passage is looked for."""
        self.old, self.new = old, new

    @cached_property
    def _hunks(self) -> Hunks:
        return Hunks(self.old, self.new)

    @cached_property
    def _at_hunks(self) -> "_Beside":
        return _Beside(self.old, self.new, self._hunks.windows)

    @cached_property
    def _everywhere(self) -> "_Beside":
        return _Beside(self.old, self.new, [self._hunks.whole])

    def finding(self, span: Span) -> Finding:
        """Say what became of the words at `span`, code points of the old text."""
        if self.old == self.new:
            return Finding(span=span, outcome=Outcome.EXACT, found=span)
        if not self._hunks.near(span):
            found = self._hunks.shifted(span)
            return Finding(span=span, outcome=Outcome.EXACT if found == span else Outcome.MOVED, found=found)
        return (self._at_hunks if self._hunks.hold(span) else self._everywhere).finding(span)


class _Beside(Alignment):
    """Both texts side by side, within some windows, with the judgement on each passage."""

    def __init__(self, old: str, new: str, windows: Sequence[Hunk]) -> None:
        super().__init__(old, new, windows)
        self.old, self.new = old, new

    def finding(self, span: Span) -> Finding:
        """Say what became of the words at `span`, which lies within a window."""
        aligned = self.aligned(span)
        turned = self._turned(span, aligned) if aligned is not None else ()
        if aligned is not None and turned:
            changes = (*self._changes(span, aligned), *turned)
            return Finding(span=span, outcome=verdict(changes), found=aligned, changes=changes)
        if aligned is not None and aligned.of(self.new) == span.of(self.old):
            return self._same(span, aligned)
        if aligned is not None and self._is_left(span, aligned):
            return self._altered(span, aligned)
        return self._elsewhere(span) or Finding(span=span, outcome=Outcome.MISSING)

    def _same(self, span: Span, aligned: Span) -> Finding:
        """Judge a passage whose words are left: copies of one that moved are as good, unless the context tells."""
        if aligned == span:
            return Finding(span=span, outcome=Outcome.EXACT, found=span)
        return self._chosen(span, [aligned, *(p for p in self._copies(span) if p != aligned)], Outcome.MOVED)

    # ---- Judging --------------------------------------------------------------------------------------------------

    def _turned(self, span: Span, aligned: Span) -> tuple[Change, ...]:
        """Give the words right beside a passage that were put there or taken away, and turn it: `not`, `if ...`."""
        these, those = self.before.range_of(span), self.after.range_of(aligned)
        found = []
        for step, old, new in ((-1, these.start, those.start), (1, these.stop - 1, those.stop - 1)):
            gone = [self.before.words[n] for n in self._beside(self.before, old, step) if not self.stays(n)]
            come = [self.after.words[n] for n in self._beside(self.after, new, step) if n not in self.partnered]
            kinds = (_turning(gone) ^ _turning(come)) | ((_turning(gone) | _turning(come)) & _REACHING)
            if kinds:
                found.append(Change(old=_joined(gone), new=_joined(come), critical=tuple(sorted(kinds))))
        return tuple(found)

    def _beside(self, text: Text, edge: int, step: int) -> Iterator[int]:
        """Give the words beside a passage's edge, the nearest first, as far as they are the other text's no more."""
        is_old = text is self.before
        for number in range(edge + step, edge + step * (_REACH + 1), step):
            inner = text.words[number - step] if 0 <= number < len(text.words) else None
            if inner is None or (step < 0 and inner.opens) or (step > 0 and text.words[number].opens):
                return
            is_left = self.stays(number) if is_old else number in self.partnered
            if is_left or text.words[number].key in {".", "!", "?"}:
                return
            yield number

    def _changes(self, span: Span, aligned: Span) -> tuple[Change, ...]:
        these, those = self.before.range_of(span), self.after.range_of(aligned)
        return changes_between(self.before, these, self.after, those)

    def _altered(self, span: Span, aligned: Span) -> Finding:
        """Judge a passage that stands between its old neighbours in other words."""
        changes = self._changes(span, aligned)
        return Finding(span=span, outcome=verdict(changes), found=aligned, changes=changes)

    def _is_left(self, span: Span, aligned: Span) -> bool:
        """Say whether enough of a passage's words are left, or so few are exchanged that it is still the place."""
        these, those = self.before.range_of(span), self.after.range_of(aligned)
        spoken = [word for word in these if self.before.words[word].key[0].isalnum()]
        kept = sum(partner in those for word in spoken if (partner := self.partner[word]) is not None)
        if kept >= _KEPT * len(spoken) and kept:
            return True
        between = self.stays(these.start - 1) and self.stays(these.stop)
        return between and len(spoken) <= _SHORT and len(those) <= len(these) + _SHORT

    # ---- Elsewhere ------------------------------------------------------------------------------------------------

    def _elsewhere(self, span: Span) -> Finding | None:
        """Look for the same words anywhere: to the character first, then in another form."""
        moved = self._copies(span)
        outcome = Outcome.MOVED if moved else Outcome.REFORMATTED
        places = moved or [place for place in self._in_another_form(span) if self.is_new(place)]
        return self._chosen(span, places, outcome) if places else None

    def _copies(self, span: Span) -> list[Span]:
        """Give the places at which the same words, to the character, were put."""
        same = (Span(m.start(), m.end()) for m in re.finditer(re.escape(span.of(self.old)), self.new))
        return list(islice((p for p in same if _is_whole(self.new, p) and self.is_new(p)), _MOST_PLACES))

    def _chosen(self, span: Span, places: list[Span], outcome: Outcome) -> Finding:
        best = self._best(span, places)
        if len(best) > 1:
            return Finding(span=span, outcome=Outcome.AMBIGUOUS, places=tuple(sorted(best)))
        if outcome is Outcome.MOVED and best[0] == span:
            outcome = Outcome.EXACT
        return Finding(span=span, outcome=outcome, found=best[0])

    def _in_another_form(self, span: Span) -> list[Span]:
        """Give the places with the same words, capitals too, in another spacing, with other marks or Unicode form."""
        these = self.before.range_of(span)
        wanted = [self.before.words[word].key for word in these]
        starts = self._by_key.get(wanted[0], ()) if wanted else ()
        keys = self._keys
        found = (range(at, at + len(wanted)) for at in starts if keys[at : at + len(wanted)] == wanted)
        places = (self.after.span_of(words) for words in islice(found, _MOST_PLACES))
        return [place for place in places if place is not None]

    @cached_property
    def _keys(self) -> list[str]:
        return [word.key for word in self.after.words]

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


def _turning(words: Sequence[Word]) -> set[Critical]:
    """Say what words beside a passage do to it, the nearest first; a name does only where it adjoins."""
    kinds = {kind for word in words for kind in critical_kinds(word)} - {Critical.NAME}
    return kinds | (set(critical_kinds(words[0])) if words else set())


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.key for word in sorted(words, key=lambda word: word.start))


def _is_whole(text: str, place: Span) -> bool:
    """Say whether a place does not cut a word: `$5 million` is not in `$5 millions`, nor `5` in `1.5`."""
    return not _cuts(text, place.start) and not _cuts(text, place.end)


def _cuts(text: str, at: int) -> bool:
    """Say whether a place lies within a word or a number."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if unicodedata.category(right)[0] == "M" or (is_inner(left) and right.isalnum()):
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
