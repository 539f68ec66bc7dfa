"""Formats that carry a part of a store, each with what it does not carry."""

from collections.abc import Callable
from dataclasses import dataclass

from averment.annotations import annotation_page
from averment.citations.offsets import Unit
from averment.claimreviews import Publisher, as_json, embeddable, own_reviews
from averment.losses import Losses, Reader
from averment.store import View

__all__ = ["INTERCHANGE", "Interchange", "Wishes"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What can be said of such an export."""

    publisher: Publisher | None = None
    """Whose reviews they are."""
    unit: Unit = Unit.CODE_POINTS
    """Of offsets."""
    is_whole: bool = True
    """Whether they are made from all of a store."""


@dataclass(frozen=True, slots=True)
class Interchange:
    """A format that carries a part."""

    name: str
    ending: str
    media_type: str
    holds: str
    write: Callable[[View, Wishes], tuple[bytes, Losses]]
    profiles: tuple[str, ...]
    """By which clients ask for it, as for a profile of JSON-LD (RFC 6906)."""


def _reviews(view: View, wishes: Wishes) -> tuple[bytes, Losses]:
    reader = Reader(view)
    content = embeddable(as_json(review) for review in own_reviews(reader, wishes.publisher))
    return content, reader.losses()


INTERCHANGE = (
    Interchange(
        "claimreview",
        "claimreview.json",
        'application/ld+json; profile="https://schema.org/ClaimReview"',
        "the claims that were reviewed and rated, as schema.org's ClaimReview",
        _reviews,
        ("https://schema.org/ClaimReview", "http://schema.org/ClaimReview"),
    ),
    Interchange(
        "annotations",
        "annotations.json",
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        "claims, evidence and notes on their words, as Web Annotations",
        lambda view, wishes: annotation_page(view, wishes.unit, is_whole=wishes.is_whole),
        ("http://www.w3.org/ns/anno.jsonld",),
    ),
)
