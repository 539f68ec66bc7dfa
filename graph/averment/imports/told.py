"""Which kind of interchange a file holds: told by its ending, or by what is in it."""

from enum import StrEnum
from pathlib import Path
from typing import Any

from averment.claimreviews.read import holds_reviews
from averment.jsonld import CONTEXT_IRI

__all__ = ["Kind", "kind_of_ending", "kind_of_json"]


class Kind(StrEnum):
    """What a file may hold."""

    RDF = "rdf"
    CLAIM_REVIEW = "claimreview"
    ANNOTATIONS = "annotations"


_ENDINGS = {
    **dict.fromkeys((".ttl", ".nt", ".rdf", ".trig", ".nq"), Kind.RDF),
    **dict.fromkeys((".html", ".htm"), Kind.CLAIM_REVIEW),
}


def kind_of_ending(path: Path) -> Kind | None:
    """Give the kind that the name of a file tells; None for JSON, where one has to look."""
    return _ENDINGS.get(path.suffix.lower())


def kind_of_json(value: Any) -> Kind:
    """Give the kind of a JSON value: a dump has the published context, annotations are of that type."""
    if isinstance(value, dict) and _is_ours(value.get("@context")):
        return Kind.RDF
    first = next((one for one in value if isinstance(one, dict)), {}) if isinstance(value, list) else value
    types = first.get("type", first.get("@type")) if isinstance(first, dict) else None
    if any(str(one).startswith("Annotation") for one in (types if isinstance(types, list) else [types])):
        return Kind.ANNOTATIONS
    return Kind.CLAIM_REVIEW if holds_reviews(value) else Kind.RDF


def _is_ours(context: Any) -> bool:
    return context == CONTEXT_IRI or (isinstance(context, dict) and "av" in context)
