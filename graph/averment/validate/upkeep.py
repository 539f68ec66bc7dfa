"""Keeping the results in a store up to date: after every change, those of the nodes that it can matter to."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from averment.store.view import View
from averment.validate.affected import Affected, Index
from averment.validate.compiler.plan import Root
from averment.validate.compiler.run import run, run_root
from averment.validate.engine import in_words, left_over
from averment.validate.finding import Finding
from averment.validate.report import Report, Term
from averment.validate.shapes import Shapes
from averment.validate.stored import REPORT, is_current, kept, stamp, stored, stored_of, stored_quads
from averment.validate.union import Union
from averment.validate.wording import Wording
from averment.vocabulary import SH

__all__ = ["News", "Upkeep"]

_MANY = 50_000
"""Nodes from which on it is quicker to look at everything."""


@dataclass(frozen=True, slots=True)
class News:
    """What a change has done to the results."""

    come: Report
    """What was not wrong before."""
    gone: int
    """How many results there are no more."""


class Upkeep:
    """Follows the changes of a store (see `averment.store.writer.Follower`), and keeps its results up to date."""

    def __init__(self, load: Callable[[], Shapes]) -> None:
        """Load the shapes when the first change is made."""
        self._load = load
        self._before: Affected | None = None
        self.news: list[News] = []
        """One for each change."""

    @cached_property
    def shapes(self) -> Shapes:
        """The shapes that the store is held against."""
        return self._load()

    @cached_property
    def _index(self) -> Index:
        return Index(self.shapes.plan)

    def before(self, view: View, removed: Collection[ox.Quad]) -> None:
        """Find what these quads matter to while they are there."""
        current = is_current(view, self.shapes)
        self._before = self._index.affected(Union(view.engine), removed) if current else None

    def after(self, view: View, added: Collection[ox.Quad]) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """Judge anew what the change matters to; give the quads to remove from the results and to add to them."""
        graph = Union(view.engine)
        affected = None if self._before is None else self._before | self._index.affected(graph, added)
        if affected is None or len(affected.nodes) > _MANY:
            old, new = stored(view), _everything(graph, self.shapes)
        else:
            roots = _sharing(affected.roots, self.shapes.plan.roots)
            old = stored_of(view, affected.nodes, _shapes(roots)) | _left_over(view, self.shapes)
            new = _some(graph, self.shapes, affected.nodes, roots)
        wording = Wording(self.shapes, graph)
        now = {kept(wording.worded(finding)) for finding in new}
        come, gone = now - old.keys(), old.keys() - now
        results = list(in_words(come, graph, self.shapes))
        self.news.append(News(Report.of(results, len({result.source for result in results})), len(gone)))
        return list(_statements(view, [old[it] for it in gone])), [*stored_quads(come), *stamp(self.shapes)]


def _everything(graph: Union, shapes: Shapes) -> Iterator[Finding]:
    yield from run(shapes.plan, graph)
    yield from left_over(graph, shapes)


def _some(graph: Union, shapes: Shapes, nodes: Collection[Term], roots: Iterable[Root]) -> Iterator[Finding]:
    yield from run(shapes.plan, graph, nodes)
    for root in roots:
        yield from run_root(root, graph)
    yield from left_over(graph, shapes)


def _sharing(roots: Iterable[Root], among: Iterable[Root]) -> list[Root]:
    """Give the shapes that have a part in common with one of these, those themselves included."""
    parts = _shapes(roots)
    return [root for root in among if not parts.isdisjoint(_shapes([root]))]


def _shapes(roots: Iterable[Root]) -> set[Term]:
    return {check.shape.node for root in roots for check in root.checks}


def _left_over(view: View, shapes: Shapes) -> dict[Finding, ox.NamedNode]:
    """Give the results of the shapes that are not compiled."""
    if not shapes.plan.refused:
        return {}
    compiled = _shapes(shapes.plan.roots)
    return {finding: node for finding, node in stored(view).items() if finding.shape not in compiled}


def _statements(view: View, nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
    """Give the quads that make up these results."""
    for node in nodes:
        yield ox.Quad(REPORT, SH.result, node, ox.DefaultGraph())
        yield from view.described(node)
