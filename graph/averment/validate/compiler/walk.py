"""Walking property paths in Python, from one node at a time: for a few nodes that is quicker than to ask for them."""

from averment.validate.compiler.paths import AnyStep, Path, Repeated, Several, Step
from averment.validate.report import Term
from averment.validate.union import Union

__all__ = ["ends"]


def ends(graph: Union, path: Path | None, node: Term) -> set[Term]:
    """Give the terms to which a path leads from a node; None leads nowhere else."""
    match path:
        case None:
            return {node}
        case Step():
            return graph.neighbours(node, path.property, backwards=path.backwards)
        case AnyStep():
            return graph.neighbours(node, None, backwards=path.backwards)
        case Several(mark="/"):
            found = {node}
            for part in path.parts:
                found = {end for start in found for end in ends(graph, part, start)}
            return found
        case Several():
            return {end for part in path.parts for end in ends(graph, part, node)}
        case Repeated():
            return _repeated(graph, path, node)


def _repeated(graph: Union, path: Repeated, node: Term) -> set[Term]:
    once = ends(graph, path.part, node)
    found = once if path.mark == "+" else once | {node}
    waiting = list(once) if path.mark != "?" else []
    while waiting:
        further = ends(graph, path.part, waiting.pop()) - found
        found = found | further
        waiting += further
    return found
