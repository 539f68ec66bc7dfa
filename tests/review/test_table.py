"""Claims as a table: out to a spreadsheet, and back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from averment.errors import InputError
from averment.review import Status, decide, reviewed
from averment.review.table import steps_of, table_of
from averment.spreadsheets import escaped, read_table, unescaped, write_table
from averment.store import Store

from .conftest import NOON, step


def rows(store: Store) -> list[dict[str, str]]:
    text = table_of(reviewed(store.view())).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def table(found: list[dict[str, str]], delimiter: str = ",") -> str:
    output = io.StringIO(newline="")
    writer = csv.DictWriter(output, found[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(found)
    return output.getvalue()


def read(store: Store, found: list[dict[str, str]], delimiter: str = ",") -> dict[NamedNode, object]:
    return dict(steps_of(store.view(), table(found, delimiter), "Kim Vale", NOON))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_an_edited_row_is_a_step(store: Store, listing: NamedNode, delimiter: str) -> None:
    found = rows(store)
    assert [row["status"] for row in found] == ["open", "open"]
    found[0] |= {"status": "Accepted", "note": "seen the spreadsheet"}
    assert read(store, found, delimiter) == {listing: step(Status.ACCEPTED, note="seen the spreadsheet")}


def test_a_table_that_nobody_edited_asks_for_nothing(store: Store, listing: NamedNode) -> None:
    decide(store, {listing: step(Status.CORRECTED, correction="about $1,250")})
    assert read(store, rows(store)) == {}


def test_a_table_without_corrections_takes_none_back(store: Store, listing: NamedNode) -> None:
    decide(store, {listing: step(Status.CORRECTED, correction="about $1,250")})
    found = [{name: cell for name, cell in row.items() if name != "correction"} for row in rows(store)]
    assert read(store, found) == {}
    assert read(store, [row | {"": ""} for row in found]) == {}


def test_a_correction_comes_back(store: Store, denial: NamedNode) -> None:
    found = rows(store)
    found[1] |= {"status": "corrected", "correction": "“We” lobbied nobody"}
    assert read(store, found) == {denial: step(Status.CORRECTED, correction="“We” lobbied nobody")}


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        ({"status": "agreed"}, "'agreed' is no status"),
        ({"words": "The city paid nothing"}, "its words are not those of the claim"),
        ({"claim": "ffffffff/1-2"}, "the store has no claim"),
        ({"correction": "about $1,250"}, "make the status corrected"),
        ({"note": "hm"}, "decides nothing"),
        ({"status": "accepted", "reviewed": "rejected by Bo, 2021-05-01 10:00 UTC"}, "never reviewed"),
    ],
)
def test_a_row_that_does_not_fit_is_named(store: Store, edit: dict[str, str], complaint: str) -> None:
    found = rows(store)
    found[0]["status"] = "accepted"
    found[1] |= edit
    with pytest.raises(InputError, match=f"line 3: .*{complaint}"):
        read(store, found)


def test_nobody_overrules_what_they_have_not_seen(store: Store, listing: NamedNode) -> None:
    found = rows(store)
    found[0]["status"] = "accepted"
    decide(store, {listing: step(Status.REJECTED, by="Bo Lind")})
    with pytest.raises(InputError, match=r"line 2: .*rejected by Bo Lind"):
        read(store, found)


def test_what_is_no_such_table_is_refused(store: Store) -> None:
    found = rows(store)
    with pytest.raises(InputError, match=r"line 4: .*earlier line"):
        read(store, [*found, found[0]])
    with pytest.raises(InputError, match="no column 'reviewed'"):
        read(store, [{"claim": "x", "words": "", "status": ""}])
    for nothing in ("", "{}", "\ufeff\n"):
        with pytest.raises(InputError, match="no column 'claim'"):
            steps_of(store.view(), nothing, "Kim Vale", NOON)
    with pytest.raises(InputError, match=r"line 2"):
        steps_of(store.view(), 'claim,words,reviewed,status\n"a"b,c', "Kim Vale", NOON)
    assert read(store, [*found, dict.fromkeys(found[0], "")]) == {}


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_a_table_comes_back_cell_by_cell(cells: list[list[str]]) -> None:
    """Whatever is in a cell; rows without text are no rows."""
    cells = [[cell.encode(errors="replace").decode() for cell in row] for row in cells]
    text = write_table(["one", "two"], cells).decode("utf-8-sig")
    back = [list(row.values()) for _, row in read_table(text)]
    assert back == [row for row in cells if any(escaped(cell).strip() for cell in row)]


@given(st.text())
def test_no_cell_is_a_formula(cell: str) -> None:
    assert unescaped(escaped(cell)) == cell
    safe = escaped(cell)
    assert not safe.startswith(("=", "@", "\t", "\r"))
    assert not safe.startswith(("+", "-")) or float(safe) is not None
