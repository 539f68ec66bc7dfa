"""Words found again in a text, although spacing, quotation marks, dashes or the Unicode form may differ; nothing else.

Words and text are compared token by token, and no token is ever left out. A number is one token, with its sign,
currency, separators and magnitude: it is found whole and unaltered or not at all, so that "$5 million" is not in
"$1.5 million", nor "$5" in "$5 million". A word is one token with its "n’t", and what a hyphen joins stays whole: "can"
is not in "can’t", nor "violent" in "non-violent".
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from averment.model import Span

__all__ = ["Token", "Words", "tokens"]

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Soft hyphens, joiners, spaces without width, marks of byte order."""

_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
_DASHES = _HYPHENS + "\u2014\u2015\ufe58\ufe63\uff0d"
_PLAIN = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛‹›ʼ′`´", "'"),
}
_MAGNITUDES = frozenset(["dozen", "hundred", "thousand", "million", "billion", "trillion", "percent"])

_TOKEN = re.compile(
    r"""
    (?: (?<![^ (]) [-+<>~≤≥≈±] )?                                               # a sign
    (?: (?<!\w) [A-Z]{0,3} [$€£¥₹₽₩₪₴] \ ? )?                                   # a currency
    (?<!\w) [.,]? (?: \d{1,3} (?: \ \d{3} )+ (?!\d) | \d+ ) (?: [.,:/'] \d+ )*  # figures
    \w* (?: [ -]? (?i: hundred | thousand | million | billion | trillion | [mb]n | percent | per\ cent | pc | k | m )s?
            \b | \ ? [%‰] )?                                                    # a magnitude
    | \w+ (?: ' (?! s\b ) \w+ )*                                                # a word
    | -+ | '' | \S                                                              # a mark
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark in its plain form, and where it stands in the text as given."""

    plain: str
    start: int
    end: int


class Words:
    """The words of a text, in which others can be looked for."""

    def __init__(self, text: str) -> None:
        """Know the tokens of `text` by their plain forms."""
        self.text = text
        self.tokens = tokens(text)
        self._plain = [token.plain for token in self.tokens]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, plain in enumerate(self._plain):
            self._places[plain].append(place)

    def occurrences(self, words: str) -> tuple[Span, ...]:
        """Give every place where `words` stand, from the beginning of a word to the end of one."""
        wanted = [token.plain for token in tokens(words)]
        if not any(c.isalnum() for plain in wanted for c in plain):
            return ()
        size, rarest = len(wanted), self._rarest(wanted)
        return tuple(
            Span(self.tokens[at].start, self.tokens[at + size - 1].end)
            for at in (place - rarest for place in self._places.get(wanted[rarest], ()) if place >= rarest)
            if self._plain[at : at + size] == wanted and not (self._joined(at) or self._joined(at + size))
        )

    def effort(self, words: str) -> int:
        """Give how many tokens are compared at most to find every place of `words`."""
        wanted = [token.plain for token in tokens(words)]
        return len(wanted) * len(self._places.get(wanted[self._rarest(wanted)], ())) if wanted else 0

    def _rarest(self, wanted: list[str]) -> int:
        """Give the place, among words that are looked for, of the one that the text has least often."""
        return min(range(len(wanted)), key=lambda at: len(self._places.get(wanted[at], ())))

    def within(self, span: Span) -> list[Token]:
        """Give the tokens of `span`, in order."""
        first = bisect_left(self.tokens, span.start, key=lambda token: token.start)
        return self.tokens[first : bisect_right(self.tokens, span.end, key=lambda token: token.end)]

    def before(self, span: Span) -> str:
        """Give the token that ends before `span`, in its plain form; nothing at the beginning of the text."""
        at = bisect_right(self.tokens, span.start, key=lambda token: token.end)
        return self._plain[at - 1] if at else ""

    def _joined(self, at: int) -> bool:
        """Say whether the tokens before and after this place are one word, or one number spelled out."""
        spelled_out = 0 < at < len(self._plain) and self._plain[at].lower() in _MAGNITUDES
        return spelled_out or self._is_hyphen(at - 1) or self._is_hyphen(at)

    def _is_hyphen(self, at: int) -> bool:
        """A hyphen has words on both sides and no space; longer dashes part words even then."""
        if not 0 < at < len(self.tokens) - 1:
            return False
        left, mark, right = self.tokens[at - 1 : at + 2]
        return (
            self.text[mark.start : mark.end] in tuple(_HYPHENS) and left.end == mark.start and mark.end == right.start
        )


def tokens(text: str) -> list[Token]:
    """Give the tokens of a text in order; spaces are none.

    >>> [token.plain for token in tokens("“It can’t  cost $1.5 million”")]
    ['"', 'It', "can't", 'cost', '$1.5 million', '"']
    """
    characters = list(_characters(text))
    plain = "".join(character for character, _, _ in characters)
    shape = "".join("_" if unicodedata.category(c).startswith("M") else c for c in plain)
    return [
        Token(_spelled(plain[m.start() : m.end()]), characters[m.start()][1], characters[m.end() - 1][2])
        for m in _TOKEN.finditer(shape)
    ]


def _characters(text: str) -> Iterator[tuple[str, int, int]]:
    """Give the characters of a text decomposed, marks and spaces plain, each with the offsets that it comes from."""
    spaced = True
    for start, end in _clusters(text):
        for character in unicodedata.normalize("NFD", text[start:end]):
            if character in _INVISIBLE or (character.isspace() and spaced):
                continue
            spaced = character.isspace()
            yield " " if spaced else _PLAIN.get(character, character), start, end


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Give the offsets of each character with the marks upon it; a space carries none."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]) or text[start].isspace():
            yield start, at
            start = at


def _spelled(plain: str) -> str:
    """Spell a run of dashes as one, two single marks as a double one, and a currency without the space after it."""
    if plain == "''":
        return '"'
    return re.sub(r"^-+$", "-", re.sub(r"(?<=[$€£¥₹₽₩₪₴]) ", "", plain))
