"""The quads of an extraction: what is asserted, what is not, and how it is named."""

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from averment import iris, triples
from averment.extract import handles
from averment.model import Extraction
from averment.vocabulary import AV, OA, PROV, RDF, SDO


def _default(quads: list[Quad]) -> list[Quad]:
    return [quad for quad in quads if isinstance(quad.graph_name, DefaultGraph)]


def test_nothing_reported_is_asserted(extraction: Extraction) -> None:
    """Payouts, incidents, actions and relations stand in the claims' graphs only."""
    subjects = {str(quad.subject) for quad in _default(triples.quads(extraction))}
    predicates = {quad.predicate for quad in _default(triples.quads(extraction))}
    assert not [subject for subject in subjects if "/payout/" in subject or "/action/" in subject]
    assert not predicates & {AV.payer, AV.paid, AV.obtained, AV.verb, AV.incident}


def test_the_content_of_a_claim_stands_in_the_graph_with_its_iri(extraction: Extraction) -> None:
    source = iris.source(extraction.source)
    listing = iris.within(source, extraction.claims[0].id)
    city, payout = (iris.within(source, node) for node in ("entity/city-of-ostport", extraction.payouts[0].id))
    quads = triples.quads(extraction)
    assert Quad(city, AV.paid, payout, listing) in quads
    assert Quad(payout, RDF.type, AV.Payout, listing) in quads
    assert Quad(listing, AV.content, listing, DefaultGraph()) in quads


def test_the_claimant_is_the_innermost_named_speaker(extraction: Extraction) -> None:
    source = iris.source(extraction.source)
    denial = iris.within(source, extraction.claims[1].id)
    speakers = [
        q.object for q in triples.quads(extraction) if q.subject == denial and q.predicate == PROV.wasAttributedTo
    ]
    assert speakers == [iris.within(source, "entity/jo-lind")]


def test_every_node_but_sources_and_software_is_tied_to_its_source(extraction: Extraction) -> None:
    default = _default(triples.quads(extraction))
    tied = {quad.subject for quad in default if quad.predicate == AV.inSource}
    source = iris.source(extraction.source)
    assert {quad.subject for quad in default} - tied == {source, iris.software("0.1.0")}


def test_there_is_no_blank_node_and_no_repetition(extraction: Extraction) -> None:
    quads = triples.quads(extraction)
    assert not [quad for quad in quads if BlankNode in (type(quad.subject), type(quad.object), type(quad.graph_name))]
    assert len(quads) == len(set(quads))
    assert quads == triples.quads(extraction)


def test_every_passage_can_be_found_by_offset_and_by_words(extraction: Extraction) -> None:
    """The position selector and the quote selector of a passage give the same words."""
    values: dict[NamedNode, dict[NamedNode, str]] = {}
    for quad in _default(triples.quads(extraction)):
        if isinstance(quad.object, Literal):
            values.setdefault(quad.subject, {})[quad.predicate] = quad.object.value
    quotes = {subject: found for subject, found in values.items() if OA.exact in found}
    assert len(quotes) > 10
    for subject, quote in quotes.items():
        position = values[NamedNode(subject.value.replace("/quote", "/position"))]
        start, end = int(position[OA.start]), int(position[OA.end])
        text = extraction.source.text
        assert text[start:end] == quote[OA.exact]
        assert text[:start].endswith(quote[OA.prefix])
        assert text[end:].startswith(quote[OA.suffix])


def test_the_same_words_from_another_publisher_are_another_source(
    extraction: Extraction, other_extraction: Extraction
) -> None:
    assert iris.source(extraction.source) != iris.source(other_extraction.source)
    assert not {q.subject for q in triples.quads(extraction) if q.predicate == SDO.text} & {
        q.subject for q in triples.quads(other_extraction)
    }


@given(st.text())
def test_a_slug_makes_a_valid_iri_whatever_the_label(label: str) -> None:
    """No label can break out of the IRI that its handle becomes part of."""
    slug = handles.slug(label)
    assert slug
    assert len(slug) <= 60
    assert not set(slug) & set('/#?<>"{}|\\^` ')
    NamedNode(f"{iris.BASE}entity/{slug}")
