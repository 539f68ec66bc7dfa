"""sh:sparql: the query that somebody wrote, made to look at many nodes in one run, where that gives the same answer.

SHACL runs such a query once for each node, with `$this` standing for it everywhere. Joining the nodes in at the start
of the query gives the same rows unless some part of it looks at `$this` before the join is made
(https://www.w3.org/TR/shacl/#pre-binding).
"""

import re
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib import OWL, RDF, RDFS, SH
from rdflib.paths import MulPath, Path
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node, Variable

from averment.validate.compiler.errors import Unsound
from averment.validate.compiler.lookup import name, one
from averment.validate.compiler.messages import texts
from averment.validate.compiler.nesting import TOKEN, nested
from averment.validate.compiler.paths import text as as_text
from averment.validate.compiler.patterns import trails_of
from averment.validate.compiler.plan import Query, Shape
from averment.validate.compiler.prebinding import refuse_unbindable
from averment.validate.graphs import from_rdflib
from averment.validate.prepared import prepared

__all__ = ["prologue", "read_query", "refuse_unsound_select", "text_of", "with_path", "with_prefixes"]

_THIS = Variable("this")
_PREFIXES = {"owl": str(OWL), "rdf": str(RDF), "rdfs": str(RDFS)}
"""Those that people leave out, and that other engines know without being told."""

_PLAIN = {"BGP", "Filter", "Extend", "Join", "LeftJoin", "Union", "Project", "Distinct", "Reduced", "OrderBy"}
"""Parts of a query in which a join at the start may be the same as a value everywhere; `_joins` looks closer."""


def read_query(graph: rdflib.Graph, node: Node, shape: Shape) -> Iterator[Query]:
    """Read the query of a sh:sparql, unless it is switched off.

    Raises Unsound where it is missing, or is none that SHACL allows.
    """
    off = one(graph, node, SH.deactivated)
    if isinstance(off, rdflib.Literal) and off.value is True:
        return
    text = with_prefixes(graph, node, with_path(text_of(graph, node, SH.select), shape))
    names = refuse_unsound_select(text, {"this"})
    algebra = prepared(text).algebra
    obstacle = _obstacle(algebra, names)
    select, body = ("", "") if obstacle else _halves(text)
    yield Query(
        node=from_rdflib(node),
        text=text,
        select=select,
        body=body,
        variables=names,
        messages=texts(graph, node, SH.message),
        trails=trails_of(algebra),
        obstacle=obstacle or _unread(select, body),
        stands_still=_stands_still(algebra),
    )


def text_of(graph: rdflib.Graph, node: Node, predicate: rdflib.URIRef) -> str:
    """Give the text of a query.

    Raises Unsound where there is none, or more than one.
    """
    text = one(graph, node, predicate)
    if not isinstance(text, rdflib.Literal):
        raise Unsound(f"a query in the shapes has no {name(predicate)}")
    return str(text)


def refuse_unsound_select(text: str, bound: set[str]) -> frozenset[str]:
    """Give the names of what a SELECT selects.

    Raises Unsound where it is none, or SHACL does not allow it.
    """
    refuse_unbindable(text, bound)
    algebra = prepared(text).algebra
    names = frozenset(str(variable) for variable in algebra.PV or ())
    if algebra.name != "SelectQuery":
        raise Unsound("a sh:select is not a SELECT query")
    if "this" not in names:
        raise Unsound("a sh:select does not select $this")
    return names


def with_path(text: str, shape: Shape) -> str:
    """Put the path of the shape for `$PATH`.

    Raises Unsound where there is none, and for $shapesGraph, which an engine need not give.
    """
    names = {found[0][1:] for found in TOKEN.finditer(text) if found[0][0] in "?$"}
    if "shapesGraph" in names:
        raise Unsound("a query asks for $shapesGraph, which is not given to it; SHACL leaves that open")
    if "PATH" in names and shape.path is None:
        raise Unsound("a query in a node shape asks for $PATH, and there is no path")
    path = "" if shape.path is None else as_text(shape.path)
    return TOKEN.sub(lambda found: path if found[0] in {"$PATH", "?PATH"} else found[0], text)


