"""Ingest: articles that are stored, unchanged or replaced, one batch at a time."""

from dataclasses import replace

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from averment import iris, triples
from averment.errors import StoreError
from averment.ingest import Outcome, ingest
from averment.model import Extraction
from averment.store import Store
from averment.validate import load_shapes, validate_view
from averment.vocabulary import PROV


def retitled(extraction: Extraction) -> Extraction:
    return replace(extraction, source=replace(extraction.source, title="Another"))


def test_an_article_named_twice_in_one_batch_is_stored_once(extraction: Extraction) -> None:
    store = Store()
    assert [one.outcome for one in ingest(store, [extraction, extraction])] == [Outcome.ADDED, Outcome.UNCHANGED]
    assert set(store.view().all_quads()) == set(triples.quads(extraction))


def test_two_readings_of_one_article_in_a_batch_are_not_mixed(extraction: Extraction) -> None:
    store = Store()
    with pytest.raises(StoreError, match="--replace"):
        ingest(store, [extraction, retitled(extraction)])
    assert len(store.view()) == 0
    ingest(store, [extraction, retitled(extraction)], replace=True)
    assert set(store.view().all_quads()) == set(triples.quads(retitled(extraction)))


def test_replacing_one_article_leaves_another_alone(extraction: Extraction, other_extraction: Extraction) -> None:
    store = Store()
    ingest(store, [extraction, other_extraction])
    (done,) = ingest(store, [retitled(extraction)], replace=True)
    assert done.outcome is Outcome.REPLACED
    expected = {*triples.quads(retitled(extraction)), *triples.quads(other_extraction)}
    assert set(store.view().all_quads()) == expected


def test_the_same_words_from_another_publisher_are_told_of(
    extraction: Extraction, other_extraction: Extraction
) -> None:
    store = Store()
    (first,) = ingest(store, [extraction])
    (second,) = ingest(store, [other_extraction])
    assert first.same_words == ()
    assert second.same_words == (first.iri,)


def test_a_newer_version_stands_beside_the_older_one(extraction: Extraction) -> None:
    store = Store()
    ingest(store, [extraction])
    older = iris.source(extraction.source)
    newer = replace(extraction, source=replace(extraction.source, address="https://wire.example/newer"))
    ingest(store, [newer], revises=older)
    revision = Quad(iris.source(newer.source), PROV.wasRevisionOf, older, DefaultGraph())
    assert revision in set(store.view().all_quads())
    # Said of two articles, it stays when either is read again, and does not make them other than they were.
    assert [one.outcome for one in ingest(store, [newer, extraction])] == [Outcome.UNCHANGED] * 2
    retitled = replace(newer, source=replace(newer.source, title="Another title"))
    ingest(store, [retitled], replace=True)
    assert revision in set(store.view().all_quads())
    assert validate_view(store.view(), load_shapes()).conforms


def test_only_one_article_can_revise_another_that_is_stored(extraction: Extraction) -> None:
    store = Store()
    ingest(store, [extraction])
    own, before = iris.source(extraction.source), set(store.view().all_quads())
    for given, older in (([extraction], own), ([], own), ([extraction], NamedNode("https://nowhere.example/"))):
        with pytest.raises(StoreError):
            ingest(store, given, revises=older)
    assert set(store.view().all_quads()) == before
