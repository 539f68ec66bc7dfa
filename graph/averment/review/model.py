"""The plain values of review: how far a claim has come, and the steps that led there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from averment.citations.outcomes import Outcome

__all__ = ["BEST", "WORST", "Rating", "Reviewed", "Status", "Step"]

WORST, BEST = 1, 5
"""Of the scale of ratings."""


class Rating(StrEnum):
    """What a reviewer makes of a claim; the labels and numbers are those of the scheme `avs:rating`."""

    FALSE = "False"
    MOSTLY_FALSE = "Mostly false"
    HALF_TRUE = "Half true"
    MOSTLY_TRUE = "Mostly true"
    TRUE = "True"

    @property
    def number(self) -> int:
        """The number that the label stands for, from `WORST` to `BEST`."""
        return WORST + list(Rating).index(self)


class Status(StrEnum):
    """How far the review of a claim has come."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What somebody decided about a claim, and when."""

    status: Status
    by: str
    at: datetime
    note: str | None = None
    correction: str | None = None
    """How the claim should read; only where it was corrected."""
    anonymity: str | None = None
    """Why it was accepted although its speaker is not named."""
    rating: Rating | None = None
    """The verdict on what is claimed; None where none was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A claim as it stands in a store."""

    iri: str
    words: str | None
    """None where the text is not kept."""
    start: int
    end: int
    """Of its passage, in code points."""
    article: str
    article_name: str
    outlet: str | None
    speaker: str | None
    """Whoever is closest to the words and is named."""
    status: Status
    steps: tuple[Step, ...] = ()
    """The earliest first."""
    outcome: Outcome | None = None
    """What became of its words when they were last looked for in a text; None where nobody has put that on record."""
