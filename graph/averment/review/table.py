"""The claims as a table for a spreadsheet, and a table that somebody has filled in as steps of their review.

What a reviewer fills in are the columns `status`, `correction` and `note`; the others tell what the row is about, and
are compared with the store when the table comes back, so that nobody decides on what they have not seen.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from pyoxigraph import NamedNode

from averment.claims import find_claim
from averment.errors import InputError
from averment.review.desk import reviewed, told
from averment.review.model import Reviewed, Status, Step
from averment.spreadsheets import read_table, write_table
from averment.store import View

__all__ = ["COLUMNS", "steps_of", "table_of"]

COLUMNS = (
    "claim",
    "outlet",
    "article",
    "speaker",
    "words",
    "checked",
    "reviewed",
    "status",
    "correction",
    "note",
)
_NEEDED = {"claim", "words", "reviewed", "status"}


def table_of(claims: Iterable[Reviewed]) -> bytes:
    """Give claims as CSV, a row each."""
    return write_table(COLUMNS, map(_cells, claims))


def _cells(claim: Reviewed) -> list[str]:
    correction = claim.steps[-1].correction if claim.steps else None
    return [
        claim.iri,
        claim.outlet or "",
        claim.article_name,
        claim.speaker or "",
        _words(claim),
        claim.outcome.value if claim.outcome else "",
        _last(claim),
        claim.status.value,
        correction or "",
        "",
    ]


def steps_of(view: View, text: str, by: str, at: datetime) -> dict[NamedNode, Step]:
    """Give the steps that a table asks for: one for each row whose status is another than the claim's.

    Raises InputError, naming the line, for a row that does not fit the store or cannot be understood.
    """
    steps: dict[NamedNode, Step | None] = {}
    for line, row in read_table(text, _NEEDED):
        try:
            claim, step = _read(view, row, by, at)
        except InputError as error:
            raise InputError(f"line {line}: {error}") from error
        if claim in steps:
            raise InputError(f"line {line}: the claim stands in an earlier line too; keep one of them")
        steps[claim] = step
    return {claim: step for claim, step in steps.items() if step is not None}


def _read(view: View, row: Mapping[str, str], by: str, at: datetime) -> tuple[NamedNode, Step | None]:
    """Give the claim of a row and the step that the row asks for, None where it asks for none."""
    claim = find_claim(view, row["claim"])
    for standing in reviewed(view, claim):
        return claim, _step(standing, row, by, at)
    raise InputError("the claim has no passage; read its article again with: averment ingest")


def _step(claim: Reviewed, row: Mapping[str, str], by: str, at: datetime) -> Step | None:
    """Give the step that a row asks for; raise InputError where the row does not fit the claim."""
    if _plain(row["words"]) != _plain(_words(claim)):
        raise InputError("its words are not those of the claim; write other words into the column 'correction'")
    status = _status(row["status"])
    note, correction = (_plain(row.get(name, "")) or None for name in ("note", "correction"))
    last = claim.steps[-1] if claim.steps else None
    if "correction" not in row and last is not None:
        correction = last.correction  # a table without the column says nothing about it
    if correction and last and correction == last.correction and status is not Status.CORRECTED:
        correction = None  # it was exported with the table
    if correction and status is not Status.CORRECTED:
        raise InputError(f"it has a correction, and its status is {status.value}; make the status corrected")
    if status is claim.status and correction == (last.correction if last else None):
        if note and (last is None or note != last.note):
            raise InputError("it has a note and decides nothing; change its status, or take the note out")
        return None
    if _plain(row["reviewed"]) != _last(claim):
        now = _last(claim) or "it was never reviewed"
        raise InputError(f"the claim's review is not as it was when the table was exported ({now}); export it again")
    return Step(status=status, by=by, at=at, note=note, correction=correction)


def _status(cell: str) -> Status:
    try:
        return Status(cell.strip().lower())
    except ValueError:
        known = ", ".join(status.value for status in Status)
        raise InputError(f"{cell.strip()!r} is no status; write one of {known}") from None


def _last(claim: Reviewed) -> str:
    """Tell the last step, in words that no spreadsheet takes for a number or a date."""
    return _plain(told(claim.steps[-1])) if claim.steps else ""


def _words(claim: Reviewed) -> str:
    return claim.words or f"characters {claim.start} to {claim.end}"


def _plain(cell: str) -> str:
    """Give a cell on one line: spreadsheets change line breaks."""
    return " ".join(cell.split())
