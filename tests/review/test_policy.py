"""The policy of evidence: who counts as an independent source, and calculations that are kept."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from averment import iris
from averment.errors import InputError
from averment.evidence import (
    Act,
    Calculation,
    Evidence,
    How,
    Offer,
    SourceKind,
    add,
    bring,
    calculate,
    calculations,
    place_of,
    remove,
)
from averment.review import Status, decide
from averment.sources import Metadata
from averment.store import Store
from averment.validate import load_shapes, validate_view
from averment.vocabulary import AV, CITO, RDF, RDFS, SDO, SKOS

from .conftest import NOON, step

ACT = Act(by="Kim Vale", at=NOON)
SHAPES = load_shapes()
Put = Callable[..., Evidence]


@pytest.fixture
def put(store: Store, listing: NamedNode, tmp_path: Path) -> Put:
    """Put a document forward that somebody publishes."""

    def putting(publisher: str | None, kind: SourceKind | None = SourceKind.SECONDARY) -> Evidence:
        path = tmp_path / f"{publisher}.txt"
        path.write_text(f"The spreadsheet lists $1,250.50, {publisher} found.\n", encoding="utf-8")
        source = bring(store.view(), str(path), Metadata(publisher=publisher))
        span = place_of(source, "The spreadsheet lists $1,250.50")
        return add(store, Offer(claim=listing, how=How.SUPPORTS, source=source, span=span, kind=kind, act=ACT))

    return putting


def asked_for(store: Store, engine: str = "compiled") -> set[str]:
    return {result.constraint for result in validate_view(store.view(), SHAPES, engine=engine).results}


def rests_on(store: Store, link: Evidence, name: str, kind: NamedNode) -> NamedNode:
    """Say that the source of some evidence borrows from somebody or something."""
    source = NamedNode(link.source)
    other = iris.within(source, f"entity/{name}")
    said = [(other, RDF.type, AV.Entity), (other, RDF.type, kind), (other, AV.inSource, source)]
    said += [(other, RDFS.label, Literal(name)), (source, CITO.containsAssertionFrom, other)]
    with store.writer() as writer:
        writer.change(add=[Quad(*triple, DefaultGraph()) for triple in said])
    return other


@pytest.mark.parametrize(
    ("publishers", "enough"),
    [
        (["Herald", "Courier", "Radio Ostport"], True),
        (["Herald", "Courier"], False),
        (["Herald", "Courier", None], False),
        (["Herald", "Courier", "HERALD"], False),
        (["Herald", "Courier", "Ostport Wire"], False),
        (["Herald", "Courier", "Ostport Wire", "Radio Ostport"], True),
    ],
)
def test_three_publishers_are_enough(
    store: Store, listing: NamedNode, put: Put, publishers: Iterable[str | None], *, enough: bool
) -> None:
    """One that is not known does not count, nor does the article's own, nor one in capitals for another."""
    for publisher in publishers:
        put(publisher)
    decide(store, {listing: step(Status.ACCEPTED, 1)})
    assert ("accepted-evidence-suffices" not in asked_for(store)) == enough
    assert asked_for(store) == asked_for(store, "pyshacl")


@pytest.mark.parametrize("kind", [SDO.NewsMediaOrganization, SDO.Organization])
def test_who_repeats_an_agency_does_not_count(store: Store, listing: NamedNode, put: Put, kind: NamedNode) -> None:
    links = [put(publisher) for publisher in ("Herald", "Courier", "Radio Ostport")]
    decide(store, {listing: step(Status.ACCEPTED, 1)})
    rests_on(store, links[0], "documents", AV.Document)
    assert "accepted-evidence-suffices" not in asked_for(store)
    rests_on(store, links[1], "agency", kind)
    assert "accepted-evidence-suffices" in asked_for(store)


