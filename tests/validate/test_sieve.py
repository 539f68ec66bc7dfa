"""Finding out who breaks anything: many shapes in few queries, which tell whose shape it is."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from averment.validate.compiler.run import run
from averment.validate.compiler.sieve import batches, caught, questions
from averment.validate.compiler.targets import target_pattern
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of
from averment.validate.shapes import Shapes, load_shapes, shapes_of
from averment.validate.union import Union

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <a:> .\n"


def _read(folder: Path, text: str) -> list[ox.Quad]:
    (folder / "some.ttl").write_text(PREFIXES + text, encoding="utf-8")
    return read_quads([folder / "some.ttl"])


def _query(prefix: str, limit: int) -> str:
    return f"PREFIX {prefix}: <a:> SELECT $this WHERE {{ $this {prefix}:part ?part FILTER (?part > {limit}) }}"


@pytest.fixture
def shapes(tmp_path: Path) -> Shapes:
    """Give a shape with a query and a count, and one whose query has other prefixes."""
    text = f"""
        :One sh:targetClass :C ; sh:sparql [ sh:select "{_query("a", 1)}" ] ;
            sh:property [ sh:path :part ; sh:minCount 2 ] .
        :Other sh:targetClass :C ; sh:sparql [ sh:select "{_query("b", 2)}" ] .
    """
    return shapes_of(graph_of(_read(tmp_path, text)))


@pytest.fixture
def graph(tmp_path: Path) -> Union:
    return Union.of(_read(tmp_path, ":x a :C ; :part 1 . :y a :C ; :part 1, 2 . :z a :C ; :part 1, 3 ."))


def _breaking(graph: Union, shapes: Shapes) -> list[set[str]]:
    roots = shapes.plan.roots
    found = caught(graph, [(root, target_pattern(root.targets, "?this")) for root in roots])
    return [{node.value for node in found[id(check)]} for root in roots for check in root.checks]


def test_each_check_is_told_who_breaks_it(graph: Union, shapes: Shapes) -> None:
    """Even where a query has a variable that goes by a name of ours, and another prefix for the same."""
    assert sorted(_breaking(graph, shapes), key=sorted) == [{"a:x"}, {"a:y", "a:z"}, {"a:z"}]
    assert {finding.focus.value for finding in run(shapes.plan, graph)} == {"a:x", "a:y", "a:z"}


def test_queries_of_different_prefixes_are_asked_apart(shapes: Shapes) -> None:
    """They may mean different things by the same name."""
    assert len(questions([(root, "VALUES ?this { <a:x> }") for root in shapes.plan.roots])) == 2


def test_who_cannot_be_named_is_found_all_the_same(shapes: Shapes, tmp_path: Path) -> None:
    graph = Union.of(_read(tmp_path, "_:x a :C ; :part 1, 9 ."))
    assert caught(graph, [(shapes.plan.roots[1], target_pattern(shapes.plan.roots[1].targets, "?this"))]) == {}
    assert len(list(run(shapes.plan, graph))) == 2


def test_every_shape_is_in_one_batch_and_in_its_order() -> None:
    roots = load_shapes().plan.roots
    parted = list(batches(roots))
    assert [root for batch in parted for root in batch] == list(roots)
    assert 1 < len(parted) < len(roots) / 4
