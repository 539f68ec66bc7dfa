"""Words that turn what they govern: `not`, `if`, `perhaps`, `hope`; said without them, it is something else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from averment.citations.critical import spelled_out
from averment.citations.words import Word
from averment.extract.lexicon import DENIAL_VERBS, HEDGES

__all__ = ["CONDITIONS", "DENIALS", "Turn", "Turning", "turning", "unmatched"]

_NEAR = 4
"""Words between a negation and a denial that it takes back: `did not seriously doubt`."""


class Turning(StrEnum):
    """What a word does to the words that it governs."""

    NEGATION = "negation"
    CONDITION = "condition"
    HEDGE = "hedge"
    ATTITUDE = "attitude"


@dataclass(frozen=True, slots=True)
class Turn:
    """A word that turns what it governs."""

    kind: Turning
    written: str
    at: int
    """Where it stands, in code points."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _forms(verbs: frozenset[str]) -> frozenset[str]:
    """Give a verb's forms: `deny`, `denies`, `denied`, `denying`."""
    found = set(verbs)
    for verb in verbs:
        stem = verb[:-1] if verb[-1] in "ey" else verb
        third = f"{stem}ies" if verb[-1] == "y" else f"{verb}es" if verb.endswith(("ss", "sh")) else f"{verb}s"
        found |= {third, f"{stem}ied" if verb[-1] == "y" else f"{stem}ed"}
        found |= {f"{verb}ing" if verb[-1] != "e" else f"{stem}ing", f"{verb}ted", f"{verb}ting"}
    return frozenset(found)


_NEGATIONS = _words("not no never none nobody nothing neither nor nowhere without hardly scarcely barely")
DENIALS = _forms(DENIAL_VERBS | _words("doubt fail refuse decline")) | _words(
    "unable unwilling impossible unlikely denial doubtful false falsely falsehood untrue wrong myth fiction "
    "hoax nonsense baseless unfounded lied lying wrongly mistakenly erroneously incorrectly mistaken incorrect"
)
_TAKEN_BACK = _forms(_words("doubt deny dispute fail")) | {"false", "untrue"}
"""With a negation before them they affirm; who does not reject something has not said it."""

CONDITIONS = _words("if unless whether except provided providing assuming lest otherwise")
_HEDGES = HEDGES | _words(
    "alleged perhaps maybe possibly might could rumored rumoured rumor rumour rumors rumours unproven unconfirmed"
)
_ATTITUDES = _forms(_words("pretend imagine suspect fear wish hope dream")) | _words("guess guessed supposing")

_KINDS: dict[str, Turning] = {
    **dict.fromkeys(_NEGATIONS | DENIALS, Turning.NEGATION),
    **dict.fromkeys(CONDITIONS, Turning.CONDITION),
    **dict.fromkeys(_HEDGES, Turning.HEDGE),
    **dict.fromkeys(_ATTITUDES, Turning.ATTITUDE),
}


_PHRASES: dict[tuple[str, str], Turning] = {
    ("a", "lie"): Turning.NEGATION,
    ("short", "of"): Turning.NEGATION,
    ("or", "so"): Turning.HEDGE,
    ("-", "called"): Turning.HEDGE,
    ("only", "when"): Turning.CONDITION,
    ("only", "after"): Turning.CONDITION,
    ("only", "once"): Turning.CONDITION,
    ("as", "long"): Turning.CONDITION,
    ("so", "long"): Turning.CONDITION,
    ("in", "case"): Turning.CONDITION,
}
_SEVERAL = _words("a the these those last next first past")
"""Before `few` they leave it some; without them it is hardly any."""


def _kind(words: Sequence[Word], number: int) -> Turning | None:
    """Say what a word does to others, alone or with the word before it."""
    key, before = words[number].key.lower(), words[number - 1].key.lower() if number else ""
    if key == "few":
        return None if before in _SEVERAL else Turning.NEGATION
    phrase = _PHRASES.get((before, key))
    return phrase or next((_KINDS[part] for part in spelled_out([key]) if part in _KINDS), None)


def turning(words: Sequence[Word]) -> list[Turn]:
    """Give the words that turn others; a denial that a negation beside it takes back is neither: `I do not doubt`."""
    found: list[tuple[int, Turn]] = []
    for number, word in enumerate(words):
        kind = _kind(words, number)
        if kind is None:
            continue
        before = found[-1] if found else (-_NEAR - 1, None)
        is_denial = word.key.lower() in _TAKEN_BACK and before[1] is not None and before[1].kind is Turning.NEGATION
        if is_denial and number - before[0] <= _NEAR:
            found.pop()
        else:
            found.append((number, Turn(kind, word.key, word.start)))
    return [turn for _, turn in found]


def unmatched(theirs: Sequence[Turn], mine: Sequence[Turn]) -> str:
    """Give a word that turns the one and has none of its kind that turns the other; two negations are not one."""
    counted = Counter(turn.kind for turn in mine)
    for turn in theirs:
        others = sum(other.kind is turn.kind for other in theirs)
        uneven = turn.kind is Turning.NEGATION and (others - counted[turn.kind]) % 2
        if not counted[turn.kind] or uneven:
            return turn.written
    return ""
