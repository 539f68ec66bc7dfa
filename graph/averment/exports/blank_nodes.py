"""Names for blank nodes that come from what is said of them, so that two dumps of the same data are the same.

averment writes no blank nodes; files that people bring may. A node's name is a digest of its statements, in which other
blank nodes stand with their own digests, and so on for some steps: the idea of RDFC-1.0 without its search, which files
can be made for that never ends. What is not stable: nodes that cannot be told apart in this way are numbered as they
come.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256

import pyoxigraph as ox

__all__ = ["renamed"]

_STEPS = 16
"""How many statements away two nodes may differ to be told apart; always as many, so that names hang on this alone."""

_DIGITS = 24


def renamed(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Give quads with their blank nodes named by what these quads say of them."""
    known = list(quads)
    names = _names(known)
    return [_with(quad, names) for quad in known]


def _with(quad: ox.Quad, names: Mapping[object, ox.BlankNode]) -> ox.Quad:
    subject, object_, graph = (names.get(term, term) for term in (quad.subject, quad.object, quad.graph_name))
    return ox.Quad(subject, quad.predicate, object_, graph)  # type: ignore[arg-type] # a blank node may stand there


def _names(quads: list[ox.Quad]) -> dict[object, ox.BlankNode]:
    said: defaultdict[object, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        for term in {quad.subject, quad.object, quad.graph_name}:
            if isinstance(term, ox.BlankNode):
                said[term].append(quad)
    digests: dict[object, str] = dict.fromkeys(said, "")
    for _ in range(_STEPS):
        digests = {node: _digest(node, about, digests) for node, about in said.items()}
    taken: defaultdict[str, int] = defaultdict(int)
    names: dict[object, ox.BlankNode] = {}
    for node, digest in digests.items():
        again = f"-{taken[digest]}" if taken[digest] else ""
        taken[digest] += 1
        names[node] = ox.BlankNode(f"b{digest}{again}")
    return names


def _digest(node: object, about: Iterable[ox.Quad], digests: Mapping[object, str]) -> str:
    lines = sorted(
        " ".join(
            "_:a" if term == node else f"_:{digests[term]}" if isinstance(term, ox.BlankNode) else str(term)
            for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        )
        for quad in about
    )
    return sha256("\n".join(lines).encode()).hexdigest()[:_DIGITS]
