"""A text with marks in it, in lines that fit a terminal: marks may nest, cross, and run over several paragraphs.

Nothing of the text reaches the terminal but what can be printed, so that no article steers the terminal it is read on.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from averment.model import Span

__all__ = ["Mark", "marked", "painted", "printable", "wrapped"]

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_FAINT = "2"
_REPLACEMENT = "�"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is shown around a span, and in which style its words are painted (`1;33`) where there are colours."""

    span: Span
    opening: str = ""
    closing: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What no line is broken within: a character or a mark, with its style."""

    text: str
    style: str = ""

    @property
    def columns(self) -> int:
        """How much of a line it takes."""
        return sum(map(_columns, self.text))


def printable(text: str) -> str:
    r"""Give a text on one line, with a replacement for every character that is not to be printed.

    >>> printable("up\x1b[2Jset\tit")
    'up�[2Jset it'
    """
    return "".join(map(_shown, text))


def painted(text: str, style: str) -> str:
    """Give a text in a style; as it is where the style is empty."""
    return f"\x1b[{style}m{text}\x1b[0m" if style else text


def wrapped(text: str, width: int) -> list[str]:
    """Give a text in lines of at most `width` columns, without what cannot be printed."""
    return _lines((_Piece(_shown(character)) for character in text), width)


def marked(text: str, marks: Iterable[Mark], *, colour: bool, width: int) -> Iterator[tuple[Span, list[str]]]:
    """Give each paragraph that has words, as its span and as lines of at most `width` columns with the marks in them.

    Of marks on the same words, the first is around the others. Without `colour` there is no escape sequence in
    the lines, and styles are of no account.
    """
    sweep = _Sweep(text, marks, colour=colour)
    places = [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]
    for place, following in pairwise([*places, Span(len(text) + 1, len(text) + 2)]):
        yield place, _lines(sweep.over(place, following.start), width)


class _Sweep:
    """Goes over a text once, from its beginning to its end, and knows which marks are open."""

    def __init__(self, text: str, marks: Iterable[Mark], *, colour: bool) -> None:
        self._text = text
        self._colour = colour
        self._open: list[Mark] = []
        self._waiting = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))[::-1]

    def over(self, place: Span, until: int) -> Iterator[_Piece]:
        """Give the pieces of a paragraph; marks that end before `until`, where the next begins, end with it."""
        for at in range(place.start, place.end):
            yield from self._closing(at)
            yield from self._opening(at)
            yield _Piece(_shown(self._text[at]), self._style())
        yield from self._closing(until)

    def _closing(self, at: int) -> Iterator[_Piece]:
        """End what ends here, the innermost first."""
        ended = [mark for mark in reversed(self._open) if mark.span.end <= at]
        for mark in ended:
            self._open.remove(mark)
            yield from self._sign(mark.closing)

    def _opening(self, at: int) -> Iterator[_Piece]:
        """Begin what begins here, the outermost first."""
        while self._waiting and self._waiting[-1].span.start <= at:
            self._open.append(mark := self._waiting.pop())
            yield from self._sign(mark.opening)

    def _sign(self, sign: str) -> Iterator[_Piece]:
        if sign:
            yield _Piece(sign, _FAINT if self._colour else "")

    def _style(self) -> str:
        return ";".join(dict.fromkeys(mark.style for mark in self._open if mark.style)) if self._colour else ""


def _lines(pieces: Iterable[_Piece], width: int) -> list[str]:
    """Fill lines with words, as many as fit; a word that is longer than a line is broken."""
    lines: list[list[_Piece]] = []
    room = 0
    for word in chain.from_iterable(_parts(word, width) for word in _words(pieces)):
        size = sum(piece.columns for piece in word)
        if lines and size < room:
            lines[-1] += [_space(lines[-1][-1], word[0]), *word]
            room -= size + 1
        else:
            lines.append(word)
            room = width - size
    return [_rendered(line) for line in lines]


def _space(before: _Piece, after: _Piece) -> _Piece:
    """Give the space between two words, which has their style where it is the same."""
    return _Piece(" ", before.style if before.style == after.style else "")


def _words(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    for is_space, word in groupby(pieces, key=lambda piece: piece.text == " "):
        if not is_space:
            yield list(word)


def _parts(word: list[_Piece], width: int) -> Iterator[list[_Piece]]:
    part: list[_Piece] = []
    room = width
    for piece in word:
        if part and piece.columns > room:
            yield part
            part, room = [], width
        part.append(piece)
        room -= piece.columns
    yield part


def _rendered(line: list[_Piece]) -> str:
    runs = groupby(line, key=lambda piece: piece.style)
    return "".join(painted("".join(piece.text for piece in run), style) for style, run in runs)


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    return character if character.isprintable() else _REPLACEMENT


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
