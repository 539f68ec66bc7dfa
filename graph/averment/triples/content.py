"""What a claim says, for the graph that has its IRI."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from averment import iris
from averment.model import Action, Claim, Incident, Payout
from averment.triples.frame import Frame, Triple
from averment.vocabulary import AV, RDF, RDFS, SDO

__all__ = ["content"]


def content(frame: Frame, claim: Claim) -> Iterator[Triple]:
    """What a claim says, for the graph that has its IRI."""
    for action in claim.actions:
        yield from _action(frame, action)
    for statement in claim.statements:
        relation = NamedNode(AV.iri + statement.relation.value)
        yield frame.iri(statement.subject), relation, frame.iri(statement.object)
    for payout in claim.payouts:
        yield from _payout(frame, frame.payouts[payout])


def _action(frame: Frame, action: Action) -> Iterator[Triple]:
    iri = frame.iri(action.id)
    yield iri, RDF.type, SDO.Action
    yield iri, AV.verb, Literal(action.verb)
    for predicate, nodes in (
        (SDO.agent, action.agents),
        (SDO.object, action.objects),
        (SDO.recipient, action.recipients),
        (SDO.about, action.about),
        (AV.complement, action.complements),
        (AV.amount, action.amounts),
        (SDO.location, action.places),
        (AV.when, action.times),
    ):
        for node in nodes:
            yield iri, predicate, frame.iri(node)
    if action.aim:
        yield iri, AV.aim, frame.iri(action.aim)


def _payout(frame: Frame, payout: Payout) -> Iterator[Triple]:
    iri = frame.iri(payout.id)
    yield iri, RDF.type, AV.Payout
    yield iri, AV.passage, iris.passage(frame.source, payout.span)
    yield iri, AV.amount, frame.iri(payout.amount)
    yield iri, AV.alleged, Literal(payout.alleged)
    if payout.payer:
        yield iri, AV.payer, frame.iri(payout.payer)
        yield frame.iri(payout.payer), AV.paid, iri
    if payout.payee:
        yield iri, AV.payee, frame.iri(payout.payee)
    if payout.listed_in:
        yield iri, AV.listedIn, frame.iri(payout.listed_in)
    if payout.incident:
        yield iri, AV.incident, frame.iri(payout.incident.id)
        yield from _incident(frame, payout.incident)


def _incident(frame: Frame, incident: Incident) -> Iterator[Triple]:
    iri = frame.iri(incident.id)
    yield iri, RDF.type, AV.Incident
    yield iri, AV.passage, iris.passage(frame.source, incident.span)
    yield iri, RDFS.label, Literal(incident.span.of(frame.text))
    for when in incident.times:
        yield iri, AV.when, frame.iri(when)
    for place in incident.places:
        yield iri, SDO.location, frame.iri(place)
