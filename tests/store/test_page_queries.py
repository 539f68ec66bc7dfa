"""The SPARQL of the pages and of the canned questions."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from averment import iris
from averment.model import Extraction
from averment.store import Store
from averment.store.guard import QueryGuard
from averment.store.view import query_text

FOLDER = Path(str(files("averment").joinpath("queries")))
NAMES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("[pq]*/*.rq"))
ABOUT = {"article": "", "claim": "claim/115-150", "entity": "entity/jo-lind", "payer": "entity/city-of-ostport"}


@pytest.fixture
def guard(filled_store: Store) -> Iterator[QueryGuard]:
    with QueryGuard(filled_store) as guard:
        yield guard


def values(name: str, extraction: Extraction) -> dict[str, NamedNode]:
    """Give the value that a query of this name is asked with."""
    group, _, stem = name.partition("/")
    source = iris.source(extraction.source)
    if group == "questions":
        return {}
    if stem.startswith("node") or stem == "article-quads":
        return {"node": source}
    kind = "entity" if stem == "namesakes" else stem.partition("-")[0]
    if kind not in ABOUT:
        return {}
    return {kind: iris.within(source, ABOUT[kind]) if ABOUT[kind] else source}


def test_there_are_queries() -> None:
    assert len(NAMES) > 30


@pytest.mark.parametrize("name", NAMES)
def test_a_query_begins_with_its_question(name: str) -> None:
    first = query_text(name).partition("\n")[0]
    assert first.startswith("# ")
    assert first.endswith(("?", "."))
    assert query_text(name).endswith("\n")


def test_every_query_runs(guard: QueryGuard, extraction: Extraction) -> None:
    for name in NAMES:
        assert guard.run(query_text(name), values=values(name, extraction)).format.name == "json", name
