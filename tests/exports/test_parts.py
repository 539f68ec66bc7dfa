"""Parts of a store for annotations and reviews: the same as of the whole store, of those claims alone."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pyoxigraph as ox
import pytest

from averment import evidence, iris
from averment.annotations import bring_notes
from averment.claimreviews import Publisher
from averment.errors import InputError
from averment.exports import Wanted
from averment.exports.interchange import INTERCHANGE, Interchange, Wishes
from averment.exports.parts import Part, part_of_claims, part_of_source, part_wanted, written
from averment.ingest import ingest
from averment.model import Extraction, Span
from averment.review import Rating, Status, Step, decide, reviewed
from averment.store import Store
from averment.store.view import query_text
from averment.vocabulary import PREFIXES

DAY = datetime(2021, 6, 1, 9, tzinfo=UTC)
WISHES = Wishes(publisher=Publisher("The Desk", "https://desk.example"))


@pytest.fixture
def another(other_extraction: Extraction) -> Extraction:
    """The same words in an article of another title and day."""
    source = replace(other_extraction.source, title="Again", published=date(2021, 5, 9))
    return replace(other_extraction, source=source)


@pytest.fixture
def store(extraction: Extraction, another: Extraction) -> Store:
    """Two articles, each with a rated claim; evidence for one is in the other, some was withdrawn; there is a note."""
    store = Store()
    ingest(store, [extraction, another])
    one, other = iris.source(extraction.source), iris.source(another.source)
    for source, rating in ((one, Rating.FALSE), (other, Rating.TRUE)):
        claim = _claims(store, source)[0]
        decide(store, {claim: Step(status=Status.CORRECTED, by="Kim Vale", at=DAY, correction="x", rating=rating)})
    offer = evidence.Offer(
        claim=_claims(store, one)[0],
        how=evidence.How.DISPUTES,
        source=evidence.Brought(iri=other, text=another.source.text),
        span=Span(3, 13),
        act=evidence.Act(by="Kim Vale", at=DAY, note="why"),
    )
    evidence.add(store, offer)
    withdrawn = evidence.add(store, replace(offer, span=Span(20, 30)))
    evidence.remove(store, [withdrawn.digits], evidence.Act(by="Bo Lind", at=DAY.replace(day=2)))
    words = extraction.claims[1].span.of(extraction.source.text)
    note = {"type": "Annotation", "bodyValue": "So?", "target": {"source": one.value, "selector": {
        "type": "TextQuoteSelector", "exact": words}}}  # fmt: skip
    with store.writer() as writer:
        writer.change(add=bring_notes(writer.view, [note]).quads)
    return store


def _claims(store: Store, source: ox.NamedNode) -> list[ox.NamedNode]:
    return [ox.NamedNode(one.iri) for one in reviewed(store.view()) if one.article == source.value]


def _fetch(store: Store) -> Any:
    def fetch(query: str, **values: ox.NamedNode) -> bytes:
        substitutions: Mapping[Any, Any] = {ox.Variable(name): value for name, value in values.items()}
        found: Any = store.view().engine.query(query_text(query), prefixes=PREFIXES, substitutions=substitutions)
        return bytes(ox.serialize(found, format=ox.RdfFormat.TURTLE) or b"")

    return fetch


def wanted(store: Store, **wishes: Any) -> Part:
    return part_wanted(store.view().each, _fetch(store), Wanted(**wishes))


def items(form: Interchange, part: Part) -> list[Any]:
    found = json.loads(written(form, part, WISHES)[0])
    return list(found["items"] if isinstance(found, dict) else found)


@pytest.mark.parametrize("form", INTERCHANGE, ids=lambda form: form.name)
def test_all_of_a_store_is_what_is_made_from_it_directly(store: Store, form: Interchange) -> None:
    """Byte for byte, with the same report."""
    assert written(form, wanted(store), WISHES) == form.write(store.view(), WISHES)


@pytest.mark.parametrize("form", INTERCHANGE, ids=lambda form: form.name)
def test_an_article_has_its_own_and_together_they_have_all(
    store: Store, form: Interchange, extraction: Extraction, another: Extraction
) -> None:
    """Each annotation and review of an article is to the letter one of the store's."""
    whole = items(form, wanted(store))
    parts = [
        items(form, part_of_source(store.view().each, _fetch(store), iris.source(one.source)))
        for one in (extraction, another)
    ]
    assert all(parts)
    assert all(one in whole for part in parts for one in part)
    assert {json.dumps(one) for part in parts for one in part} == {json.dumps(one) for one in whole}


@pytest.mark.parametrize("form", INTERCHANGE, ids=lambda form: form.name)
def test_a_claim_has_its_own_and_together_they_have_all(store: Store, form: Interchange) -> None:
    whole = items(form, wanted(store))
    claims = [ox.NamedNode(one.iri) for one in reviewed(store.view())]
    parts = [items(form, part_of_claims(store.view().each, _fetch(store), [claim])) for claim in claims]
    assert {json.dumps(one) for part in parts for one in part} == {json.dumps(one) for one in whole}
    assert sum(map(len, parts)) == len(whole)


def test_evidence_in_another_article_comes_with_its_words(store: Store, extraction: Extraction) -> None:
    """And with where they are, though that article is not asked for."""
    claim = _claims(store, iris.source(extraction.source))[0]
    annotations = next(form for form in INTERCHANGE if form.name == "annotations")
    (link,) = (
        one
        for one in items(annotations, part_of_claims(store.view().each, _fetch(store), [claim]))
        if one["motivation"] == "linking"
    )
    assert [selector["type"] for selector in link["target"]["selector"]] == [
        "TextQuoteSelector",
        "TextPositionSelector",
    ]


@pytest.mark.parametrize(
    ("wishes", "count"),
    [
        ({"article": "Payouts <in> Ostport & beyond"}, 1),
        ({"since": date(2021, 5, 8)}, 1),
        ({"since": date(2021, 5, 7)}, 2),
        ({"until": date(2021, 5, 6)}, 0),
        ({"article": "Payouts <in> Ostport & beyond", "since": date(2021, 5, 8)}, 0),
        ({"status": "corrected"}, 2),
        ({"status": "open"}, 0),
        ({"status": "corrected", "until": date(2021, 5, 7)}, 1),
        ({"person": "Jo Lind", "status": "accepted"}, 0),
        ({"person": "the city of Ostport"}, 2),
    ],
)
def test_reviews_can_be_asked_for_as_views_are(store: Store, wishes: dict[str, Any], count: int) -> None:
    """By article, person, time and status, alone and together."""
    reviews = next(form for form in INTERCHANGE if form.name == "claimreview")
    assert len(items(reviews, wanted(store, **wishes))) == count


@pytest.mark.parametrize("wishes", [{"article": "none"}, {"person": "nobody"}, {"status": "acepted"}])
def test_what_is_not_there_is_said(store: Store, wishes: dict[str, str]) -> None:
    with pytest.raises(InputError):
        wanted(store, **wishes)


def test_the_report_of_a_claim_counts_what_it_says_in_its_own_graph(store: Store) -> None:
    """As the report of a whole store does: no format here carries that."""
    claim = ox.NamedNode(reviewed(store.view())[0].iri)
    said = len(list(store.view().graph(claim)))
    assert said
    for form in INTERCHANGE:
        _, losses = written(form, part_of_claims(store.view().each, _fetch(store), [claim]), WISHES)
        assert losses["what claims say, in their own graphs"] == said
