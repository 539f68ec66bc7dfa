"""The reviews of others as quads of the default graph: it is so that somebody reviewed these words and rated them so.

They are no review of ours, and give no claim of ours a status. What was reviewed is a sdo:CreativeWork, the class above
sdo:Claim: a claim in this graph has a passage of a source that one can point at, and of this one there are words only.
"""

import json
from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from averment import iris
from averment.bookkeeping import Triple, bookkeeping
from averment.claimreviews.model import Appearance, ClaimReview, Number, Party, Rated
from averment.claimreviews.written import as_json
from averment.triples.frame import decimal, integer
from averment.vocabulary import RDF, RDFS, SDO

__all__ = ["review_quads"]


def review_quads(review: ClaimReview) -> list[Quad]:
    """Give the quads of a review; the same review gives the same quads."""
    return bookkeeping(_review(review))


def _review(review: ClaimReview) -> Iterator[Triple]:
    iri = iris.claim_review(json.dumps(as_json(review), sort_keys=True))
    item = _part(iri, "claim")
    yield iri, RDF.type, SDO.ClaimReview
    yield iri, SDO.claimReviewed, Literal(review.claim)
    yield iri, SDO.itemReviewed, item
    yield from _texts(iri, (SDO.url, review.url), (SDO.datePublished, review.published), (SDO.reviewBody, review.body))
    yield from _party(iri, "author", review.author)
    yield item, RDF.type, SDO.CreativeWork
    yield from _texts(item, (SDO.datePublished, review.claimed))
    yield from _party(item, "claimant", review.claimant)
    for number, one in enumerate(review.appearances):
        yield from _appearance(item, number, one)
    if review.rated is not None:
        yield from _rating(iri, review.rated)


def _part(iri: NamedNode, name: str) -> NamedNode:
    return NamedNode(f"{iri.value}/{name}")


def _texts(iri: NamedNode, *values: tuple[NamedNode, str | None]) -> Iterator[Triple]:
    for predicate, value in values:
        if value is not None:
            yield iri, predicate, Literal(value)


def _party(iri: NamedNode, name: str, party: Party | None) -> Iterator[Triple]:
    if party is not None:
        node = _part(iri, name)
        yield iri, SDO.author, node
        yield node, RDF.type, SDO.Person if party.is_person else SDO.Organization
        yield from _texts(node, (RDFS.label, party.name), (SDO.url, party.url))


def _appearance(item: NamedNode, number: int, one: Appearance) -> Iterator[Triple]:
    node = _part(item, f"appearance-{number}")
    yield item, SDO.appearance, node
    yield node, RDF.type, SDO.CreativeWork
    yield from _texts(node, (SDO.url, one.url), (SDO.headline, one.headline), (SDO.datePublished, one.published))
    if one.publisher is not None:
        outlet = _part(node, "publisher")
        yield node, SDO.publisher, outlet
        yield outlet, RDF.type, SDO.Organization
        yield outlet, RDFS.label, Literal(one.publisher)


def _rating(review: NamedNode, rated: Rated) -> Iterator[Triple]:
    rating = iris.rating(review)
    yield review, SDO.reviewRating, rating
    yield rating, RDF.type, SDO.Rating
    yield from _texts(rating, (SDO.alternateName, rated.label))
    for predicate, number in (
        (SDO.ratingValue, rated.value),
        (SDO.bestRating, rated.best),
        (SDO.worstRating, rated.worst),
    ):
        if number is not None:
            yield rating, predicate, _number(number)


def _number(number: Number) -> Literal:
    if isinstance(number, str):
        return Literal(number)
    return integer(number) if isinstance(number, int) else decimal(Decimal(str(number)))
