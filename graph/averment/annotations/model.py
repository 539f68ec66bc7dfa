"""The plain values of an annotation."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Body", "Motivation", "Note", "Place"]


class Motivation(StrEnum):
    """Why an annotation was made, or a part of it: https://www.w3.org/TR/annotation-vocab/#named-individuals."""

    ASSESSING = "assessing"
    BOOKMARKING = "bookmarking"
    CLASSIFYING = "classifying"
    COMMENTING = "commenting"
    DESCRIBING = "describing"
    EDITING = "editing"
    HIGHLIGHTING = "highlighting"
    IDENTIFYING = "identifying"
    LINKING = "linking"
    MODERATING = "moderating"
    QUESTIONING = "questioning"
    REPLYING = "replying"
    TAGGING = "tagging"


@dataclass(frozen=True, slots=True)
class Body:
    """A text that an annotation adds."""

    value: str
    purpose: Motivation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an annotation says that its words are; offsets are in the unit of whoever wrote it."""

    source: str | None = None
    passage: str | None = None
    """The IRI of a passage of a store."""
    exact: str | None = None
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An annotation that somebody has made."""

    id: str | None = None
    """What its maker calls it."""
    creator: str | None = None
    created: str | None = None
    motivations: tuple[Motivation, ...] = ()
    bodies: tuple[Body, ...] = ()
