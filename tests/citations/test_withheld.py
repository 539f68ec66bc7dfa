"""A graph without the words of its sources: publishable, and still checkable."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment import iris
from averment.citations import Outcome
from averment.citations.verification import stored, verify
from averment.citations.withheld import findings
from averment.evidence import Act, How, Offer, add, bring, evidence
from averment.ingest import ingest
from averment.model import Extraction, Source, Span
from averment.review import Status, Step, decide
from averment.sources import Metadata
from averment.store import Store
from averment.validate import load_shapes, validate_view


@pytest.fixture
def store(extraction: Extraction) -> Store:
    store = Store()
    ingest(store, [extraction], keep_text=False)
    return store


def changed(source: Source, edit: Callable[[str], str]) -> Source:
    text = edit(source.text)
    return replace(source, text=text, sha256=sha256(text.encode()).hexdigest())


def test_no_words_are_in_it(store: Store, extraction: Extraction) -> None:
    literals = {quad.object.value for quad in store.view().all_quads() if isinstance(quad.object, ox.Literal)}
    assert extraction.source.text not in literals
    assert {text for text in literals if text in extraction.source.text and len(text) > 30} == set()
    assert validate_view(store.view(), load_shapes()).results == ()


def test_words_can_be_taken_out_later(extraction: Extraction) -> None:
    """Out of what people have put on record of them too."""
    store = Store()
    ingest(store, [extraction])
    source = iris.source(extraction.source)
    claim = iris.within(source, extraction.claims[0].id)
    at = datetime(2021, 5, 8, tzinfo=UTC)
    brought = bring(store.view(), source.value, Metadata())
    offer = Offer(claim=claim, how=How.DISPUTES, source=brought, span=Span(0, 50), act=Act(by="Kim Vale", at=at))
    add(store, offer)
    decide(store, {claim: Step(status=Status.REJECTED, by="Kim Vale", at=at)})
    ingest(store, [extraction], replace=True, keep_text=False)
    literals = {quad.object.value for quad in store.view().all_quads() if isinstance(quad.object, ox.Literal)}
    assert {text for text in literals if text in extraction.source.text and len(text) > 30} == set()
    assert len(evidence(store.view())) == 1
    assert validate_view(store.view(), load_shapes()).results == ()


def test_the_same_text_verifies_it(store: Store, extraction: Extraction) -> None:
    (article,) = stored(store.view())
    assert article.text is None
    assert verify(store.view(), article, extraction.source).is_sound


def test_what_moved_is_found_and_what_changed_is_not(store: Store, extraction: Extraction) -> None:
    (article,) = stored(store.view())
    moved = verify(store.view(), article, changed(extraction.source, lambda text: f"Update: {text}"))
    assert {check.finding.outcome for check in moved.checks} == {Outcome.MOVED}
    edited = verify(store.view(), article, changed(extraction.source, lambda t: t.replace("$1,250.50", "$1,260.50")))
    lost = {
        check.finding.span.of(extraction.source.text) for check in edited.checks if not check.finding.outcome.is_sound
    }
    assert "$1,250.50" in lost
    assert all("1,250.50" in words for words in lost)


def test_equal_words_at_several_places_are_not_chosen_from() -> None:
    old = "One paid. Two paid."
    digest = sha256(b"paid").hexdigest()
    found = findings([(Span(4, 8), digest)], "Nobody paid, and nobody paid.")
    assert found[Span(4, 8)].outcome is Outcome.AMBIGUOUS
    assert [str(place) for place in found[Span(4, 8)].places] == ["7-11", "24-28"]
    assert findings([(Span(4, 8), digest)], old)[Span(4, 8)].outcome is Outcome.EXACT


_TEXT = st.text(alphabet="ab \n.é\u0301😀", min_size=1, max_size=40)


@given(_TEXT, _TEXT, st.data())
def test_whatever_is_found_are_the_same_words(old: str, new: str, data: st.DataObject) -> None:
    spans = data.draw(
        st.lists(st.tuples(st.integers(0, len(old) - 1), st.integers(1, len(old))).filter(lambda p: p[0] < p[1]))
    )
    known = {Span(*pair): sha256(old[pair[0] : pair[1]].encode()).hexdigest() for pair in spans}
    for span, finding in findings(known.items(), new).items():
        if finding.found is not None:
            assert finding.found.of(new) == span.of(old)
            assert (finding.outcome is Outcome.EXACT) == (finding.found == span)
        assert all(place.of(new) == span.of(old) for place in finding.places)
