"""sh:sparql: the query that somebody wrote, made to look at many nodes in one run, where that gives the same answer.

SHACL runs such a query once for each node, with `$this` standing for it everywhere. Joining the nodes in at the start
of the query gives the same rows unless some part of it looks at `$this` before the join is made
(https://www.w3.org/TR/shacl/#pre-binding).
"""

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib import OWL, RDF, RDFS, SH
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node, Variable

from averment.validate.compiler.errors import Unsound, Unsupported
from averment.validate.compiler.lookup import one
from averment.validate.compiler.nesting import TOKEN, nested
from averment.validate.compiler.paths import text
from averment.validate.compiler.patterns import trails_of
from averment.validate.compiler.plan import Query, Shape
from averment.validate.prepared import prepared

__all__ = ["read_query", "texts"]

_THIS = Variable("this")
_PREFIXES = {"owl": str(OWL), "rdf": str(RDF), "rdfs": str(RDFS)}
"""Those that pySHACL knows without being told."""

_PLAIN = {"BGP", "Filter", "Extend", "Join", "LeftJoin", "Union", "Project", "Distinct", "Reduced", "OrderBy"}
"""Parts of a query in which a join at the start may be the same as a value everywhere; `_joins` looks closer."""


def texts(graph: rdflib.Graph, node: Node, predicate: rdflib.URIRef) -> tuple[str, ...]:
    """Give the texts of a property, those in English and in no language first."""
    found = [value for value in graph.objects(node, predicate) if isinstance(value, rdflib.Literal)]
    return tuple(str(it) for it in sorted(found, key=lambda it: ((it.language or "en") != "en", str(it))))


def read_query(graph: rdflib.Graph, node: Node, shape: Shape) -> Iterator[Query]:
    """Read the query of a sh:sparql, unless it is switched off.

    Raises Unsound where it is missing, and Unsupported where it must be run for each node by itself.
    """
    off = one(graph, node, SH.deactivated)
    if isinstance(off, rdflib.Literal) and off.value is True:
        return
    select = one(graph, node, SH.select)
    if not isinstance(select, rdflib.Literal):
        raise Unsound("a sh:sparql has no sh:select")
    yield _compiled(_declarations(graph, node), str(select), shape, texts(graph, node, SH.message))


def _compiled(declarations: str, select: str, shape: Shape, messages: tuple[str, ...]) -> Query:
    body = _with_path(select, shape)
    algebra = prepared(declarations + body).algebra
    names = frozenset(str(variable) for variable in algebra.PV or ())
    _refuse_what_must_run_alone(algebra, names)
    body = nested(body)
    brace = next(found.end() for found in TOKEN.finditer(body) if found[0] == "{")
    query = Query(declarations + body[:brace], body[brace:], names, messages, trails_of(algebra))
    _try(query)
    return query


def _with_path(select: str, shape: Shape) -> str:
    """Put the path of the shape for `$PATH`."""
    names = {found[0][1:] for found in TOKEN.finditer(select) if found[0][0] in "?$"}
    if "shapesGraph" in names:
        raise Unsound("a query asks for $shapesGraph, which is not given to it; SHACL leaves that open")
    if "currentShape" in names:
        raise Unsupported("its query asks for $currentShape")
    if "PATH" in names and shape.path is None:
        raise Unsound("a query in a node shape asks for $PATH, and there is no path")
    path = "" if shape.path is None else text(shape.path)
    return TOKEN.sub(lambda found: path if found[0] in {"$PATH", "?PATH"} else found[0], select)


def _declarations(graph: rdflib.Graph, node: Node) -> str:
    found = dict(_PREFIXES)
    for owner in sorted(graph.objects(node, SH.prefixes), key=str):
        for declaration in sorted(graph.objects(owner, SH.declare), key=str):
            prefix, namespace = one(graph, declaration, SH.prefix), one(graph, declaration, SH.namespace)
            if prefix is None or namespace is None:
                raise Unsound("a sh:declare lacks its sh:prefix or sh:namespace")
            found[str(prefix)] = str(namespace)
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(found.items()))


def _try(query: Query) -> None:
    """Let the store read it once, with nothing in it."""
    try:
        ox.Store().query(f"{query.select} VALUES ?this {{}} {query.body}")
    except (SyntaxError, ValueError) as error:
        raise Unsupported(f"the store does not read its query: {error}") from error


# ---- Whether a join will do ---------------------------------------------------------------------------------------


def _refuse_what_must_run_alone(algebra: Any, names: frozenset[str]) -> None:
    if algebra.name != "SelectQuery":
        raise Unsound("a sh:select is not a SELECT query")
    if "this" not in names:
        raise Unsupported("its query does not select $this")
    if "failure" in names:
        raise Unsupported("its query may report a failure")
    if not _joins(algebra.p, top=True):
        raise Unsupported("its query is not the same for all nodes at once as for each by itself")


def _joins(part: Any, *, top: bool) -> bool:
    """Say whether a part of a query gives the same rows when `$this` is joined with them as when it has a value before.

    At the top, the nodes are joined in before anything else, so that all which follows sees them.
    """
    if part.name not in _PLAIN:
        return False
    if part.name == "BGP":
        return True
    if part.name in {"Join", "Union"}:
        spine = top and part.name == "Join"
        return _joins(part.p1, top=spine) and _joins(part.p2, top=False)
    if part.name == "LeftJoin":
        sees = top or _THIS in _certain(part.p1)
        return _joins(part.p1, top=top) and _joins(part.p2, top=False) and (sees or not _mentions((part.p2, part.expr)))
    rebound = part.name == "Extend" and part.var == _THIS
    sees = top or _THIS in _certain(part.p)
    aside = [value for key, value in part.items() if key != "p"]
    return not rebound and (sees or not _mentions(aside)) and not _subselects(aside) and _joins(part.p, top=top)


def _certain(part: Any) -> set[Any]:
    """Give the variables that have a value in every row of a part."""
    if part.name == "BGP":
        return {term for triple in part.triples for term in triple if isinstance(term, Variable)}
    if part.name == "Join":
        return _certain(part.p1) | _certain(part.p2)
    if part.name == "Union":
        return _certain(part.p1) & _certain(part.p2)
    return _certain(part.p1 if part.name == "LeftJoin" else part.p) if part.name in _PLAIN else set()


def _mentions(part: Any) -> bool:
    if isinstance(part, list | tuple | set):
        return any(_mentions(inner) for inner in part)
    if isinstance(part, CompValue):
        return any(_mentions(getattr(part, key)) for key in part)
    return bool(part == _THIS)


def _subselects(part: Any) -> bool:
    """Say whether there is something inside EXISTS that a value from outside does not reach everywhere."""
    if isinstance(part, list | tuple):
        return any(_subselects(inner) for inner in part)
    if not isinstance(part, CompValue):
        return False
    if part.name in {"Minus", "Slice", "ToMultiSet", "AggregateJoin", "Graph", "ServiceGraphPattern"}:
        return True
    return any(_subselects(getattr(part, key)) for key in part)
