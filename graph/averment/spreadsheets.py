"""CSV that a spreadsheet may open and save: no cell of it is taken for a formula, and every cell comes back."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from averment.errors import InputError

__all__ = ["escaped", "read_table", "unescaped", "write_table"]

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_DELIMITERS = ",;\t"
_LONGEST_CELL = 10_000_000
"""Characters; more than any article has."""


def escaped(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would evaluate; numbers stay numbers.

    >>> escaped("=1+1"), escaped("-5"), escaped("'=1")
    ("'=1+1", '-5', "''=1")
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unescaped(cell: str) -> str:
    """Give a cell back as it was before `escaped`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def write_table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Give a table as CSV in UTF-8 with the mark by which spreadsheets know it."""
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(list(columns))
    writer.writerows([escaped(cell) for cell in row] for row in rows)
    return output.getvalue().encode("utf-8-sig")


def read_table(text: str, needed: Iterable[str] = ()) -> list[tuple[int, dict[str, str]]]:
    """Read a table that a spreadsheet has saved, parted by commas, semicolons or tabs: each row with its line number.

    Rows without any text are passed over. Raises InputError, naming the line, for what is no such table, or has no
    column of a name that is needed.
    """
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count), strict=True)
        columns = [unescaped(cell).strip().lower() for cell in next(reader, [])]
        while columns and not columns[-1]:
            columns.pop()  # spreadsheets save columns that somebody has emptied
        if len(set(columns)) != len(columns):
            raise InputError("two of its columns have the same heading")
        if missing := sorted(set(needed) - set(columns)):
            raise InputError(f"it has no column {missing[0]!r}; begin with a table that was exported")
        return [(line, dict(zip(columns, row, strict=True))) for line, row in _rows(reader, len(columns))]
    except csv.Error as error:
        raise InputError(f"line {reader.line_num} is no CSV ({error})") from error
    finally:
        csv.field_size_limit(before)


def _rows(reader: Any, width: int) -> Iterator[tuple[int, list[str]]]:
    line = reader.line_num + 1
    for row in reader:
        if any(cell.strip() for cell in row):
            if len(row) > width and any(cell.strip() for cell in row[width:]):
                raise InputError(f"line {line} has {len(row)} cells, and there are {width} headings")
            yield line, [unescaped(cell) for cell in (row + [""] * width)[:width]]
        line = reader.line_num + 1
