"""The passages of a store looked for again, and the record of it."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from pyoxigraph import DefaultGraph, Literal

from averment.citations import Outcome
from averment.citations.verification import Verification, stored, unavailable, verification_quads, verify, which
from averment.errors import InputError
from averment.ingest import ingest
from averment.model import Extraction, Source
from averment.store import Store
from averment.validate import load_shapes, validate_view
from averment.vocabulary import AV, PROV, member

AT = datetime(2021, 5, 8, 10, tzinfo=UTC)


@pytest.fixture
def store(extraction: Extraction) -> Store:
    store = Store()
    list(ingest(store, [extraction]))
    return store


def changed(source: Source, old: str, new: str) -> Source:
    text = source.text.replace(old, new)
    return replace(source, text=text, sha256=sha256(text.encode()).hexdigest())


def run(store: Store, copy: Source) -> Verification:
    view = store.view()
    (article,) = which(copy, stored(view))
    return verify(view, article, copy)


def test_the_file_itself_has_every_passage(store: Store, source: Source) -> None:
    found = run(store, source)
    assert {check.finding.outcome for check in found.checks} == {Outcome.EXACT}
    assert sum(check.carries for check in found.checks) == 2
    assert found.is_sound


def test_a_stealth_edit_is_found_in_every_passage_that_it_touches(store: Store, source: Source) -> None:
    found = run(store, changed(source, "$1,250.50", "$1,350.50"))
    touched = [check for check in found.checks if check.finding.outcome is Outcome.ALTERED_CRITICAL]
    assert [check.carries for check in touched].count(True) == 1
    assert not found.is_sound
    assert all("1,250.50" in check.finding.span.of(source.text) for check in touched)


def test_a_run_is_recorded_and_the_next_one_beside_it(store: Store, source: Source) -> None:
    runs = [run(store, source), run(store, changed(source, "$1,250.50", "$1,350.50"))]
    with store.writer() as writer:
        for number, one in enumerate(runs):
            writer.change(add=verification_quads(one, "Kim Vale", AT.replace(day=8 + number)))
    quads = list(store.view().all_quads())
    assert sum(quad.object == AV.Verification for quad in quads) == 2
    outcomes = [quad.object for quad in quads if quad.predicate == AV.outcome]
    assert member("outcome", Outcome.EXACT) in outcomes
    assert member("outcome", Outcome.ALTERED_CRITICAL) in outcomes
    changes = {quad.object for quad in quads if quad.predicate == AV.change}
    assert changes == {Literal("“1,250.50” became “1,350.50” (number)")}
    assert all(quad.graph_name == DefaultGraph() for quad in quads if quad.predicate in {AV.outcome, PROV.used})
    assert validate_view(store.view(), load_shapes()).conforms


def test_the_same_run_recorded_twice_adds_nothing(store: Store, source: Source) -> None:
    once = verification_quads(run(store, source), "Kim Vale", AT)
    assert once == verification_quads(run(store, source), "Kim Vale", AT)
    assert len(once) == len(set(once))


def test_an_article_without_a_copy_is_unavailable(store: Store) -> None:
    view = store.view()
    found = unavailable(view, stored(view)[0])
    assert {check.finding.outcome for check in found.checks} == {Outcome.SOURCE_UNAVAILABLE}
    assert not [quad for quad in verification_quads(found, "Kim Vale", AT) if quad.predicate == AV.comparedWith]


def test_a_copy_is_known_by_its_text_or_its_address_and_never_guessed(store: Store, source: Source) -> None:
    articles = stored(store.view())
    assert which(replace(source, address=None), articles) == articles
    assert which(changed(source, "payout", "payment"), articles) == articles
    with pytest.raises(InputError, match="--source"):
        which(replace(changed(source, "payout", "payment"), address=None), articles)
