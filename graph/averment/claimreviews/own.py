"""The reviews of a newsroom: claims that somebody decided on and rated. Nothing is rated that nobody has rated."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from pyoxigraph import NamedNode

from averment import iris
from averment.claimreviews.model import Appearance, ClaimReview, Number, Party, Publisher, Rated
from averment.losses import Reader
from averment.review.content import status_at
from averment.review.model import Status
from averment.vocabulary import ADMS, AV, PROV, RDF, RDFS, SDO, XSD

__all__ = ["own_reviews"]

_UNNAMED = (AV.Unnamed, AV.Group)
"""Speakers who are described, and not named."""


def own_reviews(reader: Reader, publisher: Publisher | None) -> Iterator[ClaimReview]:
    """Give the last review of each claim that is decided and rated, in the order of the claims' IRIs."""
    claims = [one for one in reader.view.pointing(RDF.type, SDO.Claim) if isinstance(one, NamedNode)]
    for claim in sorted(claims, key=str):
        if status_at(reader.view, claim) is not Status.OPEN:
            step = _last_step(reader, claim)
            verdict = next(iter(_verdicts(reader, step)), None) if step else None
            if step is not None and verdict is not None:
                yield from _review(reader, publisher, claim, step, verdict)


def _last_step(reader: Reader, claim: NamedNode) -> NamedNode | None:
    steps = [one for one in reader.view.pointing(SDO.itemReviewed, claim) if reader.view.has_type(one, AV.ReviewStep)]
    return max(steps, key=lambda step: (_time(reader, step), str(step)), default=None)


def _time(reader: Reader, step: NamedNode) -> datetime:
    """Give when a step was taken; one without a time, which the rules report, is the earliest."""
    for time in reader.view.values(step, PROV.endedAtTime):
        try:
            return datetime.fromisoformat(time.value).astimezone(UTC)
        except ValueError:
            continue
    return datetime.min.replace(tzinfo=UTC)


def _verdicts(reader: Reader, step: NamedNode) -> list[NamedNode]:
    return [one for one in reader.view.values(step, PROV.generated) if reader.view.has_type(one, SDO.ClaimReview)]


def _review(
    reader: Reader, publisher: Publisher | None, claim: NamedNode, step: NamedNode, verdict: NamedNode
) -> Iterator[ClaimReview]:
    words, rated = reader.text(claim, SDO.text), _rated(reader, verdict)
    if words is None or rated is None:
        return
    reader.is_a(claim, SDO.Claim)
    reader.is_a(step, AV.ReviewStep)
    reader.is_a(verdict, SDO.ClaimReview)
    reader.nodes(claim, ADMS.status)
    reader.nodes(step, SDO.itemReviewed)
    reader.nodes(step, PROV.generated)
    article = reader.node(claim, SDO.appearance)
    yield ClaimReview(
        claim=words,
        url=_page(publisher, claim),
        published=reader.text(step, PROV.endedAtTime),
        author=Party(publisher.name, publisher.url) if publisher else None,
        body=reader.text(step, AV.correction),
        claimant=_claimant(reader, claim),
        claimed=reader.text(article, SDO.datePublished) if article else None,
        appearances=(_appearance(reader, article),) if article else (),
        rated=rated,
    )


def _page(publisher: Publisher | None, claim: NamedNode) -> str:
    if publisher is None:
        return claim.value
    return f"{(publisher.pages or publisher.url).rstrip('/')}/id/{claim.value.removeprefix(iris.BASE)}"


def _rated(reader: Reader, verdict: NamedNode) -> Rated | None:
    rating = reader.node(verdict, SDO.reviewRating)
    if rating is None:
        return None
    return Rated(
        label=reader.text(rating, SDO.alternateName),
        value=_number(reader, rating, SDO.ratingValue),
        best=_number(reader, rating, SDO.bestRating),
        worst=_number(reader, rating, SDO.worstRating),
    )


def _number(reader: Reader, rating: NamedNode, predicate: NamedNode) -> Number | None:
    term = reader.literal(rating, predicate)
    if term is None:
        return None
    return int(term.value) if term.datatype == XSD.integer else term.value


def _claimant(reader: Reader, claim: NamedNode) -> Party | None:
    """Give the innermost named speaker of the chain."""
    for hop in _hops(reader, claim):
        for speaker in reader.nodes(hop, AV.speaker):
            name = reader.text(speaker, RDFS.label)
            if name and not reader.is_a(speaker, *_UNNAMED):
                return Party(name, is_person=reader.is_a(speaker, SDO.Person))
    return None


def _hops(reader: Reader, claim: NamedNode) -> Iterable[NamedNode]:
    """Give the hops of a chain, the innermost first; should they form a ring, each once."""
    hop, seen = reader.node(claim, AV.attribution), set[NamedNode]()
    while hop is not None and hop not in seen:
        yield hop
        seen.add(hop)
        hop = reader.node(hop, AV.within)


def _appearance(reader: Reader, article: NamedNode) -> Appearance:
    outlet = reader.node(article, SDO.publisher)
    return Appearance(
        url=reader.text(article, SDO.url),
        headline=reader.text(article, SDO.headline),
        published=reader.text(article, SDO.datePublished),
        publisher=reader.text(outlet, RDFS.label) if outlet else None,
    )
