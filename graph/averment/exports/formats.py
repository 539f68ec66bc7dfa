"""The export formats, as a table: name, file ending, what it holds, and the function that makes its bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from averment.errors import InputError
from averment.exports.graphml import to_graphml
from averment.exports.network import is_well_formed, network
from averment.exports.svg import to_svg
from averment.store import View
from averment.store.formats import RDF_FORMATS, Format

__all__ = ["FORMATS", "ExportFormat"]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format to export to."""

    name: str
    ending: str
    holds: str
    """What of the graph it can carry, in words."""
    write: Callable[[View], bytes]


def _rdf(format_: Format) -> ExportFormat:
    holds = "everything" if format_.datasets else "the bookkeeping, without what the claims say"
    return ExportFormat(format_.name, format_.ending, holds, partial(_dump, format_))


def _dump(format_: Format, view: View) -> bytes:
    written = view.dump(format_)
    if format_.media_type.endswith("+xml") and not is_well_formed(written.decode()):
        raise InputError(
            f"a text in this store has control characters, which {format_.label} cannot hold; export as turtle"
        )
    return written


FORMATS = (
    *(_rdf(format_) for format_ in RDF_FORMATS),
    ExportFormat(
        "graphml",
        "graphml",
        "who says what: entities, documents, claims, payouts",
        lambda view: to_graphml(network(view)),
    ),
    ExportFormat("svg", "svg", "a picture of what the claims link", lambda view: to_svg(network(view))),
)
