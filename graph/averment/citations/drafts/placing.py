"""Where the segments of a quotation stand in a document: word for word, in parts, or in other words."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice, pairwise

from averment.citations.changes import changes_between, matched
from averment.citations.drafts.editing import Join, Segment
from averment.citations.outcomes import Change
from averment.citations.words import Text

__all__ = ["Placed", "Placer"]

_MOST_INSERTED = 10
"""Words of the document that words in square brackets may stand for."""

_MOST_OMITTED = 400
"""Words that a mark of omission may stand for; what is farther apart is not one speech."""

_MOST_PLACES = 50
"""Places with the same words that are judged."""

_MOST_BEGINNINGS = 1_000
"""Places of a quotation's first words from which the others are looked for."""

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

    def __init__(self, text: str, whole: AbstractSet[str] = frozenset()) -> None:
        """Cut the document into words, see `Text`; the index is made when it is first needed."""
        self.text = Text(text, whole=whole)

    @cached_property
    def _at(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.text.words):
            found.setdefault(word.key.lower(), []).append(number)
        return found

    def places(self, quotation: Sequence[Segment]) -> Iterator[Placed]:
        """Give the places at which a quotation stands best, the first in the text first; none where it stands nowhere.

        They are several only where it stands word for word.
        """
        exact = [self._places(_keys(segment)) for segment in quotation]
        if all(exact):
            chains = list(islice(self._chains(quotation), _MOST_PLACES))
            yield from (Placed(chain, self._changes(quotation, chain)) for chain in chains)
            if not chains:
                yield Placed(tuple(places[0] for places in exact), is_spliced=True)
        elif len(quotation) == 1 and (spliced := self._spliced(quotation[0])) is not None:
            yield spliced
        elif (altered := self._altered(quotation, exact)) is not None:
            yield altered

    # ---- Word for word --------------------------------------------------------------------------------------------

    @cached_property
    def _written(self) -> tuple[str, list[int]]:
        """The words in small letters with a space before each, and where these spaces are."""
        keys = [word.key.lower() for word in self.text.words]
        return f" {' '.join(keys)} ", [0, *accumulate(len(key) + 1 for key in keys)]

    def _found(self, keys: list[str], first: int, most: int) -> Iterator[range]:
        """Give the places at which these words follow each other, from one word on and so many words behind it."""
        written, spaces = self._written
        wanted = f" {' '.join(keys)} "
        last = spaces[min(len(spaces) - 1, first + most)]
        at = written.find(wanted, spaces[first], last + len(wanted))
        while at >= 0:
            number = bisect_left(spaces, at)
            yield range(number, number + len(keys))
            at = written.find(wanted, at + 1, last + len(wanted))

    def _places(self, keys: list[str]) -> list[range]:
        """Give the first places at which these words follow each other, capitals aside."""
        return list(islice(self._found(keys, 0, len(self.text.words)), _MOST_PLACES))

    def _chains(self, quotation: Sequence[Segment]) -> Iterator[tuple[range, ...]]:
        """Give the ways to take one place for each segment so that the joints hold, the first in the text first."""
        keys = [_keys(segment) for segment in quotation]
        for first in islice(self._found(keys[0], 0, len(self.text.words)), _MOST_BEGINNINGS):
            chain = [first]
            for segment, wanted in zip(quotation[1:], keys[1:], strict=True):
                most = _MOST_INSERTED if segment.join is Join.INSERTION else _MOST_OMITTED
                following = next(self._found(wanted, chain[-1].stop, most), None)
                if following is None:
                    break
                chain.append(following)
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
        keys = _keys(segment)
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
        keys = _keys(segment)
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
                best = shared, self._with_exchanged(range(begin, end), range(low, high), keys)
        return best[1] if best is not None and best[0] >= max(2, _KEPT * len(spoken)) else None

    def _with_exchanged(self, found: range, near: range, keys: list[str]) -> range:
        """Widen a stretch to where all of its words stand, in any order: two names may have changed places."""
        words = [word.key.lower() for word in self.text.words[near.start : near.stop]]
        wanted, size = Counter(keys), len(keys)
        missing, most, at = size, 0, 0
        for number, word in enumerate(words):
            missing -= wanted[word] > 0
            wanted[word] -= 1
            if number >= size:
                wanted[words[number - size]] += 1
                missing += wanted[words[number - size]] > 0
            if size - missing > most:
                most, at = size - missing, number
        there = Counter(words[found.start - near.start : found.stop - near.start]) & Counter(keys)
        if most <= there.total():
            return found
        begin = near.start + max(0, at - size + 1)
        return range(min(found.start, begin), max(found.stop, near.start + at + 1))

    def _candidates(self, keys: list[str]) -> list[int]:
        """Give the places at which a passage with these words could begin, the likeliest first."""
        width = max(4, len(keys) // 2)
        votes: Counter[int] = Counter()
        for number, key in enumerate(keys):
            places = self._at.get(key, ())
            if len(places) <= _COMMON:
                votes.update((at - number) // width for at in places)
        return [bucket * width for bucket, _ in votes.most_common(4)]


def _keys(segment: Segment) -> list[str]:
    return [word.key.lower() for word in segment.quoted]


def _spoken(keys: list[str]) -> list[str]:
    """Leave marks off both ends: those where two passages were joined are the journalist's."""
    spoken = [number for number, key in enumerate(keys) if key[0].isalnum()]
    return keys[spoken[0] : spoken[-1] + 1] if spoken else keys
