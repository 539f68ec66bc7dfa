"""Competency questions: SPARQL that the graph of an article must answer, with the answers that it must give.

Each question is `<name>.rq` with `<name>.srj` beside it, SPARQL 1.1 Query Results JSON. Every row there must be in the
answer; where the file says `"exactly": true`, no other row may be.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QueryResultsFormat
from pyoxigraph import Store as Engine

from averment import triples
from averment.extract.pipeline import extract, extract_all
from averment.ingest import ingest
from averment.model import Extraction
from averment.sources import Metadata, find_files, read
from averment.store import Store
from averment.validate import load_shapes, validate_view
from averment.vocabulary import PREFIXES

HERE = Path(__file__).parent
ARTICLES = sorted((HERE.parents[1] / "shared" / "article").glob("*.txt"))
CASE = HERE.parent / "graph" / "averment" / "cases" / "chicago"

needs_article = pytest.mark.skipif(not ARTICLES, reason="the article that the project began with is not here")


@pytest.fixture(scope="module")
def article() -> Extraction:
    return extract(read(ARTICLES[0], Metadata(publisher="Fox News", published=date(2021, 5, 7))))


@pytest.fixture(scope="module")
def article_engine(article: Extraction) -> Engine:
    engine = Engine()
    engine.extend(triples.quads(article))
    return engine


@pytest.fixture(scope="module")
def case_engine() -> Engine:
    engine = Engine()
    for extraction in extract_all([read(path) for path in find_files([CASE])]):
        engine.extend(triples.quads(extraction))
    return engine


def rows(content: dict[str, Any]) -> set[frozenset[tuple[str, str]]]:
    """Give the rows of an answer without what kind of term each value is."""
    return {frozenset((name, term["value"]) for name, term in row.items()) for row in content["results"]["bindings"]}


def check(engine: Engine, question: Path) -> None:
    answer = engine.query(question.read_text(), prefixes=PREFIXES).serialize(format=QueryResultsFormat.JSON)
    expected = json.loads(question.with_suffix(".srj").read_text())
    found, wanted = rows(json.loads(answer)), rows(expected)
    assert wanted, f"{question.name} expects nothing"
    assert wanted <= found, f"missing: {[dict(row) for row in wanted - found]}"
    if expected.get("exactly"):
        assert found == wanted, f"unexpected: {[dict(row) for row in found - wanted]}"


@needs_article
@pytest.mark.parametrize("question", sorted((HERE / "questions" / "article").glob("*.rq")), ids=lambda p: p.stem)
def test_the_article_answers(article_engine: Engine, question: Path) -> None:
    check(article_engine, question)


@pytest.mark.parametrize("question", sorted((HERE / "questions" / "chicago").glob("*.rq")), ids=lambda p: p.stem)
def test_the_demonstration_case_answers(case_engine: Engine, question: Path) -> None:
    check(case_engine, question)


@needs_article
def test_every_passage_of_the_article_is_where_it_says(article_engine: Engine, article: Extraction) -> None:
    """`text[start:end]` is the passage, for each one in the graph."""
    query = "SELECT ?start ?end ?words { ?p oa:hasSelector [ oa:start ?start ; oa:end ?end ], [ oa:exact ?words ] }"
    found = list(article_engine.query(query, prefixes=PREFIXES))  # type: ignore[arg-type]
    assert len(found) > 100
    for row in found:
        assert article.source.text[int(row["start"].value) : int(row["end"].value)] == row["words"].value


@needs_article
def test_the_article_conforms(article: Extraction) -> None:
    store = Store()
    ingest(store, [article])
    report = validate_view(store.view(), load_shapes())
    assert [result.constraint for result in report.results] == []


@needs_article
def test_the_article_gives_nothing_from_its_advertising_line_and_few_claims(article: Extraction) -> None:
    text = article.source.text
    assert not [claim for claim in article.claims if "CLICK HERE" in claim.span.of(text)]
    assert 25 <= len(article.claims) <= 40
