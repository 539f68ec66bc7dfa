"""Words as they are compared: without regard to spacing, the style of quotation marks and dashes, and Unicode form.

Every character but white space belongs to a word, so nothing that can be seen is lost. Look-alike letters and digits of
other scripts stay what they are: canonical equivalence (Unicode Standard Annex 15, NFC) is all that is levelled.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from averment.extract.lexicon import TITLES
from averment.model import Span

__all__ = ["Text", "Word", "is_inner", "key_of"]

_MARKS = "\u0300-\u036f"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069"
"""Soft hyphen, zero-width space, joiners, byte order mark, marks of direction: they change nothing that is read.

U+202E is none of them: behind it, 12 reads 21.
"""

_WORD = re.compile(
    rf"[^\W_](?:[^\W_]|[{_MARKS}{_INVISIBLE}]|['’ʼ.](?=[^\W_])|(?<=\d)[,:/](?=\d))*"  # words and numbers
    r"|''|``|-{2,3}"  # typesetters' quotation marks and dashes
    r"|\S"
)
_PARTED = re.compile(r"(?:(?P<soft>\u00ad)|[^\W\d_][-‐])[ \t]*\r?\n[ \t]*[^\W\d_]")
"""A word parted at the end of a line, from its last letter, or the soft hyphen that counts to it."""

_DOUBLE = "\"“”„‟«»″''``"
_SINGLE = "'’‘‚‛‹›`´ʼ′"
_DASHES = "-‐‑‒–—―−⁃"
_REMOVED = dict.fromkeys(map(ord, _INVISIBLE))
_QUOTES = str.maketrans(dict.fromkeys(_SINGLE, "'"))
_ENDING = {".", "!", "?", "…", ":"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark where it stands, in code points."""

    start: int
    end: int
    key: str
    """As it is compared, with its capitals."""
    opens: bool
    """Whether it is the first of a sentence or line."""


def key_of(written: str) -> str:
    """Give what a word is compared by; empty for characters that nobody sees."""
    if written in {"''", "``"} or (len(written) == 1 and written in _DOUBLE + _SINGLE):
        return '"'
    if written.strip(_DASHES) == "":
        return "-"
    if written.isascii():
        return written
    return unicodedata.normalize("NFC", written.translate(_REMOVED)).translate(_QUOTES)


def is_inner(character: str) -> bool:
    """Say whether a character, or none, belongs to the word before it: a letter, digit, or the mark on one."""
    return character.isalnum() or (bool(character) and unicodedata.category(character)[0] == "M")


def _in_place(text: str, match: re.Match[str]) -> str:
    """Give what a word is compared by where it stands: behind a digit a mark is a unit, before one a dash is a sign."""
    key, at = key_of(match.group()), match.start()
    before, after = text[at - 1 : at], text[match.end() : match.end() + 1]
    if key == '"' and before.isdigit():
        return "′" if match.group() in _SINGLE else "″"
    return "−" if key == "-" and after.isdigit() and not is_inner(before) else key


class Text:
    """A text cut into words, with what is needed to look them up."""

    def __init__(
        self, text: str, parts: Sequence[tuple[int, int]] | None = None, whole: AbstractSet[str] = frozenset()
    ) -> None:
        """Cut `text`, or some parts of it from code point to code point; offsets always count in the whole.

        What a hyphen parts at the end of a line is one word where that is one of `whole`, in small letters.
        """
        self.text = text
        self.words: list[Word] = []
        for start, end in [(0, len(text))] if parts is None else parts:
            self.words += self._cut(start, end)
        if whole:
            self.words = list(self._rejoined(whole))
        self._starts = [word.start for word in self.words]
        self._ends = [word.end for word in self.words]

    def _cut(self, start: int, end: int) -> Iterator[Word]:
        opens, last, before = True, start, ""
        for match in _WORD.finditer(self.text, start, end):
            key = _in_place(self.text, match)
            if not key:
                continue
            opens = opens or "\n" in self.text[last : match.start()]
            yield Word(match.start(), match.end(), key, opens)
            opens = self._opens_next(key, before, match.start()) or (opens and key in {"(", "[", "-"})
            last, before = match.end(), key.lower()

    def _rejoined(self, whole: AbstractSet[str]) -> Iterator[Word]:
        number = 0
        while number < len(self.words):
            word, rest = self.words[number], self._rest(number)
            other = self.words[rest]
            is_one = rest > number and (word.key + other.key).lower() in whole
            yield Word(word.start, other.end, word.key + other.key, word.opens) if is_one else word
            number = (rest if is_one else number) + 1

    def _rest(self, number: int) -> int:
        """Give the number of the word that goes on behind a hyphen and the end of a line; its own if there is none."""
        rest = _PARTED.match(self.text, self.words[number].end - 1)
        if rest is None:
            return number
        return min(number + (1 if rest["soft"] else 2), len(self.words) - 1)

    def _opens_next(self, key: str, before: str, at: int) -> bool:
        """Say whether a mark is followed by a new sentence; not the dot of `Mr.`, nor a quotation mark that closes."""
        if key == '"':
            return at == 0 or not (is_inner(self.text[at - 1]) or self.text[at - 1] in ".,!?…")
        return key in _ENDING and not (key == "." and (before in TITLES or len(before) == 1))

    def written(self, word: Word) -> str:
        """Give a word as it stands."""
        return self.text[word.start : word.end]

    def range_of(self, span: Span) -> range:
        """Give the numbers of the words that a span touches."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def span_of(self, words: range) -> Span | None:
        """Give the stretch from the first to the last of some words; None where there is none."""
        return Span(self.words[words[0]].start, self.words[words[-1]].end) if words else None
