"""What a request for a query comes to: a text that has passed the gate, its graphs, and as what it is answered."""

from dataclasses import dataclass

from werkzeug.exceptions import HTTPException

from averment.errors import AvermentError
from averment.store.formats import Format
from averment.store.gate import Checked, TextLimits, checked
from averment.store.guard import Scope
from averment_server.cache import key_of
from averment_server.choice import Choice, choose
from averment_server.problems import Problem, problem
from averment_server.protocol import Query, Sent, read

__all__ = ["Plan", "Posed", "Rules", "plan", "posed"]


@dataclass(frozen=True, slots=True)
class Rules:
    """By what requests are read: the default graph of those that do not say, and what the gate lets through."""

    union: bool
    text: TextLimits
    services: frozenset[str]


@dataclass(frozen=True, slots=True)
class Posed:
    """A query as it was posed, or what the gate has against it, with its graphs and the format that was named."""

    query: Checked | Problem
    scope: Scope
    format: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A query that is to be answered, or what the gate has against it."""

    query: Checked | Problem
    scope: Scope
    choice: Choice
    key: str
    """By which its answer is kept."""

    def media_type(self, format_: Format) -> str:
        """Give what the client calls the format of its answer."""
        results, rdf = self.choice.results, self.choice.rdf
        chosen = results if results and results[0] is format_ else rdf
        return chosen[1] if chosen else format_.media_type


def posed(sent: Sent, rules: Rules) -> Posed | None:
    """Read a request, which takes time with its length; None where it is no query, or not well-formed."""
    try:
        query = read(sent, union=rules.union)
    except HTTPException:
        return None
    if not isinstance(query, Query) or query.text is None:
        return None
    return Posed(_checked(query.text, rules), query.scope, query.format)


def plan(query: Posed, accept: str | None) -> Plan | None:
    """Say what becomes of a query; None where there is no such format."""
    try:
        choice = choose(accept, query.format)
    except HTTPException:
        return None
    text = "" if isinstance(query.query, Problem) else query.query.text
    key = key_of(text, choice.results and choice.results[0], choice.rdf and choice.rdf[0], query.scope)
    return Plan(query.query, query.scope, choice, key)


def _checked(query: str, rules: Rules) -> Checked | Problem:
    try:
        return checked(query, rules.text, rules.services)
    except AvermentError as error:
        return problem(error)
