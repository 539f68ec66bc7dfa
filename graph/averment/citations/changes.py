"""Two stretches of words compared word by word: what changed, and whether that bears meaning."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from averment.citations.critical import Critical, are_numerals, are_opposites, critical_kinds, spelled_out
from averment.citations.outcomes import Change, Outcome
from averment.citations.words import Text, Word

__all__ = ["changes_between", "common_runs", "matched", "shared_ends", "verdict"]

_SIGNS = {"-", "+"}
_MOST_COMPARED = 4_000_000
"""Pairs of things above which two stretches are first cut where something stands once in both."""

_MOST_EQUAL = 200_000
"""Equal pairs above which the same is done: each may have to be looked at again for every run that is found."""

_DEEPEST = 8
"""How often a stretch is cut so; what is still too much alike then is taken as rewritten."""


def matched(old: Sequence[Word], new: Sequence[Word]) -> list[tuple[int, int, int]]:
    """Give the runs of words that both have, as (first in old, first in new, length); capitals do not matter."""
    return common_runs([word.key.lower() for word in old], [word.key.lower() for word in new])


def shared_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Count what two sequences begin with in common, and what they end with, nothing counted twice."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    return head, next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)


def common_runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Give what two sequences have in common, as (first in old, first in new, length).

    What both begin and end with belongs together, so that of several equal things the one that changed is found.
    """
    return [run for run in _runs(old, new, 0) if run[2]]


def _runs(old: Sequence[str], new: Sequence[str], depth: int) -> Iterator[tuple[int, int, int]]:
    head, tail = shared_ends(old, new)
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    yield 0, 0, head
    for i, j, size in _between(a, b, depth):
        yield head + i, head + j, size
    yield len(old) - tail, len(new) - tail, tail


def _between(a: Sequence[str], b: Sequence[str], depth: int) -> Iterator[tuple[int, int, int]]:
    """Give the runs of stretches that neither begin nor end alike, in time that does not explode."""
    if _is_small(a, b):
        yield from SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    elif depth < _DEEPEST and (anchors := _anchors(a, b)):
        at, to = 0, 0
        for i, j, size in [*_joined(anchors), (len(a), len(b), 0)]:
            yield from ((at + x, to + y, length) for x, y, length in _runs(a[at:i], b[to:j], depth + 1))
            yield i, j, size
            at, to = i + size, j + size


def _joined(anchors: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Give anchors that follow each other in both as one run, with its length."""
    runs: list[tuple[int, int, int]] = []
    for i, j in anchors:
        if runs and (i, j) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    return runs


def _is_small(a: Sequence[str], b: Sequence[str]) -> bool:
    if len(a) * len(b) > _MOST_COMPARED:
        return False
    counts = Counter(b)
    return sum(counts[one] for one in a) <= _MOST_EQUAL


def _anchors(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Give what stands once in both, as far as it has the same order: the longest rising row, by patience sorting."""
    once = {one for one, count in Counter(a).items() if count == 1} & {one for one, n in Counter(b).items() if n == 1}
    place = {one: j for j, one in enumerate(b) if one in once}
    piles: list[int] = []
    back: dict[int, int | None] = {}
    at = {place[one]: i for i, one in enumerate(a) if one in once}
    for j in at:
        pile = bisect_left(piles, j)
        back[j] = piles[pile - 1] if pile else None
        piles[pile : pile + 1] = [j]
    row: list[int] = []
    end = piles[-1] if piles else None
    while end is not None:
        row.append(end)
        end = back[end]
    return [(at[j], j) for j in reversed(row)]


def changes_between(old: Text, these: range, new: Text, those: range) -> tuple[Change, ...]:
    """Give what differs between some words of one text and some of another, in order."""
    a, b = old.words[these.start : these.stop], new.words[those.start : those.stop]
    found = list(_replaced(old, a, new, b, matched(a, b)))
    return tuple(found)


def _replaced(
    old: Text, a: list[Word], new: Text, b: list[Word], runs: Iterable[tuple[int, int, int]]
) -> Iterator[Change]:
    i = j = 0
    for first, second, size in [*runs, (len(a), len(b), 0)]:
        if i < first or j < second:
            yield _change(old, a[i:first], new, b[j:second], before=a[i - 1] if i else None)
        for one, other in zip(a[first : first + size], b[second : second + size], strict=True):
            if one.key != other.key and not ((one.opens or other.opens) and one.key[1:] == other.key[1:]):
                yield _change(old, [one], new, [other])
        i, j = first + size, second + size


def _change(old: Text, gone: list[Word], new: Text, come: list[Word], before: Word | None = None) -> Change:
    critical = _critical(gone, come)
    if not critical and are_numerals([*gone, *come], before):
        critical = (Critical.NUMBER,)
    return Change(old=_written(old, gone), new=_written(new, come), critical=critical)


def _written(text: Text, words: list[Word]) -> str:
    return " ".join(text.text[words[0].start : words[-1].end].split()) if words else ""


def _critical(gone: list[Word], come: list[Word]) -> tuple[Critical, ...]:
    """Say why a replacement matters; spelling a contraction out, or contracting it, does not."""
    if spelled_out([word.key for word in gone]) == spelled_out([word.key for word in come]):
        return () if [w.key.lower() for w in gone] != [w.key.lower() for w in come] else _of_capitals(gone, come)
    kinds = {kind for word in (*gone, *come) for kind in critical_kinds(word)}
    if any(_is_exchanged_name(one, other) for one in gone for other in come):
        kinds.add(Critical.NAME)
    if any(are_opposites(one.key, other.key) for one in gone for other in come):
        kinds.add(Critical.NEGATION)
    if any(word.key in _SIGNS for word in (*gone, *come)) and not kinds and len(gone) != len(come):
        kinds |= {Critical.NUMBER} if any(_is_sign(part) for part in (gone, come)) else set()
    return tuple(sorted(kinds))


def _is_exchanged_name(one: Word, other: Word) -> bool:
    """`Smith paid` became `Jones paid`: at the head of a sentence a capital alone does not tell a name."""
    capitals = one.key[0].isupper() and other.key[0].isupper()
    return capitals and one.opens and other.opens and one.key.lower() != other.key.lower()


def _of_capitals(gone: list[Word], come: list[Word]) -> tuple[Critical, ...]:
    """`US` is not `us`: a capital within a sentence makes a name of a word."""
    kinds = {kind for word in (*gone, *come) for kind in critical_kinds(word) if kind is Critical.NAME}
    return tuple(sorted(kinds))


def _is_sign(words: list[Word]) -> bool:
    """A lone dash that was put in or taken out may be the sign of a number."""
    return len(words) == 1 and words[0].key in _SIGNS


def verdict(changes: Iterable[Change]) -> Outcome:
    """Give the outcome for words with these changes, all else being the same."""
    found = list(changes)
    if not found:
        return Outcome.REFORMATTED
    return Outcome.ALTERED_CRITICAL if any(change.critical for change in found) else Outcome.ALTERED
