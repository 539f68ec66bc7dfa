"""The quotations of a draft in every style of marks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.citations.documents import SourceText
from averment.citations.drafts import Verdict, cite
from averment.citations.drafts.marks import quoted_in_draft
from averment.model import Extraction, Source


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Er sagte: „Wir zahlen das.“ Dann ging er.", ["„Wir zahlen das.“"]),
        ("Er sagte: »Wir zahlen das.« Dann ging er.", ["»Wir zahlen das.«"]),
        ("Il dit : « Nous payons ». Puis il part.", ["« Nous payons »"]),
        ("Il dit «nous «payons» tout» et part.", ["«nous «payons» tout»"]),
        ("Hon sa: ”Vi betalar det.” Sedan gick hon.", ["”Vi betalar det.”"]),
        ("„Er sagte »nein« dazu“, schrieb sie.", ["„Er sagte »nein« dazu“"]),
        ("“We paid. “Never” is a word.” Then “no”.", ["“We paid. “Never” is a word.”", "“no”"]),
        ('“He said "no" to us,” Lind said.', ['“He said "no" to us,”']),
        ('"He wrote “no” to us," Lind said.', ['"He wrote “no” to us,"']),
        ("``We paid it,'' he said.", ["``We paid it,''"]),
        ("‘We paid it,’ he said; “we paid.”", ["‘We paid it,’", "“we paid.”"]),
        ('A 6" pipe and "a wall" stood there.', ['"a wall"']),
        ("She said “we paid“ and left.", ["“we paid“"]),
        ("Lind: “We paid it all.\nThen he left. “And", ["“We paid it all.", "“And"]),
        ('Lind: "We paid it all.\nThen he left.', ['"We paid it all.']),
        ("It is closed.” A mark “", []),
    ],
)
def test_a_quotation_is_found_in_every_style(text: str, quoted: list[str]) -> None:
    """A mark opens where a word begins, whatever it is elsewhere; what is not closed ends with its paragraph."""
    assert [span.of(text) for span in quoted_in_draft(text)] == quoted


def test_a_quotation_that_is_not_closed_is_judged() -> None:
    """It stands to the end of its paragraph, or the reason says why it may not."""
    document = SourceText("document", "We paid it all. It rained.")
    texts = ["Lind: “We paid it all.\n“It rained.”", "Lind: “We paid it all, he said."]
    drafts = [Extraction(source=Source(text=t, sha256="0", file_sha256="0", media_type="text/plain")) for t in texts]
    (closed,), (open_,) = ([*cite(draft, [document])] for draft in drafts)
    assert closed.verdict is Verdict.EXACT
    assert not open_.verdict.is_sound
    assert "no mark closes it" in open_.why


MARKS = st.sampled_from(["“", "”", "„", "‟", "«", "»", '"', "''", "``", "‘", "’", " ", "we", "paid", ".", "\n", "("])


@given(st.lists(MARKS, max_size=40).map("".join))
def test_any_marks_give_quotations_in_order_that_do_not_overlap(text: str) -> None:
    """Nothing raises, and each is a stretch of one line that begins with a mark."""
    spans = quoted_in_draft(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all("\n" not in span.of(text) and not span.of(text)[0].isalnum() for span in spans)
