"""Identity links as quads, all in the default graph: what is proposed, what was decided, and what that states.

A link belongs to no source, since it speaks of two: it stays when either article is replaced. The statement that two
entities match is there only while their link is confirmed; it is `skos:exactMatch`, by which no engine merges.
"""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from averment import iris
from averment.bookkeeping import Triple, activity, bookkeeping
from averment.identity.model import Decision, Link, Proposal, Reason, Side, Status
from averment.times import instant
from averment.vocabulary import ADMS, AV, RDF, RDFS, SKOS, member

__all__ = ["decision_quads", "link_of", "link_quads", "reason_of", "status_of"]


def link_of(proposal: Proposal, labels: Mapping[str, str]) -> Link:
    """Give the link of a proposal, with the names that its two entities have now."""
    pair = proposal.one, proposal.other
    return Link(
        iri=iris.identity(*map(NamedNode, pair)).value,
        label=" / ".join(labels[iri] for iri in pair),
        status=Status.PROPOSED,
        reasons=proposal.reasons,
        sides=tuple(Side(iri=iri) for iri in pair),
        decisions=(),
    )


def link_quads(link: Link) -> list[Quad]:
    """Give the quads of a link as it stands, without the decisions that led there."""
    return bookkeeping(_link(link))


def decision_quads(link: Link, decision: Decision) -> list[Quad]:
    """Give the quads of one decision and of whoever made it."""
    return bookkeeping(_decision(NamedNode(link.iri), decision))


def status_of(concept: str) -> Status:
    """Give the status that a concept of the scheme stands for."""
    return Status(concept.removeprefix(member("identity", "").value))


def reason_of(concept: str) -> Reason:
    """Give the reason that a concept of the scheme stands for."""
    return Reason(concept.removeprefix(member("reason", "").value))


def _link(link: Link) -> Iterator[Triple]:
    iri = NamedNode(link.iri)
    one, other = (NamedNode(side.iri) for side in link.sides)
    yield iri, RDF.type, AV.IdentityLink
    yield iri, RDFS.label, Literal(link.label)
    yield iri, AV.between, one
    yield iri, AV.between, other
    yield iri, ADMS.status, member("identity", link.status)
    for reason in link.reasons:
        yield iri, AV.reason, member("reason", reason)
    if link.status is Status.CONFIRMED:
        yield one, SKOS.exactMatch, other
        yield other, SKOS.exactMatch, one


def _decision(link: NamedNode, decision: Decision) -> Iterator[Triple]:
    iri = iris.decision(link, decision.status, decision.by, instant(decision.at), decision.note or "")
    yield link, AV.decision, iri
    yield from activity(iri, AV.IdentityDecision, decision.by, decision.at, decision.note)
    yield iri, AV.decided, member("identity", decision.status)
