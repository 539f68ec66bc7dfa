"""Two stretches of words compared word by word: what changed, and whether that bears meaning."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from averment.citations.critical import Critical, are_opposites, critical_kinds, spelled_out
from averment.citations.outcomes import Change, Outcome
from averment.citations.words import Text, Word

__all__ = ["changes_between", "matched", "verdict"]

_SIGNS = {"-", "+"}


def matched(old: Sequence[Word], new: Sequence[Word]) -> list[tuple[int, int, int]]:
    """Give the runs of words that both have, as (first in old, first in new, length); capitals do not matter."""
    matcher = SequenceMatcher(
        None, [word.key.lower() for word in old], [word.key.lower() for word in new], autojunk=False
    )
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size]


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
            yield _change(old, a[i:first], new, b[j:second])
        for one, other in zip(a[first : first + size], b[second : second + size], strict=True):
            if one.key != other.key and not (one.opens or other.opens):
                yield _change(old, [one], new, [other])
        i, j = first + size, second + size


def _change(old: Text, gone: list[Word], new: Text, come: list[Word]) -> Change:
    return Change(old=_written(old, gone), new=_written(new, come), critical=_critical(gone, come))


def _written(text: Text, words: list[Word]) -> str:
    return " ".join(text.text[words[0].start : words[-1].end].split()) if words else ""


def _critical(gone: list[Word], come: list[Word]) -> tuple[Critical, ...]:
    """Say why a replacement matters; spelling a contraction out, or contracting it, does not."""
    if spelled_out([word.key for word in gone]) == spelled_out([word.key for word in come]):
        return () if [w.key.lower() for w in gone] != [w.key.lower() for w in come] else _of_capitals(gone, come)
    kinds = {kind for word in (*gone, *come) for kind in critical_kinds(word)}
    if any(are_opposites(one.key, other.key) for one in gone for other in come):
        kinds.add(Critical.NEGATION)
    if any(word.key in _SIGNS for word in (*gone, *come)) and not kinds and len(gone) != len(come):
        kinds |= {Critical.NUMBER} if any(_is_sign(part) for part in (gone, come)) else set()
    return tuple(sorted(kinds))


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
