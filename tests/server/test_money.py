"""Amounts in words."""

import pytest

from averment.vocabulary import member
from averment_server.ask import Record
from averment_server.money import amount, sums, understood


def record(comparator: str, value: str | None = None, minimum: str | None = None, maximum: str | None = None) -> Record:
    iri = member("comparator", comparator).value
    return Record(comparator=iri, currency="EUR", value=value, minimum=minimum, maximum=maximum)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (record("exactly", "1250.5"), "EUR 1,250.50"),
        (record("about", "2000000"), "about EUR 2,000,000"),
        (record("more-than", minimum="5"), "more than EUR 5"),
        (record("less-than", maximum="5"), "less than EUR 5"),
        (record("at-least", minimum="5"), "at least EUR 5"),
        (record("at-most", maximum="5"), "at most EUR 5"),
        (record("between", minimum="5", maximum="7"), "between EUR 5 and EUR 7"),
        (record("vague", minimum="2000"), "at least EUR 2,000"),
        (record("vague"), "no number is given"),
    ],
)
def test_an_amount_is_understood_as_it_was_qualified(found: Record, words: str) -> None:
    assert understood(found) == words


def test_cents_are_shown_where_there_are_some() -> None:
    assert (amount("USD", "3"), amount("USD", "3.0"), amount("USD", "3.1")) == ("USD 3", "USD 3", "USD 3.10")


def test_a_sum_that_the_engine_cannot_give_is_said_to_be_none() -> None:
    row = Record(
        currency="EUR",
        comparator=member("comparator", "exactly").value,
        listed="false",
        payouts="2",
        numbered="2",
        values=None,
        minima="0",
        maxima="0",
    )
    assert sums([row])[0].total.startswith("cannot be summed")


def test_sums_count_what_has_no_number() -> None:
    row = Record(
        currency="EUR",
        comparator=member("comparator", "more-than").value,
        listed="true",
        payouts="3",
        numbered="2",
        values="0",
        minima="12",
        maxima="0",
    )
    (found,) = sums([row])
    assert (found.total, found.unnumbered, found.listed) == ("more than EUR 12", 1, True)
