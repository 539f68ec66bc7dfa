"""Offsets in code points, UTF-16 units and bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.citations.offsets import Unit, from_unit, in_unit
from averment.model import Span


@given(st.text(min_size=1), st.data(), st.sampled_from(list(Unit)))
def test_there_and_back(text: str, data: st.DataObject, unit: Unit) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert from_unit(text, *in_unit(text, span, unit), unit) == span


def test_each_unit_counts_its_own() -> None:
    text = "\U0001f600é paid"
    span = Span(3, 7)
    assert [in_unit(text, span, unit) for unit in Unit] == [(3, 7), (4, 8), (7, 11)]


@pytest.mark.parametrize(
    ("start", "end", "unit"),
    [(1, 2, Unit.UTF_16), (1, 4, Unit.BYTES), (0, 99, Unit.BYTES), (0, 99, Unit.CODE_POINTS), (2, 2, Unit.UTF_16)],
)
def test_what_marks_no_stretch_is_refused(start: int, end: int, unit: Unit) -> None:
    with pytest.raises(ValueError, match=r"stretch|character|ends|span"):
        from_unit("\U0001f600 paid", start, end, unit)
