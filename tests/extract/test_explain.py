"""An article explained: every annotation and its rule is shown, and the text cannot do anything to the terminal."""

import re
import unicodedata
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from averment.extract.explain import explain
from averment.extract.marking import Mark, marked, printable
from averment.model import (
    Amount,
    Attribution,
    AttributionKind,
    Claim,
    Comparator,
    Entity,
    EntityKind,
    Extraction,
    Interval,
    Source,
    Span,
)

STYLES = re.compile(r"\x1b\[[0-9;]+m")


def columns(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
    return len(line) + wide - sum(unicodedata.category(c) in {"Mn", "Me"} for c in line)


def shown(text: str, *marks: Mark, colour: bool = False, width: int = 80) -> list[str]:
    return [line for _, lines in marked(text, marks, colour=colour, width=width) for line in lines]


def test_claims_attributions_names_amounts_and_dates_are_marked_in_the_text(extraction: Extraction) -> None:
    lines = explain(extraction, colour=False, width=200)
    assert "[1 {A spreadsheet} obtained by the {Harbour Gazette} lists a {$1,250.50} payout by {the city" in lines
    assert "over a {2014} arrest 1]." in lines
    assert (
        "«a «b “[2 {We} did not lobby Senator {Ann Brandt} 2],” b» ‹b Mayor {Jo Lind}› ‹b: wrote› in {an email} a», "
        in lines
    )
    assert "‹a {the newspaper}› ‹a: reported›." in lines


def test_the_notes_say_what_was_understood_and_which_rule_did_it(extraction: Extraction) -> None:
    notes = [" ".join(line.split()) for line in explain(extraction, colour=False, width=250).splitlines()]
    assert "claim 1 Ostport Wire [main-clause]" in notes
    assert "claim 2 Ostport Wire → a Harbour Gazette → b Jo Lind (an email) · direct · negated [main-clause]" in notes
    assert "said a speech · “the newspaper” is Harbour Gazette · cue “reported” [reporting-verb]" in notes
    assert (
        "said b speech · “Mayor Jo Lind” is Jo Lind · cue “wrote” · in an email · within a [direct-quotation]" in notes
    )
    assert "amount “$1,250.50” · 1,250.5 USD [currency-number]" in notes
    assert "date “2014” · 2014 [year]" in notes
    assert any(note.startswith("payout “$1,250.50” · by the city of Ostport · for “a 2014 arrest”") for note in notes)
    assert any("“We” is Jo Lind, person [title-name]" in note for note in notes)


def test_notes_stand_below_the_paragraph_that_they_are_about(extraction: Extraction) -> None:
    page = explain(extraction, colour=False, width=100)
    assert page.index("arrest 1].") < page.index("claim 1  ") < page.index("[2 {We}") < page.index("claim 2  ")


def test_what_is_not_known_is_said_to_be_so(extraction: Extraction) -> None:
    unknown = replace(extraction.intervals[0], edtf=None)
    nobody = replace(extraction.attributions[1], speaker=None, source=())
    vague = Amount(span=extraction.amounts[0].span, currency="USD", comparator=Comparator.VAGUE, rule="vague")
    page = explain(
        replace(
            extraction,
            amounts=(vague,),
            intervals=(unknown,),
            attributions=(extraction.attributions[0], nobody, extraction.attributions[2]),
        ),
        colour=False,
        width=200,
    )
    assert "“2014” · not resolved [year]" in page
    assert "speech · somebody · cue “reported”" in page
    assert "vaguely unknown USD" in page


def test_colours_stand_for_braces_and_are_left_out_where_nobody_sees_them(extraction: Extraction) -> None:
    plain, coloured = (explain(extraction, colour=colour, width=100) for colour in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[4mHarbour Gazette\x1b[0m" in coloured
    assert "{" not in coloured
    assert plain.replace("{", "").replace("}", "").split() == STYLES.sub("", coloured).split()


def test_an_article_does_not_steer_the_terminal() -> None:
    hostile = "\x1b[2J\x1b]0;title\x07 \x9b31m \u202eevil\u2066 \x08\x7f \u2028 word"
    assert printable(hostile) == "�[2J�]0;title� �31m �evil� ��   word"
    (line,) = shown(hostile)
    assert line == "�[2J�]0;title� �31m �evil� �� word"


def test_nested_and_crossing_marks_are_each_closed_by_name() -> None:
    marks = (
        Mark(Span(0, 7), "[1 ", " 1]"),
        Mark(Span(4, 13), "[2 ", " 2]"),
        Mark(Span(4, 7), "{", "}"),
        Mark(Span(8, 13), "<", ">"),
    )
    assert shown("one two three", *marks) == ["[1 one [2 {two} 1] <three> 2]"]


def test_of_marks_on_the_same_words_the_first_is_outside() -> None:
    assert shown("one", Mark(Span(0, 3), "<", ">"), Mark(Span(0, 3), "{", "}")) == ["<{one}>"]


def test_a_mark_may_run_over_paragraphs() -> None:
    assert shown("one two\n\n  \nthree four", Mark(Span(4, 17), "[1 ", " 1]")) == ["one [1 two", "three 1] four"]
    assert shown("one\n\ntwo", Mark(Span(0, 4), "[1 ", " 1]")) == ["[1 one 1]", "two"]


def test_lines_are_filled_to_the_width_and_words_that_are_longer_are_broken() -> None:
    assert shown("aa bb cc dddddddd", width=5) == ["aa bb", "cc", "ddddd", "ddd"]


def test_wide_characters_take_two_columns_and_combining_ones_none() -> None:
    assert shown("日本 語e\u0301e\u0301", width=4) == ["日本", "語e\u0301e\u0301"]


@pytest.mark.parametrize("width", [-5, 0, 1, 20, 25, 40])
def test_a_narrow_terminal_gets_narrow_lines(extraction: Extraction, width: int) -> None:
    lines = explain(extraction, colour=False, width=width).splitlines()
    assert max(map(columns, lines)) <= max(width, 20)


# fmt: off
HOSTILE = st.sampled_from([
    "\x1b[31m", "\x1b]8;;http://x\x07", "\x9b", "\r", "\n", "\n\n", "\u2028", "\u202e", "\u200d", "e\u0301",
    "\U0001d11e",    "日本語", "\udcff", "\ufeff", "{", "»", "[1 ", " 1]", " ", "\t", "word",
    "a longer word", "\x00", "\x7f", "\u0301",
])
# fmt: on


@st.composite
def annotated(draw: st.DrawFn) -> Extraction:
    """Any text with annotations at any places of it."""
    text = "".join(draw(st.lists(HOSTILE | st.text(max_size=5), min_size=1, max_size=25))) or "."
    place = st.builds(lambda a, b: Span(min(a, b), max(a, b) + 1), *[st.integers(0, len(text) - 1)] * 2)
    places = st.lists(place, max_size=4, unique=True).map(tuple)
    voice = Attribution(kind=AttributionKind.PUBLISHER, rule="publisher")
    hops = [
        Attribution(
            kind=AttributionKind.SPEECH, source=s, cue=(c,), content=t, within=voice.id, speaker="entity/x", rule="r"
        )
        for c, s, t in draw(st.lists(st.tuples(place, places, places), max_size=3, unique_by=lambda hop: hop[0]))
    ]
    attribution = (hops or [voice])[0].id
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()
    return Extraction(
        source=Source(text=text, sha256=digest, file_sha256=digest, media_type="text/plain"),
        entities=(Entity(name="x", kind=EntityKind.PERSON, label="X\x1b[0m", mentions=draw(places), rule="r"),),
        intervals=tuple(Interval(span=span, rule="r") for span in draw(places)),
        amounts=tuple(
            Amount(span=span, currency="USD", comparator=Comparator.VAGUE, rule="r") for span in draw(places)
        ),
        attributions=(voice, *hops),
        claims=tuple(Claim(span=span, attribution=attribution, rule="r") for span in draw(places)),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(annotated(), st.integers(-1, 120))
def test_whatever_the_text_it_is_shown_in_lines_that_fit(extraction: Extraction, width: int) -> None:
    """Nothing raises, nothing but printable characters is given, no line is too long, and every claim has its note."""
    plain = explain(extraction, colour=False, width=width)
    assert all(c == "\n" or c.isprintable() for c in plain)
    assert all(columns(line) <= max(width, 20) for line in plain.splitlines())
    coloured = STYLES.sub("", explain(extraction, colour=True, width=width))
    assert all(c == "\n" or c.isprintable() for c in coloured)
    if any(not c.isspace() for c in extraction.source.text):
        for number in range(1, len(extraction.claims) + 1):
            assert f"claim {number}" in plain


@settings(max_examples=100, deadline=None)
@given(annotated())
def test_the_text_is_whole_between_its_marks(extraction: Extraction) -> None:
    text = extraction.source.text
    lines = shown(text, *(Mark(claim.span) for claim in extraction.claims), width=30)
    assert "".join(lines).replace(" ", "") == printable(text).replace(" ", "")
