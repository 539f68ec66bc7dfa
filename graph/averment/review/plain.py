"""Whether the words of a claim say it outright, so that its content alone says no more than they do.

The content of a claim has no place for a negation, a condition, a hedge or a question, within the clause or around it:
`It is not true that she paid`, `If she paid, ...`, `Did she pay?`, `She almost paid`.
"""

from functools import lru_cache
from itertools import pairwise

from averment.citations.governing import governing
from averment.citations.turning import Turning, turning
from averment.citations.words import Text
from averment.model import Span

__all__ = ["turnings"]

_SHORT_OF = {
    "almost", "nearly", "would", "could", "should", "might", "may", "accused", "acquitted", "suspected", "charged",
    "supposed",
}  # fmt: skip
"""Words of a clause beside which nobody says that it happened."""

_DISMISSED = {
    "claim", "claims", "allegation", "allegations", "accusation", "accusations", "charge", "charges", "rumor", "rumors",
}  # fmt: skip
"""What is only claimed, when `that` goes on with it: `dropped claims that ...`."""

_REACH = 4
"""Words before a claim among which one is looked for that it hangs on."""


def turnings(text: str, span: Span) -> set[Turning]:
    """Give what is done to the words at `span` of a text, within them and around them, that their content lacks."""
    words = _text(text)
    place = words.range_of(span)
    own = words.words[place.start : place.stop]
    found = {turn.kind for turn in (*turning(own), *governing(words, place))}
    keys = [word.key.lower() for word in words.words[max(0, place.start - _REACH) : place.stop]]
    is_dismissed = any(pair[0] in _DISMISSED and pair[1] == "that" for pair in pairwise(keys))
    if is_dismissed or _SHORT_OF & {word.key.lower() for word in own} or _is_asked(words, place.stop):
        found.add(Turning.ATTITUDE)
    return found


@lru_cache(maxsize=8)
def _text(text: str) -> Text:
    """Cut a text into words once for all of its claims."""
    return Text(text)


def _is_asked(words: Text, stop: int) -> bool:
    """Say whether the sentence that goes on at a word ends as a question."""
    rest = (word.key for word in words.words[stop - 1 if stop else 0 :])
    return next((key for key in rest if key in {".", "!", "?"}), ".") == "?"
