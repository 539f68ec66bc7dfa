"""The vocabulary keeps to rules of its own: each is a query in `lint/` with its problem, its solution and an example.

A query that finds something in ontology/ says what is wrong; the Turtle file of the same name is what it must find.
"""

from pathlib import Path

import pyoxigraph as ox
import pytest

from averment.resources import turtle_files

QUERIES = sorted((Path(__file__).parent / "lint").glob("*.rq"))


def _rows(query: Path, files: list[Path]) -> list[str]:
    store = ox.Store()
    for file in files:
        store.load(path=str(file))
    found = store.query(query.read_text(encoding="utf-8"))
    assert isinstance(found, ox.QuerySolutions)
    return [" ".join(str(value) for value in row) for row in found]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_the_vocabulary_has_no_such_problem(query: Path) -> None:
    problem = query.read_text(encoding="utf-8").split("\n\n")[0]
    assert _rows(query, turtle_files("ontology")) == [], problem


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_the_query_finds_its_example(query: Path) -> None:
    assert len(_rows(query, [query.with_suffix(".ttl")])) >= 1


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_the_query_says_problem_and_solution(query: Path) -> None:
    first, second, *_ = query.read_text(encoding="utf-8").splitlines()
    assert first.startswith("# Problem: ")
    assert second.startswith("# Solution: ")
