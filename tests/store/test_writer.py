"""The writer: an update and a large addition are whole or absent, and wait for a last word before they are made."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from averment.errors import QueryRefusedError
from averment.store import Store, writer
from averment.store.writer import Writer
from averment.vocabulary import AV


class Stopped(Exception):  # noqa: N818 - what somebody raises who wants no more
    """No, after all."""


def quads(count: int) -> list[Quad]:
    return [Quad(NamedNode("a:a"), NamedNode("a:b"), Literal(str(number))) for number in range(count)]


def _stop() -> None:
    raise Stopped


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    store = Store(tmp_path / "store" if request.param == "folder" else None)
    with store.writer() as open_:
        open_.change(add=quads(2))
    return store


@pytest.mark.parametrize(
    "change",
    [
        lambda open_, ready: open_.update("DELETE WHERE { ?s ?p ?o } ; INSERT DATA { <a:x> <a:y> 1 }", ready),
        lambda open_, ready: open_.add(quads(5), ready),
    ],
    ids=["update", "add"],
)
def test_where_the_last_word_is_no_nothing_is_written(
    store: Store, change: Callable[[Writer, Callable[[], None]], None]
) -> None:
    """And what was raised comes out; with a yes, all is written."""
    generation = store.generation
    with store.writer() as open_, pytest.raises(Stopped):
        change(open_, _stop)
    assert (set(store.view().all_quads()), store.generation) == (set(quads(2)), generation)
    with store.writer() as open_:
        change(open_, lambda: None)
    assert set(store.view().all_quads()) != set(quads(2))


def test_the_last_word_is_asked_for_when_all_is_evaluated(store: Store) -> None:
    """An update that fails does not come so far."""
    asked: list[str] = []
    with store.writer() as open_:
        with pytest.raises(QueryRefusedError, match="does not exist"):
            open_.update("DROP ALL ; DROP GRAPH <a:none>", lambda: asked.append("failing"))
        with pytest.raises(SyntaxError):
            open_.update("DROP EVERYTHING", lambda: asked.append("no SPARQL"))
        open_.update("DROP ALL", lambda: asked.append("done"))
    assert asked == ["done"]
    assert len(store.view()) == 0


def test_no_change_leaves_the_stamp_on_results_of_validation(store: Store) -> None:
    """They are of the store as it was; nor can a stamp be brought along."""
    stamp = Quad(NamedNode("a:report"), AV.shapesSha256, Literal("0"))
    with store.writer() as open_:
        for change in (
            lambda: open_.update("INSERT DATA { <a:x> <a:y> 1 ; av:shapesSha256 '1' }"),
            lambda: open_.add([*quads(3), Quad(NamedNode("a:x"), AV.shapesSha256, Literal("1"))]),
        ):
            open_.change(add=[stamp])
            assert open_.view.described(None, AV.shapesSha256) == [stamp]
            change()
            assert open_.view.described(None, AV.shapesSha256) == []


def test_asking_leaves_nothing_behind(store: Store) -> None:
    """No graph, and no statement that was not in the update."""
    with store.writer() as open_:
        open_.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }")
        assert [str(name) for name in open_.view.engine.named_graphs()] == ["<a:g>"]
    assert len(store.view()) == 3


def test_many_quads_are_added_as_few_are(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there already is not there twice."""
    monkeypatch.setattr(writer, "_MANY", 3)
    with store.writer() as open_:
        open_.add(quads(3))
        open_.add(quads(50))
        assert set(open_.view.all_quads()) == set(quads(50))
    assert len(store.view()) == 50
