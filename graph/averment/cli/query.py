"""`averment query`: SPARQL over the store, in a worker of its own and within limits, as on the server."""

import json
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from averment.addresses import parse_address
from averment.cli.options import counted, one_line, store_option, write_whole
from averment.errors import InputError, file_errors
from averment.sources.raw import standard_input
from averment.store import Store, by_name
from averment.store.formats import RDF_FORMATS, RESULT_FORMATS, Format
from averment.store.guard import Limits, QueryGuard
from averment.vocabulary import PREFIXES

__all__ = ["query"]

_FORMATS = ["table", *(f.name for f in (*RESULT_FORMATS, *RDF_FORMATS))]
_MAX_WIDTH = 72
"""Characters of a table's cell; --format csv has all of them."""


def _given_seconds(_context: click.Context, parameter: click.Parameter, seconds: float) -> float:
    """Refuse what is no number, which lies in every range."""
    if math.isnan(seconds):
        raise click.BadParameter("it is no number", param=parameter)
    return seconds


def _given_addresses(_context: click.Context, parameter: click.Parameter, addresses: tuple[str, ...]) -> frozenset[str]:
    try:
        return frozenset(map(parse_address, addresses))
    except InputError as error:
        raise click.BadParameter(str(error), param=parameter) from None


@click.command()
@click.argument("text", metavar="QUERY")
@store_option
@click.option(
    "--format", "form", type=click.Choice([*_FORMATS, "ttl"]), help="Default: a table, or Turtle for a graph."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--seconds",
    default=60.0,
    show_default=True,
    type=click.FloatRange(min=0.1, max=86_400),
    callback=_given_seconds,
    help="Stop after this time.",
)
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="ADDRESS",
    callback=_given_addresses,
    help="Another server that SERVICE <ADDRESS> may ask; may be given more than once. Without it, none is asked.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write to a file."
)
def query(
    text: str,
    store: Store,
    form: str | None,
    output: Path | None,
    seconds: float,
    *,
    services: frozenset[str],
    as_json: bool,
) -> None:
    """Answer a SPARQL query. QUERY is its text, a file that holds it, or - for standard input.

    The prefixes that averment uses (av:, sdo:, prov:, oa: ...) need not be declared. What a claim says stands in the
    graph that has the claim's IRI: GRAPH ?claim { ... }.

    \b
    Example:
      averment query 'SELECT ?who ?whom { GRAPH ?claim { ?who av:lobbied ?whom } }'
      averment query question.rq --format csv -o answer.csv
    """
    form = "json" if as_json else form
    results, rdf = _wanted(form)
    limits = Limits(seconds=seconds, workers=1, reserved=0, answer=1 << 30, services=services)
    with QueryGuard(store, limits) as guard:
        answer = guard.run(_text(text), results=results, rdf=rdf)
    table = form in {None, "table"} and answer.format in RESULT_FORMATS
    body = _table(json.loads(answer.body)).encode() if table else answer.body
    write_whole(output, body if not body or body.endswith(b"\n") else body + b"\n")


def _wanted(form: str | None) -> tuple[Format | None, Format | None]:
    """Give the format for tables and the one for graphs; with a format named, only what has that form is answered."""
    if form in {None, "table"}:
        return RESULT_FORMATS[0], RDF_FORMATS[0] if form is None else None
    results = next((f for f in RESULT_FORMATS if f.name == form), None)
    return results, None if results else by_name(form or "", RDF_FORMATS)


def _text(argument: str) -> str:
    """Give the query itself: from standard input, from a file of that name, or the argument as it is."""
    if argument == "-":
        return _decoded(standard_input(), "standard input")
    if not _is_file(argument):
        return _decoded(os.fsencode(argument), "the query")
    path = Path(argument)
    if path.is_dir():
        raise InputError("it is a folder; give a query, or a file that holds one", path)
    with file_errors(path):
        return _decoded(path.read_bytes(), path)


def _is_file(argument: str) -> bool:
    """Tell the name of a file from a query."""
    if argument.endswith((".rq", ".sparql")):
        return True
    try:
        return 0 < len(argument) < 256 and "{" not in argument and Path(argument).exists()
    except OSError:
        return False


def _decoded(data: bytes, name: Path | str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("it is not UTF-8", name) from None


def _table(answer: dict[str, Any]) -> str:
    """Give the JSON form of an answer as a table in text."""
    if "boolean" in answer:
        return "yes\n" if answer["boolean"] else "no\n"
    names = answer["head"]["vars"]
    rows = [[_cell(row.get(name)) for name in names] for row in answer["results"]["bindings"]]
    widths = [max(len(cell) for cell in column) for column in zip(names, *rows, strict=True)]
    lines = [_line(names, widths), "  ".join("-" * width for width in widths), *(_line(row, widths) for row in rows)]
    return "\n".join([*lines, f"({counted(len(rows), 'row')})"]) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cell(value: dict[str, Any] | None) -> str:
    """Show one value: an IRI by its prefix where it has one, text on one line without control characters."""
    if value is None:
        return ""
    written = one_line(_written(value))
    return written if len(written) <= _MAX_WIDTH else written[: _MAX_WIDTH - 1] + "…"


def _written(value: dict[str, Any]) -> str:
    """Give a value in letters; of a triple, its three parts between the marks that SPARQL has for it."""
    if value["type"] == "triple":
        parts = (_written(value["value"][part]) for part in ("subject", "predicate", "object"))
        return f"<<( {' '.join(parts)} )>>"
    return _short_iri(value["value"]) if value["type"] == "uri" else value["value"]


def _short_iri(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.replace("https://w3id.org/averment/id/", "…/")
