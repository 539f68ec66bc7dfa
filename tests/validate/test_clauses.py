"""SHACL clause by clause: what its text demands, from both engines, and from pySHACL unless it is known to differ."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from averment.errors import InputError
from averment.validate import Report, validate_files
from averment.validate.compiler.paths import Written
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of
from averment.validate.report import Term
from averment.validate.shapes import shapes_of

EX = "https://example.org/"
SH = "http://www.w3.org/ns/shacl#"

PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""


class Case(NamedTuple):
    """One clause; see the beginning of clauses/core.txt."""

    name: str
    shapes: str
    data: str
    expected: tuple[str, ...]
    pyshacl: str | None


def _case(block: str) -> Case:
    name, *lines = block.strip().splitlines()
    said = [line.split(": ", 1) for line in lines]
    one = dict(said)
    expected = tuple(value for key, value in said if key == "result")
    return Case(name, one["shapes"], one.get("data", ""), expected, one.get("pyshacl"))


CLAUSES = Path(__file__).parent / "clauses"
CASES = [_case(block) for path in sorted(CLAUSES.glob("*.txt")) for block in path.read_text("utf-8").split("\n# ")[1:]]


def _short(term: Term | Written | None) -> str:
    match term:
        case None:
            return "-"
        case tuple():
            operator, parts = term
            inner = " ".join(_short(part) for part in parts)
            return f"({inner})" if operator == "list" else f"[{operator} {inner}]"
        case ox.BlankNode():
            return "_"
        case ox.NamedNode():
            return term.value.replace(EX, ":")
    name = term.datatype.value.rsplit("#")[-1]
    mark = f"@{term.language}" if term.language else f"^^{name}"
    return term.value + ("" if mark in {"^^string", "^^integer"} else mark)


def _found(report: Report) -> Counter[str]:
    found: Counter[str] = Counter()
    for it in report.results:
        component = _short(it.component).removeprefix(SH).removesuffix("ConstraintComponent")
        found[f"{_short(it.focus)} {_short(it.route)} {_short(it.value)} {component}"] += it.times
    return found


def _report(case: Case, folder: Path, engine: str) -> Counter[str]:
    data, rules = folder / "data.ttl", folder / "shapes.ttl"
    data.write_text(PREFIXES + case.data, encoding="utf-8")
    rules.write_text(PREFIXES + case.shapes, encoding="utf-8")
    return _found(validate_files([data], shapes_of(graph_of(read_quads([rules]))), engine=engine))


@pytest.mark.parametrize("engine", ["compiled", "direct"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_clause_finds_what_its_text_demands(case: Case, engine: str, tmp_path: Path) -> None:
    """Each result as often as SHACL has it."""
    assert _report(case, tmp_path, engine) == Counter(case.expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_pyshacl_differs_where_it_is_known_to(case: Case, tmp_path: Path) -> None:
    """So that we notice when it does no longer; refusing the shapes is a difference too."""
    try:
        found = _report(case, tmp_path, "pyshacl")
    except InputError:
        found = Counter(["refused"])
    assert (found != Counter(case.expected)) == (case.pyshacl is not None)
