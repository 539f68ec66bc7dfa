"""Names for blank nodes that come from what is said of them, so that two dumps of the same data are the same.

averment writes no blank nodes; files that people bring may. A node's name is a digest of its statements, in which other
blank nodes stand with their own digests, and so on for some steps: the idea of RDFC-1.0 without its search, which files
can be made for that never ends. Nodes that cannot be told apart in this way are numbered, so that those that hang
together are next to each other. What is not stable is which gets which number where more than a few hang together, or
where some only seem alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import TypeAlias

import pyoxigraph as ox

__all__ = ["renamed"]

_STEPS = 16
"""How many statements away two nodes may differ to be told apart; always as many, so that names hang on this alone."""

_DIGITS = 24

_FEW = 8
"""Nodes that hang together, of which one after the other is told apart from those that are like it."""

Node: TypeAlias = object
Said: TypeAlias = Mapping[Node, list[ox.Quad]]
"""What is said of each blank node."""


def renamed(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Give quads with their blank nodes named by what these quads say of them."""
    known = list(quads)
    names = _names(known)
    return [_with(quad, names) for quad in known]


def _with(quad: ox.Quad, names: Mapping[Node, ox.BlankNode]) -> ox.Quad:
    subject, object_, graph = (names.get(term, term) for term in (quad.subject, quad.object, quad.graph_name))
    return ox.Quad(subject, quad.predicate, object_, graph)  # type: ignore[arg-type] # a blank node may stand there


def _names(quads: list[ox.Quad]) -> dict[Node, ox.BlankNode]:
    said: defaultdict[Node, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        for node in _blank(quad):
            said[node].append(quad)
    digests: Mapping[Node, str] = dict.fromkeys(said, "")
    for _ in range(_STEPS):
        digests = _seen(said, digests)
    parts = sorted((_in_order(part, digests) for part in _parts(said)), key=lambda part: [told for told, _ in part])
    taken: Counter[str] = Counter()
    names: dict[Node, ox.BlankNode] = {}
    for part in parts:
        for _, node in part:
            digest = digests[node]
            names[node] = ox.BlankNode(f"b{digest}-{taken[digest]}" if taken[digest] else f"b{digest}")
            taken[digest] += 1
    return names


def _blank(quad: ox.Quad) -> set[Node]:
    return {term for term in (quad.subject, quad.object, quad.graph_name) if isinstance(term, ox.BlankNode)}


def _parts(said: Said) -> Iterator[Said]:
    """Give the nodes that hang together, with what is said of them."""
    seen: set[Node] = set()
    for start in said:
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for node in part:
            near = {other for quad in said[node] for other in _blank(quad)} - seen
            seen |= near
            part += near
        yield {node: said[node] for node in part}


def _in_order(part: Said, digests: Mapping[Node, str]) -> list[tuple[str, Node]]:
    """Give the nodes of a part by their digests; of a few that are alike one is marked, and so on, until none are."""
    told = {node: digests[node] for node in part}
    while len(part) <= _FEW and len(set(told.values())) < len(part):
        times = Counter(told.values())
        alike = min(digest for digest in times if times[digest] > 1)
        told[next(node for node in told if told[node] == alike)] += "!"
        for _ in part:
            seen = _seen(part, told)
            told = {node: told[node] + seen[node] for node in told}
    return sorted(((digest, node) for node, digest in told.items()), key=lambda one: one[0])


def _seen(said: Said, digests: Mapping[Node, str]) -> dict[Node, str]:
    """Give digests of what is said of nodes, in which others stand with the digests that they have."""
    return {node: _digest(node, about, digests) for node, about in said.items()}


def _digest(node: Node, about: Iterable[ox.Quad], digests: Mapping[Node, str]) -> str:
    lines = sorted(
        " ".join(
            "_:a" if term == node else f"_:{digests[term]}" if isinstance(term, ox.BlankNode) else str(term)
            for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        )
        for quad in about
    )
    return sha256("\n".join(lines).encode()).hexdigest()[:_DIGITS]
