"""How wide words are in a picture, and how they are set in lines.

Widths are estimates, on the wide side of sans faces.
"""

from collections.abc import Iterator
from itertools import islice
from unicodedata import combining, east_asian_width

__all__ = ["set_in_lines", "width_of"]

_NARROW = frozenset("iljftrI.,:;'’‘|!()[]{}/\\-· ")
_WIDE = frozenset("mwMWQ@%—…")
_LONGEST = 2_000
"""Characters of a text that are looked at; no picture shows more."""


def width_of(text: str, size: float = 13.0) -> float:
    """Give the width of a text in pixels, for a size of type in pixels."""
    return size * sum(map(_em, text))


def set_in_lines(text: str, width: float, lines: int, size: float = 13.0) -> list[str]:
    """Set a text in so many lines of at most this width, in pixels; what does not fit ends in an ellipsis."""
    words = text[:_LONGEST].split()
    found = list(islice(_lines(words, width, size), lines + 1))
    if len(found) > lines or len(text) > _LONGEST:
        last = found[:lines][-1] if found else ""
        while last and width_of(last + "…", size) > width:
            last = last[:-1]
        found[lines - 1 :] = [last.rstrip(" ,;:") + "…"]
    return found or [""]


def _lines(words: list[str], width: float, size: float) -> Iterator[str]:
    line = ""
    for word in words:
        for part in _parts(word, width, size):
            longer = f"{line} {part}" if line else part
            if line and width_of(longer, size) > width:
                yield line
                line = part
            else:
                line = longer
    if line:
        yield line


def _parts(word: str, width: float, size: float) -> list[str]:
    """Break a word that is wider than a line."""
    parts, part, reached = [], "", 0.0
    for letter in word:
        step = size * _em(letter)
        if part and reached + step > width and not combining(letter):
            parts.append(part)
            part, reached = "", 0.0
        part, reached = part + letter, reached + step
    return [*parts, part]


def _em(letter: str) -> float:
    """Give the width of a letter, in parts of the size of its type."""
    if combining(letter):
        return 0.0
    if letter in _NARROW:
        return 0.38
    if letter in _WIDE or east_asian_width(letter) in "WF":
        return 1.0
    return 0.7 if letter.isupper() else 0.6
