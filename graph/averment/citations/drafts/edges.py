"""What a quoted stretch was cut off from: `five` of `five million`, `3` of `−3`, `smokers` of `non-smokers`."""

from collections.abc import Iterator

from averment.citations.critical import Critical, counts, is_a
from averment.citations.words import Text, is_inner

__all__ = ["cut_off"]

_SIGNS = {"−", "+", "±", "<", ">", "≤", "≥", "~", "≈", "minus", "plus"}
_BOUNDS = {
    "than", "least", "most", "to", "nearly", "almost", "approximately", "roughly", "about", "around", "over", "under",
}  # fmt: skip
_BOUND_BEFORE = {"than": {"more", "less", "fewer"}, "least": {"at"}, "most": {"at"}, "to": {"up", "close"}}
"""Words that bound a number only behind one of these."""

_LIMITS = {
    "former", "deputy", "vice", "acting", "future", "fake", "some", "most", "many", "several", "only", "nearly",
    "almost",
}  # fmt: skip
"""They narrow the word that follows: not the mayor, but the former one."""

_SELDOM = {"sometimes", "occasionally", "rarely", "seldom"}
"""They narrow what stands before them."""

_HYPHENS = {"-", "‐", "‑"}
_DASHES = _HYPHENS | {"–"}
_HOURS = {"a.m", "p.m", "am", "pm", "o'clock"}
_RANGES = {"to", "or", "-", "and", "point"}


def cut_off(text: Text, place: range) -> Iterator[range]:
    """Give the words of `text` right beside a stretch that are one thing with its first word, or with its last."""
    yield from (words for words in (_before(text, place[0]), _behind(text, place[-1])) if words)


def _before(text: Text, first: int) -> range:
    if first and _is_hyphen(text, first - 1):
        return range(first - 2, first)
    is_fraction = _is_fraction(text, first)
    counted = (
        first
        and not text.words[first].opens
        and (_key(text, first - 1) in _LIMITS or _counted(text, first) or _measures(text, first))
    )
    return range(first - 1, first) if is_fraction or counted else range(0)


def _behind(text: Text, last: int) -> range:
    if last + 1 >= len(text.words) or text.words[last + 1].opens:
        return range(0)
    if _is_hyphen(text, last + 1):
        return range(last + 1, last + 3)
    if _key(text, last + 1) in _SELDOM:
        return range(last + 1, last + 2)
    is_number = counts(_key(text, last)) or _key(text, last) in {"%", "‰"}
    return range(last + 1, last + 1 + (_belonging(text, last) if is_number else 0))


def _counted(text: Text, first: int) -> bool:
    """Say whether the word before a number is its sign, bound or currency, or counts on."""
    before, number = _key(text, first - 1), _key(text, first)
    if not counts(number):
        return False
    if before in _SIGNS or is_a(before, Critical.CURRENCY):
        return True
    if before in _BOUNDS:
        return before not in _BOUND_BEFORE or _key(text, first - 2) in _BOUND_BEFORE[before]
    if before in {"and", "point"}:
        return counts(_key(text, first - 2)) and not number[0].isdigit()
    return _counts_on(before, number)


def _is_fraction(text: Text, first: int) -> bool:
    """Say whether a number stands behind its point: `.5 percent`."""
    if _key(text, first - 1) not in {".", ","} or not _is_glued(text, first - 1) or not _key(text, first)[0].isdigit():
        return False
    point = text.words[first - 1].start
    return not text.text[max(0, point - 1) : point].strip()


def _measures(text: Text, first: int) -> bool:
    """Say whether a word is the unit of the number before it."""
    return counts(_key(text, first - 1)) and _is_measure(_key(text, first))


def _belonging(text: Text, last: int) -> int:
    """Count the words behind a number that belong to it."""
    number, after, later = (_key(text, last + n) for n in range(3))
    if _is_measure(after) or _counts_on(number, after):
        return 1
    if after in _RANGES and (counts(later) or (later == "a" and _key(text, last + 3) in {"half", "quarter"})):
        return 2
    return 0


def _counts_on(one: str, other: str) -> bool:
    """Say whether two numbers are one: `five million`, `2 500`; not a year and a count."""
    if not (counts(one) and counts(other)):
        return False
    return not (one[0].isdigit() and other[0].isdigit()) or (len(one) <= 3 and len(other) == 3)


def _is_measure(key: str) -> bool:
    """Say whether a word behind a number is its unit; a mark of feet and inches may be a quotation's end."""
    return key in _HOURS or (is_a(key, Critical.UNIT) and key not in {"′", "″"}) or is_a(key, Critical.CURRENCY)


def _is_hyphen(text: Text, number: int) -> bool:
    """Say whether a mark joins the words beside it, at the end of a line too; a dash does so to numbers only."""
    mark = text.words[number]
    if number + 1 >= len(text.words) or not _is_glued(text, number - 1):
        return False
    left, right = text.text[mark.start - 1 : mark.start], text.words[number + 1].key[0]
    joins = _HYPHENS if not (left.isdigit() and right.isdigit()) else _DASHES
    gap = text.text[mark.end : text.words[number + 1].start]
    is_beside = not gap or (gap.isspace() and "\n" in gap)
    return text.written(mark) in joins and is_beside and is_inner(left) and right.isalnum()


def _is_glued(text: Text, number: int) -> bool:
    """Say whether no space is between a word and the next."""
    return number >= 0 and text.words[number].end == text.words[number + 1].start


def _key(text: Text, number: int) -> str:
    return text.words[number].key.lower() if 0 <= number < len(text.words) else ""
