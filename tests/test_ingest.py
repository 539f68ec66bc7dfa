"""Ingest: articles that are stored, unchanged or replaced, one batch at a time."""

from dataclasses import replace

import pytest

from averment import triples
from averment.errors import StoreError
from averment.ingest import Outcome, ingest
from averment.model import Extraction
from averment.store import Store


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
