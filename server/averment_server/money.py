"""Amounts and sums in words. What is exact and what is a bound is never added up, nor are two currencies."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from averment.vocabulary import member
from averment_server.ask import Record

__all__ = ["Sum", "amount", "sums", "understood"]

_COMPARATOR = member("comparator", "").value


def amount(currency: str, number: str | Decimal) -> str:
    """Give a number of money as people write it.

    >>> amount("USD", "1250.5")
    'USD 1,250.50'
    """
    exact = Decimal(number)
    return f"{currency} {exact:,.0f}" if exact == exact.to_integral_value() else f"{currency} {exact:,.2f}"


def understood(record: Record) -> str:
    """Say what an amount means, from its comparator, value and bounds.

    >>> understood(Record(comparator=_COMPARATOR + "more-than", currency="USD", value=None, minimum="5", maximum=None))
    'more than USD 5'
    """
    return _phrase(record.comparator, record.currency, record.value, record.minimum, record.maximum)


def _phrase(comparator: str, currency: str, value: str | None, minimum: str | None, maximum: str | None) -> str:
    how = comparator.removeprefix(_COMPARATOR)
    if value is not None:
        return f"{'about ' if how == 'about' else ''}{amount(currency, value)}"
    if minimum is not None and maximum is not None:
        return f"between {amount(currency, minimum)} and {amount(currency, maximum)}"
    if minimum is not None:
        return f"{'more than' if how == 'more-than' else 'at least'} {amount(currency, minimum)}"
    if maximum is not None:
        return f"{'less than' if how == 'less-than' else 'at most'} {amount(currency, maximum)}"
    return "no number is given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What amounts come to that have the currency, the comparator and the kind of origin in common."""

    currency: str
    comparator: str
    listed: bool
    """Whether a document is said to list these payouts."""
    payouts: int
    numbered: int
    total: str

    @property
    def unnumbered(self) -> int:
        """How many payouts have no number, and so are in no sum."""
        return self.payouts - self.numbered


def sums(found: Iterable[Record]) -> list[Sum]:
    """Read the rows of a query for sums."""
    return [
        Sum(
            currency=record.currency,
            comparator=record.comparator,
            listed=record.listed == "true",
            payouts=int(record.payouts),
            numbered=int(record.numbered),
            total=_total(record),
        )
        for record in found
    ]


def _total(record: Record) -> str:
    """Say what the amounts that have a number come to."""
    if not int(record.numbered):
        return "no number is given"
    columns = (record.values, record.minima, record.maxima)
    if None in columns:
        # The engine's decimals end at some 1.7e20; a sum that leaves them has no value.
        return "cannot be summed: a number is too large"
    value, minimum, maximum = (None if Decimal(number) == 0 else number for number in columns)
    return _phrase(record.comparator, record.currency, value, minimum, maximum)
