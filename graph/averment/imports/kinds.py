"""What files that are brought may hold, told by their endings or by what is in them."""

from enum import StrEnum
from pathlib import Path
from typing import Any

from averment.errors import InputError
from averment.jsonld import CONTEXT_IRI
from averment.sources import STDIN

__all__ = ["Kind", "kind_of_ending", "kind_of_json"]


class Kind(StrEnum):
    """What a file may hold."""

    RDF = "rdf"
    CLAIM_REVIEW = "claimreview"
    ANNOTATIONS = "annotations"


_LOOKED_INTO = {".json", ".jsonld"}
_PAGES = {".html", ".htm"}


def kind_of_ending(path: Path) -> Kind | None:
    """Give the kind that the name of a file tells; None for JSON, where one has to look.

    Raises InputError for standard input, which can be read only once.
    """
    if path == STDIN:
        raise InputError("say what it holds, with --format", "standard input")
    if path.suffix.lower() in _LOOKED_INTO:
        return None
    return Kind.CLAIM_REVIEW if path.suffix.lower() in _PAGES else Kind.RDF


def kind_of_json(value: Any) -> Kind:
    """Give the kind of a JSON value: a dump has the published context, annotations are of that type."""
    from averment.claimreviews.read import holds_reviews  # noqa: PLC0415 - only who imports needs it

    if isinstance(value, dict) and _is_ours(value.get("@context")):
        return Kind.RDF
    first = next((one for one in value if isinstance(one, dict)), {}) if isinstance(value, list) else value
    types = first.get("type", first.get("@type")) if isinstance(first, dict) else None
    if any(str(one).startswith("Annotation") for one in (types if isinstance(types, list) else [types])):
        return Kind.ANNOTATIONS
    return Kind.CLAIM_REVIEW if holds_reviews(value) else Kind.RDF


def _is_ours(context: Any) -> bool:
    return context == CONTEXT_IRI or (isinstance(context, dict) and "av" in context)
