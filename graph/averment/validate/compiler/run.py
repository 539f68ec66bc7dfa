"""Running a plan on a store: the same queries for everything and for some nodes."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

import pyoxigraph as ox

from averment.validate.compiler.checks import walks
from averment.validate.compiler.messages import said
from averment.validate.compiler.plan import Check, Plan, Root
from averment.validate.compiler.targets import Among, target_pattern
from averment.validate.finding import Finding
from averment.validate.report import Term
from averment.validate.union import Union

__all__ = ["run", "run_root"]

_MANY = 10_000
"""Things from which on it is quicker to look at all of them than to name those that break something."""

Row = dict[str, Any]


def run(
    plan: Plan, graph: Union, nodes: Collection[Term] | None = None, progress: Callable[[int, int], None] | None = None
) -> Iterator[Finding]:
    """Give what breaks the shapes; where `nodes` are given, what is wrong with those of them.

    `progress` is told the number of shapes done and their total. No query can name a blank node, so where there is one
    among the nodes, everything is looked at.
    """
    if nodes is not None and any(isinstance(node, ox.BlankNode) for node in nodes):
        yield from (finding for finding in run(plan, graph, None, progress) if finding.focus in nodes)
        return
    among = None if nodes is None else Among(graph, plan, nodes)
    for done, root in enumerate(plan.roots, start=1):
        yield from run_root(root, graph) if among is None else _run_among(root, graph, among)
        if progress is not None:
            progress(done, len(plan.roots))


def run_root(root: Root, graph: Union) -> Iterator[Finding]:
    """Give what breaks one shape."""
    caught = _caught(root, graph, target_pattern(root.targets, "?this"))
    for check in root.checks:
        start = "?this" if check.to is None else "?root"
        targets = (
            target_pattern(root.targets, start) if caught is None or check.query is not None else _values(start, caught)
        )
        if targets is not None:
            for walk in walks("?root", check.to, "?this"):
                yield from _findings(check, f"{targets} {walk}", graph)


def _run_among(root: Root, graph: Union, among: Among) -> Iterator[Finding]:
    starts: dict[Any, str | None] = {}
    for check in root.checks:
        if check.to not in starts:
            starts[check.to] = _values("?this", among.things(root, check.to))
    targets = starts.get(None)
    caught = None if targets is None else _caught(root, graph, targets)
    for check in root.checks:
        start = starts[check.to]
        if caught is not None and check.to is None and check.query is None:
            start = _values("?this", caught)
        if start is not None:
            yield from _findings(check, start, graph)


def _caught(root: Root, graph: Union, targets: str) -> list[Term] | None:
    """Give the targets that break something; None where they cannot be told from the others, or not be named."""
    if root.sieve is None:
        return None
    found = [row["this"] for row in graph.select(f"SELECT DISTINCT ?this {{ {targets} {root.sieve} }}")]
    unnamed = any(isinstance(node, ox.BlankNode) for node in found)
    return None if unnamed or len(found) > _MANY else found


def _values(variable: str, nodes: Collection[Term]) -> str | None:
    return f"VALUES {variable} {{ {' '.join(map(str, nodes))} }}" if nodes else None


def _findings(check: Check, start: str, graph: Union) -> Iterator[Finding]:
    for row in _rows(check, start, graph):
        focus = row["this"]
        value = row.get("value")
        yield Finding(
            focus=focus,
            path=path if isinstance(path := row.get("path"), ox.NamedNode) else check.shape.written,
            value=focus if value is None and check.own_value and _has_value(check) else value,
            shape=check.shape.node,
            component=check.component,
            grade=check.shape.severity,
            messages=said(check.messages, row),
            query=check.query,
        )


def _rows(check: Check, start: str, graph: Union) -> list[Row]:
    """Give the rows of a check; what a query gives twice counts twice, unless its node is a target twice."""
    rows = graph.select(f"{check.before} {start} {check.after}")
    if check.query is None or len({tuple(row.values()) for row in rows}) == len(rows):
        return rows
    once = f"{{ SELECT DISTINCT {'?this' if check.to is None else '?root ?this'} {{ {start} }} }}"
    return graph.select(f"{check.before} {once} {check.after}")


def _has_value(check: Check) -> bool:
    """Say whether a component reports values: all but those that count or look for one."""
    return not check.component.value.endswith(("CountConstraintComponent", "HasValueConstraintComponent"))
