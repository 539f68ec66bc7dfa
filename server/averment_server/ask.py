"""Asking the guard: for whole answers, kept for whoever asks the same again, and for the rows that pages show."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pyoxigraph as ox
from flask import current_app

from averment.store.formats import RDF_FORMATS, RESULT_FORMATS, Format
from averment.store.guard import QueryGuard, Scope
from averment.store.view import Row, query_text
from averment_server.cache import AnswerCache, Kept, key_of, lasts

__all__ = ["ANSWERS", "EXTENSION", "Record", "answer", "first", "guard", "records", "rows", "table"]

EXTENSION = "averment.guard"
ANSWERS = "averment.answers"

Record = SimpleNamespace
"""A row with its values as text: `record.name` is a str, or None where there is no value."""


def guard() -> QueryGuard:
    """Give the guard of the application at hand."""
    return cast(QueryGuard, current_app.extensions[EXTENSION])


def answer(  # noqa: PLR0913 - whatever may be left out has a name
    query: str,
    *,
    results: Format | None = RESULT_FORMATS[0],
    rdf: Format | None = RDF_FORMATS[0],
    values: Mapping[str, ox.NamedNode] | None = None,
    scope: Scope | None = None,
    outside: bool = True,
) -> Kept:
    """Answer a query as the guard does, or give the same answer again where nobody has written since."""
    cache = cast(AnswerCache, current_app.extensions[ANSWERS])
    scope = scope or Scope()
    given = tuple((name, value.value) for name, value in (values or {}).items())
    key = key_of(query, results, rdf, scope, given)
    kept = cache.get(guard().generation, key)
    if kept is None:
        kept = Kept.of(guard().run(query, results=results, rdf=rdf, values=values, scope=scope, outside=outside))
        if lasts(query):
            cache.put(key, kept)
    return kept


def rows(query: str, **values: ox.NamedNode) -> list[Row]:
    """Run `averment/queries/pages/<query>.rq`, or another folder's where the name has one, and give its rows."""
    name = query if "/" in query else f"pages/{query}"
    body = answer(query_text(name), values=values, outside=False).body
    return table(body)


def table(body: bytes) -> list[Row]:
    """Give the rows of an answer in JSON."""
    found: Any = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
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
