"""The query page: a form, the answer as a table, and the query kept where it fails."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request

from averment.errors import AvermentError, QueryLimitError
from averment.store.for_people import TABLE
from averment.store.formats import RDF_FORMATS, RESULT_FORMATS, Format
from averment.store.guard import Scope
from averment.vocabulary import PREFIXES
from averment_server.ask import answer as ask
from averment_server.ask import guard
from averment_server.choice import PAGE
from averment_server.problems import Problem, problem
from averment_server.protocol import union_by_default
from averment_server.through_flask import ANSWERED

__all__ = ["Question", "form", "questions", "show"]

_LONGEST = 500_000
"""Characters of Turtle on a page; the downloads have all."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in plain words, and the query that answers it."""

    words: str
    query: str

    @property
    def address(self) -> str:
        """Give the address of the query page with the query filled in and answered."""
        return "/sparql?" + urlencode({"query": self.query, "format": "html"})


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the page shows beneath the form: a problem, or an answer of one of three kinds."""

    problem: Problem | None = None
    bad_line: str = ""
    table: "Table | None" = None
    boolean: bool | None = None
    turtle: str | None = None
    cut: bool = False
    """Whether there is more of the Turtle than that."""
    downloads: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a SELECT; cells are None or terms as in SPARQL 1.1 Query Results JSON."""

    columns: list[str]
    rows: list[list[dict[str, Any] | None]]
    total: int


@cache
def questions() -> list[Question]:
    """Give the canned questions of `averment/queries/questions/`, in the order of their words."""
    folder = files("averment").joinpath("queries", "questions")
    texts = [entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".rq")]
    return sorted((_question(text) for text in texts), key=lambda question: question.words)


def _question(text: str) -> Question:
    return Question(text.partition("\n")[0].removeprefix("#").strip(), text.strip())


def show(query: str, scope: Scope) -> Response:
    """Answer a query as a page; where it fails, the page says where and why, and keeps the query."""
    try:
        found: tuple[str, bytes] | Problem = request.environ.get(ANSWERED) or _ask(query, scope)
        view = _failed(found, query) if isinstance(found, Problem) else _view(*found, query, scope)
    except AvermentError as error:
        view = _failed(problem(error), query)
    status, headers = (view.problem.status, view.problem.headers) if view.problem else (200, None)
    return Response(form(query, scope, view), status, headers)


def _ask(query: str, scope: Scope) -> tuple[str, bytes]:
    """Answer a query that nobody before this application has answered."""
    results, rdf = (chosen and chosen[0] for chosen in (PAGE.results, PAGE.rdf))
    kept = ask(query, results=results, rdf=rdf, scope=scope)
    return kept.format.name, kept.body


def form(query: str = "", scope: Scope | None = None, view: View | None = None) -> str:
    """Give the page with a query filled in and what came of it."""
    by_default = union_by_default()
    return render_template(
        "query.html",
        query=query,
        union=by_default if scope is None else scope.union,
        union_by_default=by_default,
        view=view,
        questions=questions(),
        limits=guard().limits,
        prefixes=PREFIXES,
    )


def _failed(found: Problem, query: str) -> View:
    lines = query.splitlines()
    bad = lines[found.line - 1] if found.line is not None and found.line <= len(lines) else ""
    return View(problem=found, bad_line=bad)


def _view(name: str, answer: bytes, query: str, scope: Scope) -> View:
    """Show an answer in the format of that name, one of those for pages."""
    if name != TABLE.name:
        turtle = answer.decode("utf-8")
        cut = len(turtle) > _LONGEST
        return View(turtle=turtle[:_LONGEST], cut=cut, downloads=_downloads(query, scope, RDF_FORMATS))
    # Not parsed by the engine: terms can be nested deeper than its parser's stack. This parser raises instead.
    try:
        found = json.loads(answer)
    except RecursionError:
        raise QueryLimitError("the answer nests too deep for a table; download it instead") from None
    downloads = _downloads(query, scope, RESULT_FORMATS)
    if "boolean" in found:
        return View(boolean=found["boolean"], downloads=downloads)
    columns, solutions = found["head"]["vars"], found["results"]["bindings"]
    rows = [[solution.get(column) for column in columns] for solution in solutions]
    return View(table=Table(columns, rows, found["total"]), downloads=downloads)


def _downloads(query: str, scope: Scope, formats: Sequence[Format]) -> tuple[tuple[str, str], ...]:
    """Give a name and an address for the same answer in each format."""
    union = {"union": "1" if scope.union else "0"} if scope.union != union_by_default() else {}
    offered = [(format_.label, format_.name) for format_ in formats]
    if formats is RESULT_FORMATS:
        offered.append(("CSV for spreadsheets", "spreadsheet"))
    return tuple((label, "/sparql?" + urlencode({"query": query, "format": name, **union})) for label, name in offered)
