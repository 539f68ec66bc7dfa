"""Readable handles for what an article names, each its own: `lori-lightfoot`, and `lori-lightfoot.2` for another."""

import re
import unicodedata
from collections import Counter

__all__ = ["Handles", "slug"]

_SLUG_LENGTH = 60


class Handles:
    """Gives handles, no two the same, in the order in which they are asked for."""

    def __init__(self) -> None:
        """Begin with none given."""
        self._given: Counter[str] = Counter()

    def give(self, label: str) -> str:
        """Give a handle for a label that nothing else has."""
        handle = slug(label)
        self._given[handle] += 1
        return handle if self._given[handle] == 1 else f"{handle}.{self._given[handle]}"


def slug(label: str) -> str:
    """Give a readable handle for a label: lower case, words joined by hyphens, accents folded, at most 60 code points.

    >>> slug("Sen. Dick Durbin’s office")
    'sen-dick-durbins-office'
    """
    plain = unicodedata.normalize("NFKD", label).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’")
    words = re.findall(r"[^\W_]+", plain)
    return "-".join(words)[:_SLUG_LENGTH].strip("-") or "unnamed"
