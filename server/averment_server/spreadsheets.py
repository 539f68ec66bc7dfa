"""CSV that a spreadsheet may open: no cell of it is taken for a formula. The protocol's own CSV stays exact."""

import csv
import io
import re

__all__ = ["neutralised"]

_FORMULA = tuple("=+-@\t\r")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def neutralised(body: bytes) -> bytes:
    r"""Put an apostrophe before each cell that a spreadsheet would evaluate; numbers stay numbers.

    >>> neutralised(b"a,b\r\n=1+1,-5\r\n")
    b"a,b\r\n'=1+1,-5\r\n"
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(body)))
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    for row in csv.reader(io.StringIO(body.decode("utf-8"), newline="")):
        writer.writerow([_cell(cell) for cell in row])
    return output.getvalue().encode("utf-8")


def _cell(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
