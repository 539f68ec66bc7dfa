"""Everything that a store holds, as RDF, written piece by piece: memory does not grow with the dataset.

A quad that stands in two graphs is two quads. Formats without named graphs hold the bookkeeping only.
"""

from collections.abc import Iterator
from itertools import islice, takewhile
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from averment.errors import InputError
from averment.exports.jsonld import to_jsonld
from averment.exports.ordered import graph_by_graph, lines
from averment.exports.values import is_well_formed
from averment.store import View
from averment.store.formats import Format
from averment.vocabulary import PREFIXES

__all__ = ["dump"]

_AT_ONCE = 256
"""Lines that are written at once."""


def dump(view: View, format_: Format, file: IO[bytes], folder: Path | None = None) -> None:
    """Write everything to a file, the same bytes for the same data; `folder` is for temporary files.

    Raises InputError where the format has no form for something.
    """
    if format_.name == "nquads":
        _write(lines(view.engine, folder), file)
    elif format_.name == "jsonld":
        _write(to_jsonld(graph_by_graph(view.engine, folder)), file)
    else:
        _serialize(view, format_, file, folder)


def _write(pieces: Iterator[bytes], file: IO[bytes]) -> None:
    while batch := b"".join(islice(pieces, _AT_ONCE)):
        file.write(batch)


def _serialize(view: View, format_: Format, file: IO[bytes], folder: Path | None) -> None:
    assert isinstance(format_.engine, ox.RdfFormat)  # noqa: S101 - it is among RDF_FORMATS
    if format_.datasets:
        quads = graph_by_graph(view.engine, folder)
        ox.serialize(quads, output=file, format=format_.engine, prefixes=PREFIXES)
        return
    bookkeeping = takewhile(lambda quad: quad.graph_name == ox.DefaultGraph(), graph_by_graph(view.engine, folder))
    triples: Iterator[ox.Triple] = (quad.triple for quad in bookkeeping)
    if format_.media_type.endswith("+xml"):
        triples = _well_formed(triples, format_.label)
    ox.serialize(triples, output=file, format=format_.engine, prefixes=PREFIXES)


def _well_formed(triples: Iterator[ox.Triple], label: str) -> Iterator[ox.Triple]:
    """Give triples as long as XML can hold their texts; raise InputError where it cannot."""
    for triple in triples:
        if not is_well_formed(getattr(triple.object, "value", "")):
            raise InputError(
                f"a text in this store has control characters, which {label} cannot hold; export as turtle"
            )
        yield triple
