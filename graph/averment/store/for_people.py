"""Answers made for people: a table with few enough cells for a page, and CSV that a spreadsheet may open.

Making them takes time and memory that grow with the answer. So the worker does it, within the limits of the query.
"""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox

from averment.spreadsheets import escaped
from averment.store.formats import Format

__all__ = ["FOR_PEOPLE", "SPREADSHEET", "TABLE", "finish"]

TABLE = Format("table", "a table for a page", "application/json", "json", ox.QueryResultsFormat.JSON)
"""Query results JSON of which the first rows are there, with the number of all as `total`."""

SPREADSHEET = Format("spreadsheet", "CSV for spreadsheets", "text/csv", "csv", ox.QueryResultsFormat.CSV)
"""No cell is taken for a formula. The protocol's own CSV stays exact."""

FOR_PEOPLE = (TABLE, SPREADSHEET)

_ROWS = 1_000
"""More make a page that nobody reads; the downloads have all."""

_CELLS = 20_000


def finish(body: bytes, format_: Format) -> bytes:
    """Give an answer as `format_` has it, most of them as the engine does; raise ValueError where that cannot be."""
    made = _MADE.get(format_.name)
    return made(body) if made else body


def _cut(body: bytes) -> bytes:
    try:
        found: Any = json.loads(body)
    except RecursionError:
        raise ValueError("its answer nests too deep for a table; download it instead") from None
    if "boolean" not in found:
        rows = found["results"]["bindings"]
        most = min(_ROWS, max(1, _CELLS // max(1, len(found["head"]["vars"]))))
        found["total"], found["results"]["bindings"] = len(rows), rows[:most]
    return json.dumps(found).encode()


def _neutralised(body: bytes) -> bytes:
    r"""Put an apostrophe before each cell that a spreadsheet would evaluate; numbers stay numbers.

    >>> _neutralised(b"a,b\r\n=1+1,-5\r\n")
    b"a,b\r\n'=1+1,-5\r\n"
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(body)))
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    for row in csv.reader(io.StringIO(body.decode("utf-8"), newline="")):
        writer.writerow([escaped(cell) for cell in row])
    return output.getvalue().encode("utf-8")


_MADE: dict[str, Callable[[bytes], bytes]] = {TABLE.name: _cut, SPREADSHEET.name: _neutralised}
