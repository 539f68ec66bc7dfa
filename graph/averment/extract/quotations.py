"""Where quotation marks open and close. Unbalanced marks never raise: what does not close is not a quotation."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from averment.model import Quotation, Span

__all__ = ["free_standing", "how_quoted", "is_quoted", "quotations", "quoted_at"]

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile("\"|“|”|„|«|»|''|``")
_OPENING = re.compile("\"|“|„|«|''|``")
"""Two apostrophes, and two grave accents, stand for a double mark in texts from typesetting systems."""

_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)[^\n‘]*?\w[^\n‘]*?[,.!?…][’'](?![\w’'])")
_ANY_MARK = "\"“”„«»'`’‘"
_OPENS_ONLY, _CLOSES_ONLY = {"“", "„", "«", "``"}, {"”", "»"}


def quotations(text: str) -> tuple[Span, ...]:
    """Give the outermost quotations of a text, marks included, in order.

    Single marks count where no double ones are around them, and only for what ends like a speech: an apostrophe never
    does. A quotation ends with its paragraph. Where the next paragraph opens with a mark again, as long quotations do,
    the unclosed one runs to the end of its own; so it does where the caption of a picture stands between the two.
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if m.group().strip()]
    found: list[Span] = []
    for k, (start, end) in enumerate(lines):
        double = tuple(_in_line(text, start, end, continued=_goes_on(text, lines[k + 1 : k + 3])))
        found += sorted([*double, *_single(text, start, end, double)])
    return tuple(found)


def _goes_on(text: str, following: list[tuple[int, int]]) -> bool:
    """Say whether a quotation is taken up by the next line, or by the one after a line without quotation marks."""
    lines = [text[start:end].strip() for start, end in following]
    if not lines or _OPENING.match(lines[0]):
        return bool(lines)
    return len(lines) > 1 and bool(_OPENING.match(lines[1])) and not _MARK.search(lines[0])


def quoted_at(span: Span, quoted: tuple[Span, ...]) -> tuple[Span, ...]:
    """Give those of a text's quotations, all of them in order, that share a character with `span`."""
    first = bisect_left(quoted, span.start, key=_end)
    last = bisect_left(quoted, span.end, key=_start)
    return tuple(quotation for quotation in quoted[first:last] if quotation.overlaps(span))


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end


def is_quoted(span: Span, quoted: tuple[Span, ...]) -> bool:
    """Say whether all of `span` stands within one of a text's quotations, all of them in order."""
    return any(quotation.contains(span) for quotation in quoted_at(span, quoted))


def how_quoted(span: Span, quoted: tuple[Span, ...], *, own_voice: bool) -> Quotation:
    """Say how far words are quoted; what the article says in its own voice is never a direct quotation."""
    if not own_voice and is_quoted(span, quoted):
        return Quotation.DIRECT
    if quoted_at(span, quoted):
        return Quotation.MIXED
    return Quotation.NONE if own_voice else Quotation.INDIRECT


def _single(text: str, start: int, end: int, double: tuple[Span, ...]) -> Iterator[Span]:
    """Give what stands between single marks and ends with a mark of its own: `'We paid him,' she said`."""
    for match in _SINGLE.finditer(text, start, end):
        span = Span(match.start(), match.end())
        if not quoted_at(span, double):
            yield span


def free_standing(text: str, quotation: Span) -> bool:
    """Say whether a quotation is a speech of its own (`“We paid,” she said`), not words within the writer's sentence.

    It begins its line or stands behind a mark, and ends with one inside.
    """
    before = text[max(0, quotation.start - 80) : quotation.start].rpartition("\n")[2].rstrip()
    inner = quotation.of(text).rstrip(_ANY_MARK).rstrip()
    return (not before or before[-1] in '.,:;!?—–-)”"»') and inner[-1:] in {",", ".", "!", "?", "…", "—", "–", "-"}


def _in_line(text: str, start: int, end: int, *, continued: bool) -> Iterator[Span]:
    opened: int | None = None
    depth = 0
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if _can_open(text, match):
                opened, depth = match.start(), 0
        elif mark in _OPENS_ONLY:
            depth += 1
        elif depth and mark in _CLOSES_ONLY:
            depth -= 1
        elif _can_close(text, match):
            yield Span(opened, match.end())
            opened = None
    if opened is not None and continued:
        yield Span(opened, len(text[:end].rstrip()))


def _can_open(text: str, mark: re.Match[str]) -> bool:
    """A straight mark opens where a word begins; curly ones say themselves what they do."""
    if mark.group() in _CLOSES_ONLY:
        return False
    before, after = text[max(0, mark.start() - 1) : mark.start()], text[mark.end() : mark.end() + 1]
    return mark.group() in _OPENS_ONLY or (bool(after.strip()) and (not before.strip() or before in "([{—–-/‘'"))


def _can_close(text: str, mark: re.Match[str]) -> bool:
    """A straight mark within a quotation closes it unless it stands where only an opening mark can."""
    before, after = text[max(0, mark.start() - 1) : mark.start()], text[mark.end() : mark.end() + 1]
    return mark.group() in _CLOSES_ONLY or bool(before.strip()) or not after.strip()
