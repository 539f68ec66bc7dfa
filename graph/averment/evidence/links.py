"""Evidence links as quads of the default graph: who put what forward, and, while it stands, the statement itself."""

from collections.abc import Iterator
from datetime import datetime

from pyoxigraph import Literal, NamedNode, Quad

from averment import iris
from averment.bookkeeping import Triple, activity, bookkeeping
from averment.evidence.model import Act, Evidence, How
from averment.store import Texts
from averment.times import instant
from averment.vocabulary import AV, CITO, PROV, RDF, SDO

__all__ = ["evidence_of", "link_iri", "link_quads", "removal_quads", "statement"]

_HOW = {How.SUPPORTS: CITO.supports, How.DISPUTES: CITO.disputes}


def link_iri(claim: NamedNode, how: How, passage: NamedNode, act: Act) -> NamedNode:
    """Give the IRI of a link between a claim and a passage."""
    return iris.evidence(claim.value, how, passage.value, act.by, instant(act.at), act.note or "")


def link_quads(claim: NamedNode, how: How, passage: NamedNode, page: str | None, act: Act) -> list[Quad]:
    """Give the quads of a link that somebody makes, with the statement that it makes."""
    return bookkeeping((*_link(claim, how, passage, page, act), (passage, _HOW[how], claim)))


def statement(link: Evidence) -> Quad:
    """Give the statement that stands as long as a link does."""
    return bookkeeping([(NamedNode(link.passage), _HOW[link.how], NamedNode(link.claim))])[0]


def removal_quads(link: Evidence, act: Act) -> list[Quad]:
    """Give the record of a link's removal."""
    step = iris.evidence_step(NamedNode(link.iri), "removed")
    removed = (
        *activity(step, AV.EvidenceStep, act.by, act.at, act.note),
        (step, PROV.invalidated, NamedNode(link.iri)),
    )
    return bookkeeping(removed)


def evidence_of(row: Texts) -> Evidence:
    """Give the link of a row of queries/evidence/links.rq."""
    removed_at = row["removedAt"]
    return Evidence(
        iri=str(row["link"]),
        claim=str(row["claim"]),
        how=How(str(row["how"]).removeprefix(CITO.iri)),
        passage=str(row["passage"]),
        words=row["quote"],
        start=int(str(row["start"])),
        end=int(str(row["end"])),
        source=str(row["source"]),
        source_name=str(row["sourceName"]),
        page=row["page"],
        added=Act(by=str(row["by"]), at=datetime.fromisoformat(str(row["at"])), note=row["note"]),
        removed=Act(by=str(row["removedBy"]), at=datetime.fromisoformat(removed_at), note=row["removedNote"])
        if removed_at
        else None,
    )


def _link(claim: NamedNode, how: How, passage: NamedNode, page: str | None, act: Act) -> Iterator[Triple]:
    iri = link_iri(claim, how, passage, act)
    step = iris.evidence_step(iri, "added")
    yield iri, RDF.type, AV.EvidenceLink
    yield iri, CITO.hasCitedEntity, claim
    yield iri, CITO.hasCitingEntity, passage
    yield iri, CITO.hasCitationCharacterization, _HOW[how]
    if page:
        yield iri, SDO.pagination, Literal(page)
    yield from activity(step, AV.EvidenceStep, act.by, act.at, act.note)
    yield step, PROV.generated, iri
