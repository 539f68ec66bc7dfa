"""Running a plan on a store: the same queries for everything and for some nodes."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

import pyoxigraph as ox

from averment.validate.compiler.checks import target_pattern
from averment.validate.compiler.messages import said
from averment.validate.compiler.plan import Check, Plan, Root
from averment.validate.finding import Finding
from averment.validate.report import Term
from averment.validate.union import Union

__all__ = ["run"]

Row = dict[str, Any]


def run(
    plan: Plan, graph: Union, nodes: Collection[Term] | None = None, progress: Callable[[int, int], None] | None = None
) -> Iterator[Finding]:
    """Give what breaks the shapes; where `nodes` are given, what is wrong with those of them that are targets.

    `progress` is told the number of shapes done and their total. No query can name a blank node, so where there is one
    among the nodes, everything is looked at.
    """
    if nodes is not None and any(isinstance(node, ox.BlankNode) for node in nodes):
        yield from (finding for finding in run(plan, graph, None, progress) if finding.focus in nodes)
        return
    for done, root in enumerate(plan.roots, start=1):
        chosen = None if nodes is None else _targets(root, graph, nodes)
        if chosen is None or chosen:
            for check in root.checks:
                yield from _findings(check, root, chosen, graph)
        if progress is not None:
            progress(done, len(plan.roots))


def _targets(root: Root, graph: Union, nodes: Collection[Term]) -> list[Term]:
    """Give those of the nodes that a shape is about."""
    pattern = target_pattern(root.targets, "?root")
    query = f"SELECT DISTINCT ?root {{ {_values('?root', nodes)} FILTER EXISTS {{ {pattern} }} }}"
    return [row["root"] for row in graph.select(query)]


def _values(variable: str, nodes: Collection[Term]) -> str:
    return f"VALUES {variable} {{ {' '.join(str(node) for node in nodes)} }}"


def _findings(check: Check, root: Root, nodes: Collection[Term] | None, graph: Union) -> Iterator[Finding]:
    start = target_pattern(root.targets, check.root) if nodes is None else _values(check.root, nodes)
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
    once = f"{{ SELECT DISTINCT {check.root} {{ {start} }} }}"
    return graph.select(f"{check.before} {once} {check.after}")


def _has_value(check: Check) -> bool:
    """Say whether a component reports values: all but those that count or look for one."""
    return not check.component.value.endswith(("CountConstraintComponent", "HasValueConstraintComponent"))
