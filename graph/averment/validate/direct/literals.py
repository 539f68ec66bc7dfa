"""What literals are worth: whether they are written as their datatype demands, and which of two is the lesser.

Numbers are compared as SPARQL does (https://www.w3.org/TR/sparql11-query/#OperatorMapping): exactly, unless one of them
is a floating-point number. Times are compared on the line of time; one with a zone and one without are not comparable.
"""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import pyoxigraph as ox

from averment.validate.compiler.lexical import PATTERNS, RANGES
from averment.vocabulary import XSD

__all__ = ["precedes", "well_formed"]

_Worth = tuple[str, Decimal | Fraction | float | str]
"""What kind of thing it is, within which alone things have an order, and where it stands there."""

_ZONE = r"(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"(-?(?:[1-9]\d{3,20}|0\d{3}))"
_DAY = rf"{_YEAR}-(\d\d)-(\d\d)"
_CLOCK = r"(\d\d):(\d\d):(\d\d(?:\.\d{1,99})?)"
_TIMES = {
    "dateTime": re.compile(f"{_DAY}T{_CLOCK}{_ZONE}", re.ASCII),
    "date": re.compile(f"{_DAY}{_ZONE}", re.ASCII),
    "time": re.compile(f"{_CLOCK}{_ZONE}", re.ASCII),
    "gYear": re.compile(f"{_YEAR}{_ZONE}", re.ASCII),
    "gYearMonth": re.compile(f"{_YEAR}-(\\d\\d){_ZONE}", re.ASCII),
}
_DATE_PARTS = r"(?:(\d{1,99})Y)?(?:(\d{1,99})M)?"
_TIME_PARTS = r"(?:(\d{1,99})D)?(?:T(?:(\d{1,99})H)?(?:(\d{1,99})M)?(?:(\d{1,99}(?:\.\d{1,99})?)S)?)?"
_DURATION = re.compile(rf"(-?)P(?=.*[YMDHS]$)(?!.*T$){_DATE_PARTS}{_TIME_PARTS}", re.ASCII)

_DURATIONS = {"duration", "yearMonthDuration", "dayTimeDuration"}

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def well_formed(literal: ox.Literal) -> bool:
    """Say whether a literal is written as its datatype demands, where that is one whose writing is known here."""
    name = _name(literal)
    if name in PATTERNS or name in RANGES or name in _TIMES or name in _DURATIONS:
        return _worth(literal) is not None or (name == "hexBinary" and _fits(name, literal.value))
    return True


def precedes(first: object, second: object, *, or_equal: bool) -> bool:
    """Say whether a literal is less than another, or equal to it where that will do; False for what has no order."""
    if not (isinstance(first, ox.Literal) and isinstance(second, ox.Literal)):
        return False
    one, other = _worth(first), _worth(second)
    if one is None or other is None or one[0] != other[0]:
        return False
    here, there = one[1], other[1]
    if isinstance(here, float) or isinstance(there, float):
        here, there = float(here), float(there)
    return bool(here <= there if or_equal else here < there)  # type: ignore[operator] # both are of one kind


def _name(literal: ox.Literal) -> str:
    return literal.datatype.value.removeprefix(XSD.iri) if literal.datatype.value.startswith(XSD.iri) else ""


@lru_cache(maxsize=4096)
def _worth(literal: ox.Literal) -> _Worth | None:
    """Give what a literal is worth; None where it is ill-formed, or of a datatype that has no order here."""
    name, text = _name(literal), literal.value
    if name == "string":
        return "string", text
    if name == "boolean":
        return ("boolean", Decimal(text in {"true", "1"})) if _fits(name, text) else None
    if name in _TIMES:
        return _time(name, text)
    return _duration(name, text) if name in _DURATIONS else _number(name, text)


def _number(name: str, text: str) -> _Worth | None:
    if name == "hexBinary" or not (_within(name, text) if name in RANGES else name in PATTERNS and _fits(name, text)):
        return None
    return "number", float(text) if name in {"double", "float"} else Decimal(text)


def _fits(name: str, text: str) -> bool:
    """A dollar sign matches before a last line break too, which no number ends with."""
    return bool(re.search(PATTERNS[name], text)) and not text.endswith("\n")


def _within(name: str, text: str) -> bool:
    least, greatest = RANGES[name]
    return _fits("integer", text) and least <= Decimal(text) <= greatest


def _time(name: str, text: str) -> _Worth | None:
    found = _TIMES[name].fullmatch(text)
    if found is None:
        return None
    *parts, zone = found.groups()
    date, clock = ([], parts) if name == "time" else (parts[:3], parts[3:])
    days = _days(*(int(part) for part in date)) if date else 0
    seconds = _seconds(*clock) if clock else Fraction(0)
    if days is None or seconds is None:
        return None
    moment = Fraction(days * 86400) + seconds - _offset(zone)
    return f"{name}{'' if zone is None else ' with a zone'}", moment


def _days(year: int, month: int = 1, day: int = 1) -> int | None:
    """Count the days since 1 March of the year 0; from http://howardhinnant.github.io/date_algorithms.html."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not 1 <= month <= 12 or not 1 <= day <= _LENGTHS[month - 1] + (leap and month == 2):
        return None
    year -= month <= 2
    return year * 365 + year // 4 - year // 100 + year // 400 + (153 * ((month + 9) % 12) + 2) // 5 + day - 1


def _seconds(hours: str, minutes: str, seconds: str) -> Fraction | None:
    clock = int(hours), int(minutes), Fraction(seconds)
    if clock[0] > 24 or clock[1] > 59 or clock[2] >= 60 or (clock[0] == 24 and (clock[1] or clock[2])):
        return None
    return clock[0] * 3600 + clock[1] * 60 + clock[2]


def _offset(zone: str | None) -> int:
    if zone in {None, "Z"}:
        return 0
    assert zone is not None  # noqa: S101 - said one line above
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return (-60 if zone[0] == "-" else 60) * minutes


def _duration(name: str, text: str) -> _Worth | None:
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    sign, years, months, *clock = found.groups()
    if (name == "yearMonthDuration" and ("T" in text or clock[0])) or (name == "dayTimeDuration" and (years or months)):
        return None
    in_months = Fraction(int(years or 0) * 12 + int(months or 0))
    in_seconds = sum((Fraction(part or 0) * size for part, size in zip(clock, _SIZES, strict=True)), Fraction(0))
    worth = in_months if name == "yearMonthDuration" else in_seconds
    # Months and days of one duration cannot be weighed against each other.
    kind = f"{name} of {in_months} and {in_seconds}" if name == "duration" else name
    return kind, -worth if sign else worth


_SIZES = (86400, 3600, 60, 1)
