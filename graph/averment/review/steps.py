"""Review steps as quads, and the status that a claim has by them."""

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from averment import iris
from averment.bookkeeping import Triple, activity, bookkeeping
from averment.review.model import BEST, WORST, Rating, Status, Step
from averment.times import instant
from averment.triples.frame import integer
from averment.vocabulary import ADMS, AV, PROV, RDF, RDFS, SDO, member

__all__ = ["status_quad", "step_quads"]


def step_quads(claim: NamedNode, step: Step, words: str | None) -> list[Quad]:
    """Give the quads of one step, with the words of the claim as they were then."""
    return bookkeeping(_step(claim, step, words))


def _step(claim: NamedNode, step: Step, words: str | None) -> Iterator[Triple]:
    told = (step.status, step.by, instant(step.at), step.note or "", step.correction or "")
    iri = iris.review_step(claim, *told, *(more for more in (step.anonymity, step.rating) if more))
    yield from activity(iri, AV.ReviewStep, step.by, step.at, step.note)
    yield iri, SDO.itemReviewed, claim
    yield iri, AV.decided, member("review", step.status)
    if words:
        yield iri, RDFS.label, Literal(words)
    if step.correction:
        yield iri, AV.correction, Literal(step.correction)
    if step.anonymity:
        yield iri, AV.anonymityReason, Literal(step.anonymity)
    if step.rating:
        yield from _verdict(iri, claim, step.rating)


def _verdict(step: NamedNode, claim: NamedNode, given: Rating) -> Iterator[Triple]:
    """The verdict that a step came to, as schema.org has it."""
    verdict, rating = iris.verdict(step), iris.rating(iris.verdict(step))
    yield step, PROV.generated, verdict
    yield verdict, RDF.type, SDO.ClaimReview
    yield verdict, SDO.itemReviewed, claim
    yield verdict, SDO.reviewRating, rating
    yield rating, RDF.type, SDO.Rating
    yield rating, SDO.alternateName, Literal(given.value)
    yield rating, SDO.ratingValue, integer(given.number)
    yield rating, SDO.bestRating, integer(BEST)
    yield rating, SDO.worstRating, integer(WORST)


def status_quad(claim: NamedNode, status: Status) -> Quad:
    """Give the quad that says how far a claim has come."""
    return Quad(claim, ADMS.status, member("review", status), DefaultGraph())
