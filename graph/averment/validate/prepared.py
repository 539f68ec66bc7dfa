"""SPARQL constraints, prepared once: parsed, kept from leaving the house, and put in an order that is not quadratic.

rdflib orders the patterns of a query without knowing that SHACL gives `$this` a value, and so may begin with every
triple of the graph for every node that is looked at.
"""

from functools import lru_cache
from typing import Any

from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Literal, Variable

from averment.errors import InputError

__all__ = ["prepared"]


@lru_cache(maxsize=512)
def prepared(text: str) -> Query:
    """Give the query of a constraint, ready to run for one `$this` after another.

    Raises InputError where it is not SPARQL, or would fetch something: rdflib follows FROM and SERVICE to files and to
    the network.
    """
    try:
        query = prepareQuery(text)
    except Exception as error:  # for an undeclared prefix rdflib raises just that
        raise InputError(f"a query in the shapes is not SPARQL: {str(error).splitlines()[0]}") from error
    if _fetches(query.algebra):
        raise InputError("a query in the shapes uses FROM or SERVICE; shapes are checked against the graph given only")
    _open(query.algebra, _variables(query.algebra))
    _reorder(query.algebra, {Variable("this")})
    return query


def _open(part: Any, variables: set[Variable], *, within: bool = False) -> None:
    """Let everything inside EXISTS see the values from outside, as SPARQL has it.

    rdflib hides them from the filters, OPTIONALs and BINDs of the groups further in
    (https://www.w3.org/TR/sparql11-query/#defn_substitute).
    """
    if isinstance(part, list | tuple):
        for inner in part:
            _open(inner, variables, within=within)
    elif isinstance(part, CompValue):
        if within and part.name == "LeftJoin":
            part["p2"] = CompValue("Filter", expr=part.expr, p=part.p2)
            part["expr"] = Literal(True)  # noqa: FBT003 - RDF's
        if within and part.name in {"Filter", "Extend"}:
            part["_vars"] = variables
        within = within or part.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}
        for _, inner in _parts(part):
            _open(inner, variables, within=within)


def _variables(part: Any) -> set[Variable]:
    if isinstance(part, list | tuple | set):
        return {found for inner in part for found in _variables(inner)}
    if isinstance(part, CompValue):
        return {found for _, inner in _parts(part) for found in _variables(inner)}
    return {part} if isinstance(part, Variable) else set()


def _fetches(part: Any) -> bool:
    if isinstance(part, list | tuple):
        return any(_fetches(inner) for inner in part)
    if not isinstance(part, CompValue):
        return False
    if part.name == "ServiceGraphPattern":
        return True
    return any((name == "datasetClause" and inner) or _fetches(inner) for name, inner in _parts(part))


def _parts(part: CompValue) -> list[tuple[str, Any]]:
    """Give what a part consists of: patterns (`p`, `p1`, `p2`) before expressions, whose EXISTS sees their values.

    An attribute, where there is one, is the translation of the entry of the same name; so it is with EXISTS.
    """
    return [(name, getattr(part, name)) for name in sorted(part, key=lambda name: (not name.startswith("p"), name))]


def _reorder(part: Any, known: set[Any]) -> None:
    """Put the patterns below `part` in order; `known` grows by the variables that they give values to."""
    if isinstance(part, list | tuple):
        for inner in part:
            _reorder(inner, known)
    elif isinstance(part, CompValue) and part.name == "BGP":
        part["triples"] = _ordered(part.triples, known)
    elif isinstance(part, CompValue):
        for _, inner in _parts(part):
            _reorder(inner, known)


def _ordered(triples: list[Any], known: set[Any]) -> list[Any]:
    """Order triple patterns so that each begins at what is known by then, its subject rather than its object."""
    rest, ordered = list(triples), []
    while rest:
        best = min(rest, key=lambda triple: _unknown(triple, known))
        rest.remove(best)
        ordered.append(best)
        known.update(best)
    return ordered


def _unknown(triple: Any, known: set[Any]) -> tuple[int, bool]:
    subject, predicate, object_ = (isinstance(term, Variable) and term not in known for term in triple)
    return subject + predicate + object_, subject
