"""The words of a finding, for every engine alike: the shape's message, or ours, with its blanks filled.

SHACL fills messages of queries only (https://www.w3.org/TR/shacl/#sparql-constraints), and engines have done that
before. In those of the core constraints `{value}`, `{path}`, `{count}`, `{expected}` and `{this}` are filled here, in
one pass, so that nothing which a value says is taken for a blank. Values are counted for what was found only: the
queries, which look at everything, know nothing of it.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache, partial

import pyoxigraph as ox
import rdflib
from rdflib import SH
from rdflib.term import Node

from averment.validate.compiler.lookup import members
from averment.validate.compiler.messages import TEMPLATES, filled, texts
from averment.validate.compiler.paths import Path, Step, read_path, text
from averment.validate.finding import Finding
from averment.validate.graphs import from_rdflib, to_rdflib
from averment.validate.report import Term
from averment.validate.shapes import Shapes
from averment.validate.terms import named, prefixed, short
from averment.validate.walk import Links, values
from averment.vocabulary import PREFIXES

__all__ = ["Wording", "parameter", "path_in_words", "prefixes_of"]

_BLANK = re.compile(r"\{[?$]?(value|path|count|expected|this)\}")
_IRI = re.compile(r"<([^>]*)>")
_MOST_LISTED = 8
_MOST_VALUES = 3
_REMEMBERED = 256
"""Things whose values are kept: what is wrong with one thing is found in a row, and a hub's values are many."""

_LISTS = {"In", "LanguageIn", "And", "Or", "Xone"}
_OF_SHAPES = {"Node", "Not", "And", "Or", "Xone"}
_ANY = {"Not", "Disjoint"}
"""What is broken by keeping to any of several; all others by not keeping to all of them."""

_SAID = {"Closed": "the properties that the shape names", "UniqueLang": "one value a language"}
"""What is expected where a parameter is only switched on."""


class Wording:
    """Puts findings in words, in the light of the shapes and of the graph that was looked at."""

    def __init__(self, shapes: Shapes, graph: Links) -> None:
        """Word what breaks `shapes` in `graph`."""
        self._shapes = shapes
        self._prefixes = prefixes_of(shapes.graph)
        self._templates = cache(partial(_templates, shapes.graph))
        self._path = cache(partial(_path, shapes.graph))
        self._expected = cache(partial(_expected, shapes, self._prefixes))
        self._values = lru_cache(maxsize=_REMEMBERED)(partial(_values, graph, self._path))

    def worded(self, finding: Finding) -> Finding:
        """Give a finding in the words that people read: as the engine has it for queries, else with blanks filled.

        Of one that is worded already, it is the same.
        """
        component = component_of(finding)
        if component not in TEMPLATES:
            return finding
        templates = self._templates(finding.shape) or (ox.Literal(TEMPLATES[component]),)
        messages = (filled(one, _BLANK, lambda blank: self._filled(blank[1], finding)) for one in templates)
        return replace(finding, messages=tuple(messages))

    def in_general(self, shape: Term) -> str | None:
        """Give the message of a shape before anything is found: what differs from thing to thing is left open."""
        present = set(self._shapes.graph.predicates(to_rdflib(shape)))
        components = [component for component in TEMPLATES if parameter(component) in present]
        own = next((one.value for one in self._templates(shape)), None)
        if own is None or not components:
            said = [self._left_open(TEMPLATES[component], shape, [component]) for component in components]
            return own or " ".join(said) or None
        return self._left_open(own, shape, components)

    def _left_open(self, template: str, shape: Term, components: list[str]) -> str:
        known = {"path": self._path_in_words(shape)}
        if len(components) == 1:
            known["expected"] = self._expected(shape, components[0])
        return _BLANK.sub(lambda blank: known.get(blank[1], "…"), template)

    def _filled(self, blank: str, finding: Finding) -> str:
        match blank:
            case "this":
                return short(finding.focus, self._prefixes)
            case "path":
                return self._path_of(finding)
            case "expected":
                return self._expected(finding.shape, component_of(finding))
            case "value" if finding.value is not None:
                return short(finding.value, self._prefixes)
        found = self._values(finding.focus, finding.shape)
        if found is None:
            return "many"
        return f"{len(found):,}" if blank == "count" else self._some(found)

    def _some(self, found: set[Term]) -> str:
        """Name the values that are found, where a constraint is about all of them together."""
        shown = [short(term, self._prefixes) for term in sorted(found, key=str)]
        return _listed(shown, _MOST_VALUES, ", ") or "nothing"

    def _path_of(self, finding: Finding) -> str:
        if isinstance(finding.path, ox.NamedNode):
            return named(finding.path, self._prefixes)
        return self._path_in_words(finding.shape)

    def _path_in_words(self, shape: Term) -> str:
        path = self._path(shape)
        return "the thing itself" if path is None else path_in_words(path, self._prefixes)


