"""Reviews as JSON-LD, in the form that Fact Check Explorer reads.

https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

import json
from collections.abc import Iterable
from typing import Any

from averment.claimreviews.model import Appearance, ClaimReview, Party, Rated

__all__ = ["as_json", "embeddable"]


def as_json(review: ClaimReview) -> dict[str, Any]:
    """Give a review as a JSON object; what is not known is left out."""
    item = _known({
        "@type": "Claim",
        "author": _party(review.claimant),
        "datePublished": review.claimed,
        "appearance": _several([_appearance(one) for one in review.appearances]),
    })  # fmt: skip
    return _known({
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": review.url,
        "datePublished": review.published,
        "author": _party(review.author),
        "claimReviewed": review.claim,
        "itemReviewed": item if len(item) > 1 else None,
        "reviewRating": _rating(review.rated) if review.rated else None,
        "reviewBody": review.body,
    })  # fmt: skip


def embeddable(objects: Iterable[dict[str, Any]]) -> bytes:
    """Give a JSON list that can stand in a script of a page: nothing in it ends the script or begins a comment."""
    text = json.dumps(list(objects), ensure_ascii=False, indent=2)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode() + b"\n"


def _party(party: Party | None) -> dict[str, Any] | None:
    if party is None:
        return None
    kind = "Person" if party.is_person else "Organization"
    return _known({"@type": kind, "name": party.name, "url": party.url})


def _appearance(one: Appearance) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": one.publisher} if one.publisher else None
    return _known({
        "@type": "CreativeWork",
        "url": one.url,
        "headline": one.headline,
        "datePublished": one.published,
        "publisher": publisher,
    })  # fmt: skip


def _rating(rated: Rated) -> dict[str, Any]:
    return _known({
        "@type": "Rating",
        "ratingValue": rated.value,
        "bestRating": rated.best,
        "worstRating": rated.worst,
        "alternateName": rated.label,
    })  # fmt: skip


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _several(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values or None
