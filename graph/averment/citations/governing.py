"""What governs a place within its sentence: a negation, condition, hedge or attitude that holds for the words there.

The sentence is cut at its commas, dashes and brackets. What shares the place's own piece governs it. Over a comma only
some words reach: a condition that begins its piece, a negation behind which the sentence goes on with `that`, or with a
verb. A sentence that a reporting clause parts, `“If it is right,” Lind said, “we will resign”`, is one sentence.
"""

from collections.abc import Iterator, Sequence

from averment.citations.critical import spelled_out
from averment.citations.turning import CONDITIONS, DENIALS, Turn, Turning, turning
from averment.citations.words import Text, Word

__all__ = ["governing"]

_MOST = 120
"""Words on either side of a place among which it is looked for what governs it."""

_APPENDED = 5
"""Words of a piece that is put behind a sentence to hedge it: `, it was alleged`."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENDING = {".", "!", "?", "…"}
_ABBREVIATED = _words(
    "mr mrs ms dr prof hon rep reps sen sens gov gen col capt lt sgt rev ald "
    "st vs nos inc co corp ltd dept approx etc jr sr"
)
_COMMAS = {",", "-", "(", ")", ":"}
_LINKED = {"that", "whether", "if", "to", "of"}
"""They make what follows hang on what stood before."""

_ASKED = _words(
    "ask asks asked asking know knows knew see sees tell wonder wonders wondered sure unclear even as matter"
)
"""Behind these words `if` asks, or yields, and sets no condition."""

_APART = {"and", "but", "so", "yet"}
_ASIDE = _words("although though while when whenever because since as after before who which where whose whereas once")
"""They begin a piece of its own matter."""

_CONTRARY = {"but", "though", "although", "except", "however", "yet"}
"""Behind a comma they take back what was said."""

_SUBJECTS = _words(
    "i we he she they it you the a an this that these those there my our his her their its your one some many most and "
    "but so yet because what who when where if as"
)
_VERBAL = _words(
    "is was are were be been has have had does do did will would can could may might shall should must isn't wasn't "
    "aren't weren't hasn't hadn't doesn't didn't won't wouldn't cannot can't"
)
_UNFINISHED = _LINKED | _words(
    "not the a an and or but in on at for by with from is was are were be been did do does will"
)


def governing(text: Text, place: range) -> list[Turn]:
    """Give what turns the words at a place of `text` from outside, in its sentence."""
    before = text.words[_begins(text, place.start) : place.start]
    behind = text.words[place.stop : _ends(text, place.stop)]
    opening = next((text.words[number].key for number in place if text.words[number].key[0].isalnum()), "the")
    return [*_from_before(before, opening, behind[:2]), *_from_behind(behind)]


# ---- The sentence ----------------------------------------------------------------------------------------------------


def _begins(text: Text, first: int) -> int:
    at = first
    while at > max(0, first - _MOST) and not _parts(text, at):
        at -= 1
    return at


def _ends(text: Text, stop: int) -> int:
    at = stop
    while at < min(len(text.words), stop + _MOST) and not _parts(text, at):
        at += 1
    return at


def _parts(text: Text, number: int) -> bool:
    """Say whether a sentence begins with a word; not where a quotation or a line merely goes on with it."""
    if not number:
        return True
    word, before = text.words[number], text.words[number - 1]
    is_small = word.key[0].islower()
    if before.key == ";" or (before.key in _ENDING and not _is_within(text, number - 1, is_small=is_small)):
        return True
    gap = text.text[before.end : word.start]
    if "\n" not in gap:
        return before.key == ":" and not is_small
    return gap.count("\n") > 1 or not (is_small or before.key == "," or before.key.lower() in _UNFINISHED)


def _is_within(text: Text, mark: int, *, is_small: bool) -> bool:
    """Say whether a mark that can end a sentence does not: `U.S.`, `Mr.`, `we will … if`."""
    if text.words[mark].key == "…":
        return is_small
    before = text.words[mark - 1].key.lower() if mark else ""
    return text.words[mark].key == "." and (
        "." in before or (len(before) == 1 and before.isalpha()) or before in _ABBREVIATED
    )


def _pieces(words: Sequence[Word]) -> list[list[Word]]:
    """Cut at commas, dashes and brackets."""
    pieces: list[list[Word]] = [[]]
    for number, word in enumerate(words):
        is_hyphen = word.key == "-" and word.end in {following.start for following in words[number + 1 : number + 2]}
        if word.key in _COMMAS and not is_hyphen:
            pieces.append([])
        elif word.key != '"':
            pieces[-1].append(word)
    return pieces


def _key(piece: Sequence[Word], number: int = 0) -> str:
    return piece[number].key.lower() if 0 <= number < len(piece) else ""


def _appended(piece: Sequence[Word]) -> Iterator[Turn]:
    """Give what so few words between commas hedge: `it is alleged`, `perhaps`, `we hope`."""
    kinds = {Turning.HEDGE, Turning.ATTITUDE}
    return (turn for turn in turning(piece) if len(piece) <= _APPENDED and turn.kind in kinds)


def _conditions(piece: Sequence[Word], *, within: bool = False) -> list[Turn]:
    """Give the conditions that a piece sets: at its beginning, or wherever it does not ask."""
    words = [word.key.lower() for word in piece]
    lead = 1 if _key(piece) in _APART | {"only", "as", "so", "in"} else 0
    at = {word.start: number for number, word in enumerate(piece)}
    setting = [turn for turn in turning(piece) if turn.kind is Turning.CONDITION and (within or at[turn.at] <= lead)]
    asked = {turn for turn in setting if turn.written.lower() in CONDITIONS and _key(piece, at[turn.at] - 1) in _ASKED}
    return [] if {"whether", "or"} <= set(words) else [turn for turn in setting if turn not in asked]


def _inverted(piece: Sequence[Word]) -> list[Turn]:
    """Give the verb of a condition without `if`: `Were it right, ...`."""
    is_one = _key(piece) in {"were", "had", "should"} and len(piece) > 1 and _is_clause(piece[1].key)
    return [Turn(Turning.CONDITION, piece[0].key, piece[0].start)] if is_one else []


# ---- From before -----------------------------------------------------------------------------------------------------


def _from_before(words: Sequence[Word], opening: str, behind: Sequence[Word]) -> Iterator[Turn]:
    *earlier, own = _pieces(words)
    is_linked = _key(own) not in _APART or _key(own, 1) in _LINKED
    goes_on = is_linked and (bool(own) or not _is_clause(opening) or _is_listed(behind))
    yield from turning(own)
    for piece in reversed(earlier):
        if _key(piece, len(piece) - 1) in _LINKED or (goes_on and _governs_on(piece)):
            yield from turning(piece)
        else:
            yield from [*_conditions(piece, within=is_linked), *_inverted(piece)]
            yield from _appended(piece)
        if _key(piece) == "but":
            return


def _is_clause(opening: str) -> bool:
    """Say whether a word can begin a clause that hangs on nothing over a comma."""
    return opening.lower() in _SUBJECTS or opening[0].isupper()


def _governs_on(piece: Sequence[Word]) -> bool:
    """Say whether a piece is not aside from what follows it: `Nobody, he said, thinks`, but `No, they think`."""
    return bool(piece) and _key(piece) not in _ASIDE and (len(piece) > 1 or _key(piece) != "no")


def _is_listed(behind: Sequence[Word]) -> bool:
    """Say whether a place is in a list that goes on: `did not lie, [cheat], or steal`."""
    return any(word.key.lower() in {"or", "nor"} for word in behind)


# ---- From behind -----------------------------------------------------------------------------------------------------


def _from_behind(words: Sequence[Word]) -> Iterator[Turn]:
    own, *later = _pieces(words)
    if not _is_new(own, 0):
        aside = next((n for n in range(len(own)) if _key(own, n) in _ASIDE or _is_new(own, n)), len(own))
        yield from (turn for turn in turning(own[:aside]) if turn.kind is not Turning.ATTITUDE)
        yield from _conditions(own, within=True)
        yield from turning([word for n, word in enumerate(own) if n >= aside and _is_judged(own, n)])
    is_theirs = True
    for piece in later:
        yield from _conditions(piece)
        if is_theirs and (_takes_back(piece) or _key(piece) in _VERBAL):
            yield from turning(piece)
        elif is_theirs and _key(piece) not in _APART:
            yield from _appended(piece)
        is_theirs = is_theirs and _key(piece) not in _APART


def _is_new(piece: Sequence[Word], number: int) -> bool:
    """Say whether another clause begins with a coordinator: `and we`, `but cannot`."""
    following = _key(piece, number + 1)
    return _key(piece, number) in _APART and (following in _SUBJECTS - _LINKED or (following in _VERBAL and number > 0))


def _is_judged(piece: Sequence[Word], number: int) -> bool:
    """Say whether a word judges all that stands before it: `is false`, `was a myth`."""
    be = {_key(piece, number - 1), _key(piece, number - 2)} & {"is", "was", "are", "were"}
    return bool(be) and piece[number].key.lower() in DENIALS


def _takes_back(piece: Sequence[Word]) -> bool:
    """Say whether a piece takes back what was said: `but not now`, `though never here`, `but that is not the case`."""
    if _key(piece) not in _CONTRARY:
        return False
    said = [word.key.lower() for word in piece[1:4]] or [""]
    denied = spelled_out(said)[1:3] in {("is", "not"), ("was", "not")}
    return bool(turning(piece[1:2])) or (said[0] in {"that", "this", "it"} and denied)
