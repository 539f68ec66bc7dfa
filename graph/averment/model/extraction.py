"""Everything that was read from one source."""

from dataclasses import dataclass, field

from averment.model.attributions import Attribution
from averment.model.claims import Claim, Payout
from averment.model.passages import NodeId, Source
from averment.model.things import Amount, Anaphor, Document, Entity, Interval

__all__ = ["Extraction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything read from one source, each tuple in the order of the text."""

    source: Source
    entities: tuple[Entity, ...] = ()
    anaphors: tuple[Anaphor, ...] = ()
    documents: tuple[Document, ...] = ()
    amounts: tuple[Amount, ...] = ()
    intervals: tuple[Interval, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    payouts: tuple[Payout, ...] = ()
    claims: tuple[Claim, ...] = ()
    publisher: NodeId | None = field(default=None)
    """The entity that publishes the source, where it is known."""

    def chain(self, claim: Claim) -> tuple[Attribution, ...]:
        """Give the hops of a claim, outermost first."""
        hops = {hop.id: hop for hop in self.attributions}
        chain = []
        at: NodeId | None = claim.attribution
        while at is not None:
            chain.append(hops[at])
            at = hops[at].within
        return tuple(reversed(chain))
