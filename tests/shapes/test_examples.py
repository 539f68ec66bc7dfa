"""Every shape has examples that keep to it, and every constraint has one that breaks it and nothing else.

`<layer>/<shape>/valid/*` break nothing. `<layer>/<shape>/invalid/<constraint>.ttl` breaks the constraint of that name
in `shapes/<layer>/<shape>.ttl`; its first line says how.
"""

from pathlib import Path

import pytest
import rdflib
from rdflib import SH

from averment.resources import turtle_files
from averment.validate import ENGINES, Shapes, load_shapes, validate_files
from averment.validate.shapes import shapes_of

HERE = Path(__file__).parent
VALID = sorted(HERE.glob("*/*/valid/*.t*"))
INVALID = sorted(HERE.glob("*/*/invalid/*.t*"))
FILES = [path for path in turtle_files("shapes") if path.parent.name in ("structure", "consistency", "policy")]


def _shape(path: Path) -> str:
    """Give the layer and name of the shape that an example is of."""
    return f"{path.parents[2].name}/{path.parents[1].name}"


def _id(path: Path) -> str:
    return f"{_shape(path)}/{path.stem}"


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


def _broken(path: Path, shapes: Shapes) -> set[str]:
    return {result.constraint for result in validate_files([path], shapes).results}


@pytest.mark.parametrize("path", VALID, ids=_id)
def test_a_valid_example_breaks_nothing(path: Path, shapes: Shapes) -> None:
    assert _broken(path, shapes) == set()


@pytest.mark.parametrize("path", INVALID, ids=_id)
def test_an_invalid_example_breaks_the_constraint_it_is_named_after_alone(path: Path, shapes: Shapes) -> None:
    assert _broken(path, shapes) == {path.stem}


@pytest.mark.parametrize("path", INVALID, ids=_id)
def test_without_its_constraint_an_invalid_example_is_not_found(path: Path, shapes: Shapes) -> None:
    """The constraint is what finds the fault, not another that happens to share its name."""
    assert _broken(path, _without(shapes, path.stem)) == set()


@pytest.mark.parametrize("path", [path for path in VALID + INVALID if "structure" not in _shape(path)], ids=_id)
def test_all_engines_say_the_same_of_what_queries_look_for(path: Path, shapes: Shapes) -> None:
    """Consistency and policy are mostly queries, which the engines run in different ways."""
    compiled, *others = ([it.order for it in validate_files([path], shapes, engine=one).results] for one in ENGINES)
    assert [compiled, compiled] == others


def test_every_constraint_has_an_invalid_example_beside_its_shape(shapes: Shapes) -> None:
    assert {_id(path) for path in INVALID} == {
        f"{path.parent.name}/{path.stem}/{name}"
        for path in FILES
        for name in rdflib.Graph().parse(path).objects(None, SH.name)
    }
    assert len(INVALID) == len(shapes.names)


def test_every_file_of_shapes_has_valid_examples() -> None:
    assert {_shape(path) for path in VALID} == {f"{path.parent.name}/{path.stem}" for path in FILES}


def test_every_example_says_what_it_shows() -> None:
    for path in VALID + INVALID:
        first, second, *_ = path.read_text(encoding="utf-8").splitlines()
        assert first.startswith("# "), path
        assert first.endswith("."), path
        assert second == "", path


def _without(shapes: Shapes, name: str) -> Shapes:
    """Give the shapes without the constraint called `name`."""
    graph = rdflib.Graph()
    dropped = {shape for shape, called in shapes.names.items() if called == name}
    for subject, predicate, object_ in shapes.graph:
        if not {subject, object_} & dropped:
            graph.add((subject, predicate, object_))
    return shapes_of(graph)
