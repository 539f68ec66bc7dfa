"""The plain values of evidence: what is put forward for or against a claim, and what became of that."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from averment.iris import EVIDENCE

__all__ = ["Act", "Evidence", "How"]


class How(StrEnum):
    """On which side of a claim a passage stands; each value is the local name of a property of CiTO."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"


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
    added: Act
    removed: Act | None = None

    @property
    def digits(self) -> str:
        """The id by which people name the link; as many of its first digits will do as no other link has."""
        return self.iri.removeprefix(EVIDENCE)
