"""What a shape is about: as a pattern for all of it, and among nodes that somebody names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from averment.validate.compiler.paths import Path, Repeated, Step, backwards
from averment.validate.compiler.plan import Plan, Root, Target
from averment.validate.compiler.values import SUBCLASS, instance_of
from averment.validate.report import Term
from averment.validate.union import Union
from averment.validate.walk import ends
from averment.vocabulary import RDF

__all__ = ["Among", "target_pattern"]

_ABOVE = Repeated("*", Step(SUBCLASS))


def target_pattern(targets: Iterable[Target], variable: str) -> str:
    """Give the pattern for a variable being a target."""
    return " UNION ".join(f"{{ {_pattern(target, variable)} }}" for target in targets)


def _pattern(target: Target, variable: str) -> str:
    match target.kind:
        case "Class":
            return instance_of(variable, target.term)
        case "SubjectsOf":
            return f"{variable} {target.term} ?targetObject ."
        case "ObjectsOf":
            return f"?targetSubject {target.term} {variable} ."
    return f"VALUES {variable} {{ {target.term} }}"


class Among:
    """Some nodes of a graph, each looked up once to tell which shapes of a plan are about it."""

    def __init__(self, graph: Union, plan: Plan, nodes: Collection[Term]) -> None:
        """Look the nodes up."""
        self._graph = graph
        self._nodes = nodes
        self._aims: defaultdict[str, defaultdict[Any, list[Root]]] = defaultdict(lambda: defaultdict(list))
        for root in plan.roots:
            for target in root.targets:
                self._aims[target.kind][target.term].append(root)
        self._classes: dict[Term, list[Root]] = {}
        self._things: defaultdict[int, dict[Term, None]] = defaultdict(dict)
        for node in nodes:
            for root in self._roots(node):
                self._things[id(root)][node] = None

    def things(self, root: Root, to: Path | None) -> list[Term]:
        """Give the nodes to which a path leads from a target of a shape; those that are targets where it is None."""
        if to is None:
            return list(self._things[id(root)])
        back = backwards(to)
        return [
            node
            for node in self._nodes
            if any(one is root for start in ends(self._graph, back, node) for one in self._roots(start))
        ]

    def _roots(self, node: Term) -> Iterator[Root]:
        """Give the shapes that a node is a target of, some of them several times."""
        aims = self._aims
        yield from aims["Node"].get(node, ())
        for predicate, object_ in self._graph.about(node):
            yield from aims["SubjectsOf"].get(predicate, ())
            if predicate == RDF.type:
                yield from self._of_class(object_)
        for pointer, roots in aims["ObjectsOf"].items():
            if any(self._graph.follow(node, pointer, backwards=True)):
                yield from roots

    def _of_class(self, kind: Term) -> list[Root]:
        if kind not in self._classes:
            above = ends(self._graph, _ABOVE, kind)
            self._classes[kind] = [root for it in above for root in self._aims["Class"].get(it, ())]
        return self._classes[kind]
