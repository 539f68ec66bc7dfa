"""The plain values of evidence: what is put forward for or against a claim, and what became of that."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from averment.iris import EVIDENCE

__all__ = ["Act", "Calculation", "Evidence", "How", "SourceKind"]


class How(StrEnum):
    """On which side of a claim a passage stands; each value is the local name of a property of CiTO."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"


class SourceKind(StrEnum):
    """How close a passage is to what it is evidence of; each value is one of the scheme `source`."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who made or removed a link, and when."""

    by: str
    at: datetime
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An evidence link as it is stored."""

    iri: str
    claim: str
    how: How
    passage: str
    words: str | None
    """None where the text is not kept."""
    start: int
    end: int
    """Of the passage in its source, in code points."""
    source: str
    source_name: str
    page: str | None
    """Of a source that has pages, from 1."""
    kind: SourceKind | None
    """None where nobody has said."""
    added: Act
    removed: Act | None = None

    @property
    def digits(self) -> str:
        """The id by which people name the link; as many of its first digits will do as no other link has."""
        return self.iri.removeprefix(EVIDENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """How somebody worked out a figure of a claim."""

    claim: str
    formula: str
    """A query, a formula or plain words."""
    expected: Decimal
    """What the claim states."""
    result: Decimal
    """What it came to."""
    used: tuple[str, ...]
    """The passages that it was worked out from, in the order of their IRIs."""
    act: Act
