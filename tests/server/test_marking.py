"""Marking passages: whatever the spans, the text stays the text."""

from hypothesis import given
from hypothesis import strategies as st

from averment_server.passages import Mark, paragraphs, segments

TEXTS = st.text(alphabet="ab \n𝔅é", max_size=60)
MARKS = st.lists(st.builds(Mark, st.integers(-2, 70), st.integers(-2, 70), st.sampled_from("xyz")), max_size=8)


@given(TEXTS, MARKS)
def test_the_segments_joined_are_the_text(text: str, marks: list[Mark]) -> None:
    assert "".join(segment.text for segment in segments(text, marks)) == text


@given(TEXTS, MARKS)
def test_a_segment_has_the_marks_of_each_of_its_characters(text: str, marks: list[Mark]) -> None:
    fitting = {mark for mark in marks if 0 <= mark.start < mark.end <= len(text)}
    at = 0
    for segment in segments(text, marks):
        for offset in range(at, at + len(segment.text)):
            assert set(segment.marks) == {mark for mark in fitting if mark.start <= offset < mark.end}
        at += len(segment.text)


@given(TEXTS, MARKS)
def test_every_mark_begins_once(text: str, marks: list[Mark]) -> None:
    begins = [mark for segment in segments(text, marks) for mark in segment.begins]
    assert set(begins) == {mark for mark in marks if 0 <= mark.start < mark.end <= len(text)}


@given(TEXTS, MARKS)
def test_paragraphs_lose_nothing_but_empty_lines(text: str, marks: list[Mark]) -> None:
    lines = ["".join(segment.text for segment in line) for line in paragraphs(segments(text, marks))]
    assert lines == [line for line in text.split("\n") if line.strip()]


def test_the_innermost_of_nested_marks_is_the_shortest() -> None:
    outer, inner = Mark(0, 9, "outer"), Mark(3, 6, "inner")
    found = segments("abcdefghi", [inner, outer])
    assert [(s.text, s.innermost and s.innermost.iri) for s in found] == [
        ("abc", "outer"),
        ("def", "inner"),
        ("ghi", "outer"),
    ]


def test_text_without_marks_has_none() -> None:
    assert [segment.innermost for segment in segments("abc", [])] == [None]
    assert segments("", []) == []
