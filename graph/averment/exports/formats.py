"""The export formats, as a table: name, file ending, what it holds, and the function that makes its bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import IO

from averment.exports.dumps import dump
from averment.exports.graphml import to_graphml
from averment.exports.interchange import INTERCHANGE, Interchange, Wishes
from averment.exports.network import network
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
    stream: Callable[[View, IO[bytes]], None] | None = None
    """Writes it piece by piece, where that is how it is made."""


def _rdf(format_: Format) -> ExportFormat:
    holds = "everything" if format_.datasets else "the bookkeeping, without what the claims say"
    return ExportFormat(
        format_.name, format_.ending, holds, partial(_dump, format_), lambda view, file: dump(view, format_, file)
    )


def _part(part: Interchange) -> ExportFormat:
    return ExportFormat(part.name, part.ending, part.holds, lambda view: part.write(view, Wishes())[0])


def _dump(format_: Format, view: View) -> bytes:
    content = BytesIO()
    dump(view, format_, content)
    return content.getvalue()


FORMATS = (
    *(_rdf(format_) for format_ in RDF_FORMATS),
    ExportFormat(
        "graphml",
        "graphml",
        "who says what: entities, documents, claims, payouts",
        lambda view: to_graphml(network(view)),
    ),
    *map(_part, INTERCHANGE),
    ExportFormat("svg", "svg", "a picture of what the claims link", lambda view: to_svg(network(view))),
)
