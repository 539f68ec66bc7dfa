"""Validation: the shapes as queries against pySHACL, side by side in one run. Reports; asserts nothing.

usage: make bench, or: python tests/bench/validation.py [quads]
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from averment import iris, triples
from averment.extract.pipeline import extract_all
from averment.sources import find_files, read
from averment.store import Store
from averment.validate import Shapes, load_shapes, validate_source, validate_view

CASE = Path(__file__).parents[2] / "graph" / "averment" / "cases" / "chicago"


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def seconds(work: Callable[[], object]) -> float:
    """Give the processor time of one run."""
    began = time.process_time()
    work()
    return time.process_time() - began


def case() -> list[tuple[ox.NamedNode, list[ox.Quad]]]:
    """Give each article of the demonstration case by its IRI, with its quads."""
    found = extract_all([read(path) for path in find_files([CASE])])
    return [(iris.source(extraction.source), list(triples.quads(extraction))) for extraction in found]


def clones(articles: list[tuple[ox.NamedNode, list[ox.Quad]]], count: int) -> Iterator[ox.Quad]:
    """Give about that many quads: whole articles over and over, each time under another IRI."""
    given = number = 0
    while given < count:
        source, quads = articles[number % len(articles)]
        copy = f"{source.value[:-6]}{number:06d}"
        yield from (_moved(quad, source.value, copy) for quad in quads)
        given += len(quads)
        number += 1


def _moved(quad: ox.Quad, old: str, new: str) -> ox.Quad:
    subject, object_, graph = (
        ox.NamedNode(new + term.value.removeprefix(old))
        if isinstance(term, ox.NamedNode) and term.value.startswith(old)
        else term
        for term in (quad.subject, quad.object, quad.graph_name)
    )
    return ox.Quad(subject, quad.predicate, object_, graph)  # type: ignore[arg-type] # what was a node still is one


def _filled(quads: Iterator[ox.Quad]) -> Store:
    store = Store()
    with store.writer() as writer:
        writer.change(add=list(quads), remove=[])
    return store


def _one_article(store: Store, shapes: Shapes) -> float:
    view = store.view()
    source = view.sources()[0]
    return min(seconds(lambda: validate_source(view, source, shapes)) for _ in range(3))


def main(wanted: int) -> None:
    """Measure and print."""
    shapes, articles = load_shapes(), case()
    say(f"compiling {len(shapes.rules)} rules: {seconds(lambda: shapes.plan):.2f} s")
    large, small = _filled(clones(articles, wanted)), _filled(clones(articles, wanted // 20))
    compiled = seconds(lambda: validate_view(large.view(), shapes))
    say(f"{len(large.view()):,} quads, compiled: {compiled:.2f} s")
    sample = seconds(lambda: validate_view(small.view(), shapes, engine="pyshacl"))
    share = len(large.view()) / len(small.view())
    say(f"{len(small.view()):,} quads, pySHACL:  {sample:.2f} s")
    say(f"compiled is {sample * share / compiled:.0f} times faster a quad")
    for store in (small, large):
        say(f"one article among {len(store.view()):,} quads: {_one_article(store, shapes) * 1000:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
