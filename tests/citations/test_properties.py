"""What holds for any text and any way of editing it."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from averment.citations import Finding, Outcome, Revision
from averment.citations.offsets import Unit, from_unit, in_unit
from averment.citations.words import Text, Word
from averment.model import Span

WORDS = st.sampled_from(
    ["The", "city", "paid", "$5", "million", "not", "No", "five", "Jo", "Lind", "U.S.", "don’t", "long-term", "part",
     "ii", "José", "Jose\u0301", "\U0001f600", "\U0001d400bc", "a\u0323\u0307", "12", "−3", '6"', "İ", "ß", "Ω",
     "\u200b", "\u202e"]
)  # fmt: skip
BETWEEN = st.sampled_from(
    [" ", " ", " ", "  ", "\n", "\r\n", "\r\n\r\n", ". ", ", ", "” ", " “", "\u00a0", "-", " – ", ""]
)
TEXTS = st.lists(st.tuples(WORDS, BETWEEN), min_size=1, max_size=30).map(lambda parts: "".join(a + b for a, b in parts))
ANY_TEXT = TEXTS | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
PUT = st.one_of(WORDS, BETWEEN, st.characters(exclude_categories=["Cs"]), TEXTS)
EDITS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 12), PUT), max_size=6)


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """Replace some characters at some places, one edit after the other."""
    for place, size, put in edits:
        at = place % (len(text) + 1)
        text = text[:at] + put + text[at + size :]
    return text


@st.composite
def revised(draw: st.DrawFn) -> tuple[str, str, Span]:
    """Give a text, another version of it, and a passage of the first."""
    old = draw(ANY_TEXT)
    start = draw(st.integers(0, len(old) - 1))
    return old, edited(old, draw(EDITS)), Span(start, draw(st.integers(start + 1, len(old))))


def words(text: str, span: Span) -> list[Word]:
    """Give the words at a span, as they stand in their text."""
    whole = Text(text)
    return [whole.words[number] for number in whole.range_of(span)]


def compare(one: Word, other: Word) -> bool:
    """Say whether two words are the same but for the first letter of a sentence."""
    recased = one.opens or other.opens
    return one.key == other.key or (recased and one.key[1:] == other.key[1:] and one.key.lower() == other.key.lower())


@settings(max_examples=300, deadline=None)
@given(revised())
def test_what_is_called_sound_has_the_same_words(case: tuple[str, str, Span]) -> None:
    """Exact and moved to the character, exact at the same place; reformatted when the words are compared."""
    old, new, span = case
    finding = Revision(old, new).finding(span)
    is_sound(finding, old, new, span)


def is_sound(finding: Finding, old: str, new: str, span: Span) -> None:
    """Assert what an outcome promises."""
    found = finding.found
    assert finding.span == span
    assert all(0 <= place.start < place.end <= len(new) for place in ([found] if found else finding.places))
    assert (finding.outcome in {Outcome.AMBIGUOUS, Outcome.MISSING}) == (found is None)
    if finding.outcome in {Outcome.EXACT, Outcome.MOVED}:
        assert found is not None
        assert found.of(new) == span.of(old)
        assert (finding.outcome is Outcome.EXACT) == (found == span) or old == new
    if finding.outcome is Outcome.REFORMATTED:
        assert found is not None
        assert all(compare(*pair) for pair in zip(words(old, span), words(new, found), strict=True))
    if finding.outcome in {Outcome.ALTERED, Outcome.ALTERED_CRITICAL}:
        assert finding.changes
        assert any(change.critical for change in finding.changes) == (finding.outcome is Outcome.ALTERED_CRITICAL)


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT)
def test_a_text_in_another_unicode_form_is_no_other_text(text: str) -> None:
    """Composed and decomposed letters are the same; nothing is lost or altered by them."""
    composed, parted = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    whole = Span(0, len(composed))
    assert Revision(composed, parted).finding(whole).outcome.is_sound or not words(composed, whole)


@given(ANY_TEXT, st.data(), st.sampled_from(list(Unit)))
def test_offsets_are_the_same_there_and_back(text: str, data: st.DataObject, unit: Unit) -> None:
    """Every stretch has one pair of offsets in each unit, which grows with the text."""
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    first, last = in_unit(text, span, unit)
    assert start <= first < last
    assert from_unit(text, first, last, unit) == span
