"""Passages found again in another version of a text: what counts as the same words, and what never does."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from averment.citations import Finding, Outcome, Revision
from averment.citations.critical import Critical
from averment.model import Span

OLD = (
    "Ostport pays again.\n"
    "The city paid more than $500 million since 2009, Jo Lind said. Officers did not shoot. "
    "It was about 3 miles away.\n"
    "On May 5 the mayor, Kim Vale, reportedly met José Reyes – “a friend” – in US courts. Nobody may leave."
)
PAID = "The city paid more than $500 million since 2009"


def became(new: str, words: str, old: str = OLD) -> Finding:
    start = old.index(words)
    return Revision(old, new).finding(Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("change", "words", "kind"),
    [
        (("$500", "$600"), PAID, Critical.NUMBER),
        (("500", "\uff15\uff10\uff10"), PAID, Critical.NUMBER),
        (("500", "٥٠٠"), PAID, Critical.NUMBER),
        (("million", "billion"), PAID, Critical.NUMBER),
        (("$", "€"), PAID, Critical.CURRENCY),
        (("more than", "nearly"), PAID, Critical.COMPARATOR),
        (("2009", "2010"), PAID, Critical.NUMBER),
        (("did not", "did"), "Officers did not shoot", Critical.NEGATION),
        (("It was", "It was not"), "It was about 3 miles away", Critical.NEGATION),
        (("about 3", "3"), "It was about 3 miles away", Critical.COMPARATOR),
        (("miles", "kilometers"), "It was about 3 miles away", Critical.UNIT),
        (("May 5", "June 5"), "On May 5 the mayor, Kim Vale, reportedly met", Critical.DATE),
        (("reportedly ", ""), "On May 5 the mayor, Kim Vale, reportedly met", Critical.HEDGE),
        (("Kim Vale", "Jo Lind"), "On May 5 the mayor, Kim Vale, reportedly met", Critical.NAME),
        (("Vale", "Vаle"), "On May 5 the mayor, Kim Vale, reportedly met", Critical.NAME),
        (("US", "us"), "in US courts", Critical.NAME),
        (("Nobody may", "Nobody must"), "Nobody may leave", Critical.MODAL),
        (("said", "claimed"), "Jo Lind said", Critical.ATTRIBUTION),
        (("shoot", "unshoot"), "Officers did not shoot", Critical.NEGATION),
    ],
)
def test_a_critical_change_is_never_unseen(change: tuple[str, str], words: str, kind: Critical) -> None:
    finding = became(OLD.replace(*change, 1), words)
    assert finding.outcome is Outcome.ALTERED_CRITICAL
    assert kind in {why for one in finding.changes for why in one.critical}


@pytest.mark.parametrize(
    "change",
    [
        ("The city", "The  city"),
        (" – “a friend” – ", '—"a friend"—'),
        ("“a friend”", "''a friend''"),
        ("José", unicodedata.normalize("NFD", "José")),
        ("The city", "the city"),
        ("million since", "mil\u00adlion\nsince"),
        ("million since", "\u200emillion\u200f since"),
        ("million since", "\u2066million\u2069 since"),
    ],
)
def test_spacing_marks_and_unicode_form_are_no_words(change: tuple[str, str]) -> None:
    last = OLD.splitlines()[2].removesuffix(" Nobody may leave.")
    words = PAID if change[0] in PAID or "since" in change[1] else last
    finding = became(OLD.replace(*change), words)
    assert (finding.outcome, finding.changes) == (Outcome.REFORMATTED, ())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("paid", "gave"), PAID),
        (("did not", "didn’t"), "Officers did not shoot"),
        ((" away", ""), "about 3 miles away."),
    ],
)
def test_other_words_alter_a_passage(change: tuple[str, str], words: str) -> None:
    finding = became(OLD.replace(*change), words)
    assert (finding.outcome, [one.critical for one in finding.changes]) == (Outcome.ALTERED, [()])


def test_the_same_words_elsewhere_are_moved() -> None:
    lines = OLD.splitlines()
    assert became("\n".join([lines[0], lines[2], lines[1]]), PAID).outcome is Outcome.MOVED
    assert became("New. " + OLD, PAID).outcome is Outcome.MOVED


def test_a_removed_paragraph_is_missing_though_its_words_occur_elsewhere() -> None:
    old = OLD + "\nThe city paid more than $500 million since 2009."
    lines = old.splitlines()
    assert became("\n".join([lines[0], lines[2], lines[3]]), PAID, old).outcome is Outcome.MISSING


def test_several_equally_good_places_are_never_chosen_from() -> None:
    lines = OLD.splitlines()
    finding = became("\n".join([lines[0], lines[2], "Aside.", lines[1], "Aside.", lines[1], "Aside."]), PAID)
    assert (finding.outcome, len(finding.places), finding.found) == (Outcome.AMBIGUOUS, 2, None)


def test_a_copy_elsewhere_does_not_move_a_passage_that_stays() -> None:
    assert became(OLD + "\n" + PAID, PAID).outcome is Outcome.EXACT


@pytest.mark.parametrize(("before", "words"), [("$1.5 million", "$5 million"), ("€15", "5"), ("15,000", "15")])
def test_a_passage_is_not_found_within_a_number(before: str, words: str) -> None:
    old = f"It paid {words} then."
    assert became(f"Nothing is left but {before} of it.", words, old).outcome is Outcome.MISSING


def test_a_word_that_turns_its_neighbour_changes_the_passage_beside_it() -> None:
    assert became(OLD.replace("shoot.", "shoot twice."), "Officers did not").outcome is Outcome.EXACT
    assert became(OLD.replace("did not shoot", "did not reportedly shoot"), "shoot").outcome is Outcome.ALTERED_CRITICAL


CRITICAL, SOUND = Outcome.ALTERED_CRITICAL, {Outcome.EXACT, Outcome.MOVED, Outcome.REFORMATTED}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The old words stand elsewhere, and no longer say it.
        (
            "Jo Lind paid $5 million in May.",
            "Jo Lind paid $6 million in May. We had said Jo Lind paid $5 million in May.",
        ),
        ("Jo Lind paid $5 million.", "There is no evidence that Jo Lind paid $5 million."),
        # What was put beside the passage changes it.
        ("They paid 500.", "They paid 500 million."),
        ("Five men were shot.", "Twenty-five men were shot."),
        ("The city will pay the family.", "If the court agrees, the city will pay the family."),
        ("The city will pay the family.", "The city will pay the family, if the court agrees."),
        ("The officers shot the man.", "Allegedly, the officers shot the man."),
        ("The officers shot the man.", "Prosecutors say the officers shot the man."),
        ("The officers shot the man.", "The officers shot the man, prosecutors allege."),
        # Capitals, marks and signs that make another word.
        ("WHO knew of the virus.", "Who knew of the virus."),
        ("He said: US troops left.", "He said: us troops left."),
        ("The wall is 6' high.", 'The wall is 6" high.'),
        ("It was — 3 degrees.", "It was -3 degrees."),
        ("It rose 3 points.", "It rose -3 points."),
        ("Smith paid the bill.", "Jones paid the bill."),
        ("It was unlawful to pay.", "It was lawful to pay."),
        ("It takes <30 days.", "It takes >30 days."),
        ("He was the eleventh man.", "He was the twelfth man."),
        ("It is the 21st time.", "It is the 22nd time."),
        ("He came twenty-first of all.", "He came twenty-second of all."),
        ("It is in part iv of it.", "It is in part vi of it."),
        ("It is in chapter x of it.", "It is in chapter one of it."),
        ("He paid 12 of them.", "He paid \u202e12\u202c of them."),
    ],
)
def test_the_words_around_a_passage_count_too(old: str, new: str) -> None:
    passage = old.removesuffix(".")
    finding = became(f"Rain fell. {new} It was dark.", passage, f"Rain fell. {old} It was dark.")
    assert finding.outcome is CRITICAL, finding


def test_of_several_equal_claims_the_one_that_changed_is_found() -> None:
    line = "Jo Lind paid $5 to us.\n\n"
    revision = Revision(3 * line, f"{line}{line.replace('$5', '$6')}{line}")
    spans = [Span(at, at + 21) for at in (0, len(line), 2 * len(line))]
    assert [revision.finding(span).outcome for span in spans] == [Outcome.EXACT, CRITICAL, Outcome.EXACT]


def test_a_word_in_a_very_long_sentence_is_found() -> None:
    words = [f"word{number}" for number in range(3_000)]
    old, new = " ".join(words), " ".join([*words[:1_500], "other", *words[1_501:]])
    assert became(new, "word10 word11", old).outcome is Outcome.EXACT
    assert became(new, "word2000 word2001", old).outcome in SOUND
    assert became(new, "word1499 word1500 word1501", old).outcome is CRITICAL


def test_a_long_text_of_few_different_lines_is_compared() -> None:
    """Many equal lines do not multiply; what stands once in both texts holds them together."""
    lines = ["We paid them all.", "They left us.", "It rained."] * 2_000
    changed = [line if number % 7 else "Rain fell." for number, line in enumerate(lines)]
    old, new = ("\n".join([*these, "Jo Lind was there.", *these]) for these in (lines, changed))
    assert became(new, "Jo Lind was there", old).outcome in SOUND


# ---- Any text -------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["The city", "paid", "$5", "million", "not", ".", " ", "\n", "“", "”", "’s", "José", "José", "\U0001f600", "-", "–",
     "\u200b", "\u202e", "5", "５", ",", "\ud800".encode("utf-8", "replace").decode()]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30), st.lists(PIECES, max_size=30), st.integers(0), st.integers(1, 30))
def test_exact_and_moved_mean_the_same_words(old: list[str], new: list[str], start: int, length: int) -> None:
    before, after = "".join(old), "".join(new)
    if before:
        span = Span(start % len(before), min(len(before), start % len(before) + length))
        finding = Revision(before, after).finding(span)
        found = finding.found
        assert found is None or (0 <= found.start < found.end <= len(after))
        if finding.outcome in {Outcome.EXACT, Outcome.MOVED}:
            assert found is not None
            assert found.of(after) == span.of(before)
        assert (finding.outcome is Outcome.EXACT) <= (found == span)


@given(st.lists(PIECES, min_size=1, max_size=40), st.data())
def test_one_edit_elsewhere_leaves_a_passage_alone(pieces: list[str], data: st.DataObject) -> None:
    """A text against itself: every passage is exact."""
    text = "".join(pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert Revision(text, text).finding(span).outcome is Outcome.EXACT


@given(st.lists(PIECES, min_size=1, max_size=40), st.lists(PIECES, max_size=6), st.data())
def test_what_stands_beside_an_edit_is_moved_to_the_character(
    pieces: list[str], put: list[str], data: st.DataObject
) -> None:
    """Whatever is put before a text that begins a line, all of the text is still there."""
    text, before = "".join(pieces), "".join(put)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assume(any(character.isalnum() for character in span.of(text)))
    finding = Revision(f"Top.\n{text}", f"{before}\nTop.\n{text}").finding(Span(span.start + 5, span.end + 5))
    assert finding.outcome in {Outcome.EXACT, Outcome.MOVED, Outcome.AMBIGUOUS}
    if finding.found is not None:
        assert finding.found.of(f"{before}\nTop.\n{text}") == span.of(text)
