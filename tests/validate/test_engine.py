"""Validating a store and files: what is found, what is named, and what is left alone."""

import logging
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from averment import iris, triples
from averment.model import Extraction
from averment.store import Store
from averment.validate import (
    Passage,
    Report,
    Severity,
    Shapes,
    load_shapes,
    validate_files,
    validate_nodes,
    validate_source,
    validate_view,
)
from averment.vocabulary import AV, OA, RDF, RDFS, SDO, XSD

DEFAULT = ox.DefaultGraph()


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


@pytest.fixture
def store(extraction: Extraction) -> Store:
    """The extraction in memory, for a test to spoil."""
    store = Store()
    _change(store, add=triples.quads(extraction))
    return store


def _change(store: Store, remove: list[ox.Quad] | None = None, add: list[ox.Quad] | None = None) -> None:
    with store.writer() as writer:
        writer.change(remove=remove or [], add=add or [])


def _broken(report: Report) -> list[str]:
    return [result.constraint for result in report.results]


def _claim(extraction: Extraction, number: int = 0) -> ox.NamedNode:
    return iris.within(iris.source(extraction.source), extraction.claims[number].id)


def _about(store: Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.Quad]:
    return [quad for quad in store.view().all_quads() if (quad.subject, quad.predicate) == (subject, predicate)]


def test_what_we_extract_conforms(store: Store, other_extraction: Extraction, shapes: Shapes) -> None:
    _change(store, add=triples.quads(other_extraction))
    report = validate_view(store.view(), shapes)
    assert report.results == ()
    assert report.conforms
    assert report.sources == 2


def test_a_store_in_a_folder_is_validated_too(filled_store: Store, shapes: Shapes) -> None:
    assert validate_view(filled_store.view(), shapes) == Report((), 1)


def test_an_empty_store_conforms(shapes: Shapes) -> None:
    assert validate_view(Store().view(), shapes) == Report((), 0)


def test_a_result_names_the_claim_by_its_words(store: Store, extraction: Extraction, shapes: Shapes) -> None:
    claim = _claim(extraction, 1)
    _change(store, remove=_about(store, claim, AV.polarity))
    (result,) = validate_view(store.view(), shapes).results
    assert result.focus == claim
    assert result.label == "claim “We did not lobby Senator Ann Brandt”"
    assert result.constraint == "claim-has-polarity"
    assert result.path == AV.polarity
    assert result.value is None
    assert result.severity is Severity.VIOLATION
    assert result.source == iris.source(extraction.source)
    assert "Give it one av:polarity" in result.message


def test_a_result_names_the_article_and_the_words_in_it(store: Store, extraction: Extraction, shapes: Shapes) -> None:
    """The offsets are those of the claim, in code points."""
    claim = _claim(extraction, 1)
    _change(store, remove=_about(store, claim, AV.polarity))
    (result,) = validate_view(store.view(), shapes).results
    span = extraction.claims[1].span
    assert result.source_title is not None
    assert (result.source_title, result.source_address) == (_label_of(store, result.source), extraction.source.address)
    assert result.passage is not None
    assert (result.passage.start, result.passage.end) == (span.start, span.end)
    assert store.view().has_type(result.passage.iri, OA.SpecificResource)


def _label_of(store: Store, source: ox.NamedNode | None) -> str:
    assert source is not None
    values = [quad.object for predicate in (SDO.headline, RDFS.label) for quad in _about(store, source, predicate)]
    assert isinstance(values[0], ox.Literal)
    return values[0].value


def test_what_a_claim_says_has_the_words_of_the_claim(store: Store, extraction: Extraction, shapes: Shapes) -> None:
    """Unless it points at words of its own."""
    payout = iris.within(iris.source(extraction.source), extraction.payouts[0].id)
    (own,) = [quad.object for quad in _about(store, payout, AV.passage)]
    _change(store, remove=_about(store, payout, AV.amount))
    (result,) = validate_view(store.view(), shapes).results
    assert result.passage is not None
    assert result.passage.iri == own
    (claim,) = {quad.graph_name for quad in store.view().all_quads() if quad.subject == payout} - {DEFAULT}
    assert isinstance(claim, ox.NamedNode)
    _change(store, remove=_about(store, payout, AV.passage))
    passages = {result.passage for result in validate_view(store.view(), shapes).results if result.focus == payout}
    assert {passage.iri for passage in passages if passage} == {
        quad.object for quad in _about(store, claim, AV.passage)
    }


