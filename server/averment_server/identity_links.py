"""What the page of an entity shows of who it may be in other articles: confirmed, proposed, rejected."""

from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode

from averment.vocabulary import member
from averment_server.ask import Record, records

__all__ = ["Elsewhere", "Links", "elsewhere"]


_ROWS = 1_000
"""Reasons of links; this query and those below ask for one row more."""

_SHOWN = 100
"""Rows of each other list."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An entity of another article, and the link to it."""

    row: Record
    """One row of the query; its reason is one of several."""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The links of an entity by how far they have come, and those it has by way of others."""

    confirmed: list[Elsewhere]
    by_way_of_others: list[Record]
    proposed: list[Elsewhere]
    rejected: list[Elsewhere]
    namesakes: list[Record]
    """Of the same name, without a link."""
    cut: bool
    """Whether there is more than the queries give."""

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return any((self.confirmed, self.by_way_of_others, self.proposed, self.rejected, self.namesakes))


def elsewhere(entity: NamedNode) -> Links:
    """Give who an entity may be in other articles."""
    rows = records("entity-links", entity=entity)
    found = [_linked(list(group)) for _, group in groupby(rows, key=lambda row: row.link)]
    confirmed, proposed, rejected = (
        [one for one in found if one.row.status == member("identity", status).value]
        for status in ("confirmed", "proposed", "rejected")
    )
    matches, namesakes = records("entity-matches", entity=entity), records("namesakes", entity=entity)
    return Links(
        confirmed=confirmed,
        by_way_of_others=matches[:_SHOWN],
        proposed=proposed,
        rejected=rejected,
        namesakes=namesakes[:_SHOWN],
        cut=len(rows) > _ROWS or max(len(matches), len(namesakes)) > _SHOWN,
    )


def _linked(rows: list[Record]) -> Elsewhere:
    return Elsewhere(rows[0], tuple(dict.fromkeys(row.reason for row in rows)))
