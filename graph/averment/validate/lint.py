"""What is odd about shapes, though SHACL lets it pass: misspelt terms, shapes that check nothing, names of nothing.

An engine says nothing of these. Each remark names the shape and what to do.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib import OWL, RDF, RDFS, SH
from rdflib.term import Node

from averment.validate.compiler.custom import declared
from averment.validate.compiler.nesting import TOKEN
from averment.validate.compiler.plan import Plan
from averment.validate.compiler.targets import target_pattern
from averment.validate.graphs import from_rdflib, to_rdflib
from averment.validate.report import Term
from averment.validate.union import Union
from averment.vocabulary import Terms

__all__ = ["Remark", "lint"]

_KEYWORDS = {"and", "class", "in", "not", "or"}
"""Terms of SHACL that are also words of Python, and so missing from rdflib's list."""

_ADVANCED = {
    *("ExpressionConstraintComponent", "Function", "JSConstraint", "JSFunction", "JSLibrary", "JSRule", "JSTarget"),
    *("JSTargetType", "JSValidator", "Rule", "SPARQLFunction", "SPARQLRule", "SPARQLTarget", "SPARQLTargetType"),
    *(
        "Target",
        "TargetType",
        "TripleRule",
        "condition",
        "construct",
        "expression",
        "filterShape",
        "intersection",
        "js",
    ),
    *("nodes", "object", "predicate", "rule", "subject", "target", "union", "values"),
}
"""Terms of the notes on SHACL's advanced features and on JavaScript, which are no part of the Recommendation."""

_TERMS = {str(term)[len(str(SH)) :] for term in dir(SH) if str(term).startswith(str(SH))} | _KEYWORDS | _ADVANCED
_LONGEST = 100
"""Code points of a term that is compared with the known ones: longer ones are near to none, and slow to compare."""

_FARTHEST = 1_000
"""Nodes that are looked at for the name of a shape, which stands deep in a list at most."""

_TARGETS = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_USES_QUERY = (SH.sparql, SH.validator, SH.nodeValidator, SH.propertyValidator)


Oddity = tuple[Node, str]
"""A shape, and a sentence in which `{}` stands for its name."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is odd."""

    shape: Term
    text: str
    """One sentence, which names the shape and says what to do."""


def lint(shapes: rdflib.Graph, plan: Plan, graph: Union) -> tuple[Remark, ...]:
    """Give what is odd about some shapes, in a fixed order; `plan` is what has become of them, and `graph` the data."""
    found = [*_of_terms(shapes), *_of_imports(shapes), *_of_queries(shapes), *_of_idle_shapes(shapes)]
    found += [*_of_values(shapes), *_of_datatypes(shapes), *_of_components(shapes), *_of_names(shapes, graph)]
    found += _of_targets(shapes, plan, graph)
    remarks = {Remark(from_rdflib(node), text.format(_called(shapes, node))) for node, text in found}
    return tuple(sorted(remarks, key=lambda remark: (remark.text, str(remark.shape))))


def _called(shapes: rdflib.Graph, node: Node) -> str:
    """Name a shape, or where it has no name the one that it stands in."""
    owner = _owner(shapes, node)
    if owner is None:
        return "a shape without a name"
    return f"<{owner}>" if owner == node else f"a shape within <{owner}>"


def _owner(shapes: rdflib.Graph, node: Node) -> Node | None:
    """Give the nearest node with an IRI from which one is reached."""
    reached, ahead = {node}, [node]
    while ahead and len(reached) < _FARTHEST:
        named = sorted(str(it) for it in ahead if isinstance(it, rdflib.URIRef))
        if named:
            return rdflib.URIRef(named[0])
        above = dict.fromkeys(up for at in ahead for up in shapes.subjects(None, at))
        ahead = [up for up in above if up not in reached]
        reached.update(ahead)
    return None


def _of_terms(shapes: rdflib.Graph) -> Iterator[Oddity]:
    for subject, predicate, object_ in shapes:
        for term in (predicate, object_):
            if isinstance(term, rdflib.URIRef) and term.startswith(str(SH)):
                yield from _of_term(subject, term.removeprefix(str(SH)))


