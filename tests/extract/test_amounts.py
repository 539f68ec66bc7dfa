"""Money as written and as understood."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.extract.amounts import amounts
from averment.model import Comparator

EXACTLY, ABOUT, MORE, LEAST, LESS, MOST, BETWEEN, VAGUE = (
    Comparator.EXACTLY,
    Comparator.ABOUT,
    Comparator.MORE_THAN,
    Comparator.AT_LEAST,
    Comparator.LESS_THAN,
    Comparator.AT_MOST,
    Comparator.BETWEEN,
    Comparator.VAGUE,
)


@pytest.mark.parametrize(
    ("text", "written", "currency", "comparator", "value", "minimum", "maximum"),
    [
        ("it paid $1,250.50.", "$1,250.50", "USD", EXACTLY, "1250.50", None, None),
        ("more than $500 million since", "more than $500 million", "USD", MORE, None, 500_000_000, None),
        ("as little as $5", "as little as $5", "USD", LEAST, None, 5, None),
        ("up to €3bn", "up to €3bn", "EUR", MOST, None, None, 3_000_000_000),
        ("under $600", "under $600", "USD", LESS, None, None, 600),
        ("at least €3.5m", "at least €3.5m", "EUR", LEAST, None, 3_500_000, None),
        ("about $2 million", "about $2 million", "USD", ABOUT, 2_000_000, None, None),
        ("nearly 600 dollars", "nearly 600 dollars", "USD", ABOUT, 600, None, None),
        ("between $5 and $10 million", "between $5 and $10 million", "USD", BETWEEN, None, 5_000_000, 10_000_000),
        ("a $5-10 million fund", "$5-10 million", "USD", BETWEEN, None, 5_000_000, 10_000_000),
        ("from $500 to $5 million", "from $500 to $5 million", "USD", BETWEEN, None, 500, 5_000_000),
        ("£3.5 million", "£3.5 million", "GBP", EXACTLY, 3_500_000, None, None),
        ("two million euros", "two million euros", "EUR", EXACTLY, 2_000_000, None, None),
        ("half a million dollars", "half a million dollars", "USD", EXACTLY, 500_000, None, None),
        ("a 3,000-dollar bill", "3,000-dollar", "USD", EXACTLY, 3_000, None, None),
        ("$500,000 or more", "$500,000 or more", "USD", LEAST, None, 500_000, None),
        ("US$ 40", "US$ 40", "USD", EXACTLY, 40, None, None),
        ("EUR 12.5 million", "EUR 12.5 million", "EUR", EXACTLY, 12_500_000, None, None),
        ("hundreds of thousands of dollars", "hundreds of thousands of dollars", "USD", VAGUE, None, 100_000, None),
        ("a few hundred dollars to thousands", "a few hundred dollars to thousands", "USD", VAGUE, None, 200, None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_stands(
    text: str, written: str, currency: str, comparator: Comparator, value: str, minimum: int, maximum: int
) -> None:
    (amount,) = amounts(text)
    assert amount.span.of(text) == written
    assert (amount.currency, amount.comparator) == (currency, comparator)
    assert amount.value == (None if value is None else Decimal(value))
    assert (amount.minimum, amount.maximum) == (minimum, maximum)


def test_two_amounts_are_not_a_range() -> None:
    text = "It paid $5 million and $10 million, and costs rose from $1 million to $2 million, ahead by $9 to $4."
    assert [a.value for a in amounts(text)] == [5_000_000, 10_000_000, 1_000_000, 2_000_000, 9, 4]


@pytest.mark.parametrize(
    "text", ["$1,50,000", "5 million people", "a pound of flesh", "$", "13", "the 1990s", "$1,2345"]
)
def test_what_is_no_amount_is_none(text: str) -> None:
    assert amounts(text) == ()


@given(st.text(alphabet="$€£ 0123456789.,-–toandmillion\nbetween"))
def test_amounts_never_overlap_and_lie_in_the_text(text: str) -> None:
    end = 0
    for amount in amounts(text):
        assert end <= amount.span.start < amount.span.end <= len(text)
        end = amount.span.end
        low, high = amount.minimum, amount.maximum
        assert low is None or high is None or isinstance(low, Decimal)
