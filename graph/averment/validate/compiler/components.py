"""The constraint components that look at each value on its own, and those that somebody declares."""

import re
from dataclasses import dataclass

import pyoxigraph as ox
import rdflib
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from averment.validate.compiler.errors import Unsound, Unsupported
from averment.validate.compiler.lookup import name, whole
from averment.validate.compiler.plan import Test

__all__ = ["TESTS", "Component", "declared", "refuse_unsound", "used"]


@dataclass(frozen=True, slots=True)
class Component:
    """How a parameter is written."""

    name: str
    """That of the constraint component, without its ending."""
    repeatable: bool = True
    """Whether a shape may have several values, each a constraint of its own."""
    takes_list: bool = False


TESTS: dict[Node, Component] = {
    SH["class"]: Component("Class"),
    SH.datatype: Component("Datatype", repeatable=False),
    SH.nodeKind: Component("NodeKind", repeatable=False),
    SH.minExclusive: Component("MinExclusive"),
    SH.minInclusive: Component("MinInclusive"),
    SH.maxExclusive: Component("MaxExclusive"),
    SH.maxInclusive: Component("MaxInclusive"),
    SH.minLength: Component("MinLength", repeatable=False),
    SH.maxLength: Component("MaxLength", repeatable=False),
    SH.pattern: Component("Pattern"),
    SH.languageIn: Component("LanguageIn", repeatable=False, takes_list=True),
    SH["in"]: Component("In", repeatable=False, takes_list=True),
}

_TERMS = {"Class": ox.NamedNode, "Datatype": ox.NamedNode, "NodeKind": ox.NamedNode}
"""What a component expects, where that is not a literal."""

_KINDS = {"IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"}

_READ_OTHERWISE = re.compile(r"\[[^\]]*(\[|&&|--|~~)")
"""What the store's regular expressions take for set operations, and those of SPARQL for plain characters."""

_ESCAPED = re.compile(r"\\.", re.DOTALL)


def declared(graph: rdflib.Graph) -> dict[Node, frozenset[Node]]:
    """Give the constraint components that the shapes declare, each with the parameters that it cannot do without."""
    kinds = {SH.ConstraintComponent, *graph.subjects(RDFS.subClassOf, SH.ConstraintComponent)}
    nodes = {node for kind in kinds for node in graph.subjects(RDF.type, kind) if not str(node).startswith(str(SH))}
    return {node: _mandatory(graph, node) for node in sorted(nodes, key=str)}


def _mandatory(graph: rdflib.Graph, node: Node) -> frozenset[Node]:
    parameters = graph.objects(node, SH.parameter)
    needed = (it for it in parameters if (it, SH.optional, rdflib.Literal(True)) not in graph)  # noqa: FBT003 - RDF's
    return frozenset(path for it in needed for path in graph.objects(it, SH.path))


def used(graph: rdflib.Graph, shape: Node, components: dict[Node, frozenset[Node]]) -> Node | None:
    """Give a declared component that a shape uses: one all of whose parameters it has."""
    present = set(graph.predicates(shape))
    return next((node for node, needed in components.items() if needed <= present), None)


def refuse_unsound(test: Test, predicate: Node, value: Node) -> None:
    """Check what a parameter expects.

    Raises Unsound where no engine can use it, and Unsupported where a query cannot.
    """
    wanted = _TERMS.get(test.component)
    if wanted and not isinstance(test.expected[0], wanted):
        raise Unsound(f"the value of {name(predicate)} is not an IRI: {value}")
    if test.component.startswith(("Min", "Max", "Pattern", "Language")):
        _refuse_what_is_no_literal(test, predicate)
    if test.component.endswith("Length"):
        whole(value, predicate)
    elif test.component == "NodeKind" and name(value).removeprefix("sh:") not in _KINDS:
        raise Unsound(f"there is no such sh:nodeKind: {value}")
    elif test.component == "Pattern":
        _refuse_pattern(test.expected[0].value, test.flags)
    elif value in {RDFS.Literal, RDFS.Datatype} and test.component == "Datatype":
        raise Unsupported("its sh:datatype is a class of datatypes")


def _refuse_what_is_no_literal(test: Test, predicate: Node) -> None:
    for term in test.expected:
        if not isinstance(term, ox.Literal):
            raise Unsound(f"the value of {name(predicate)} is not a literal: {term}")


def _refuse_pattern(pattern: str, flags: str) -> None:
    """Refuse what nothing reads; leave what only Python reads, such as looking ahead, to pySHACL."""
    if set(flags) - set("imsxq"):
        raise Unsound(f"there are no such sh:flags: {flags}")
    if _reads(pattern, flags) and not _READ_OTHERWISE.search(_ESCAPED.sub("", pattern)):
        return
    try:
        re.compile(pattern)
    except re.error as error:
        raise Unsound(f"the sh:pattern {pattern} is not a regular expression: {error}") from error
    raise Unsupported(f"the store reads the sh:pattern {pattern} otherwise")


def _reads(pattern: str, flags: str) -> bool:
    """Say whether the store can use a regular expression: it tells by giving no answer."""
    query = f'SELECT (REGEX("", {ox.Literal(pattern)}, {ox.Literal(flags)}) AS ?answer) {{}}'
    return any(row["answer"] is not None for row in ox.Store().query(query))  # type: ignore[union-attr]