def test_a_passage_without_sound_offsets_is_still_named(tmp_path: Path, shapes: Shapes) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text(
        f"<p:p> a <{OA.SpecificResource.value}> ; <{OA.hasSelector.value}> <p:s> ."
        f"<p:s> <{OA.start.value}> '9'^^<{XSD.integer.value}> ; <{OA.end.value}> 'x' ."
        f"<p:c> a <{SDO.Claim.value}> ; <{AV.passage.value}> <p:p>, 'no node' .",
        encoding="utf-8",
    )
    results = validate_files([file], shapes).results
    assert {result.passage for result in results} == {Passage(ox.NamedNode("p:p"))}


def test_a_report_fails_from_a_severity_upwards(store: Store, extraction: Extraction, shapes: Shapes) -> None:
    link = ox.Quad(
        _claim(extraction), AV.mentions, iris.within(iris.source(extraction.source), "entity/jo-lind"), DEFAULT
    )
    _change(store, add=[link])
    report = validate_view(store.view(), shapes)
    assert [report.fails(severity) for severity in Severity] == [False, True, True]
    assert not Report((), 1).fails(Severity.INFO)


def test_an_altered_quotation_is_found(store: Store, shapes: Shapes) -> None:
    """One changed digit is a quotation that the article does not have, with a digest that gives it away."""
    (quote,) = (q for q in store.view().all_quads() if q.predicate == OA.exact and q.object.value == "$1,250.50")
    forged = ox.Quad(quote.subject, OA.exact, ox.Literal("$1,260.50"), DEFAULT)
    _change(store, remove=[quote], add=[forged])
    report = validate_view(store.view(), shapes)
    assert _broken(report) == ["amount-words-are-passage", "passage-quote-has-digest", "passage-quote-in-text"]
    assert report.results[2].value == ox.Literal("$1,260.50")


def test_a_fault_is_found_in_its_own_article_only(
    store: Store, extraction: Extraction, other_extraction: Extraction, shapes: Shapes
) -> None:
    _change(store, add=triples.quads(other_extraction))
    _change(store, remove=_about(store, _claim(other_extraction), SDO.text))
    (result,) = validate_view(store.view(), shapes).results
    assert result.source == iris.source(other_extraction.source) != iris.source(extraction.source)


def test_content_in_a_claims_graph_is_looked_at(store: Store, extraction: Extraction, shapes: Shapes) -> None:
    payout = iris.within(iris.source(extraction.source), extraction.payouts[0].id)
    _change(store, remove=_about(store, payout, AV.amount))
    assert _broken(validate_view(store.view(), shapes)) == ["payout-has-amount"]


def test_accepted_content_is_not_taken_for_something_of_no_article(
    store: Store, extraction: Extraction, shapes: Shapes
) -> None:
    """What a reviewer accepts stands in the default graph too, without a source of its own."""
    claim = _claim(extraction)
    content = [quad for quad in store.view().all_quads() if quad.graph_name == claim]
    _change(store, add=[ox.Quad(*quad.triple, DEFAULT) for quad in content])
    assert validate_view(store.view(), shapes).conforms


def test_what_belongs_to_no_article_is_found_once(store: Store, other_extraction: Extraction, shapes: Shapes) -> None:
    _change(store, add=triples.quads(other_extraction))
    stray = ox.NamedNode("https://example.org/stray")
    _change(store, add=[ox.Quad(stray, RDF.type, SDO.MonetaryAmount, DEFAULT)])
    report = validate_view(store.view(), shapes)
    assert {result.focus for result in report.results} == {stray}
    assert {result.source for result in report.results} == {None}
    assert "node-in-one-source" in _broken(report)
    assert len(report.results) == len(set(_broken(report)))


