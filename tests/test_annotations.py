"""Annotations: what a store holds for other tools, and notes of others on the words that they are about."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment import evidence, iris
from averment.annotations import annotation_page, bring_notes
from averment.annotations.anchors import Anchors
from averment.annotations.model import Place
from averment.citations import Outcome
from averment.citations.offsets import Unit, in_unit
from averment.errors import InputError
from averment.ingest import Outcome as Ingested
from averment.ingest import ingest
from averment.json_values import leaves
from averment.model import Extraction, Source, Span
from averment.review import Rating, Status, Step, decide, reviewed
from averment.store import Store, View
from averment.triples.withheld import without_text
from averment.validate import load_shapes, validate_view

DAY = datetime(2021, 6, 1, 9, tzinfo=UTC)
ADDRESS = "https://wire.example/ostport?a=1&b=2"
WORDS = "“We did not lobby Senator Ann Brandt,”"


def note(**target: Any) -> dict[str, Any]:
    """Give an annotation by somebody else."""
    quote = {"type": "TextQuoteSelector", **{n: v for n, v in target.items() if n in ("exact", "prefix", "suffix")}}
    place = {"type": "TextPositionSelector", **{n: v for n, v in target.items() if n in ("start", "end")}}
    selectors = [one for one in (quote, place) if len(one) > 1]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://notes.example/1",
        "type": "Annotation",
        "motivation": "commenting",
        "creator": {"type": "Person", "name": "Ada"},
        "created": "2021-06-02T10:00:00Z",
        "body": {"type": "TextualBody", "value": "She did.", "purpose": "commenting"},
        "target": {"source": target.get("source", ADDRESS), "selector": selectors},
    }


@pytest.fixture
def store(extraction: Extraction) -> Store:
    """An article with one claim that was reviewed and has evidence."""
    store = Store()
    ingest(store, [extraction])
    claim = ox.NamedNode(reviewed(store.view())[0].iri)
    decide(
        store,
        {claim: Step(status=Status.CORRECTED, by="Kim Vale", at=DAY, note="seen", correction="x", rating=Rating.TRUE)},
    )
    (source,) = (node for node in store.view().sources())
    text = extraction.source.text
    evidence.add(
        store,
        evidence.Offer(
            claim=claim,
            how=evidence.How.SUPPORTS,
            source=evidence.Brought(iri=source, text=text),
            span=Span(0, 13),
            act=evidence.Act(by="Kim Vale", at=DAY, note="why"),
        ),
    )
    return store


def brought(store: Store, *values: Any, unit: Unit = Unit.CODE_POINTS) -> Any:
    found = bring_notes(store.view(), values, unit)
    with store.writer() as writer:
        writer.change(add=found.quads)
    return found


def notes_of(store: Store) -> list[dict[str, Any]]:
    """Give the notes of others among the annotations of a store."""
    items = json.loads(annotation_page(store.view())[0])["items"]
    return [one for one in items if "/id/annotation/" in one["id"] or not one["id"].startswith(iris.BASE)]


# ---- Ours ------------------------------------------------------------------------------------------------------------


def test_a_claim_is_an_annotation_of_its_words(store: Store, source: Source) -> None:
    page = json.loads(annotation_page(store.view())[0])
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    claim = page["items"][0]
    quote, position = claim["target"]["selector"]
    assert source.text[position["start"] : position["end"]] == quote["exact"]
    assert claim["target"]["source"] == ADDRESS
    assert [(body["value"], body["purpose"]) for body in claim["body"]] == [
        ("claim", "tagging"),
        ("corrected", "assessing"),
        ("True", "classifying"),
        ("x", "editing"),
        ("seen", "commenting"),
    ]


@pytest.mark.parametrize("unit", Unit)
def test_offsets_are_in_the_unit_that_is_asked_for(store: Store, source: Source, unit: Unit) -> None:
    coding = {Unit.CODE_POINTS: ("utf-32-le", 4), Unit.UTF_16: ("utf-16-le", 2), Unit.BYTES: ("utf-8", 1)}
    name, width = coding[unit]
    data = source.text.encode(name)
    items = json.loads(annotation_page(store.view(), unit)[0])["items"]
    for one in items:
        quote, position = one["target"]["selector"]
        assert data[position["start"] * width : position["end"] * width].decode(name) == quote["exact"]


def test_without_its_text_offsets_are_left_out_rather_than_wrong(store: Store) -> None:
    bare = Store()
    with bare.writer() as writer:
        writer.change(add=without_text(store.view().all_quads()))
    page, losses = annotation_page(bare.view(), Unit.UTF_16)
    selectors = [one["target"]["selector"] for one in json.loads(page)["items"]]
    assert selectors
    assert not any(selectors)
    assert sum(losses.values()) < len(bare.view())


def test_the_losses_are_the_quads_without_which_the_annotations_are_the_same(store: Store) -> None:
    """Every quad is taken away in turn: the page changes if it was carried, and does not if it is counted as lost."""
    brought(store, note(exact=WORDS))
    before, losses = annotation_page(store.view(), Unit.UTF_16)
    everything = list(store.view().all_quads())
    engine = ox.Store()
    engine.extend(everything)
    unchanged = 0
    for quad in everything:
        engine.remove(quad)
        unchanged += annotation_page(View(engine), Unit.UTF_16)[0] == before
        engine.add(quad)
    assert sum(losses.values()) == unchanged


def test_the_same_store_gives_the_same_annotations(store: Store) -> None:
    assert annotation_page(store.view()) == annotation_page(store.view())


# ---- Those of others -------------------------------------------------------------------------------------------------


def test_a_note_comes_back_as_it_was_made(store: Store) -> None:
    found = brought(store, note(exact=WORDS))
    (again,) = notes_of(store)
    assert found.outcomes == {Outcome.EXACT: 1}
    assert {name: value for name, value in again.items() if name != "target"} == {
        name: value for name, value in note(exact=WORDS).items() if name not in ("target", "@context")
    }
    assert again["target"]["selector"][0]["exact"] == WORDS


def test_a_note_keeps_to_the_shapes_and_makes_no_claim(store: Store) -> None:
    claims = len(reviewed(store.view()))
    before = {result.constraint for result in validate_view(store.view(), load_shapes()).results}
    brought(store, note(exact=WORDS), note(exact="Ostport"), note(source=ADDRESS, exact="the city"))
    assert len(reviewed(store.view())) == claims
    assert {result.constraint for result in validate_view(store.view(), load_shapes()).results} == before


def test_the_losses_of_an_import_are_what_the_stored_notes_lack(store: Store) -> None:
    given_ = note(exact=WORDS, prefix="x", start=3, end=7) | {"rights": "https://cc.example", "stylesheet": "s"}
    given_["body"] = [given_["body"], {"type": "Image", "id": "https://i.example"}]
    found = brought(store, given_)
    missing = Counter(leaves(given_)) - Counter(leaves(notes_of(store)))
    assert found.losses == Counter(place for (place, _), times in missing.items() for _ in range(times))
    assert found.losses["rights"] == found.losses["body.id"] == found.losses["target.selector.start"] == 1


@pytest.mark.parametrize(
    ("target", "outcome"),
    [
        ({"exact": WORDS}, Outcome.EXACT),
        ({"exact": WORDS, "start": 0, "end": 5}, Outcome.MOVED),
        ({"exact": WORDS.replace("“", '"').replace("”", '"')}, Outcome.REFORMATTED),
        ({"exact": "in"}, Outcome.AMBIGUOUS),
        ({"exact": "email", "prefix": "in an ", "suffix": ", the"}, Outcome.EXACT),
        ({"exact": "nobody said this"}, Outcome.MISSING),
        ({"start": 0, "end": 5}, Outcome.MISSING),
        ({"exact": WORDS, "start": -1, "end": True}, Outcome.EXACT),
        ({"exact": WORDS, "start": 10**30, "end": 10**31}, Outcome.EXACT),
    ],
)
def test_words_are_found_again_or_said_not_to_be(store: Store, target: dict[str, Any], outcome: Outcome) -> None:
    found = brought(store, note(**target))
    assert found.outcomes == {outcome: 1}
    assert bool(found.quads) == (outcome in (Outcome.EXACT, Outcome.MOVED, Outcome.REFORMATTED))
    if not found.quads:
        assert sum(found.losses.values()) == len(list(leaves(note(**target))))


def test_a_note_on_something_else_is_counted_as_unknown(store: Store) -> None:
    found = brought(store, note(exact=WORDS, source="https://elsewhere.example"))
    assert (found.unknown, found.quads) == (1, [])


@given(st.text(min_size=1, max_size=40).filter(str.isprintable), st.data())
def test_words_at_their_offsets_are_found_in_every_unit(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    for unit in Unit:
        first, last = in_unit(text, span, unit)
        found = Anchors(text, unit).find(Place(exact=span.of(text), start=first, end=last), is_same_text=False)
        if span.of(text).strip():
            assert (found.outcome, found.found) == (Outcome.EXACT, span)


def test_an_export_that_is_imported_elsewhere_finds_all_its_words(store: Store, extraction: Extraction) -> None:
    """The claims become notes there: nobody's annotation is a claim."""
    other = Store()
    ingest(other, [replace(extraction, claims=(), payouts=())])
    for unit in Unit:
        page = json.loads(annotation_page(store.view(), unit)[0])
        assert brought(other, page, unit=unit).outcomes == {Outcome.EXACT: len(page["items"])}
    assert reviewed(other.view()) == []


