"""A report as a table: one row a result."""

from averment.spreadsheets import write_table
from averment.validate.render.context import Context
from averment.validate.report import Report, Result
from averment.validate.terms import plain

__all__ = ["as_csv"]

_COLUMNS = (
    "rule", "severity", "message", "kind", "words", "article", "address", "start", "end", "thing", "property", "value",
    "value words", "source", "passage",
)  # fmt: skip


def as_csv(report: Report, _context: Context) -> bytes:
    """Give the report for spreadsheets; offsets are code points, and what is not known is an empty cell."""
    return write_table(_COLUMNS, map(_row, report.results))


def _row(result: Result) -> list[str]:
    passage = result.passage
    start, end = (None, None) if passage is None else (passage.start, passage.end)
    cells = (
        result.constraint, result.severity.value, result.message, result.kind, result.words, result.source_title,
        result.source_address, start, end, plain(result.focus), plain(result.path), plain(result.value),
        result.value_label, plain(result.source), None if passage is None else plain(passage.iri),
    )  # fmt: skip
    return ["" if cell is None else str(cell) for cell in cells]
