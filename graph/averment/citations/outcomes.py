"""What can be said of words that were looked for again."""

from dataclasses import dataclass
from enum import StrEnum

from averment.citations.critical import Critical
from averment.model import Span

__all__ = ["Change", "Finding", "Outcome"]


class Outcome(StrEnum):
    """What became of a passage."""

    EXACT = "exact"
    """The same words at the same place."""
    MOVED = "moved"
    """The same words, to the character, elsewhere."""
    REFORMATTED = "reformatted"
    """Only spacing, quotation marks, dashes, Unicode form or the case of a sentence's first letter differ."""
    ALTERED = "altered"
    """Words differ, none of them critical."""
    ALTERED_CRITICAL = "altered-critical"
    """A word differs that bears meaning: see `Critical`."""
    AMBIGUOUS = "ambiguous"
    """Several places are equally good."""
    MISSING = "missing"
    SOURCE_UNAVAILABLE = "source-unavailable"

    @property
    def is_sound(self) -> bool:
        """Whether the words can still be relied on."""
        return self in {Outcome.EXACT, Outcome.MOVED, Outcome.REFORMATTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Words that stand in one text and not in the other; either may be empty."""

    old: str
    new: str
    critical: tuple[Critical, ...] = ()
    """Why the change matters; empty where it does not."""

    def in_words(self) -> str:
        """Say what became of what, and why it matters: `“5” became “6” (number)`."""
        old, new = (f"“{words}”" if words else "nothing" for words in (self.old, self.new))
        why = f" ({', '.join(kind.value for kind in self.critical)})" if self.critical else ""
        return f"{old} became {new}{why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of one passage: code points in the old text, and in the new one where it stands there."""

    span: Span
    outcome: Outcome
    found: Span | None = None
    changes: tuple[Change, ...] = ()
    places: tuple[Span, ...] = ()
    """All places, where several are equally good."""
