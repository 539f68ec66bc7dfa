"""Sources, and stretches of their texts."""

from dataclasses import dataclass
from datetime import date

__all__ = ["NodeId", "Source", "Span"]

NodeId = str
"""Unique within one extraction, made from content alone; the last part of the thing's IRI."""

_LABEL_LENGTH = 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: `start` and `end` in Unicode code points, end exclusive, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse what is not a stretch of any text."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"no span runs from {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """Give the words of this span in `text`."""
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Say whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def __str__(self) -> str:
        """Give the form that identifiers use: `14-28`."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text that was read, with what is known about it. Nothing in `text` is normalised away."""

    text: str
    sha256: str
    """Of `text` in UTF-8, lower-case hexadecimal."""
    file_sha256: str
    """Of the bytes read, lower-case hexadecimal."""
    media_type: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    address: str | None = None
    archived: str | None = None
    """The address of a copy that stays as it is."""
    note: str | None = None
    """What a reader should know of the text, such as that it restates another in other words."""

    @property
    def label(self) -> str:
        """The title, or how the text begins."""
        line = " ".join((self.title or self.text).split())
        return line if self.title or len(line) <= _LABEL_LENGTH else line[: _LABEL_LENGTH - 1].rsplit(" ", 1)[0] + "…"
