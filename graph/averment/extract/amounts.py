"""Money: currency, number or range, magnitude and comparator, in a frame of our own.

`$1,250.50`, `more than $500 million`, `between $5 and $10 million`, `€3bn`, `a few hundred dollars to thousands`.
A number is read as it stands; words for a size without a number ("thousands") give a lower bound at most.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from averment.model import Amount, Comparator, Span

__all__ = ["amounts"]

# fmt: off
_SYMBOLS = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD", "R$": "BRL",
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₴": "UAH",
    "USD": "USD", "EUR": "EUR", "GBP": "GBP", "JPY": "JPY", "CHF": "CHF", "CAD": "CAD", "AUD": "AUD", "NZD": "NZD",
    "CNY": "CNY", "INR": "INR", "MXN": "MXN", "BRL": "BRL", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "PLN": "PLN",
}
_NAMES = {
    "dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "franc": "CHF", "rupee": "INR",
    "peso": "MXN", "ruble": "RUB", "rouble": "RUB", "yuan": "CNY", "shekel": "ILS", "rand": "ZAR", "hryvnia": "UAH",
}
_MAGNITUDES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_MAGNITUDES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_NUMBER_WORDS: dict[str, int | Decimal] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}
_ARTICLES: dict[str, int | Decimal] = {"a": 1, "an": 1, "half a": Decimal("0.5")}
"""They are numbers before a magnitude only: `a million dollars`, but not `a pound`."""

_VAGUE = {
    "hundreds": 10**2, "thousands": 10**3, "millions": 10**6, "billions": 10**9, "trillions": 10**12,
    "tens of thousands": 10**4, "hundreds of thousands": 10**5, "tens of millions": 10**7,
    "hundreds of millions": 10**8, "tens of billions": 10**10, "hundreds of billions": 10**11,
    **{f"{few} {size}": 2 * n for few in ("a few", "several", "a couple of") for size, n in _MAGNITUDES.items()},
}
"""Words for a size without a number, with the least that they can mean."""

_BEFORE = {
    **dict.fromkeys(("more than", "over", "upwards of", "upward of", "in excess of", "north of"),
                    Comparator.MORE_THAN),
    **dict.fromkeys(("at least", "no less than", "not less than", "a minimum of", "as little as"),
                    Comparator.AT_LEAST),
    **dict.fromkeys(("less than", "under", "fewer than", "just under"), Comparator.LESS_THAN),
    **dict.fromkeys(("up to", "at most", "no more than", "not more than", "a maximum of", "as much as"),
                    Comparator.AT_MOST),
    **dict.fromkeys(("about", "around", "roughly", "approximately", "some", "an estimated", "estimated", "nearly",
                     "almost", "close to", "just shy of"), Comparator.ABOUT),
}
_AFTER = {
    "or more": Comparator.AT_LEAST, "-plus": Comparator.AT_LEAST, "+": Comparator.AT_LEAST,
    "or less": Comparator.AT_MOST, "or under": Comparator.AT_MOST, "or so": Comparator.ABOUT,
}
# fmt: on

_LOWER_BOUNDS = {Comparator.MORE_THAN, Comparator.AT_LEAST, Comparator.BETWEEN}
_UPPER_BOUNDS = {Comparator.LESS_THAN, Comparator.AT_MOST}


def _any(words: Iterable[str]) -> str:
    """Give a pattern for any of the words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_DIGITS = r"(?<![\d.])(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.\d{1,9})?(?!,?\d)"
_MAGNITUDE = rf"(?:[\s-]?(?:{_any(_MAGNITUDES)})|(?:{_any(_SHORT_MAGNITUDES)}))\b"
_NAME = rf"(?:(?:U\.?S\.?|Canadian|Australian)\s+)?(?:{_any(_NAMES)})s?\b"
_SIZE = rf"(?:{_any(_VAGUE)})\b"

_JOIN = r"\s*[-–—]\s*|\s+(?:to|and)\s+"
_SPELLED = rf"(?:{_any(_NUMBER_WORDS)})(?=\s)|(?:{_any(_ARTICLES)})(?=\s+(?:{_any(_MAGNITUDES)}))"

_WITH_SYMBOL = (
    rf"(?P<symbol>{_any(_SYMBOLS)})\s?(?P<number1>{_DIGITS})(?P<magnitude1>{_MAGNITUDE})?"
    rf"(?:(?P<join1>{_JOIN})(?:{_any(_SYMBOLS)})?\s?(?P<to1>{_DIGITS})(?P<to_magnitude1>{_MAGNITUDE})?)?"
)
_WITH_NAME = (
    rf"(?<![\w$€£¥.,])(?P<number2>{_DIGITS}|{_SPELLED})(?P<magnitude2>{_MAGNITUDE})?"
    rf"(?:(?P<join2>{_JOIN})(?P<to2>{_DIGITS})(?P<to_magnitude2>{_MAGNITUDE})?)?[\s-](?P<name2>{_NAME})"
)
_WITH_SIZE = rf"(?<![\w$€£¥])(?P<size>{_SIZE})(?:\s+of)?\s+(?P<name3>{_NAME})(?:\s+to\s+(?P<to_size>{_SIZE}))?"

