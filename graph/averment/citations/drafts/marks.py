"""The quotations of a draft, in every style of marks: “…”, „…“, «…», »…«, ”…”, and straight ones.

Articles are read with `averment.extract.quotations`, which leaves out what does not close. A draft's quotation that
does not close is one all the same, up to the end of its paragraph: it is to be checked, not overlooked.
"""

import re
from collections.abc import Iterator

from averment.extract.quotations import quotations, quoted_at
from averment.model import Span

__all__ = ["is_closed", "quoted_in_draft"]

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile("\"|“|”|„|‟|«|»|''|``")
_OPENING = {"“", "„", "‟", "``", "«"}
"""They open wherever no quotation is open; other marks do so where a word begins."""

_CLOSING = {
    "“": {"”", "“", '"', "''"},
    "„": {"“", "”", "‟", '"'},
    "‟": {"”", '"'},
    "”": {"”", '"'},
    "«": {"»"},
    "»": {"«", "»"},
    '"': {'"', "”"},
    "``": {"''", '"'},
    "''": {"''", '"'},
}
"""What can close each; where a word begins, a mark opens a quotation within instead."""

_ONLY_CLOSING = {"“": "”", "«": "»"}
"""What does not open in this style, wherever it stands: `« Nous payons ».`"""


def quoted_in_draft(text: str) -> tuple[Span, ...]:
    """Give the outermost quotations of a draft, marks included, in order; single marks as articles have them."""
    found = tuple(span for line in _LINE.finditer(text) for span in _in_paragraph(text, line.start(), line.end()))
    single = (span for span in quotations(text) if not _MARK.match(text, span.start))
    return tuple(sorted([*found, *(span for span in single if not quoted_at(span, found))]))


def is_closed(quotation: str) -> bool:
    """Say whether a quotation of a draft, marks included, ends with one."""
    return quotation[-1:] in "\"“”‟«»'’"


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    opened: re.Match[str] | None = None
    depth = 0
    for mark in _MARK.finditer(text, start, end):
        if opened is None:
            if mark.group() in _OPENING or _begins(text, mark):
                opened, depth = mark, 0
        elif mark.group() != _ONLY_CLOSING.get(opened.group()) and _begins(text, mark):
            depth += 1
        elif depth:
            depth -= 1
        elif mark.group() in _CLOSING[opened.group()]:
            yield Span(opened.start(), mark.end())
            opened = None
    if opened is not None and text[opened.end() : end].strip():
        yield Span(opened.start(), len(text[:end].rstrip()))


def _begins(text: str, mark: re.Match[str]) -> bool:
    """Say whether a word begins behind a mark, and none ends before it."""
    before, after = text[max(0, mark.start() - 1) : mark.start()], text[mark.end() : mark.end() + 1]
    return bool(after.strip()) and (not before.strip() or before in "([{—–-/‘'")
