"""Two tables, of nodes and of edges, with the headings that Gephi's and Flourish's imports know, in one ZIP file."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from averment.exports.base import Losses, text_for
from averment.exports.values import Column, Kind, Network, Value, as_text, columns
from averment.spreadsheets import escaped, write_table

__all__ = ["lost_in_spreadsheet", "lost_in_tables", "to_spreadsheet", "to_tables"]

_THEN = (1980, 1, 1, 0, 0, 0)
"""The time of each file in a ZIP, the earliest there is: the same graph gives the same bytes."""

lost_in_tables = text_for(Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN, Kind.DAY)


def to_tables(network: Network) -> Iterator[bytes]:
    """Give `nodes.csv` and `edges.csv` as a ZIP file, with every cell as it is: for programs."""
    yield _zipped({"nodes.csv": _written(_nodes(network)), "edges.csv": _written(_edges(network))})


def to_spreadsheet(network: Network) -> Iterator[bytes]:
    """Give the same with a `'` before each cell that a spreadsheet would take for a formula: for people."""
    tables = {"nodes.csv": _nodes(network), "edges.csv": _edges(network)}
    yield _zipped({name: write_table(next(rows), rows) for name, rows in tables.items()})


def lost_in_spreadsheet(network: Network) -> Losses:
    """Count the values that are text in a table, and the cells that have a `'` before them."""
    marked = sum(escaped(cell) != cell for rows in (_nodes(network), _edges(network)) for row in rows for cell in row)
    return lost_in_tables(network) | ({"cells get a ' before them": marked} if marked else {})


def _nodes(network: Network) -> Iterator[list[str]]:
    declared = columns(data for _, data in network.nodes(data=True))
    yield ["Id", "Label", *_headings(declared, {"Id", "Label"})]
    for node, data in network.nodes(data=True):
        yield [node, as_text(data["label"]), *_cells(data, declared)]


def _edges(network: Network) -> Iterator[list[str]]:
    declared = columns(data for *_, data in network.edges(data=True))
    own = ["Id", "Source", "Target", "Type", "Label"]
    yield [*own, *_headings(declared, set(own))]
    for number, (source, target, data) in enumerate(network.edges(data=True)):
        label = as_text(data.get("label", data.get("relation", "")))
        yield [str(number), source, target, "Directed", label, *_cells(data, declared)]


def _headings(declared: Iterable[Column], taken: set[str]) -> Iterator[str]:
    for column in declared:
        name = column.name
        while name in taken:
            name += "_"
        taken.add(name)
        yield name


def _cells(data: Mapping[str, Value], declared: Iterable[Column]) -> Iterator[str]:
    for column in declared:
        yield as_text(data[column.name]) if column.name in data else ""


def _written(rows: Iterable[list[str]]) -> bytes:
    table = StringIO(newline="")
    csv.writer(table).writerows(rows)
    return table.getvalue().encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = ZipInfo(name, _THEN)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return whole.getvalue()
