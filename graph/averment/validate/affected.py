"""Which nodes a change can matter to: those from which a shape may look at a triple that came or went.

Trails are walked backwards from the changed triples: on the store as it was for what goes, and as it is now for what
has come. A node that neither finds looks at the same triples before and after, and so is judged the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from averment.validate.compiler.paths import Path, backwards
from averment.validate.compiler.plan import Plan, Root, Trail
from averment.validate.compiler.trails import of_targets
from averment.validate.report import Term
from averment.validate.union import Union
from averment.validate.walk import ends

__all__ = ["Affected", "Index"]


@dataclass(frozen=True, slots=True)
class Affected:
    """What has to be judged anew."""

    nodes: frozenset[Term]
    roots: tuple[Root, ...]
    """Shapes of which any node may be concerned."""

    def __or__(self, other: "Affected") -> "Affected":
        """Give what either holds."""
        return Affected(self.nodes | other.nodes, tuple(dict.fromkeys((*self.roots, *other.roots))))


class Index:
    """The trails of a plan by the property that they end in, so that a triple finds those that it matters to."""

    def __init__(self, plan: Plan) -> None:
        """Put the trails in order."""
        tied: defaultdict[ox.NamedNode | None, set[tuple[bool, Path | None]]] = defaultdict(set)
        untied: defaultdict[ox.NamedNode | None, dict[Root, None]] = defaultdict(dict)
        for root, trail in _trails(plan):
            if trail.tied:
                tied[trail.property].add((trail.backwards, None if trail.to is None else backwards(trail.to)))
            else:
                untied[trail.property][root] = None
        self._tied, self._untied = dict(tied), dict(untied)

    def affected(self, graph: Union, quads: Iterable[ox.Quad]) -> Affected:
        """Give what these quads matter to, all of which are in the graph."""
        starts: defaultdict[Path | None, set[Term]] = defaultdict(set)
        roots: dict[Root, None] = {}
        for quad in quads:
            for property_ in (quad.predicate, None):
                roots |= self._untied.get(property_, {})
                for from_object, way in self._tied.get(property_, ()):
                    starts[way].add(quad.object if from_object else quad.subject)  # type: ignore[arg-type] # see Union
        nodes = {end for way, found in starts.items() for start in found for end in ends(graph, way, start)}
        return Affected(frozenset(nodes), tuple(roots))


def _trails(plan: Plan) -> Iterable[tuple[Root, Trail]]:
    for root in plan.roots:
        for check in root.checks:
            yield from ((root, trail) for trail in (*check.trails, *of_targets(root.targets, check.to)))
