"""What is read from an article, as plain values. No RDF and no natural-language processing is known here.

Everything that can be pointed at has a `Span`: code points into `Source.text`, end exclusive, so that
`span.of(source.text)` is always the words meant. Things refer to each other by `id`, which is unique within one
`Extraction`, made from content alone, and becomes the last part of the thing's IRI.
"""

from averment.model.attributions import Attribution, AttributionKind, Stance
from averment.model.claims import Action, Claim, Incident, Modality, Payout, Polarity, Quotation, Relation, Statement
from averment.model.extraction import Extraction
from averment.model.passages import NodeId, Source, Span
from averment.model.things import (
    Amount,
    Anaphor,
    Candidate,
    Comparator,
    Document,
    DocumentKind,
    Entity,
    EntityKind,
    Interval,
)

__all__ = [
    "Action",
    "Amount",
    "Anaphor",
    "Attribution",
    "AttributionKind",
    "Candidate",
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
