"""The rules in plain words, read from the shapes: what each is about, why it is there, and what to do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import pyoxigraph as ox
import rdflib
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from averment.errors import InputError
from averment.validate.compiler.lookup import name
from averment.validate.compiler.messages import TEMPLATES, text_of
from averment.validate.compiler.paths import read_path
from averment.validate.graphs import from_rdflib
from averment.validate.report import Severity, severity_of
from averment.validate.shapes import Shapes
from averment.validate.terms import named
from averment.validate.walk import AsWritten
from averment.validate.wording import Wording, parameter, path_in_words, prefixes_of

__all__ = ["Described", "described", "find_rule"]

_TARGETS = {
    SH.targetClass: "every {}",
    SH.targetNode: "{}",
    SH.targetSubjectsOf: "everything that has {}",
    SH.targetObjectsOf: "every value of {}",
}

_CONSTRAINTS = {SH.sparql, *map(parameter, TEMPLATES)}
"""What makes a shape a rule of its own, beside a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One rule, for somebody who has never seen a shape."""

    name: str
    severity: Severity
    about: str | None
    """What sort of things it is about, such as `claims`."""
    why: str | None
    message: str | None
    """What is wrong where it breaks, and what to do."""
    layer: str | None
    """The part of the rules that it belongs to; None where the shapes have no parts."""
    order: float
    """That of the layer."""
    path: str | None
    """The property that it looks at, None where it looks at the thing itself."""
    targets: tuple[str, ...]
    """The things that it looks at."""


def described(shapes: Shapes) -> list[Described]:
    """Give every rule that may have a result, each name once: by layer, by what they are about, the gravest first."""
    wording = Wording(shapes, AsWritten(()))
    found: dict[str, Described] = {}
    for shape, owners in _reached(shapes).items():
        if shape in shapes.names or set(shapes.graph.predicates(shape)) & _CONSTRAINTS:
            found.setdefault(shapes.name(shape), _described(shapes, shape, owners, wording))
    return sorted(found.values(), key=_order)


def find_rule(rules: Iterable[Described], wanted: str) -> Described:
    """Give the rule of a name; raise InputError, with the nearest names, where there is none."""
    by_name = {rule.name: rule for rule in rules}
    if wanted in by_name:
        return by_name[wanted]
    near = get_close_matches(wanted, by_name, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "list them with: averment shapes"
    raise InputError(f"no rule is called {wanted!r}; {hint}")


def _order(rule: Described) -> tuple[bool, float, str, str, int, str]:
    return rule.layer is None, rule.order, rule.layer or "", rule.about or "", rule.severity.rank, rule.name


def _reached(shapes: Shapes) -> dict[Node, list[Node]]:
    """Give the shapes that report for themselves, each with the shapes with targets that it belongs to."""
    graph = shapes.graph
    found: dict[Node, list[Node]] = {}
    for target in _targeted(graph):
        waiting = [target]
        seen = set(waiting)
        while waiting:
            shape = waiting.pop()
            if (shape, SH.deactivated, rdflib.Literal(True)) in graph:  # noqa: FBT003 - RDF's
                continue
            found.setdefault(shape, []).append(target)
            waiting += [inner for inner in sorted(graph.objects(shape, SH.property), key=str) if inner not in seen]
            seen.update(waiting)
    return found


def _targeted(graph: rdflib.Graph) -> list[Node]:
    classes = {RDFS.Class, *graph.subjects(RDFS.subClassOf, RDFS.Class)}
    kinds = (set(graph.subjects(RDF.type, kind)) for kind in (SH.NodeShape, SH.PropertyShape))
    implicit = {shape for shapes in kinds for shape in shapes if classes & set(graph.objects(shape, RDF.type))}
    return sorted(implicit.union(*(graph.subjects(predicate) for predicate in _TARGETS)), key=str)


def _described(shapes: Shapes, shape: Node, owners: list[Node], wording: Wording) -> Described:
    graph = shapes.graph
    layer = next(_first(graph, (shape, *owners), SH.group), None)
    path = graph.value(shape, SH.path)
    labels = [label for owner in owners if (label := text_of(graph, owner, RDFS.label))]
    return Described(
        name=shapes.name(shape),
        severity=severity_of(ox.NamedNode(str(graph.value(shape, SH.severity) or SH.Violation))),
        about=", ".join(dict.fromkeys(labels)) or None,
        why=text_of(graph, shape, SH.description),
        message=_message_of_query(graph, shape) or wording.in_general(from_rdflib(shape)),
        layer=None if layer is None else _called(graph, layer),
        order=_number(graph, layer),
        path=None if path is None else path_in_words(read_path(graph, path), prefixes_of(graph)),
        targets=tuple(dict.fromkeys(target for owner in owners for target in _targets(graph, owner))),
    )


def _first(graph: rdflib.Graph, nodes: Iterable[Node], predicate: rdflib.URIRef) -> Iterator[Node]:
    return (value for node in nodes for value in sorted(graph.objects(node, predicate), key=str))


def _message_of_query(graph: rdflib.Graph, shape: Node) -> str | None:
    queries = sorted(graph.objects(shape, SH.sparql), key=str)
    return next((text for query in queries if (text := text_of(graph, query, SH.message))), None)


def _called(graph: rdflib.Graph, node: Node) -> str:
    return text_of(graph, node, RDFS.label) or name(node).rstrip("/#").replace("#", "/").split("/")[-1]


def _number(graph: rdflib.Graph, layer: Node | None) -> float:
    """Give the sh:order of a layer, and for one without it what comes after all that have one."""
    order = None if layer is None else graph.value(layer, SH.order)
    try:
        return float(str(order))
    except ValueError:
        return float("inf")


def _targets(graph: rdflib.Graph, shape: Node) -> Iterator[str]:
    prefixes = prefixes_of(graph)
    for predicate, words in _TARGETS.items():
        for value in sorted(graph.objects(shape, predicate), key=str):
            term = from_rdflib(value)
            yield words.format(named(term, prefixes) if isinstance(term, ox.NamedNode) else str(term))
