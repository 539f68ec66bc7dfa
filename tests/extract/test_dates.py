"""Times as written and as EDTF."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.extract.dates import intervals

DAY = date(2021, 5, 7)
"""A Friday."""


@pytest.mark.parametrize(
    ("text", "written", "edtf"),
    [
        ("starting last summer", "last summer", "2020-22"),
        ("since 2009, it", "since 2009", "2009/.."),
        ("from 2009 through 2019", "from 2009 through 2019", "2009/2019"),
        ("between 2009 and 2019", "between 2009 and 2019", "2009/2019"),
        ("in 2009-2019", "2009-2019", "2009/2019"),
        ("until 2020", "until 2020", "../2020"),
        ("signed in February.", "February", "2021-02"),
        ("in November", "November", "2020-11"),
        ("last July", "last July", "2020-07"),
        ("in November 2019 Another", "November 2019", "2019-11"),
        ("on March 25", "March 25", "2021-03-25"),
        ("on 25 March 2019", "25 March 2019", "2019-03-25"),
        ("a 2014 arrest", "2014", "2014"),
        ("on Wednesday", "Wednesday", "2021-05-05"),
        ("next Wednesday", "next Wednesday", "2021-05-12"),
        ("yesterday", "yesterday", "2021-05-06"),
        ("last year", "last year", "2020"),
        ("last month", "last month", "2021-04"),
        ("winter of 2019", "winter of 2019", "2019-24"),
        ("2021-05-06", "2021-05-06", "2021-05-06"),
    ],
)
def test_a_time_keeps_the_precision_that_was_written(text: str, written: str, edtf: str) -> None:
    (interval,) = intervals(text, DAY)
    assert interval.span.of(text) == written
    assert interval.edtf == edtf


@pytest.mark.parametrize("text", ["last summer", "in February", "on Wednesday", "yesterday", "last year", "March 25"])
def test_a_relative_time_stays_unresolved_where_the_day_of_publication_is_unknown(text: str) -> None:
    (interval,) = intervals(text, None)
    assert (interval.edtf, interval.begin, interval.end, interval.resolved_against) == (None, None, None, None)


def test_only_a_relative_time_names_the_day_it_was_resolved_against() -> None:
    last, plain = intervals("last summer and in 2014", DAY)
    assert (last.resolved_against, plain.resolved_against) == (DAY, None)


@pytest.mark.parametrize("text", ["he may go", "$2000", "2,019", "of 2000 workers", "aged 13", "march on", "12019"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert intervals(text, DAY) == ()


def test_a_day_that_does_not_exist_is_kept_as_written_only() -> None:
    (interval,) = intervals("on February 30, 2020", DAY)
    assert interval.edtf is None


@given(st.text(alphabet="MayJuneFebruary 0123456789-,.lastsinceto summer\n"), st.none() | st.dates())
def test_times_never_overlap_and_lie_in_the_text(text: str, published: date | None) -> None:
    end = 0
    for interval in intervals(text, published):
        assert end <= interval.span.start < interval.span.end <= len(text)
        end = interval.span.end
