"""Where the segments of a quotation stand in a document: word for word, in parts, or in other words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from averment.citations.changes import changes_between, matched
from averment.citations.editing import Join, Segment
from averment.citations.outcomes import Change
from averment.citations.words import Text

__all__ = ["Placed", "Placer"]

_MOST_INSERTED = 10
"""Words of the document that words in square brackets may stand for."""

_MOST_OMITTED = 400
"""Words that a mark of omission may stand for; what is farther apart is not one speech."""

_COMMON = 400
"""A word that occurs more often than this in a document does not help to find a passage."""

_KEPT = 0.5
"""The part of a segment's words that must be there for it to be that passage, altered."""

_LEAST_RUN = 3
"""Words that a part of a spliced quotation has at least; fewer stand together by chance."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a quotation stands: the document's words for each segment, what differs, and whether the order holds."""

    ranges: tuple[range, ...]
    changes: tuple[Change, ...] = ()
    is_spliced: bool = False

    @property
    def whole(self) -> range:
        """From the first word to the last."""
        return range(min(r.start for r in self.ranges), max(r.stop for r in self.ranges))


class Placer:
    """A document with its words by what they are compared by."""

    def __init__(self, text: str) -> None:
        """Cut the document into words; the index is made when it is first needed."""
        self.text = Text(text)

    @cached_property
    def _at(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.text.words):
            found.setdefault(word.key.lower(), []).append(number)
        return found

    def place(self, quotation: Sequence[Segment]) -> Placed | None:
        """Give the place where a quotation stands best; None where it stands nowhere in this document."""
        exact = [self._exact(segment) for segment in quotation]
        if all(exact):
            chain = next(self._chains(quotation, exact), None)
            if chain is not None:
                return Placed(chain, self._changes(quotation, chain))
            return Placed(tuple(places[0] for places in exact), is_spliced=True)
        if len(quotation) == 1 and (spliced := self._spliced(quotation[0])) is not None:
            return spliced
        return self._altered(quotation, exact)

    # ---- Word for word --------------------------------------------------------------------------------------------

    def _exact(self, segment: Segment) -> list[range]:
        return self._places([word.key.lower() for word in segment.quoted])

    def _places(self, keys: list[str]) -> list[range]:
        """Give every place at which these words follow each other, capitals aside."""
        rarest = min(range(len(keys)), key=lambda i: len(self._at.get(keys[i], ())))
        words = self.text.words
        found = []
        for at in self._at.get(keys[rarest], ()):
            start = at - rarest
            stop = start + len(keys)
            if start >= 0 and [word.key.lower() for word in words[start:stop]] == keys:
                found.append(range(start, stop))
        return found

    def _chains(self, quotation: Sequence[Segment], exact: list[list[range]]) -> Iterator[tuple[range, ...]]:
        """Give the ways to take one place for each segment so that the joints hold, the first in the text first."""
        for first in exact[0]:
            chain = [first]
            for segment, places in zip(quotation[1:], exact[1:], strict=True):
                most = _MOST_INSERTED if segment.join is Join.INSERTION else _MOST_OMITTED
                following = [p for p in places if 0 <= p.start - chain[-1].stop <= most]
                if not following:
                    break
                chain.append(min(following, key=lambda p: p.start))
            else:
                yield tuple(chain)

    def _changes(self, quotation: Sequence[Segment], ranges: Sequence[range]) -> tuple[Change, ...]:
        """Give what differs between the document, which is the old text here, and the quotation."""
        pairs = zip(quotation, ranges, strict=True)
        return tuple(
            change for part, place in pairs for change in changes_between(self.text, place, part.text, part.words)
        )

    # ---- In parts -------------------------------------------------------------------------------------------------

    def _spliced(self, segment: Segment) -> Placed | None:
        """`We paid. It is over` of `We paid. [much more] It is over`: two passages in one, with no mark between."""
        keys = [word.key.lower() for word in segment.quoted]
        cut = self._longest(keys)
        if not _LEAST_RUN <= cut <= len(keys) - _LEAST_RUN:
            return None
        heads, tails = self._places(_spoken(keys[:cut])), self._places(_spoken(keys[cut:]))
        if not tails:
            return None
        head = heads[0]
        tail = min(tails, key=lambda p: (p.start < head.stop, abs(p.start - head.stop)))
        if 0 <= tail.start - head.stop <= _LEAST_RUN:
            return None  # a word or two left out: the passage is altered
        return Placed((head, tail), is_spliced=True)

    def _longest(self, keys: list[str]) -> int:
        """Give how many words from the first on stand together somewhere; where some do, so do fewer."""
        low, high = 0, len(keys)
        while low < high:
            middle = (low + high + 1) // 2
            if self._places(_spoken(keys[:middle])):
                low = middle
            else:
                high = middle - 1
        return low

    # ---- In other words -------------------------------------------------------------------------------------------

    def _altered(self, quotation: Sequence[Segment], exact: list[list[range]]) -> Placed | None:
        """Place what is not there word for word where most of its words are."""
        ranges: list[range] = []
        for segment, places in zip(quotation, exact, strict=True):
            best = places[0] if places else self._nearest(segment)
            if best is None:
                return None
            ranges.append(best)
        spliced = any(later.start < earlier.start for earlier, later in pairwise(ranges))
        return Placed(tuple(ranges), self._changes(quotation, ranges), is_spliced=spliced)

    def _nearest(self, segment: Segment) -> range | None:
        """Give the stretch of about the segment's length that shares most of its words in their order."""
        keys = [word.key.lower() for word in segment.quoted]
        spoken = [key for key in keys if key[0].isalnum()]
        best: tuple[int, range] | None = None
        for start in self._candidates(keys):
            low, high = max(0, start - len(keys) // 2 - 2), min(len(self.text.words), start + 2 * len(keys) + 2)
            runs = matched(self.text.words[low:high], segment.quoted)
            shared = sum(
                word.key[0].isalnum() for first, _, size in runs for word in self.text.words[low + first :][:size]
            )
            if runs and (best is None or shared > best[0]):
                first, last = runs[0], runs[-1]
                begin = max(low, low + first[0] - first[1])
                end = min(high, low + last[0] + last[2] + (len(keys) - last[1] - last[2]))
                best = shared, range(begin, end)
        return best[1] if best is not None and best[0] >= max(2, _KEPT * len(spoken)) else None

    def _candidates(self, keys: list[str]) -> list[int]:
        """Give the places at which a passage with these words could begin, the likeliest first."""
        width = max(4, len(keys) // 2)
        votes: Counter[int] = Counter()
        for number, key in enumerate(keys):
            places = self._at.get(key, ())
            if len(places) <= _COMMON:
                votes.update((at - number) // width for at in places)
        return [bucket * width for bucket, _ in votes.most_common(4)]


def _spoken(keys: list[str]) -> list[str]:
    """Leave marks off both ends: those where two passages were joined are the journalist's."""
    spoken = [number for number, key in enumerate(keys) if key[0].isalnum()]
    return keys[spoken[0] : spoken[-1] + 1] if spoken else keys