def _of_term(subject: Node, name: str) -> Iterator[Oddity]:
    known = _TERMS | {term for term in (name.partition("-")[0],) if term.endswith("ConstraintComponent")}
    if name.partition("-")[0] not in known:
        near = get_close_matches(name[:_LONGEST], sorted(_TERMS), n=1)
        yield (subject, f"{{}} uses sh:{name}, which SHACL does not have{_meant(near)}")
    elif name in _ADVANCED:
        yield (subject, f"{{}} uses sh:{name}, which is no part of SHACL 1.0 and is passed over; say it in SPARQL")


def _meant(near: list[str]) -> str:
    return f"; did you mean sh:{near[0]}?" if near else "; leave it out"


def _of_imports(shapes: rdflib.Graph) -> Iterator[Oddity]:
    for subject, place in shapes.subject_objects(OWL.imports):
        if (place, None, None) not in shapes:
            yield (subject, f"{{}} imports <{place}>, which is not fetched; put its file beside the shapes")


def _of_queries(shapes: rdflib.Graph) -> Iterator[Oddity]:
    for predicate in (SH.select, SH.ask):
        for node, text in shapes.subject_objects(predicate):
            owners = [owner for uses in _USES_QUERY for owner in shapes.subjects(uses, node)]
            if not owners:
                yield (node, f"{{}} has a {_term(predicate)} that no shape uses; refer to it with sh:sparql")
            for owner in owners or [node]:
                yield from _of_prefixes(shapes, node, owner, str(text))
    for owner, node in shapes.subject_objects(SH.sparql):
        if (node, SH.severity, None) in shapes:
            yield (owner, "{} has a sh:severity on its sh:sparql, where it counts for nothing; put it on the shape")


def _of_prefixes(shapes: rdflib.Graph, node: Node, owner: Node, text: str) -> Iterator[Oddity]:
    known = {"rdf", "rdfs", "owl"} | set(re.findall(r"(?i)\bprefix\s+([\w.-]*):", text))
    for place in shapes.objects(node, SH.prefixes):
        places = list(shapes.transitive_objects(place, OWL.imports))
        declarations = [it for found in places for it in shapes.objects(found, SH.declare)]
        if not declarations:
            yield (owner, f"{{}} has sh:prefixes <{place}>, which declares none; add sh:declare to it")
        known |= {str(prefix) for it in declarations for prefix in shapes.objects(it, SH.prefix)}
    words = (found[0] for found in TOKEN.finditer(text))
    used = {word.partition(":")[0] for word in words if re.match(r"[\w.-]*:", word) and not word.startswith("_:")}
    for prefix in sorted(used - known):
        yield (owner, f"{{}} has a query with the prefix {prefix}:, which nothing declares; add it by sh:prefixes")


def _of_idle_shapes(shapes: rdflib.Graph) -> Iterator[Oddity]:
    """Find shapes that neither have a target nor are referred to from one that has."""
    reached = {shape for predicate in _TARGETS for shape in shapes.subjects(predicate)} | _implicit(shapes)
    ahead = set(reached)
    while ahead:
        ahead = {value for node in ahead for value in shapes.objects(node) if not isinstance(value, rdflib.Literal)}
        ahead -= reached
        reached |= ahead
    kinds = (SH.NodeShape, SH.PropertyShape)
    for shape in {shape for kind in kinds for shape in shapes.subjects(RDF.type, kind)} - reached:
        if not any(shapes.subjects(None, shape)) or isinstance(shape, rdflib.URIRef):
            yield (shape, "{} has no target, and no shape with one refers to it: it checks nothing; give it a target")


def _implicit(shapes: rdflib.Graph) -> set[Node]:
    return {
        shape
        for kind in shapes.transitive_subjects(RDFS.subClassOf, RDFS.Class)
        for shape in shapes.subjects(RDF.type, kind)
    }


def _of_values(shapes: rdflib.Graph) -> Iterator[Oddity]:
    for shape, value in shapes.subject_objects(SH.uniqueLang):
        if str(value) == "1":
            yield (shape, "{} has sh:uniqueLang 1, which SHACL does not take for true; write true")
    for shape, value in shapes.subject_objects(SH.hasValue):
        if isinstance(value, rdflib.BNode):
            yield (shape, "{} has a blank node as sh:hasValue, which is none of the data; give the thing an IRI")
    for shape, head in shapes.subject_objects(SH["in"]):
        if any(isinstance(value, rdflib.BNode) for value in shapes.items(head)):
            yield (shape, "{} has a blank node in sh:in, which is none of the data; give the thing an IRI")


