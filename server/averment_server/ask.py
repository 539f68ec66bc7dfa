"""Asking the guard for the rows that pages show, by the name of a query in `averment/queries/`."""

from types import SimpleNamespace
from typing import Any, cast

import pyoxigraph as ox
from flask import current_app

from averment.store.guard import QueryGuard
from averment.store.view import Row, query_text

__all__ = ["EXTENSION", "Record", "first", "guard", "records", "rows"]

EXTENSION = "averment.guard"

Record = SimpleNamespace
"""A row with its values as text: `record.name` is a str, or None where there is no value."""


def guard() -> QueryGuard:
    """Give the guard of the application at hand."""
    return cast(QueryGuard, current_app.extensions[EXTENSION])


def rows(query: str, **values: ox.NamedNode) -> list[Row]:
    """Run `averment/queries/pages/<query>.rq`, or another folder's where the name has one, and give its rows."""
    name = query if "/" in query else f"pages/{query}"
    answer = guard().run(query_text(name), values=values, outside=False)
    found: Any = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    names = [variable.value for variable in found.variables]
    return [{name: solution[name] for name in names} for solution in found]


def records(query: str, **values: ox.NamedNode) -> list[Record]:
    """Run a query like `rows`, where only the texts of the values matter."""
    return [
        Record(**{name: None if term is None else term.value for name, term in row.items()})
        for row in rows(query, **values)
    ]


def first(query: str, **values: ox.NamedNode) -> Record | None:
    """Run a query like `records` and give its first row, or None."""
    return next(iter(records(query, **values)), None)
