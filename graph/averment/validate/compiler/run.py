"""Running a plan on a store: the same queries for everything and for some nodes."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import pyoxigraph as ox

from averment.validate.compiler.checks import walks
from averment.validate.compiler.messages import said
from averment.validate.compiler.plan import Check, Plan, Root
from averment.validate.compiler.sieve import batches, caught
from averment.validate.compiler.targets import Among, target_pattern
from averment.validate.finding import Finding
from averment.validate.report import Term
from averment.validate.union import Union

__all__ = ["run", "run_root"]

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
    done = 0
    for roots in batches(plan.roots):
        yield from _all(roots, graph) if among is None else _some(roots, graph, among)
        done += len(roots)
        if progress is not None:
            progress(done, len(plan.roots))


def run_root(root: Root, graph: Union) -> Iterator[Finding]:
    """Give what breaks one shape."""
    return _all([root], graph)


def _all(roots: Sequence[Root], graph: Union) -> Iterator[Finding]:
    found = caught(graph, [(root, target_pattern(root.targets, "?this")) for root in roots])
    for root in roots:
        for check in root.checks:
            start = "?this" if check.to is None else "?root"
            nodes = found.get(id(check))
            targets = target_pattern(root.targets, start) if nodes is None else _values(start, nodes)
            if targets is not None:
                for walk in walks("?root", check.to, "?this"):
                    yield from _findings(check, f"{targets} {walk}", graph)


def _some(roots: Sequence[Root], graph: Union, among: Among) -> Iterator[Finding]:
    asked = [(root, start) for root in roots if (start := _values("?this", among.things(root, None))) is not None]
    found = caught(graph, asked)
    for root in roots:
        things: dict[Any, list[Term]] = {}
        for check in root.checks:
            if check.to not in things:
                things[check.to] = among.things(root, check.to)
            nodes = found.get(id(check), things[check.to]) if check.to is None else things[check.to]
            start = _values("?this", nodes)
            if start is not None:
                yield from _findings(check, start, graph)


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
