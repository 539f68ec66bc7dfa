"""Where quotation marks open and close."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.extract.quotations import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" and "yes".', ['"no"', '"yes"']),
        ("“We, ‘the city’, pay,” she said. “Now.”", ["“We, ‘the city’, pay,”", "“Now.”"]),
        ("“outer “inner” outer” tail", ["“outer “inner” outer”"]),
        ("“It goes on\n“and on.”", ["“It goes on", "“and on.”"]),
        ("“It never ends", []),
        ("It is 6'2\" tall", []),
        ("” closed before it opened “", []),
        ("«Oui», dit-elle", ["«Oui»"]),
        ("'We paid the workers' wages,' she said. 'It is over.'", ["'We paid the workers' wages,'", "'It is over.'"]),
        ("‘We paid,’ she said of the ’80s.", ["‘We paid,’"]),
        ("The workers' wages and the ‘defund’ debate.", []),
        ("", []),
    ],
)
def test_quotations_are_found_with_their_marks(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in quotations(text)] == expected


@given(st.text(alphabet="\"“”„«»‘’' ab.,\n"))
def test_no_marks_whatever_raise_and_no_two_quotations_overlap(text: str) -> None:
    end = 0
    for span in quotations(text):
        assert end <= span.start < span.end <= len(text)
        assert "\n" not in span.of(text)
        end = span.end