def test_two_that_rest_on_the_same_document_are_one(store: Store, listing: NamedNode, put: Put) -> None:
    links = [put(publisher) for publisher in ("Herald", "Courier", "Radio Ostport")]
    decide(store, {listing: step(Status.ACCEPTED, 1)})
    one, other = (rests_on(store, link, "ledger", AV.Document) for link in links[:2])
    assert "accepted-evidence-suffices" not in asked_for(store), "nobody says that it is the same"
    matches = [Quad(one, SKOS.exactMatch, other, DefaultGraph()), Quad(other, SKOS.exactMatch, one, DefaultGraph())]
    with store.writer() as writer:
        writer.change(add=matches)
    assert "accepted-evidence-suffices" in asked_for(store)


def test_one_primary_source_is_enough_as_long_as_it_stands(store: Store, listing: NamedNode, put: Put) -> None:
    put("Herald")
    link = put("City Archive", SourceKind.PRIMARY)
    decide(store, {listing: step(Status.ACCEPTED, 1)})
    assert asked_for(store) == set()
    remove(store, [link.digits], Act(by="Kim Vale", at=step(Status.OPEN, 2).at))
    assert asked_for(store) == {"accepted-evidence-suffices"}


def test_a_calculation_is_kept_once(store: Store, listing: NamedNode, put: Put) -> None:
    link = put("City Archive")
    made = Calculation(
        claim=listing.value,
        formula="1,000 + 250.50",
        expected=Decimal("1250.50"),
        result=Decimal("1250.5"),
        used=(link.passage,),
        act=ACT,
    )
    assert calculate(store, made, [link]) == made
    before = set(store.view().all_quads())
    calculate(store, made, [link])
    assert set(store.view().all_quads()) == before
    assert calculations(store.view(), listing) == [made]
    assert calculations(store.view()) == [made]
    assert asked_for(store) == set()


def test_a_calculation_rests_on_evidence_of_its_claim(
    store: Store, listing: NamedNode, denial: NamedNode, put: Put
) -> None:
    link = put("City Archive")
    numbers = {"expected": Decimal(1), "result": Decimal(1)}
    made = Calculation(claim=denial.value, formula="1", used=(link.passage,), act=ACT, **numbers)
    with pytest.raises(InputError, match="evidence about another claim"):
        calculate(store, made, [link])
    (gone,) = remove(store, [link.digits], Act(by="Bo Lind", at=step(Status.OPEN, 2).at))
    made = Calculation(claim=listing.value, formula="1", used=(link.passage,), act=ACT, **numbers)
    with pytest.raises(InputError, match="removed by Bo Lind"):
        calculate(store, made, [gone])


@pytest.mark.parametrize(
    ("expected", "result", "fits"),
    [
        ("500000000", "512113000", True),
        ("500000000", "550000001", False),
        ("512000000", "512113000", True),
        ("512000000", "512613000", False),
        ("2.5", "2.54", True),
        ("2.5", "2.56", False),
        ("84", "84.4", True),
        ("84", "85", False),
        ("0", "0", True),
        ("0", "2", False),
        ("-20", "-24", True),
    ],
)
def test_a_number_is_right_when_the_result_rounds_to_it(
    store: Store, listing: NamedNode, put: Put, expected: str, result: str, *, fits: bool
) -> None:
    """Zeros at the end of a stated number may come from rounding; other digits do not."""
    link = put("City Archive")
    numbers = {"expected": Decimal(expected), "result": Decimal(result)}
    calculate(store, Calculation(claim=listing.value, formula="x", used=(link.passage,), act=ACT, **numbers), [link])
    assert asked_for(store) == (set() if fits else {"calculation-comes-to-the-figure"})
    assert asked_for(store) == asked_for(store, "pyshacl")


def test_a_calculation_is_named_by_how_it_was_done(store: Store, listing: NamedNode, put: Put) -> None:
    link = put("City Archive")
    numbers = {"expected": Decimal(5), "result": Decimal(7)}
    calculate(
        store, Calculation(claim=listing.value, formula="4 + 3", used=(link.passage,), act=ACT, **numbers), [link]
    )
    (result,) = validate_view(store.view(), SHAPES).results
    assert result.label == "calculation “4 + 3”"