def with_prefixes(graph: rdflib.Graph, node: Node, text: str) -> str:
    """Give a query with its prefixes: those of its sh:prefixes, and of what these import within the shapes.

    https://www.w3.org/TR/shacl/#sparql-prefixes

    Raises Unsound where one is declared twice with different namespaces, or by halves.
    """
    found = _PREFIXES | _declared(graph, node)
    names = {namespace: prefix for prefix, namespace in sorted(found.items())}
    # rdflib forgets a prefix when another one gets its namespace, so that all names of one take the same.
    same = {f"{prefix}:": f"{names[namespace]}:" for prefix, namespace in found.items() if names[namespace] != prefix}
    renamed = TOKEN.sub(lambda it: re.sub(r"^[\w.-]*:", lambda name: same.get(name[0], name[0]), it[0]), text)
    declared = "".join(f"PREFIX {prefix}: <{namespace}>\n" for namespace, prefix in sorted(names.items()))
    return declared + (renamed if same else text)


def _declared(graph: rdflib.Graph, node: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for owner in sorted(graph.objects(node, SH.prefixes), key=str):
        for place in sorted(graph.transitive_objects(owner, OWL.imports), key=str):
            for declaration in sorted(graph.objects(place, SH.declare), key=str):
                prefix, namespace = one(graph, declaration, SH.prefix), one(graph, declaration, SH.namespace)
                if prefix is None or namespace is None:
                    raise Unsound("a sh:declare lacks its sh:prefix or sh:namespace")
                if found.setdefault(str(prefix), str(namespace)) != str(namespace):
                    raise Unsound(f"the prefix {prefix}: is declared twice, with different namespaces")
    return found


def _halves(text: str) -> tuple[str, str]:
    """Cut a query after its first brace, where the nodes go."""
    body = nested(text)
    brace = next(found.end() for found in TOKEN.finditer(body) if found[0] == "{")
    return body[:brace], body[brace:]


def prologue(text: str) -> str:
    """Give what stands before a SELECT: its prefixes."""
    return text[: next(found.start() for found in TOKEN.finditer(text) if found[0].lower() == "select")]


def _unread(select: str, body: str) -> str | None:
    """Let the store read a query once, with nothing in it, and give its complaint."""
    try:
        ox.Store().query(f"{select} VALUES ?this {{}} {body}")
    except (SyntaxError, ValueError) as error:
        return f"the store does not read its query: {error}"
    return None


# ---- Whether a join will do ---------------------------------------------------------------------------------------


def _obstacle(algebra: Any, names: frozenset[str]) -> str | None:
    """Say why a query must be asked for each node by itself; None where it need not."""
    if "failure" in names:
        return "its query may report a failure"
    if _mentions(algebra.p, Variable("currentShape")):
        return "its query asks for $currentShape"
    if not _joins(algebra.p, top=True):
        return "its query is not the same for all nodes at once as for each by itself"
    return None


def _stands_still(part: Any) -> bool:
    """Say whether a path in a part of a query may have no steps."""
    if isinstance(part, list | tuple):
        return any(_stands_still(inner) for inner in part)
    if isinstance(part, CompValue):
        return any(_stands_still(getattr(part, key)) for key in part)
    if isinstance(part, MulPath):
        return bool(part.zero) or _stands_still(part.path)
    return _stands_still(getattr(part, "args", getattr(part, "arg", ()))) if isinstance(part, Path) else False


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


def _mentions(part: Any, variable: Variable = _THIS) -> bool:
    if isinstance(part, list | tuple | set):
        return any(_mentions(inner, variable) for inner in part)
    if isinstance(part, CompValue):
        return any(_mentions(getattr(part, key), variable) for key in part)
    return bool(part == variable)


def _subselects(part: Any) -> bool:
    """Say whether there is something inside EXISTS that a value from outside does not reach everywhere."""
    if isinstance(part, list | tuple):
        return any(_subselects(inner) for inner in part)
    if not isinstance(part, CompValue):
        return False
    if part.name in {"Minus", "Slice", "ToMultiSet", "AggregateJoin", "Graph", "ServiceGraphPattern"}:
        return True
    return any(_subselects(getattr(part, key)) for key in part)
