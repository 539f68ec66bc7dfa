"""What somebody may have meant who named what is not there."""

from collections.abc import Iterable
from difflib import get_close_matches
from heapq import nsmallest

__all__ = ["near"]

_COMPARED = 2_000
"""Names that are compared letter by letter; of more, those are taken that share most of their words' beginnings."""

_LENGTH = 80
"""Code points of a name that matter here."""


def near(wanted: str, names: Iterable[str]) -> str:
    """Give up to three names that are like the one wanted, as the end of a sentence; nothing where none is."""
    text = wanted.casefold()[:_LENGTH]
    known = {name.casefold()[:_LENGTH]: name for name in names}
    likely = nsmallest(_COMPARED, known, key=lambda name: (-_shared(text, name), name))
    found = get_close_matches(text, likely, n=3, cutoff=0.6) or [name for name in likely[:3] if _shared(text, name)]
    return f" (near: {', '.join(known[name][:_LENGTH] for name in found)})" if found else ""


def _shared(wanted: str, name: str) -> int:
    """Count the words of the one wanted with whose first three letters a word of the other begins."""
    beginnings = {word[:3] for word in name.split()}
    return sum(word[:3] in beginnings for word in wanted.split())
