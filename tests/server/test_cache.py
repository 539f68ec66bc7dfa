"""Answers kept until somebody writes: the same for whoever asks again, and never older than the data."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad

from averment.store import Store, by_name
from averment.store.formats import RESULT_FORMATS
from averment.store.guard import Answer, QueryGuard
from averment_server.cache import AnswerCache, Kept, lasts

NAMES = "SELECT ?name { ?x a sdo:Person ; rdfs:label ?name } ORDER BY ?name"
JSON = by_name("json", RESULT_FORMATS)


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note the queries that are evaluated."""
    asked: list[str] = []
    run = QueryGuard.run

    def noted(guard: QueryGuard, query: str, **given: object) -> Answer:
        asked.append(query)
        return run(guard, query, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(QueryGuard, "run", noted)
    yield asked
    monkeypatch.undo()


def get(client: FlaskClient, query: str, tag: str | None = None, **fields: str):  # noqa: ANN201 - werkzeug's own
    headers = {"If-None-Match": tag} if tag else {}
    return client.get("/sparql", query_string={"query": query, **fields}, headers=headers)


def write(store: Store, name: str) -> None:
    with store.writer() as writer:
        person = NamedNode("a:new")
        kind = Quad(
            person, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode("https://schema.org/Person")
        )
        writer.change(add=[kind, Quad(person, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal(name))])


def test_the_same_question_is_evaluated_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """In each format and over each set of graphs."""
    with counting(monkeypatch) as asked:
        answers = [get(client, NAMES) for _ in range(3)]
        assert len(asked) == 1
        for fields in ({"format": "csv"}, {"union": "true"}, {"default-graph-uri": "a:b"}, {"named-graph-uri": "a:b"}):
            assert get(client, NAMES, **fields).data != b""
        assert len(asked) == 5
    assert len({answer.data for answer in answers}) == 1


def test_a_write_is_seen_by_the_next_question(client: FlaskClient, store: Store) -> None:
    """Whoever wrote, this server or another program."""
    before = get(client, NAMES)
    write(store, "Zoë New")
    after = get(client, NAMES, before.headers["ETag"])
    assert (after.status_code, "Zo" in after.text) == (200, True)
    assert after.headers["ETag"] != before.headers["ETag"]


def test_whoever_has_the_answer_is_not_sent_it_again(client: FlaskClient, store: Store) -> None:
    """304 also after a write that changed nothing in it."""
    tag = get(client, NAMES).headers["ETag"]
    assert not tag.startswith("W/")
    again = get(client, NAMES, tag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    with store.writer() as writer:
        writer.change(add=[Quad(NamedNode("a:a"), NamedNode("a:b"), NamedNode("a:c"))])
    assert get(client, NAMES, f'"other", {tag}').status_code == 304


def test_each_format_has_a_tag_of_its_own(client: FlaskClient) -> None:
    """Also where the bytes are the same and only the media type differs."""
    tags = {get(client, NAMES, format=name).headers["ETag"] for name in ("json", "xml", "csv", "tsv")}
    tags.add(
        client.get("/sparql", query_string={"query": NAMES}, headers={"Accept": "application/json"}).headers["ETag"]
    )
    assert len(tags) == 5


def test_a_cache_on_the_way_asks_before_it_uses_an_answer(client: FlaskClient) -> None:
    """And keeps no errors at all."""
    assert get(client, NAMES).headers["Cache-Control"] == "no-cache"
    assert get(client, "nonsense").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("value", ["NOW()", "RAND()", "UUID()", "STRUUID()", "rand()"])
def test_what_differs_each_time_is_not_kept(client: FlaskClient, value: str) -> None:
    """The time, and chance."""
    query = f"SELECT ({value} AS ?x) {{ }}"
    assert not lasts(query)
    assert len({get(client, query).data for _ in range(3)}) == 3


@pytest.mark.parametrize(
    ("query", "lasting"),
    [
        ("SELECT (SUM(DISTINCTRAND()) AS ?n) { }", False),
        ("SELECT * { ?s ?p ?o } ORDER BYRAND()", False),
        ("SELECT (NOW # and then\n () AS ?x) { }", False),
        ("SELECT * { VALUES ?x {1SERVICE <a:b> { } } }", False),
        ("SELECT ?now { ?x a:knows ?now . ?x a:brand ?rand }", True),
    ],
)
def test_what_differs_is_seen_without_blanks(query: str, *, lasting: bool) -> None:
    """The engine takes keywords without them."""
    assert lasts(query) == lasting


def test_pages_are_made_from_kept_answers_too(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their own queries are the same for every reader."""
    first = client.get("/articles").data
    with counting(monkeypatch) as asked:
        assert client.get("/articles").data == first
    assert asked == []


def answer(generation: int, size: int) -> Kept:
    return Kept.of(Answer(b"x" * size, JSON, generation))


def test_no_more_is_kept_than_there_is_room_for() -> None:
    """What was asked for longest ago goes first; what is large is not kept at all."""
    cache = AnswerCache(10_000)
    for number in range(8):
        cache.put(str(number), answer(1, 1_000))
        cache.get(1, "0")
    kept = [number for number in range(8) if cache.get(1, str(number))]
    assert kept == [0, 3, 4, 5, 6, 7]
    cache.put("large", answer(1, 3_000))
    assert cache.get(1, "large") is None


def test_older_versions_are_let_go_and_not_taken_back() -> None:
    """An answer that took long may come when the data are newer."""
    cache = AnswerCache(10_000)
    cache.put("a", answer(1, 10))
    cache.put("b", answer(2, 10))
    cache.put("late", answer(1, 10))
    assert [cache.get(generation, key) is None for generation in (1, 2) for key in ("a", "b", "late")] == [
        True, True, True, True, False, True,
    ]  # fmt: skip
