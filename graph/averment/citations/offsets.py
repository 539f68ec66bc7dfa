"""One offset in three units: code points, which averment counts in; UTF-16 units, as browsers do; bytes of UTF-8."""

from dataclasses import dataclass
from enum import StrEnum

from averment.model import Span

__all__ = ["Unit", "from_unit", "in_unit"]


class Unit(StrEnum):
    """What offsets count."""

    CODE_POINTS = "code-points"
    UTF_16 = "utf-16"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class _Coding:
    name: str
    width: int


_CODINGS = {Unit.UTF_16: _Coding("utf-16-le", 2), Unit.BYTES: _Coding("utf-8", 1)}


def in_unit(text: str, span: Span, unit: Unit) -> tuple[int, int]:
    """Give a span of `text`, in code points, as start and end in another unit, end exclusive.

    >>> in_unit("\U0001f600 paid", Span(2, 6), Unit.UTF_16)
    (3, 7)
    """
    return _length(text[: span.start], unit), _length(text[: span.end], unit)


def _length(text: str, unit: Unit) -> int:
    coding = _CODINGS.get(unit)
    return len(text) if coding is None else len(text.encode(coding.name, "surrogatepass")) // coding.width


def from_unit(text: str, start: int, end: int, unit: Unit) -> Span:
    """Give the span in code points of what runs from `start` to `end` in another unit.

    Raises ValueError where the two do not mark a stretch of the text, or lie within a character.
    """
    coding = _CODINGS.get(unit)
    if coding is None:
        span = Span(start, end)
        if end > len(text):
            raise ValueError(f"the text ends at {len(text)}, before {end}")
        return span
    data = text.encode(coding.name, "surrogatepass")
    first, last = start * coding.width, end * coding.width
    if not 0 <= first < last <= len(data):
        raise ValueError(f"no stretch of the text runs from {start} to {end} in {unit.value}")
    parts = [data[:first], data[first:last], data[last:]]
    try:
        before, within, after = (part.decode(coding.name, "surrogatepass") for part in parts)
    except UnicodeDecodeError as error:
        raise ValueError(f"{start} or {end} in {unit.value} lies within a character") from error
    if before + within + after != text:
        raise ValueError(f"{start} or {end} in {unit.value} lies within a character")
    return Span(len(before), len(before) + len(within))