def _of_datatypes(shapes: rdflib.Graph) -> Iterator[Oddity]:
    """Find datatypes whose values a store keeps as those of another: none of them is found there."""
    for shape, datatype in shapes.subject_objects(SH.datatype):
        read = _read_as(datatype) if isinstance(datatype, rdflib.URIRef) else datatype
        if read != datatype:
            words = (
                f"asks for sh:datatype <{datatype}>, of which a store makes <{read}>, so that no value there keeps to"
            )
            yield shape, f"{{}} {words} it; ask for <{read}>, and give bounds by sh:minInclusive and sh:maxInclusive"


def _read_as(datatype: rdflib.URIRef) -> rdflib.URIRef:
    """Give the datatype that a number has in a store; where it is none of that datatype, it keeps its own."""
    answer: Any = ox.Store().query(f'SELECT (DATATYPE("1"^^<{datatype}>) AS ?kept) {{}}')
    return next((rdflib.URIRef(row["kept"].value) for row in answer), datatype)


def _of_components(shapes: rdflib.Graph) -> Iterator[Oddity]:
    """Find shapes that use a component without a validator for their kind, whose constraints SHACL passes over."""
    for component in declared(shapes):
        for path in component.needed:
            for shape in shapes.subjects(path):
                own = SH.propertyValidator if (shape, SH.path, None) in shapes else SH.nodeValidator
                found = [*shapes.objects(component.node, own), *shapes.objects(component.node, SH.validator)]
                if not any((it, query, None) in shapes for it in found for query in (SH.select, SH.ask)):
                    words = f"uses <{component.node}>, which has no validator in SPARQL for it and is passed over"
                    yield (shape, f"{{}} {words}; add {_term(own)}")


def _of_names(shapes: rdflib.Graph, graph: Union) -> Iterator[Oddity]:
    """Find classes and properties that neither our vocabulary nor the data has."""
    unknown: dict[tuple[Node, str], set[str]] = {}
    for predicate, has in (
        (SH.targetClass, graph.has_class),
        (SH["class"], graph.has_class),
        (SH.targetSubjectsOf, graph.has_property),
        (SH.targetObjectsOf, graph.has_property),
        (SH.path, graph.has_property),
    ):
        for shape, head in shapes.subject_objects(predicate):
            for term in _properties(shapes, head):
                if not _is_known(term) and not has(ox.NamedNode(str(term))):
                    unknown.setdefault((_owner(shapes, shape) or shape, _term(predicate)), set()).add(f"<{term}>")
    for (shape, name), terms in unknown.items():
        words = f"names {', '.join(sorted(terms))} in {name}"
        yield shape, f"{{}} {words}, which neither our vocabulary nor the data has; check the spelling"


def _is_known(term: rdflib.URIRef) -> bool:
    """Say whether a term is of our vocabulary, or of those that RDF is built of."""
    built_in = str(term).startswith((str(RDF), str(RDFS), str(OWL), str(SH)))
    return built_in or any(ox.NamedNode(term) in vars(it).values() for it in Terms.__subclasses__())


def _properties(shapes: rdflib.Graph, head: Node) -> set[rdflib.URIRef]:
    """Give the IRIs that a path is made of; that of a class is one."""
    parts = {SH.inversePath, SH.alternativePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath}
    reached, ahead = {head}, {head}
    while ahead:
        pairs = (pair for node in ahead for pair in shapes.predicate_objects(node) if isinstance(node, rdflib.BNode))
        ahead = {value for predicate, value in pairs if predicate in {*parts, RDF.first, RDF.rest}} - reached
        reached |= ahead
    return {node for node in reached if isinstance(node, rdflib.URIRef) and node != RDF.nil}


def _of_targets(shapes: rdflib.Graph, plan: Plan, graph: Union) -> Iterator[Oddity]:
    """Find shapes whose targets are in no triple of the data."""
    theirs: Iterable[Node] = set(shapes.subjects())
    for aim in plan.aims:
        found = any(target.kind == "Node" for target in aim.targets)
        if to_rdflib(aim.node) in theirs and not found:
            pattern = target_pattern(aim.targets, "?node")
            if not graph.select(f"SELECT ?node {{ {pattern} }} LIMIT 1"):
                yield (
                    to_rdflib(aim.node),
                    "{} checked nothing: its targets are not in the data; check what it targets",
                )


def _term(predicate: Node) -> str:
    return str(predicate).replace(str(SH), "sh:")
