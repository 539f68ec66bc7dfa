"""Which things break anything: most break nothing, so that few queries, each about many shapes, tell who is asked more.

A small query is quick where little is stored, since all that it reads stays close to the processor, and grows by more
than what is stored. As part of a large one it costs its share, and nothing to send.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from averment.validate.compiler.plan import Part, Root
from averment.validate.report import Term
from averment.validate.union import Union

__all__ = ["Asked", "batches", "caught", "questions"]

_LONGEST = 30_000
"""Code points of parts that go into one query."""

_MANY = 10_000
"""Things from which on it is quicker to look at all of them than to name those that break something."""

Asked = tuple[Root, str]
"""A shape, and the pattern that gives `?this` its values."""


@dataclass(slots=True)
class _Query:
    """Parts that go into one query: those that are written with the same prefixes."""

    prologue: str
    parts: list[tuple[Part, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Ask which things break which part."""
        groups = (
            f"{{ {{ SELECT ?this {{ {pattern} {part.after} }} BIND ({number} AS ?part) }}"
            for number, (part, pattern) in enumerate(self.parts)
        )
        return f"{self.prologue}SELECT DISTINCT ?this ?part {{ {' UNION '.join(groups)} }}"


def batches(roots: Iterable[Root]) -> Iterator[list[Root]]:
    """Part shapes into those that are asked for together, in their order."""
    batch: list[Root] = []
    length = 0
    for root in roots:
        size = sum(len(part.after) for part in root.parts)
        if batch and length + size > _LONGEST:
            yield batch
            batch, length = [], 0
        batch.append(root)
        length += size
    if batch:
        yield batch


def caught(graph: Union, asked: Sequence[Asked]) -> dict[int, list[Term]]:
    """Give the targets that break something, by the identity of each check that they may break.

    A check is left out where they are not told from the others, are too many, or cannot be named.
    """
    found: dict[int, list[Term]] = {}
    for query in _queries(asked):
        nodes: list[list[Term]] = [[] for _ in query.parts]
        for row in graph.rows(query.text):
            few = nodes[int(row["part"].value)]
            if len(few) <= _MANY:
                few.append(row["this"])
        for few, (part, _) in zip(nodes, query.parts, strict=True):
            if len(few) <= _MANY and not any(isinstance(node, ox.BlankNode) for node in few):
                found |= {id(check): few for check in part.checks}
    return found


def questions(asked: Sequence[Asked]) -> list[str]:
    """Give the queries that tell the targets that break something."""
    return [query.text for query in _queries(asked)]


def _queries(asked: Sequence[Asked]) -> Iterable[_Query]:
    """What is compiled has no prefixes, and goes with any."""
    parts = [(part, pattern) for root, pattern in asked for part in root.parts]
    prologues = dict.fromkeys(part.prologue for part, _ in parts if part.prologue is not None)
    queries = {prologue: _Query(prologue) for prologue in prologues or [""]}
    for part, pattern in parts:
        prologue = next(iter(queries)) if part.prologue is None else part.prologue
        queries[prologue].parts.append((part, pattern))
    return [query for query in queries.values() if query.parts]