def test_what_a_store_has_given_out_makes_no_notes_in_it(store: Store) -> None:
    brought(store, note(exact=WORDS) | {"id": None})
    before = set(store.view().all_quads())
    page = json.loads(annotation_page(store.view())[0])
    found = brought(store, page)
    assert (found.own, found.outcomes, found.losses) == (len(page["items"]), {}, {})
    assert set(store.view().all_quads()) == before


def test_a_note_stays_when_its_article_is_read_again_and_otherwise(extraction: Extraction) -> None:
    store = Store()
    ingest(store, [extraction])
    brought(store, note(exact="the newspaper reported"), note(exact="email"))
    (same,) = ingest(store, [extraction])
    assert same.outcome is Ingested.UNCHANGED
    ingest(store, [replace(extraction, claims=(), payouts=(), attributions=())], replace=True)
    assert {one["target"]["selector"][0]["exact"] for one in notes_of(store)} == {"the newspaper reported", "email"}


def test_the_same_notes_again_add_nothing(store: Store) -> None:
    brought(store, note(exact=WORDS))
    before = len(store.view())
    brought(store, [note(exact=WORDS)], {"type": "AnnotationPage", "items": [note(exact=WORDS)]})
    assert len(store.view()) == before


@pytest.mark.parametrize("name", ["id", "motivation", "creator", "created", "body", "target"])
@pytest.mark.parametrize("value", [None, 7, [], {}, "x", [[{}]], {"value": 1}, {"selector": {"exact": 3}}, [None, 1.5]])
def test_wrong_types_are_passed_over_and_counted(store: Store, name: str, value: Any) -> None:
    given_ = note(exact=WORDS) | {name: value}
    found = brought(store, given_)
    missing = Counter(leaves(given_)) - Counter(leaves(notes_of(store)))
    assert sum(found.losses.values()) == sum(missing.values())


def test_deep_and_many_annotations_are_no_trouble(store: Store) -> None:
    deep: Any = "x"
    for _ in range(900):
        deep = {"items": [deep]}
    assert brought(store, deep).quads == []
    with pytest.raises(InputError, match="at once"):
        bring_notes(store.view(), [[note(exact="x")] * 20_001])


def test_equal_words_everywhere_are_ambiguous_at_once() -> None:
    text = "paid " * 40_000
    anchors = Anchors(text, Unit.CODE_POINTS)
    places = [Place(exact=f"paid{' paid' * n}", prefix="x" * 1_000, suffix="y" * 1_000) for n in range(300)]
    assert {anchors.find(place, is_same_text=True).outcome for place in places} == {Outcome.AMBIGUOUS}


def test_looking_for_words_in_another_form_ends() -> None:
    """Every lookup has to compare all of its words at every place, and fails at the last."""
    anchors = Anchors("paid paid got got " * 10_000, Unit.CODE_POINTS)
    places = [Place(exact=f"{'paid  paid got got ' * n}paid got") for n in range(50, 150)]
    assert {anchors.find(place, is_same_text=True).outcome for place in places} == {Outcome.MISSING}
