"""Where the words of an annotation are in a stored text, and how sure that is."""

import re
from functools import cached_property
from itertools import islice

from averment.annotations.model import Place
from averment.citations.offsets import Unit, from_unit
from averment.citations.outcomes import Finding, Outcome
from averment.extract.verbatim import Words
from averment.model import Span

__all__ = ["Anchors"]

_MOST_PLACES = 200
"""Places with the same words that are looked at; words that stand so often have to be told by their offsets."""

_MOST_EFFORT = 50_000_000
"""Tokens that are compared, for all annotations of a text together, to find words in another form, before it is given
up and words are called missing."""

_NOWHERE = Span(0, 1)
"""Stands for the place in the annotator's text, which is not known."""


class Anchors:
    """A stored text in which annotations are looked for."""

    def __init__(self, text: str, unit: Unit) -> None:
        """Take offsets of annotations in a unit."""
        self.text = text
        self._unit = unit
        self._known: dict[str, tuple[Span, ...]] = {}
        self._effort = _MOST_EFFORT

    @cached_property
    def _words(self) -> Words:
        return Words(self.text)

    def find(self, place: Place, *, is_same_text: bool) -> Finding:
        """Say where the words of an annotation are.

        Offsets alone count only where the annotation names this very text: elsewhere other words may stand there.
        """
        stated = self._stated(place)
        if place.exact is None:
            return _found(Outcome.EXACT, stated) if stated and is_same_text else Finding(
                span=_NOWHERE, outcome=Outcome.MISSING
            )  # fmt: skip
        if stated is not None and stated.of(self.text) == place.exact:
            return _found(Outcome.EXACT, stated)
        same = self._same(place.exact)
        outcome = Outcome.MOVED if stated or place.start is not None else Outcome.EXACT
        places = same or self._in_another_form(place.exact)
        return self._chosen(place, places, outcome if same else Outcome.REFORMATTED)

    def _stated(self, place: Place) -> Span | None:
        """Give the stretch that the offsets name, if they name one."""
        if place.start is None or place.end is None:
            return None
        try:
            return from_unit(self.text, place.start, place.end, self._unit)
        except ValueError:
            return None

    def _same(self, words: str) -> tuple[Span, ...]:
        """Give the places of the same words, to the character."""
        if words not in self._known:
            found = re.finditer(re.escape(words), self.text) if words else iter(())
            self._known[words] = tuple(Span(m.start(), m.end()) for m in islice(found, _MOST_PLACES))
        return self._known[words]

    def _in_another_form(self, words: str) -> tuple[Span, ...]:
        """Give the places of the same words in another spacing, with other marks or in another Unicode form."""
        key = f"\n{words}"
        if key not in self._known:
            self._effort -= len(words)
            self._effort -= self._words.effort(words) if self._effort > 0 else 0
            self._known[key] = self._words.occurrences(words)[:_MOST_PLACES] if self._effort > 0 else ()
        return self._known[key]

    def _chosen(self, place: Place, places: tuple[Span, ...], outcome: Outcome) -> Finding:
        """Choose the place around which the most is as the annotation has it."""
        if not places:
            return Finding(span=_NOWHERE, outcome=Outcome.MISSING)
        scores = [self._around(place, span) for span in places]
        best = [span for span, score in zip(places, scores, strict=True) if score == max(scores)]
        if len(best) > 1:
            return Finding(span=_NOWHERE, outcome=Outcome.AMBIGUOUS, places=tuple(best))
        return _found(outcome, best[0])

    def _around(self, place: Place, span: Span) -> int:
        before = self.text[max(0, span.start - len(place.prefix)) : span.start]
        after = self.text[span.end : span.end + len(place.suffix)]
        return _shared(before[::-1], place.prefix[::-1]) + _shared(after, place.suffix)


def _found(outcome: Outcome, span: Span) -> Finding:
    return Finding(span=span, outcome=outcome, found=span)


def _shared(one: str, other: str) -> int:
    """Count the characters that two texts begin with in common."""
    length = min(len(one), len(other))
    return next((n for n in range(length) if one[n] != other[n]), length)
