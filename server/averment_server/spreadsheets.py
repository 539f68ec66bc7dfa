"""Answers as CSV that a spreadsheet may open: no cell is taken for a formula. The protocol's own CSV stays exact."""

import csv
import io

from averment.spreadsheets import escaped

__all__ = ["neutralised"]


def neutralised(body: bytes) -> bytes:
    r"""Put an apostrophe before each cell that a spreadsheet would evaluate; numbers stay numbers.

    >>> neutralised(b"a,b\r\n=1+1,-5\r\n")
    b"a,b\r\n'=1+1,-5\r\n"
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(body)))
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    for row in csv.reader(io.StringIO(body.decode("utf-8"), newline="")):
        writer.writerow([escaped(cell) for cell in row])
    return output.getvalue().encode("utf-8")
