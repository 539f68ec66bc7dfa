"""How journalists mark what they did to a quotation: `...` for words left out, `[the mayor]` for words put in."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from averment.citations.words import Text, Word

__all__ = ["Join", "Segment", "segments"]

_SIC = re.compile(r"\s*\[\s*sic\s*\]", re.IGNORECASE)
_LETTER = re.compile(r"\[(\w)\](?=\w)")
_EDIT = re.compile(r"(?P<omitted>\[?\s*(?:…|\.\s?\.\s?\.(?:\s?\.)?)\s*\]?)|(?P<put>\[(?!\w\]\w)[^\]\n]{1,80}\])")
_SYMBOLS = frozenset("$€£¥₹₽₩₿¢%‰°−+±≤≥≈")
_MARKS = "\"'“”„‟«»‘’‚‹›`"


class Join(StrEnum):
    """What stands between two segments of a quotation."""

    OMISSION = "omission"
    INSERTION = "insertion"


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that are quoted without a break, and what parts them from those before."""

    text: Text
    words: range
    join: Join | None = None
    is_recased: bool = False
    """Whether square brackets own up to another first letter: `[W]e`."""
    put: tuple[Word, ...] = ()
    """The words in square brackets before them."""
    put_behind: tuple[Word, ...] = ()
    """Those behind the last of a quotation's segments."""

    @property
    def quoted(self) -> list[Word]:
        """The words, as a list."""
        return self.text.words[self.words.start : self.words.stop]


def segments(quotation: str) -> list[Segment]:
    """Give the segments of a quotation, its marks included or not, in order.

    >>> [(segment.join, segment.text.text) for segment in segments("“[T]hey paid ... [the men] twice [sic]”")]
    [(None, 'They paid'), (<Join.OMISSION: 'omission'>, 'twice')]
    """
    words = _SIC.sub("", quotation.strip().strip(_MARKS))
    found: list[Segment] = []
    join: Join | None = None
    put: list[Word] = []
    at = 0
    for match in [*_EDIT.finditer(words), None]:
        written = words[at : match.start() if match else len(words)].lstrip()
        text = Text(_LETTER.sub(r"\1", written))
        if any(word.key[0].isalnum() for word in text.words):
            found.append(
                Segment(text, _spoken(text), join if found else None, bool(_LETTER.match(written)), tuple(put))
            )
            join, put = None, []
        if match is not None:
            put += Text(f"in {(match['put'] or '').strip('[]')}").words[1:]  # a capital there makes a name
            join = _wider(join, Join.OMISSION if match["omitted"] else Join.INSERTION)
            at = match.end()
    return [*found[:-1], *(replace(last, put_behind=tuple(put)) for last in found[-1:])]


def _wider(one: Join | None, other: Join) -> Join:
    """Words put in beside an omission stand for any number that was left out."""
    return Join.OMISSION if Join.OMISSION in {one, other} else other


def _spoken(text: Text) -> range:
    """Leave off marks at both ends: the comma before the closing quotation mark is the journalist's, a sign is not."""
    spoken = [number for number, word in enumerate(text.words) if word.key[0].isalnum() or word.key in _SYMBOLS]
    return range(spoken[0], spoken[-1] + 1)
