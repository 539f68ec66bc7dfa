"""Evidence links as quads of the default graph: who put what forward, and, while it stands, the statement itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import Literal, NamedNode, Quad

from averment import iris
from averment.bookkeeping import Triple, activity, bookkeeping
from averment.evidence.model import Act, Evidence, How, SourceKind
from averment.store import Texts
from averment.times import instant
from averment.vocabulary import AV, CITO, PROV, RDF, SDO, member

__all__ = ["Made", "evidence_of", "link_quads", "removal_quads", "statement"]

_HOW = {How.SUPPORTS: CITO.supports, How.DISPUTES: CITO.disputes}
_KIND = member("source", "").value


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What somebody says who makes a link."""

    claim: NamedNode
    how: How
    passage: NamedNode
    page: str | None
    kind: SourceKind | None
    act: Act

    @property
    def iri(self) -> NamedNode:
        """The IRI of the link."""
        kind = (self.kind,) if self.kind else ()
        act = (self.act.by, instant(self.act.at), self.act.note or "")
        return iris.evidence(self.claim.value, self.how, self.passage.value, *act, *kind)


def link_quads(made: Made) -> list[Quad]:
    """Give the quads of a link that somebody makes, with the statement that it makes."""
    return bookkeeping((*_link(made), (made.passage, _HOW[made.how], made.claim)))


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
        kind=SourceKind(row["sourceKind"].removeprefix(_KIND)) if row["sourceKind"] else None,
        added=Act(by=str(row["by"]), at=datetime.fromisoformat(str(row["at"])), note=row["note"]),
        removed=Act(by=str(row["removedBy"]), at=datetime.fromisoformat(removed_at), note=row["removedNote"])
        if removed_at
        else None,
    )


def _link(made: Made) -> Iterator[Triple]:
    step = iris.evidence_step(made.iri, "added")
    yield made.iri, RDF.type, AV.EvidenceLink
    yield made.iri, CITO.hasCitedEntity, made.claim
    yield made.iri, CITO.hasCitingEntity, made.passage
    yield made.iri, CITO.hasCitationCharacterization, _HOW[made.how]
    if made.page:
        yield made.iri, SDO.pagination, Literal(made.page)
    if made.kind:
        yield made.iri, AV.sourceKind, member("source", made.kind)
    yield from activity(step, AV.EvidenceStep, made.act.by, made.act.at, made.act.note)
    yield step, PROV.generated, made.iri
