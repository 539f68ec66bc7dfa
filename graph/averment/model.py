"""What is read from an article, as plain values. No RDF and no natural-language processing is known here.

Everything that can be pointed at has a `Span`: code points into `Source.text`, end exclusive, so that
`span.of(source.text)` is always the words meant. Things refer to each other by `id`, which is unique within one
`Extraction`, made from content alone, and becomes the last part of the thing's IRI.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

__all__ = [
    "Action",
    "Amount",
    "Attribution",
    "AttributionKind",
    "Claim",
    "Comparator",
    "Document",
    "DocumentKind",
    "Entity",
    "EntityKind",
    "Extraction",
    "Incident",
    "Interval",
    "Modality",
    "NodeId",
    "Payout",
    "Polarity",
    "Quotation",
    "Relation",
    "Source",
    "Span",
    "Stance",
    "Statement",
]

NodeId = str
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
    note: str | None = None
    """What a reader should know of the text, such as that it restates another in other words."""

    @property
    def label(self) -> str:
        """The title, or how the text begins."""
        line = " ".join((self.title or self.text).split())
        return line if self.title or len(line) <= _LABEL_LENGTH else line[: _LABEL_LENGTH - 1].rsplit(" ", 1)[0] + "…"


class EntityKind(StrEnum):
    """What sort of thing an entity is."""

    PERSON = "person"
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
    LESS_THAN = "less-than"
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


class AttributionKind(StrEnum):
    """In what way somebody stands behind the content."""

    SPEECH = "speech"
    DOCUMENT = "document"
    ATTITUDE = "attitude"
    PUBLISHER = "publisher"


class Stance(StrEnum):
    """What a speaker does with the content."""

    STATES = "states"
    DENIES = "denies"
    NO_ANSWER = "no-answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One hop of who said it. All spans may be absent but the content, and that too for the publisher's own voice."""

    kind: AttributionKind
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    speaker: NodeId | None = None
    medium: NodeId | None = None
    stance: Stance = Stance.STATES
    hedges: tuple[Span, ...] = ()
    within: NodeId | None = None
    """The hop around this one; None for the outermost."""
    rule: str

    @property
    def id(self) -> NodeId:
        """Identify the hop by its cue and content, which no other hop of the article shares."""
        if self.kind is AttributionKind.PUBLISHER:
            return "attribution/publisher"
        spans = [*self.cue[:1], *self.content[:1]]
        return "attribution/" + "_".join(str(span) for span in spans)


class Quotation(StrEnum):
    """How far a claim's words are quoted."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


class Polarity(StrEnum):
    """Whether a claim affirms or denies."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Modality(StrEnum):
    """How what a claim says relates to what is the case."""

    ACTUAL = "actual"
    POSSIBLE = "possible"
    NECESSARY = "necessary"
    FUTURE = "future"
    INTENDED = "intended"


class Relation(StrEnum):
    """A direct relation in a claim's content; each value is the local name of a property in ontology/."""

    ADDRESSED_TO = "addressedTo"
    ARRESTED = "arrested"
    CALLED_FOR = "calledFor"
    COST = "cost"
    DETAILED = "detailed"
    ESTABLISHED = "established"
    INSTRUCTED = "instructed"
    KILLED = "killed"
    LOBBIED = "lobbied"
    LOBBIED_AGAINST = "lobbiedAgainst"
    LOBBIED_FOR = "lobbiedFor"
    OBTAINED = "obtained"
    OPPOSED = "opposed"
    PAID = "paid"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    SUPPORTED = "supported"
    WROTE = "wrote"


@dataclass(frozen=True, slots=True)
class Statement:
    """One triple of a claim's content, between two things of the extraction."""

    subject: NodeId
    relation: Relation
    object: NodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What a clause says is done: the general form of content, so that no claim is lost for want of a relation."""

    span: Span
    verb: str
    """In its base form, with its particle: `lobby against`."""
    agents: tuple[NodeId, ...] = ()
    objects: tuple[NodeId, ...] = ()
    recipients: tuple[NodeId, ...] = ()
    about: tuple[NodeId, ...] = ()
    complements: tuple[NodeId, ...] = ()
    amounts: tuple[NodeId, ...] = ()
    places: tuple[NodeId, ...] = ()
    times: tuple[NodeId, ...] = ()
    aim: NodeId | None = None
    """The action that this one is directed at."""

    @property
    def id(self) -> NodeId:
        """Identify the action within its extraction."""
        return f"action/{self.span}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What a payout is said to have been for."""

    span: Span
    times: tuple[NodeId, ...] = ()
    places: tuple[NodeId, ...] = ()

    @property
    def id(self) -> NodeId:
        """Identify the incident within its extraction."""
        return f"incident/{self.span}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout:
    """Money said to have been paid. Nothing is invented: no payer or payee where the source names none."""

    span: Span
    amount: NodeId
    payer: NodeId | None = None
    payee: NodeId | None = None
    incident: Incident | None = None
    listed_in: NodeId | None = None
    alleged: bool = False
    rule: str

    @property
    def id(self) -> NodeId:
        """Identify the payout within its extraction."""
        return f"payout/{self.span}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that an article says, clause by clause, with the words that say it and who is behind it."""

    span: Span
    attribution: NodeId
    """The innermost hop of the chain."""
    quotation: Quotation = Quotation.NONE
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    hedges: tuple[Span, ...] = ()
    mentions: tuple[NodeId, ...] = ()
    """Entities, documents, amounts and intervals whose words lie in the passage."""
    actions: tuple[Action, ...] = ()
    statements: tuple[Statement, ...] = ()
    payouts: tuple[NodeId, ...] = ()
    rule: str

    @property
    def id(self) -> NodeId:
        """Identify the claim within its extraction."""
        return f"claim/{self.span}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything read from one source, each tuple in the order of the text."""

    source: Source
    entities: tuple[Entity, ...] = ()
    documents: tuple[Document, ...] = ()
    amounts: tuple[Amount, ...] = ()
    intervals: tuple[Interval, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    payouts: tuple[Payout, ...] = ()
    claims: tuple[Claim, ...] = ()
    publisher: NodeId | None = field(default=None)
    """The entity that publishes the source, where it is known."""

    def chain(self, claim: Claim) -> tuple[Attribution, ...]:
        """Give the hops of a claim, outermost first."""
        hops = {hop.id: hop for hop in self.attributions}
        chain = []
        at: NodeId | None = claim.attribution
        while at is not None:
            chain.append(hops[at])
            at = hops[at].within
        return tuple(reversed(chain))
