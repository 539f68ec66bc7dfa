"""The plain values of a review of a claim."""

from dataclasses import dataclass

__all__ = ["Appearance", "ClaimReview", "Number", "Party", "Publisher", "Rated"]

Number = int | float | str
"""A number as somebody wrote it: many write numbers as texts."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """The newsroom whose reviews are published."""

    name: str
    url: str
    pages: str | None = None
    """Where the pages of claims are served; None where that is at `url`."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who made a claim or reviewed it."""

    name: str | None
    url: str | None = None
    is_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Where a claim was made."""

    url: str | None = None
    headline: str | None = None
    published: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A rating as it was given; number and label may disagree, which is for the rules to say."""

    label: str | None = None
    value: Number | None = None
    best: Number | None = None
    worst: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReview:
    """Somebody's verdict on a claim."""

    claim: str
    """In words."""
    url: str | None = None
    """Of the page with the review."""
    published: str | None = None
    author: Party | None = None
    body: str | None = None
    claimant: Party | None = None
    """The innermost named speaker."""
    claimed: str | None = None
    """The day on which the claim was made."""
    appearances: tuple[Appearance, ...] = ()
    rated: Rated | None = None
