"""Times: days, months, seasons, years and stretches of them, as EDTF at the precision that was written.

EDTF is ISO 8601-2:2019 (https://www.loc.gov/standards/datetime/); 21 to 24 are its seasons from spring to winter. A
relative time ("last summer", "in February") is resolved against the day of publication where that is known, and stays
unresolved otherwise.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from averment.model import Interval, Span

__all__ = ["intervals"]

# fmt: off
_MONTHS = {
    "January": 1, "February": 2, "March": 3, "April": 4, "May": 5, "June": 6, "July": 7, "August": 8, "September": 9,
    "October": 10, "November": 11, "December": 12, "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8,
    "Sept": 9, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12,
}
# fmt: on
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": 21, "summer": 22, "fall": 23, "autumn": 23, "winter": 24}
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
"""First and last month of the seasons, as meteorology counts them in the north."""

_YEAR = r"(?:1[6-9]|20)\d\d"
_LONG_MONTHS = "|".join(name for name in _MONTHS if len(name) > 4 or name in {"May", "June", "July"})
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_MONTH = rf"(?:(?:{_LONG_MONTHS})\b|(?:{_SHORT_MONTHS})\b\.?)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DATED = rf"{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?(?!\d)|{_DAY}\s+{_MONTH}(?:\s+{_YEAR})?|{_MONTH},?\s+{_YEAR}"
_POINT = rf"(?:{_DATED}|{_YEAR})"


@dataclass(frozen=True, slots=True)
class _Time:
    """A time as EDTF with its first and last day, month or year."""

    edtf: str
    begin: str | None
    end: str | None
    relative: bool = False


_Reading = Callable[[re.Match[str], date | None], _Time | None]


def _point(written: str, published: date | None) -> _Time | None:
    """Read a day, month or year; a day or month without a year is the last one before publication."""
    words = re.findall(r"[A-Za-z]+|\d+", written)
    month = next((_MONTHS[w] for w in words if w in _MONTHS), None)
    numbers = [w for w in words if w.isdigit()]
    year = next((int(n) for n in numbers if len(n) == 4), None)
    day = next((int(n) for n in numbers if len(n) < 3), None)
    relative = year is None
    if year is None:
        year = _year_before(published, month, day)
    if year is None:
        return None
    edtf = "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])
    return _Time(edtf, edtf, edtf, relative) if _exists(year, month, day) else None


def _exists(year: int, month: int | None, day: int | None) -> bool:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return True


def _year_before(published: date | None, month: int | None, day: int | None) -> int | None:
    """Give the year in which a month, or day, last came before the day of publication."""
    if published is None or month is None:
        return None
    return published.year - ((month, day or 0) > (published.month, published.day))


def _read_point(match: re.Match[str], published: date | None) -> _Time | None:
    return _point(match["point"], published)


def _read_between(match: re.Match[str], published: date | None) -> _Time | None:
    """Read `from 2009 through 2019`: both ends are in it."""
    first, last = _point(match["first"], published), _point(match["last"], published)
    if not first or not last or not first.begin or not last.end or first.begin > last.end:
        return None
    return _Time(f"{first.edtf}/{last.edtf}", first.begin, last.end, first.relative or last.relative)


def _read_since(match: re.Match[str], published: date | None) -> _Time | None:
    """Read `since 2009`: open at its end."""
    first = _point(match["first"], published)
    return first and _Time(f"{first.edtf}/..", first.begin, None, first.relative)


def _read_until(match: re.Match[str], published: date | None) -> _Time | None:
    last = _point(match["last"], published)
    return last and _Time(f"../{last.edtf}", None, last.end, last.relative)


def _read_month(match: re.Match[str], published: date | None) -> _Time | None:
    """Read `in February` or `last July`: the last one before publication; `next March` looks ahead."""
    time = _point(match["month"], published)
    if time is None or _which(match) != "next":
        return time
    following = f"{int(time.edtf[:4]) + 1:04}{time.edtf[4:]}"
    return _Time(following, following, following, relative=True)


def _read_season(match: re.Match[str], published: date | None) -> _Time | None:
    """Read `last summer`: the last one that had begun before publication."""
    if published is None:
        return None
    first, _ = _SEASON_MONTHS[_SEASONS[match["season"].lower()]]
    begun = first <= published.month
    return _season(match["season"], published.year - (not begun) + (_which(match) == "next"), relative=True)


def _read_season_year(match: re.Match[str], _published: date | None) -> _Time | None:
    return _season(match["season"], int(match["year"]), relative=False)


def _season(name: str, year: int, *, relative: bool) -> _Time:
    number = _SEASONS[name.lower()]
    first, last = _SEASON_MONTHS[number]
    return _Time(f"{year:04}-{number}", f"{year:04}-{first:02}", f"{year + (last < first):04}-{last:02}", relative)


def _which(match: re.Match[str]) -> str:
    """Give `last`, `this` or `next` where a relative time says so."""
    return (match["which"] or "").lower()


def _read_weekday(match: re.Match[str], published: date | None) -> _Time | None:
    """Read `on Wednesday`: the last one not after publication, as news is written; `next` looks ahead."""
    if published is None:
        return None
    back = (published.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
    which = _which(match)
    day = published + timedelta(days=7 - back if which == "next" else -(back or 7 * (which == "last")))
    return _Time(day.isoformat(), day.isoformat(), day.isoformat(), relative=True)


def _read_near(match: re.Match[str], published: date | None) -> _Time | None:
    if published is None:
        return None
    day = published + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(match["near"].lower(), 0))
    return _Time(day.isoformat(), day.isoformat(), day.isoformat(), relative=True)


def _read_unit(match: re.Match[str], published: date | None) -> _Time | None:
    """Read `last year`, `this month`, `next week`."""
    if published is None:
        return None
    step = {"last": -1, "past": -1, "next": 1}.get(_which(match), 0)
    if match["unit"].lower() == "year":
        edtf = f"{published.year + step:04}"
        return _Time(edtf, edtf, edtf, relative=True)
    if match["unit"].lower() == "month":
        months = published.year * 12 + published.month - 1 + step
        edtf = f"{months // 12:04}-{months % 12 + 1:02}"
        return _Time(edtf, edtf, edtf, relative=True)
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
    begin, end = monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    return _Time(f"{begin}/{end}", begin, end, relative=True)


def _read_iso(match: re.Match[str], _published: date | None) -> _Time | None:
    try:
        day = date.fromisoformat(match["iso"]).isoformat()
    except ValueError:
        return None
    return _Time(day, day, day)


def _form(rule: str, pattern: str, read: _Reading) -> tuple[str, re.Pattern[str], _Reading]:
    return rule, re.compile(rf"(?<![\w$€£¥.,-]){pattern}(?![\w%]|[.,]\d)"), read


_WHICH = r"(?:(?P<which>(?i:last|this|next))\s+(?:(?i:past|early|late|mid)[\s-]+)?)"
_YEAR_BEFORE = (
    r"(?:(?<=\b[Ii]n\s)|(?<=\bsince\s)|(?<=\bby\s)|(?<=\bof\s)|(?<=\b[Ff]rom\s)|(?<=\bduring\s)|(?<=\bthrough\s)|(?<=\ba\s)|"
    r"(?<=\b[Tt]he\s)|(?<=\b[Hh]is\s)|(?<=\bher\s)|(?<=\btheir\s)|(?<=[’']s\s)|(?<=\bearly\s)|(?<=\blate\s)|(?<=\bmid-)|"
    r"(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\buntil\s)|(?<=\()|(?<=\bA\s))"
)

_FORMS = (
    _form("date-iso", r"(?P<iso>\d{4}-\d{2}-\d{2})", _read_iso),
    _form("date-between", rf"(?i:between)\s+(?P<first>{_POINT})\s+and\s+(?P<last>{_POINT})", _read_between),
    _form(
        "date-range",
        rf"(?:(?i:from)\s+)?(?P<first>{_POINT})(?:\s*[-–—]\s*|\s+(?:to|through|until)\s+)(?P<last>{_POINT})",
        _read_between,
    ),
    _form("date-since", rf"(?i:since)\s+(?P<first>{_POINT}|{_MONTH})", _read_since),
    _form("date-until", rf"(?i:until|till)\s+(?P<last>{_POINT}|{_MONTH})", _read_until),
    _form(
        "date-season-year", rf"(?i:(?P<season>{'|'.join(_SEASONS)}))\s+(?:of\s+)?(?P<year>{_YEAR})", _read_season_year
    ),
    _form("date-season", rf"{_WHICH}(?P<season>{'|'.join(_SEASONS)})", _read_season),
    _form("date-point", rf"(?P<point>{_DATED})", _read_point),
    _form(
        "date-month",
        rf"(?:{_WHICH}|(?<=\b[Ii]n\s)|(?<=\bby\s)|(?<=\bof\s)|(?<=\blate\s)|(?<=\bearly\s))(?P<month>{_MONTH})",
        _read_month,
    ),
    _form("date-weekday", rf"{_WHICH}?(?P<weekday>{'|'.join(day.title() for day in _WEEKDAYS)})", _read_weekday),
    _form("date-unit", rf"{_WHICH}(?P<unit>year|month|week)", _read_unit),
    _form("date-near", r"(?P<near>(?i:yesterday|today|tomorrow))", _read_near),
    _form("date-year", rf"{_YEAR_BEFORE}(?P<point>{_YEAR})", _read_point),
)
"""From the most to the least specific; the first that reads a stretch of text keeps it."""


def intervals(text: str, published: date | None) -> tuple[Interval, ...]:
    """Give every time that a text names, in order, resolved against the day of publication where that is known."""
    found: list[Interval] = []
    for rule, pattern, read in _FORMS:
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end())
            if not any(span.overlaps(other.span) for other in found) and not _is_count(text, match, rule):
                found.append(_interval(span, rule, read(match, published), published))
    return tuple(sorted(found, key=lambda interval: interval.span))


def _is_count(text: str, match: re.Match[str], rule: str) -> bool:
    """Tell `of 2000 workers` from `of 2000`."""
    return rule == "date-year" and bool(
        re.search(r"\bof\s$", text[: match.start()][-4:]) and re.match(r"\s[a-z]+s\b", text[match.end() :])
    )


def _interval(span: Span, rule: str, time: _Time | None, published: date | None) -> Interval:
    if time is None:
        return Interval(span=span, rule=rule)
    against = published if time.relative else None
    return Interval(span=span, edtf=time.edtf, begin=time.begin, end=time.end, resolved_against=against, rule=rule)