def test_a_link_into_another_article_is_found(
    store: Store, extraction: Extraction, other_extraction: Extraction, shapes: Shapes
) -> None:
    _change(store, add=triples.quads(other_extraction))
    claim = _claim(extraction)
    theirs = iris.within(iris.source(other_extraction.source), "entity/ann-brandt")
    _change(store, add=[ox.Quad(claim, AV.mentions, theirs, DEFAULT)])
    broken = {"node-stays-in-source", "claim-mention-in-passage"}
    assert set(_broken(validate_view(store.view(), shapes))) == broken
    assert set(_broken(validate_source(store.view(), iris.source(extraction.source), shapes))) == broken
    assert validate_source(store.view(), iris.source(other_extraction.source), shapes).results == ()


def test_a_warning_does_not_keep_a_graph_from_conforming(store: Store, extraction: Extraction, shapes: Shapes) -> None:
    source = iris.source(extraction.source)
    link = ox.Quad(_claim(extraction), AV.mentions, iris.within(source, "entity/jo-lind"), DEFAULT)
    _change(store, add=[link])
    report = validate_view(store.view(), shapes)
    assert _broken(report) == ["claim-mention-in-passage"]
    assert report.results[0].value_label == "person “Jo Lind”"
    assert report.conforms
    assert report.counts == {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 0}


def test_progress_is_told_by_articles_and_by_shapes(store: Store, extraction: Extraction, shapes: Shapes) -> None:
    for number in range(2):
        source = replace(extraction.source, publisher=f"Outlet {number}")
        _change(store, add=triples.quads(replace(extraction, source=source)))
    told: list[tuple[int, int]] = []
    validate_view(store.view(), shapes, lambda done, total: told.append((done, total)), engine="pyshacl")
    assert told == [(1, 3), (2, 3), (3, 3)]
    told.clear()
    validate_view(store.view(), shapes, lambda done, total: told.append((done, total)))
    done, totals = zip(*told, strict=True)
    assert list(done) == sorted(set(done))
    assert set(totals) == {done[-1]}


def test_an_ill_typed_literal_is_a_result_and_not_a_trace(
    store: Store, extraction: Extraction, shapes: Shapes, caplog: pytest.LogCaptureFixture
) -> None:
    source = iris.source(extraction.source)
    day = ox.Quad(source, SDO.datePublished, ox.Literal("yesterday", datatype=XSD.date), DEFAULT)
    _change(store, remove=_about(store, source, SDO.datePublished), add=[day])
    with caplog.at_level(logging.DEBUG, "rdflib.term"):
        assert _broken(validate_view(store.view(), shapes)) == ["source-date-is-day"]
    assert not caplog.records
    assert not logging.getLogger("rdflib.term").disabled


def test_the_same_quads_as_a_file_give_the_same_report(
    tmp_path: Path, store: Store, extraction: Extraction, shapes: Shapes
) -> None:
    _change(
        store, remove=_about(store, _claim(extraction), RDFS.label) + _about(store, _claim(extraction), AV.polarity)
    )
    file = tmp_path / "all.nq"
    file.write_bytes(ox.serialize(store.view().all_quads(), format=ox.RdfFormat.N_QUADS) or b"")
    assert validate_files([file], shapes) == validate_view(store.view(), shapes)


def test_a_thing_without_a_name_is_named_by_its_kind_and_words(tmp_path: Path, shapes: Shapes) -> None:
    file = tmp_path / "amount.ttl"
    file.write_text(f"[] a <{SDO.MonetaryAmount.value}> ; <{AV.asWritten.value}> '$5' .", encoding="utf-8")
    results = validate_files([file], shapes).results
    assert {result.label for result in results} == {"amount “$5”"}
    assert {result.focus for result in results} == {ox.BlankNode("b1")}


def test_one_node_is_looked_at_alone(store: Store, extraction: Extraction, shapes: Shapes) -> None:
    first, second = _claim(extraction, 0), _claim(extraction, 1)
    _change(store, remove=_about(store, first, AV.polarity) + _about(store, second, AV.polarity))
    report = validate_nodes(store.view(), [first], shapes)
    assert [(result.focus, result.constraint) for result in report.results] == [(first, "claim-has-polarity")]


def test_all_our_shapes_are_compiled(shapes: Shapes) -> None:
    assert shapes.plan.refused == ()