_AMOUNT = re.compile(
    rf"(?:(?<!\w)(?P<range>between|from)\s+)?(?:(?<!\w)(?P<before>{_any(_BEFORE)}|a\s+little\s+as)\s+)?"
    rf"(?:{_WITH_SYMBOL}|{_WITH_NAME}|{_WITH_SIZE})(?![\w%])(?P<after>\s*-plus\b|\+|\s+or\s+(?:more|less|under|so)\b)?",
    re.IGNORECASE,
)
_TOO_MUCH = Decimal(10) ** 17
_CHANGE = re.compile(
    r"\b(?:rose|rise[ns]?|rising|fell|falls?|fallen|falling|grew|grows?|grown|went|cut|"
    r"jump\w*|climb\w*|drop\w*|increas\w*|decreas\w*)\b[^.\n]{0,40}$",
    re.IGNORECASE,
)
"""Before `from $5 million to $6 million` it makes two amounts, a first and a last one, of what looks like a range."""


def amounts(text: str) -> tuple[Amount, ...]:
    """Give every amount of money that a text names, in order."""
    found = []
    at = 0
    while match := _AMOUNT.search(text, at):
        amount, at = _read(text, match)
        found.append(amount)
    return tuple(amount for amount in found if _is_money(amount))


def _is_money(amount: Amount) -> bool:
    """Say whether the numbers are such as money has; larger ones could not be added up with xsd:decimal of 128 bits."""
    numbers = (amount.value, amount.minimum, amount.maximum)
    return all(number is None or number < _TOO_MUCH for number in numbers)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The parts of an amount as written, whichever of the three forms it has."""

    low: Decimal
    high: Decimal | None
    currency: str
    end: int


def _read(text: str, match: re.Match[str]) -> tuple[Amount, int]:
    """Give the amount that a match holds, and where to look for the next."""
    if match["size"]:
        return _vague(match), match.end()
    is_change = match["range"] and match["range"].lower() == "from" and bool(_CHANGE.search(text[: match.start()]))
    frame = _frame(match, ranged=not is_change)
    start = match.start("before") if match["before"] else _first_number(match)
    if match["range"] and frame.high is not None:
        start = match.start("range")
    comparator = _comparator(match, frame)
    return Amount(
        span=Span(start, frame.end),
        currency=frame.currency,
        comparator=comparator,
        value=frame.low if comparator in {Comparator.EXACTLY, Comparator.ABOUT} else None,
        minimum=frame.low if comparator in _LOWER_BOUNDS else None,
        maximum=_maximum(comparator, frame),
        rule="amount-number",
    ), frame.end


def _maximum(comparator: Comparator, frame: _Frame) -> Decimal | None:
    if comparator is Comparator.BETWEEN:
        return frame.high
    return frame.low if comparator in _UPPER_BOUNDS else None


def _first_number(match: re.Match[str]) -> int:
    return match.start("symbol") if match["symbol"] else match.start("number2")


def _frame(match: re.Match[str], *, ranged: bool) -> _Frame:
    """Read the numbers; `$5 and $10 million` is a range after `between` only, else its first amount stands alone.

    So it does in `$9 million to $4 million`, which compares two.
    """
    form = "1" if match["symbol"] else "2"
    low, join, to = match[f"number{form}"], match[f"join{form}"], match[f"to{form}"]
    magnitude, to_magnitude = match[f"magnitude{form}"], match[f"to_magnitude{form}"]
    currency = _SYMBOLS[match["symbol"].upper()] if match["symbol"] else _NAMES[_singular(match["name2"])]
    if to and (match["range"] == "between" if "and" in join else ranged):
        high = _number(to, to_magnitude)
        shared = magnitude or (to_magnitude if _number(low, None) < _number(to, None) and "," not in low else None)
        if _number(low, shared) <= high:
            return _Frame(_number(low, shared), high, currency, match.end())
    end = match.end() if not to or form == "2" else match.end(f"magnitude{form}" if magnitude else f"number{form}")
    return _Frame(_number(low, magnitude), None, currency, end)


def _comparator(match: re.Match[str], frame: _Frame) -> Comparator:
    if frame.high is not None:
        return Comparator.BETWEEN
    if match["after"]:
        return _AFTER[" ".join(match["after"].lower().split())]
    words = " ".join((match["before"] or "").lower().split())
    return _BEFORE.get(words, Comparator.EXACTLY)


def _vague(match: re.Match[str]) -> Amount:
    """Read words for a size: the least they can mean is a lower bound, and there is no upper one."""
    start = (
        match.start("range")
        if match["range"] and match["to_size"]
        else match.start("before" if match["before"] else "size")
    )
    return Amount(
        span=Span(start, match.end()),
        currency=_NAMES[_singular(match["name3"])],
        comparator=Comparator.VAGUE,
        minimum=Decimal(_VAGUE[" ".join(match["size"].lower().split())]),
        rule="amount-size",
    )


def _number(written: str, magnitude: str | None) -> Decimal:
    words = " ".join(written.lower().split())
    spelled = _NUMBER_WORDS.get(words) or _ARTICLES.get(words)
    number = Decimal(spelled) if spelled else Decimal(written.replace(",", ""))
    size = (magnitude or "").strip(" -\t\n\r\xa0").lower()
    return number * (_MAGNITUDES.get(size) or _SHORT_MAGNITUDES.get(size) or 1)


def _singular(written: str) -> str:
    """Give the currency's name as the table has it: `US dollars` is `dollar`."""
    return written.lower().split()[-1].removesuffix("s")
