"""The plain values of identity: what is compared, what is proposed, and what was decided."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from averment.iris import IDENTITIES

__all__ = ["Decision", "Link", "Named", "Proposal", "Reason", "Side", "Sort", "Status"]


class Sort(StrEnum):
    """What is compared with what: only things of one sort can be the same."""

    PERSON = "person"
    BODY = "body"
    """An organization or outlet: one article's organization may be another's outlet."""
    OFFICE = "office"
    DOCUMENT = "document"
    PLACE = "place"
    """Never proposed itself; a place that two articles name is common ground for what else they name."""


class Reason(StrEnum):
    """Why two entities may be the same; a proposal has one or several."""

    SAME_FULL_NAME = "same-full-name"
    SAME_SURNAME = "same-surname"
    FITTING_INITIAL = "fitting-initial"
    SAME_ROLE = "same-role"
    SAME_NAME = "same-name"
    ACRONYM = "acronym"
    COMMON_GROUND = "common-ground"


class Status(StrEnum):
    """How far a link has come."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entity of one source, as far as it matters for who it may be."""

    iri: str
    source: str
    sort: Sort
    label: str
    described_as: tuple[str, ...] = ()
    """Titles and roles, as written."""


@dataclass(frozen=True, slots=True, order=True)
class Proposal:
    """Two entities that may be the same, the lesser IRI first, and why."""

    one: str
    other: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided about a link, and when."""

    status: Status
    by: str
    at: datetime
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two entities of a link, with where it is named; all None where its article has it no more."""

    iri: str
    name: str | None = None
    article: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as it is stored."""

    iri: str
    label: str
    """The two names as they were when it was proposed."""
    status: Status
    reasons: tuple[Reason, ...]
    sides: tuple[Side, ...]
    decisions: tuple[Decision, ...]
    """The earliest first."""

    @property
    def digits(self) -> str:
        """The id by which people name the link; as many of its first digits will do as no other link has."""
        return self.iri.removeprefix(IDENTITIES)