# ---- What is looked up once; functions rather than methods, so that nothing holds on to a closed store ------------


def _templates(shapes: rdflib.Graph, shape: Term) -> tuple[ox.Literal, ...]:
    return texts(shapes, to_rdflib(shape), SH.message)


def _path(shapes: rdflib.Graph, shape: Term) -> Path | None:
    node = shapes.value(to_rdflib(shape), SH.path)
    return None if node is None else read_path(shapes, node)


def _values(graph: Links, path_of: Callable[[Term], Path | None], focus: Term, shape: Term) -> set[Term] | None:
    """Give the values that a shape looks at in a thing; None where they are too many to count."""
    path = path_of(shape)
    return {focus} if path is None else values(graph, focus, path)


def _expected(shapes: Shapes, prefixes: dict[str, str], shape: Term, component: str) -> str:
    if component in _SAID:
        return _SAID[component]
    graph, predicate = shapes.graph, parameter(component)
    wanted = sorted(graph.objects(to_rdflib(shape), predicate), key=str)
    if component in _LISTS:
        wanted = [member for node in wanted for member in members(graph, node, predicate)]
    glue = ", " if component in _LISTS else " or " if component in _ANY else " and "
    if component in _OF_SHAPES:
        return _listed([_shape_in_words(shapes, node, prefixes) for node in wanted], _MOST_LISTED, glue)
    return _listed([_term_in_words(node, prefixes) for node in wanted], _MOST_LISTED, glue)


def _term_in_words(node: Node, prefixes: dict[str, str]) -> str:
    term = from_rdflib(node)
    return named(term, prefixes) if isinstance(term, ox.NamedNode) else short(term, prefixes)


def _shape_in_words(shapes: Shapes, shape: Node, prefixes: dict[str, str]) -> str:
    """Name a shape, or for one without a name say what it consists of."""
    if not isinstance(shape, rdflib.BNode):
        return shapes.name(shape)
    return f"[ {_listed(_constraints(shapes.graph, shape, prefixes), _MOST_LISTED, ' ; ') or '...'} ]"


# ---- In words -----------------------------------------------------------------------------------------------------


def component_of(finding: Finding) -> str:
    """Give the name of one of SHACL's own constraint components, such as `MinCount`; of others their whole IRI."""
    return str(finding.component.value).removeprefix(PREFIXES["sh"]).removesuffix("ConstraintComponent")


def parameter(component: str) -> rdflib.URIRef:
    """Give the property by which shapes use one of SHACL's own constraint components: sh:minCount for `MinCount`."""
    return rdflib.URIRef(f"{PREFIXES['sh']}{component[0].lower()}{component[1:]}")


def path_in_words(path: Path, prefixes: dict[str, str]) -> str:
    """Write a path as SPARQL has it, its properties under their prefixes."""
    if isinstance(path, Step) and not path.backwards:
        return named(path.property, prefixes)
    return _IRI.sub(lambda iri: prefixed(iri[1], prefixes), text(path))


def prefixes_of(shapes: rdflib.Graph) -> dict[str, str]:
    """Give the prefixes to write terms with: ours, and those that the shapes declare for their queries."""
    declared = {
        str(prefix): str(namespace)
        for node, prefix in sorted(shapes.subject_objects(SH.prefix), key=str)
        for namespace in sorted(shapes.objects(node, SH.namespace), key=str)
    }
    return PREFIXES | {prefix: namespace for prefix, namespace in declared.items() if prefix not in PREFIXES}


def _listed(items: list[str], most: int, glue: str) -> str:
    """Give some of several in a row, and how many more there are."""
    rest = f" and {len(items) - most:,} more" if len(items) > most else ""
    return glue.join(items[:most]) + rest


def _constraints(graph: rdflib.Graph, node: Node, prefixes: dict[str, str]) -> list[str]:
    """Give the plain parameters of a shape, as Turtle has them."""
    return [
        f"{short(from_rdflib(predicate), prefixes)} {short(from_rdflib(value), prefixes)}"
        for predicate, value in sorted(graph.predicate_objects(node), key=str)
        if str(predicate).startswith(str(SH)) and not isinstance(value, rdflib.BNode) and predicate != SH.message
    ]
