"""Evidence: put forward and taken back, both on record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from averment import iris
from averment.errors import InputError, StoreError
from averment.evidence import Act, Evidence, How, Offer, add, bring, evidence, place_of, remove
from averment.ingest import Outcome, ingest
from averment.model import Extraction
from averment.sources import Metadata
from averment.store import Store
from averment.validate import load_shapes, validate_view
from averment.vocabulary import CITO

NOON = datetime(2021, 5, 8, 12, tzinfo=UTC)
AUDIT = "The audit of 2020.\n\nThe city paid 214 times. It paid Ann Brandt on 3 May.\n"


def act(hours: int = 0, by: str = "Kim Vale", note: str | None = None) -> Act:
    return Act(by=by, at=NOON + timedelta(hours=hours), note=note)


@pytest.fixture
def store(extraction: Extraction, other_extraction: Extraction) -> Store:
    store = Store()
    ingest(store, [extraction, other_extraction])
    return store


@pytest.fixture
def claim(extraction: Extraction) -> NamedNode:
    return iris.within(iris.source(extraction.source), extraction.claims[0].id)


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    path = tmp_path / "audit.txt"
    path.write_text(AUDIT, encoding="utf-8")
    return path


def put(
    store: Store, claim: NamedNode, source: object, words: str, how: How = How.SUPPORTS, hours: int = 0
) -> Evidence:
    brought = bring(store.view(), str(source), Metadata(title="Audit of 2020"))
    return add(store, Offer(claim=claim, how=how, source=brought, span=place_of(brought, words), act=act(hours)))


def conforms(store: Store) -> bool:
    return validate_view(store.view(), load_shapes()).results == ()


def test_a_passage_of_a_file_is_put_forward(store: Store, claim: NamedNode, audit: Path) -> None:
    link = put(store, claim, audit, "The city paid 214 times")
    assert (link.claim, link.how, link.words) == (claim.value, How.SUPPORTS, "The city paid 214 times")
    assert (link.source_name, link.added, link.removed) == ("Audit of 2020", act(), None)
    assert AUDIT[link.start : link.end] == link.words
    assert store.view().values(NamedNode(link.passage), CITO.supports) == [claim]
    assert conforms(store)


def test_a_passage_of_another_article_is_put_forward(
    store: Store, claim: NamedNode, other_extraction: Extraction
) -> None:
    other = iris.source(other_extraction.source)
    link = put(store, claim, other.value, "We did not lobby", How.DISPUTES)
    assert link.source == other.value
    assert conforms(store)
    # The passage stays when its article is read again, and does not make it other than it was.
    assert [one.outcome for one in ingest(store, [other_extraction])] == [Outcome.UNCHANGED]
    retitled = replace(other_extraction, source=replace(other_extraction.source, title="Another"), claims=())
    ingest(store, [retitled], replace=True)
    assert evidence(store.view(), claim)[0].words == "We did not lobby"
    assert conforms(store)


def test_a_file_whose_text_the_store_has_is_that_source(
    store: Store, claim: NamedNode, extraction: Extraction, tmp_path: Path
) -> None:
    path = tmp_path / "copy.txt"
    path.write_text(extraction.source.text, encoding="utf-8")
    assert put(store, claim, path, "a 2014 arrest").source in {source.value for source in store.view().sources()}
    assert len(store.view().sources()) == 2


def test_what_is_removed_stays_on_record(store: Store, claim: NamedNode, audit: Path) -> None:
    link = put(store, claim, audit, "The city paid 214 times")
    (gone,) = remove(store, [link.digits[:8]], act(1, by="Bo Lind", note="another city"))
    assert gone.removed == act(1, by="Bo Lind", note="another city")
    assert replace(gone, removed=None) == link
    assert store.view().values(NamedNode(link.passage), CITO.supports) == []
    assert conforms(store)
    with pytest.raises(InputError, match="removed by Bo Lind"):
        remove(store, [link.digits], act(2))
    with pytest.raises(InputError, match="removed by Bo Lind"):
        put(store, claim, audit, "The city paid 214 times")
    again = put(store, claim, audit, "The city paid 214 times", hours=3)
    assert [one.removed is None for one in evidence(store.view(), claim)] == [False, True]
    assert again.passage == link.passage


def test_what_two_people_put_forward_stands_until_both_take_it_back(
    store: Store, claim: NamedNode, audit: Path
) -> None:
    first, second = (put(store, claim, audit, "The city paid 214 times", hours=hours) for hours in (0, 1))
    remove(store, [first.digits], act(2))
    assert store.view().values(NamedNode(first.passage), CITO.supports) == [claim]
    remove(store, [second.digits], act(3))
    assert store.view().values(NamedNode(first.passage), CITO.supports) == []


def test_the_same_link_again_changes_nothing(store: Store, claim: NamedNode, audit: Path) -> None:
    put(store, claim, audit, "The city paid 214 times")
    before = set(store.view().all_quads())
    put(store, claim, audit, "The city  paid 214 times")
    assert set(store.view().all_quads()) == before


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("The city paid 215 times", "not in the source in these words"),
        ("paid", "2 places of the source; name one: "),
        ("90-80", "no passage 90-80"),
        ("0-9999", "no passage 0-9999"),
    ],
)
def test_a_passage_that_is_not_there_is_refused(
    store: Store, claim: NamedNode, audit: Path, words: str, complaint: str
) -> None:
    before = set(store.view().all_quads())
    with pytest.raises(InputError, match=complaint):
        put(store, claim, audit, words)
    assert set(store.view().all_quads()) == before


def test_a_passage_is_named_by_its_place_too(store: Store, claim: NamedNode, audit: Path) -> None:
    assert put(store, claim, audit, "20-43").words == "The city paid 214 times"


def test_words_go_before_places(store: Store, claim: NamedNode, tmp_path: Path) -> None:
    """A range of years in the source is meant as such."""
    path = tmp_path / "years.txt"
    path.write_text("In all of the years 20-43 the city paid.\n", encoding="utf-8")
    assert put(store, claim, path, "20-43").words == "20-43"
    for odd in ("٣-٩", f"{'9' * 5000}-{'9' * 5001}"):
        with pytest.raises(InputError, match="not in the source in these words"):
            put(store, claim, path, odd)


def test_a_source_that_is_not_there_is_refused(store: Store, claim: NamedNode, tmp_path: Path) -> None:
    for name in (tmp_path / "nowhere.txt", f"{iris.BASE}source/ffff"):
        with pytest.raises(InputError):
            put(store, claim, name, "anything")


def test_pages_and_mails_are_kept_apart(store: Store, claim: NamedNode, documents: Path) -> None:
    link = put(store, claim, documents / "audit.pdf", "paid 214 times")
    assert (link.page, put(store, claim, documents / "mail.eml", "Nobody has counted them").page) == ("2", None)
    assert conforms(store)


def test_a_claim_with_evidence_is_never_lost_in_silence(
    store: Store, claim: NamedNode, extraction: Extraction, audit: Path
) -> None:
    link = put(store, claim, audit, "The city paid 214 times")
    without = replace(extraction, claims=extraction.claims[1:])
    with pytest.raises(StoreError, match="averment evidence remove"):
        ingest(store, [without], replace=True)
    remove(store, [link.digits], act(1))
    ingest(store, [without], replace=True)
    assert evidence(store.view())[0].iri == link.iri
