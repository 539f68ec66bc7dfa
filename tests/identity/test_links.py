"""Links between entities of several articles: how they are stored and decided on; decisions are never lost."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad
from rdflib import SH

from averment import iris
from averment.errors import InputError, StoreError
from averment.exports.dumps import dump
from averment.identity import Decision, Link, Reason, Status, decide, find, links, propose
from averment.identity.links import decision_quads, link_quads
from averment.ingest import Outcome, ingest
from averment.model import Extraction
from averment.store import Store
from averment.store.formats import RDF_FORMATS, by_name
from averment.validate import load_shapes, validate_files, validate_view
from averment.validate.graphs import graph_of
from averment.vocabulary import SKOS

NOON = datetime(2021, 5, 8, 12, tzinfo=UTC)


def by(name: str, status: Status, hours: int = 0, note: str | None = None) -> Decision:
    return Decision(status=status, by=name, at=NOON + timedelta(hours=hours), note=note)


def quads(store: Store) -> set[Quad]:
    return set(store.view().all_quads())


def matches(store: Store) -> set[tuple[str, str]]:
    return {(q.subject.value, q.object.value) for q in quads(store) if q.predicate == SKOS.exactMatch}


def the_link(store: Store, name: str = "jo-lind") -> Link:
    (link,) = (link for link in links(store.view()) if all(name in side.iri for side in link.sides))
    return link


@pytest.fixture
def store(extraction: Extraction, other_extraction: Extraction) -> Store:
    """A store with the words of one article, printed by two outlets, and what may be the same in them."""
    store = Store()
    ingest(store, [extraction, other_extraction])
    propose(store)
    return store


def test_proposals_are_stored_with_reasons_and_names(store: Store) -> None:
    found = {link.label: set(link.reasons) for link in links(store.view())}
    assert found == {
        "Jo Lind / Jo Lind": {Reason.SAME_FULL_NAME, Reason.SAME_ROLE},
        "Ann Brandt / Ann Brandt": {Reason.SAME_FULL_NAME, Reason.SAME_ROLE},
        "Harbour Gazette / Harbour Gazette": {Reason.SAME_NAME},
        "Ostport Wire / Ostport Wire": {Reason.SAME_NAME},
        "the city of Ostport / the city of Ostport": {Reason.SAME_NAME},
    }
    assert {link.status for link in links(store.view())} == {Status.PROPOSED}
    assert matches(store) == set()


def test_proposing_again_changes_nothing(store: Store) -> None:
    before = quads(store)
    assert (propose(store).added, propose(store).withdrawn) == (0, 0)
    assert quads(store) == before


def test_the_order_of_ingest_does_not_matter(
    store: Store, extraction: Extraction, other_extraction: Extraction
) -> None:
    other = Store()
    for one in (other_extraction, extraction):
        ingest(other, [one])
        propose(other)
    assert quads(other) == quads(store)


def test_nothing_is_merged(store: Store) -> None:
    """What is counted, and what each article says, is the same with links, confirmed or not, as without."""
    before, articles = store.view().rows("info"), {s: set(store.view().quads(s)) for s in store.view().sources()}
    decide(store, [link.iri for link in links(store.view())], by("Kim Vale", Status.CONFIRMED))
    assert store.view().rows("info") == before
    assert {s: set(store.view().quads(s)) for s in store.view().sources()} == articles
    assert Counter(str(q.graph_name) for q in quads(store) if "exactMatch" in str(q.predicate)).keys() == {"DEFAULT"}


def test_a_match_is_stated_both_ways_and_only_while_it_is_confirmed(store: Store) -> None:
    link = the_link(store)
    one, other = (side.iri for side in link.sides)
    decide(store, [link.digits[:8]], by("Kim Vale", Status.CONFIRMED))
    assert matches(store) == {(one, other), (other, one)}
    decide(store, [link.digits[:8]], by("Ann Reed", Status.REJECTED, 1, "her cousin"))
    assert matches(store) == set()
    assert [(d.status, d.by, d.note) for d in the_link(store).decisions] == [
        (Status.CONFIRMED, "Kim Vale", None),
        (Status.REJECTED, "Ann Reed", "her cousin"),
    ]
    assert the_link(store).status is Status.REJECTED


def test_a_decision_is_left_alone_by_proposing(store: Store) -> None:
    for number, status in enumerate((Status.CONFIRMED, Status.REJECTED)):
        decide(store, [the_link(store).iri], by("Kim Vale", status, number))
        before = quads(store)
        assert propose(store).added == 0
        assert quads(store) == before


def test_the_same_decision_twice_is_one(store: Store) -> None:
    decide(store, [the_link(store).iri], by("Kim Vale", Status.CONFIRMED))
    before = quads(store)
    (link,) = decide(store, [the_link(store).iri], by("Kim Vale", Status.CONFIRMED))
    assert quads(store) == before
    assert len(link.decisions) == 1


def test_a_decision_before_the_last_one_is_refused(store: Store) -> None:
    decide(store, [the_link(store).iri], by("Kim Vale", Status.CONFIRMED))
    before = quads(store)
    for hours in (0, -1):
        with pytest.raises(InputError, match="Kim Vale confirmed it at 2021-05-08T12:00:00Z; give a later time"):
            decide(store, [the_link(store).iri], by("Ann Reed", Status.REJECTED, hours))
    assert quads(store) == before


def test_several_links_are_decided_on_all_or_none(store: Store) -> None:
    before = quads(store)
    with pytest.raises(InputError, match="no identity link has the id 'zz'"):
        decide(store, [the_link(store).iri, "zz"], by("Kim Vale", Status.CONFIRMED))
    assert quads(store) == before
    every = [link.digits for link in links(store.view())]
    assert {link.status for link in decide(store, every, by("Kim Vale", Status.REJECTED))} == {Status.REJECTED}


def test_an_id_that_begins_several_is_refused() -> None:
    several = [
        Link(iri=iris.IDENTITIES + end, label="", status=Status.PROPOSED, reasons=(), sides=(), decisions=())
        for end in ("ab1", "ab2")
    ]
    assert find(several, "ab2") is several[1]
    for name in ("ab", "", "c"):
        with pytest.raises(InputError):
            find(several, name)


def test_there_must_be_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        propose(Store(tmp_path / "none"))
    with pytest.raises(StoreError):
        decide(Store(tmp_path / "none"), ["ab"], by("Kim Vale", Status.CONFIRMED))
    assert not (tmp_path / "none").exists()


# ---- Articles that change --------------------------------------------------------------------------------------------


def retitled(extraction: Extraction) -> Extraction:
    return replace(extraction, source=replace(extraction.source, title="Another"))


def without_lind(extraction: Extraction) -> Extraction:
    """Give a reading in which nobody is called Jo Lind."""
    entities = tuple(replace(e, label="Kim Reed") if e.name == "jo-lind" else e for e in extraction.entities)
    return replace(extraction, entities=entities)


def renamed(extraction: Extraction) -> Extraction:
    """Give a reading that has the same person under another name, and so under another IRI."""
    text = without_lind(extraction)
    entities = tuple(replace(e, name="kim-reed") if e.name == "jo-lind" else e for e in text.entities)
    hops = tuple(
        replace(hop, speaker="entity/kim-reed") if hop.speaker == "entity/jo-lind" else hop for hop in text.attributions
    )
    return replace(text, entities=entities, anaphors=(), attributions=hops, claims=text.claims[:1])


def test_an_article_with_a_confirmed_link_is_unchanged_when_ingested_again(
    store: Store, extraction: Extraction
) -> None:
    decide(store, [the_link(store).iri], by("Kim Vale", Status.CONFIRMED))
    before = quads(store)
    assert [one.outcome for one in ingest(store, [extraction])] == [Outcome.UNCHANGED]
    assert quads(store) == before


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.REJECTED])
def test_replacing_an_article_keeps_what_was_decided(store: Store, extraction: Extraction, status: Status) -> None:
    decide(store, [the_link(store).iri], by("Kim Vale", status, note="same speech"))
    link, stated = the_link(store), matches(store)
    for other in (retitled(extraction), extraction):
        assert [one.outcome for one in ingest(store, [other], replace=True)] == [Outcome.REPLACED]
        assert propose(store).added == 0
        assert matches(store) == stated
        assert (the_link(store).status, the_link(store).decisions) == (status, link.decisions)


def test_a_decision_outlives_its_entity_and_applies_again_when_that_is_back(
    store: Store, extraction: Extraction
) -> None:
    decide(store, [the_link(store).iri], by("Kim Vale", Status.CONFIRMED))
    stated = matches(store)
    ingest(store, [renamed(extraction)], replace=True)
    propose(store)
    link = the_link(store)
    assert sorted(side.name or "" for side in link.sides) == ["", "Jo Lind"]
    assert (link.label, link.status, matches(store)) == ("Jo Lind / Jo Lind", Status.CONFIRMED, stated)
    assert validate_view(store.view(), load_shapes()).conforms
    ingest(store, [extraction], replace=True)
    assert [side.name for side in the_link(store).sides] == ["Jo Lind", "Jo Lind"]


def test_a_proposal_that_nobody_decided_on_is_withdrawn_when_nothing_bears_it_out(
    store: Store, extraction: Extraction
) -> None:
    ingest(store, [without_lind(extraction)], replace=True)
    assert propose(store).withdrawn == 1
    assert not [link for link in links(store.view()) if "Lind" in link.label]
    ingest(store, [extraction], replace=True)
    assert propose(store).added == 1


# ---- Sound data ------------------------------------------------------------------------------------------------------


def test_what_is_written_keeps_to_the_shapes(store: Store, tmp_path: Path) -> None:
    """Article by article in the store, and as one graph in a file."""
    every = [link.iri for link in links(store.view())]
    decide(store, every[:3], by("Kim Vale", Status.CONFIRMED, note="seen"))
    decide(store, every[:2], by("Ann Reed", Status.REJECTED, 1))
    report = validate_view(store.view(), load_shapes())
    assert report.conforms, report.results
    with (tmp_path / "dump.nq").open("wb") as file:
        dump(store.view(), by_name("nquads", RDF_FORMATS), file)
    assert validate_files([tmp_path / "dump.nq"], load_shapes()).conforms


def test_a_match_without_a_decision_is_found_in_a_store(store: Store) -> None:
    one, other = (NamedNode(side.iri) for side in the_link(store).sides)
    with store.writer() as writer:
        writer.change(add=[Quad(one, SKOS.exactMatch, other)])
    report = validate_view(store.view(), load_shapes())
    assert {result.constraint for result in report.results} == {"identity-match-is-confirmed"}


def test_every_property_that_is_written_is_looked_at(store: Store) -> None:
    decision = by("Kim Vale", Status.CONFIRMED, note="seen")
    (link,) = decide(store, [the_link(store).iri], decision)
    written = set(graph_of([*link_quads(link), *decision_quads(link, decision)]).predicates()) - {rdflib.RDF.type}
    assert written - set(load_shapes().graph.objects(None, SH.path)) == set()


HOSTILE = 'Jo "}; DROP ALL; #\n<script>alert(1)</script> \\u0022 Lind\u202e'


def test_hostile_names_and_words_are_kept_and_do_nothing(extraction: Extraction, other_extraction: Extraction) -> None:
    store = Store()
    found = [
        replace(e, entities=tuple(replace(one, label=HOSTILE) for one in e.entities))
        for e in (extraction, other_extraction)
    ]
    ingest(store, found)
    before = quads(store)
    propose(store)
    link = the_link(store)
    assert link.label == f"{HOSTILE} / {HOSTILE}"
    for number, status in enumerate((Status.CONFIRMED, Status.REJECTED)):
        decide(store, [link.iri], by(HOSTILE, status, number, HOSTILE))
    assert [d.by for d in the_link(store).decisions] == [HOSTILE, HOSTILE]
    assert before <= quads(store)


def test_ids_do_not_depend_on_which_entity_comes_first() -> None:
    one, other = NamedNode("https://example.org/a"), NamedNode("https://example.org/b")
    assert iris.identity(one, other) == iris.identity(other, one)
    assert iris.identity(one, other).value.startswith(iris.IDENTITIES)
    assert iris.agent("Kim Vale") != iris.agent("Kim Reed")
