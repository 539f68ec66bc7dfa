"""What is said: claims with their content, and payouts."""

from dataclasses import dataclass
from enum import StrEnum

from averment.model.passages import NodeId, Span

__all__ = ["Action", "Claim", "Incident", "Modality", "Payout", "Polarity", "Quotation", "Relation", "Statement"]


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
