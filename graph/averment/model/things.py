"""What a source names: entities and documents, amounts of money and times."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from averment.model.passages import NodeId, Span

__all__ = [
    "Amount",
    "Anaphor",
    "Candidate",
    "Comparator",
    "Document",
    "DocumentKind",
    "Entity",
    "EntityKind",
    "Interval",
]


class EntityKind(StrEnum):
    """What sort of thing an entity is."""

    PERSON = "person"
    UNNAMED = "unnamed"
    """Somebody whom the source describes and never names."""
    ORGANIZATION = "organization"
    OUTLET = "outlet"
    GROUP = "group"
    OFFICE = "office"
    PLACE = "place"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that a source names or describes, with every place where it does."""

    name: str
    """A readable handle, unique within the extraction, such as `lori-lightfoot`."""
    kind: EntityKind
    label: str
    mentions: tuple[Span, ...]
    """Empty only for a publisher that the text itself never names."""
    described_as: tuple[Span, ...] = ()
    """Titles and roles, as written."""
    rule: str

    @property
    def id(self) -> NodeId:
        """Identify the entity within its extraction."""
        return f"entity/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entity that words may stand for; `confidence` runs from 0 to 1."""

    entity: NodeId
    confidence: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaphor:
    """Words that stand for somebody named elsewhere: a pronoun, or a role such as `the mayor`. A guess."""

    span: Span
    candidates: tuple[Candidate, ...]
    """The likeliest first, at least one."""
    rule: str

    @property
    def id(self) -> NodeId:
        """Identify the words within their extraction."""
        return f"anaphor/{self.span}"


class DocumentKind(StrEnum):
    """What sort of document a source speaks of."""

    EMAIL = "email"
    SPREADSHEET = "spreadsheet"
    REPORT = "report"
    LEGISLATION = "legislation"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that a source names or describes. Who wrote, got or read it is content of claims."""

    name: str
    kind: DocumentKind
    label: str
    mentions: tuple[Span, ...]
    rule: str

    @property
    def id(self) -> NodeId:
        """Identify the document within its extraction."""
        return f"document/{self.name}"


class Comparator(StrEnum):
    """How an amount relates to the number in its words."""

    EXACTLY = "exactly"
    ABOUT = "about"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"
    LESS_THAN = "less-than"
    AT_MOST = "at-most"
    BETWEEN = "between"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Money as understood; as written is `span.of(text)`. `value`, or bounds, or neither where no number is given."""

    span: Span
    currency: str
    """ISO 4217, such as USD."""
    comparator: Comparator
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    rule: str

    @property
    def id(self) -> NodeId:
        """Identify the amount within its extraction."""
        return f"amount/{self.span}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A time as understood; as written is `span.of(text)`.

    `edtf` is Extended Date/Time Format (ISO 8601-2:2019), None where the words cannot be resolved. `begin` and `end`
    are its first and last day, month or year, None where it is open or unknown.
    """

    span: Span
    edtf: str | None = None
    begin: str | None = None
    end: str | None = None
    resolved_against: date | None = None
    rule: str

    @property
    def id(self) -> NodeId:
        """Identify the interval within its extraction."""
        return f"interval/{self.span}"
