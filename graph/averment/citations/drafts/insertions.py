"""Words in square brackets: they may say whom a pronoun means, but not what the document does not say."""

from collections.abc import Sequence

from averment.citations.critical import Critical, critical_kinds, is_a
from averment.citations.turning import turning, unmatched
from averment.citations.words import Word

__all__ = ["unsaid"]

_POINTING = {
    "they", "them", "their", "theirs", "we", "us", "our", "you", "your", "these", "those", "it", "he", "him", "his",
    "she", "her",
}  # fmt: skip
"""A number may say how many these are: `[the two men]`."""

_PLAIN = {"former", "ex", "now", "the", "a", "an", "this", "that", "these", "those"}
"""Bounds and names in form only: `[The former] Mayor Lind`."""


def unsaid(put: Sequence[Word], gone: Sequence[Word]) -> str:
    """Give a word that was put in and that those for which it stands do not say; empty where there is none."""
    turned = unmatched(turning(put), turning(gone))
    others = (kind for kind in Critical if (_is_new(kind, put, gone) or _is_another(kind, put, gone)))
    return turned or next((min(_of(kind, put) - _of(kind, gone)) for kind in others), "")


def _of(kind: Critical, words: Sequence[Word]) -> set[str]:
    """Give the words of a kind, in small letters; of names, those that are no pronoun or title."""
    found = {word.key.lower() for word in words if kind in critical_kinds(word)} - _PLAIN
    return {key for key in found if not is_a(key, kind)} if kind is Critical.NAME else found


def _is_new(kind: Critical, put: Sequence[Word], gone: Sequence[Word]) -> bool:
    """Say whether a number or bound stands for no word at all, or a number for none that it could count."""
    if not _of(kind, put) - _of(kind, gone):
        return False
    counted = _POINTING & {word.key.lower() for word in gone}
    return (kind is Critical.NUMBER and not counted) or (kind is Critical.COMPARATOR and not gone)


def _is_another(kind: Critical, put: Sequence[Word], gone: Sequence[Word]) -> bool:
    """Say whether something of a kind stands for something else of it: `[Vale]` for `Lind`, `[euros]` for `dollars`."""
    mine, theirs = _of(kind, put), _of(kind, gone)
    if kind in {Critical.MODAL, Critical.ATTRIBUTION, Critical.NEGATION, Critical.HEDGE}:
        return False
    return bool(mine - theirs) and bool(theirs) and (kind is not Critical.NAME or not mine & theirs)
