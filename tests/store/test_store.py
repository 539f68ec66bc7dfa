"""The store keeps whole changes, publishes them as snapshots, and loses nothing when it is killed."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from averment import triples
from averment.errors import StoreError
from averment.model import Extraction
from averment.store import Store
from averment.store.formats import RDF_FORMATS, by_name
from averment.vocabulary import AV

EX = "https://example.org/"
BATCH = 50
"""Quads of one change in the tests of whole changes."""

WRITER = """
import itertools, sys
from pathlib import Path
from averment.store import Store
from tests_batches import batch
with Store(Path(sys.argv[1])).writer() as writer:
    for number in itertools.count(int(sys.argv[2])):
        writer.change(remove=batch(number - 1), add=batch(number))
        print(number, flush=True)
"""

BATCHES = f"""
import pyoxigraph as ox
def batch(number):
    node = ox.NamedNode("{EX}batch/" + str(number))
    return [ox.Quad(node, ox.NamedNode("{EX}has"), ox.Literal(n)) for n in range({BATCH})]
"""


def _quad(value: str = "x", number: int = 0, graph: ox.NamedNode | None = None) -> ox.Quad:
    subject, predicate = ox.NamedNode(f"{EX}{number}"), ox.NamedNode(f"{EX}says")
    return ox.Quad(subject, predicate, ox.Literal(value), graph or ox.DefaultGraph())


def _batch(number: int) -> list[ox.Quad]:
    subject = ox.NamedNode(f"{EX}batch/{number}")
    return [ox.Quad(subject, ox.NamedNode(f"{EX}has"), ox.Literal(n)) for n in range(BATCH)]


def _write(store: Store, remove: list[ox.Quad] | None = None, add: list[ox.Quad] | None = None) -> None:
    with store.writer() as writer:
        writer.change(remove=remove or [], add=add or [])


def _nquads(store: Store) -> bytes:
    return store.view().dump(by_name("nquads", RDF_FORMATS))


# ---- Changes ------------------------------------------------------------------------------------------------------


def test_the_same_quads_twice_change_nothing(filled_store: Store, extraction: Extraction) -> None:
    before = _nquads(filled_store)
    _write(filled_store, add=triples.quads(extraction))
    assert _nquads(filled_store) == before


@pytest.mark.parametrize("folder", [True, False], ids=["folder", "memory"])
def test_the_order_of_writing_does_not_show(tmp_path: Path, extraction: Extraction, *, folder: bool) -> None:
    """Canonical N-Quads are sorted, and the same whatever came first."""
    quads = triples.quads(extraction)
    stores = [Store(tmp_path / str(seed) if folder else None) for seed in range(3)]
    for seed, store in enumerate(stores):
        shuffled = random.Random(seed).sample(quads, len(quads))  # noqa: S311 - no secret
        _write(store, add=shuffled[:100])
        _write(store, add=shuffled[100:])
    first, *others = (_nquads(store) for store in stores)
    assert all(other == first for other in others)
    lines = first.splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == len(quads)


def test_a_change_removes_and_adds_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    _write(store, add=[_quad("old"), _quad("kept", 1)])
    _write(store, remove=[_quad("old"), _quad("never there")], add=[_quad("new")])
    assert set(store.view().all_quads()) == {_quad("new"), _quad("kept", 1)}


def test_what_is_removed_and_added_stays(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    _write(store, add=[_quad()])
    _write(store, remove=[_quad()], add=[_quad()])
    assert list(store.view().all_quads()) == [_quad()]


def test_a_quad_is_removed_from_its_own_graph_only() -> None:
    store, graph = Store(), ox.NamedNode(f"{EX}graph")
    _write(store, add=[_quad(), _quad(graph=graph)])
    _write(store, remove=[_quad(graph=graph)])
    assert list(store.view().all_quads()) == [_quad()]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_no_text_is_altered_or_breaks_out(values: list[str]) -> None:
    """Control characters, quotes, backslashes, characters beyond the basic plane and line ends of any kind."""
    store = Store()
    values = ["\x00\x07\x1b\r\n\u2028\ufffe", 'a"""b\\', "} ; CLEAR ALL ; {", "\U0001d49c\U0001f600", *values]
    quads = [_quad(value, number) for number, value in enumerate(values)]
    old = [_quad(value, number, ox.NamedNode(f"{EX}graph")) for number, value in enumerate(values)]
    _write(store, add=old)
    _write(store, remove=old, add=quads)
    assert set(store.view().all_quads()) == set(quads)
    for format_ in RDF_FORMATS:
        if format_.name != "rdfxml":  # XML has no control characters
            assert isinstance(format_.engine, ox.RdfFormat)
            again = ox.parse(store.view().dump(format_), format=format_.engine)
            assert {quad.triple for quad in again} == {quad.triple for quad in quads}


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_canonical_lines_are_one_a_quad(value: str) -> None:
    """No character in a literal makes two lines of one, which sorting would tear apart."""
    store = Store()
    _write(store, add=[_quad(value), _quad("other", 1)])
    assert len(_nquads(store).splitlines()) == 2
    assert set(ox.parse(_nquads(store), format=ox.RdfFormat.N_QUADS)) == set(store.view().all_quads())


# ---- What can be wrong --------------------------------------------------------------------------------------------


def test_no_store_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="averment ingest"):
        Store(tmp_path / "none").view()
    assert not (tmp_path / "none").exists()


def test_a_store_in_memory_has_no_snapshots() -> None:
    with pytest.raises(StoreError, match="memory"):
        Store().snapshot()


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with store.writer(), pytest.raises(StoreError, match="another process is writing"), Store(store.folder).writer():
        pytest.fail("two writers at once")
    _write(store, add=[_quad()])
    assert len(store.view()) == 1


def test_a_closed_writer_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path / "store").writer() as writer:
        pass
    with pytest.raises(StoreError, match="closed"):
        writer.change(add=[_quad()])


def test_a_folder_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(StoreError, match="not a store"), Store(tmp_path).writer():
        pytest.fail("opened somebody's folder")
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError), Store(tmp_path / "file").writer():
        pytest.fail("opened a file")


def test_a_damaged_snapshot_is_said_to_be_one(filled_store: Store) -> None:
    (filled_store.snapshot() / "CURRENT").write_text("nonsense", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        filled_store.view()


def test_damaged_data_is_said_to_be(filled_store: Store) -> None:
    assert filled_store.folder is not None
    (filled_store.folder / "data" / "CURRENT").write_text("nonsense", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"), filled_store.writer():
        pytest.fail("opened damaged data")


# ---- Snapshots ----------------------------------------------------------------------------------------------------


def test_each_change_is_a_generation_and_old_ones_go(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    assert store.generation == 0
    with store.writer() as writer:
        for number in range(1, 7):
            writer.change(add=[_quad(number=number)])
            assert store.generation == number
    assert len(list((tmp_path / "store" / "snapshots").iterdir())) == 3


def test_a_view_does_not_change_under_its_reader(tmp_path: Path) -> None:
    """Not even when its snapshot has long been removed."""
    store = Store(tmp_path / "store")
    _write(store, add=_batch(0))
    view = store.view()
    for number in range(1, 6):
        _write(store, remove=_batch(number - 1), add=_batch(number))
    assert set(view.all_quads()) == set(_batch(0))
    assert set(store.view().all_quads()) == set(_batch(5))


def test_a_reader_who_comes_too_late_for_a_snapshot_takes_the_next(
    filled_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshots = iter([filled_store.snapshot().with_name("0"), filled_store.snapshot()])
    monkeypatch.setattr(filled_store, "snapshot", lambda: next(snapshots))
    assert len(filled_store.view()) > 0


def test_the_writer_sees_its_own_changes(tmp_path: Path) -> None:
    with Store(tmp_path / "store").writer() as writer:
        writer.change(add=[_quad()])
        assert list(writer.view.all_quads()) == [_quad()]


def test_a_reader_sees_whole_changes_while_somebody_writes(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    _write(store, add=_batch(0))
    seen: list[list[ox.Quad]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(list(Store(store.folder).view().all_quads()))

    reader = threading.Thread(target=read)
    reader.start()
    with store.writer() as writer:
        for number in range(1, 40):
            writer.change(remove=_batch(number - 1), add=_batch(number))
    done.set()
    reader.join()
    assert seen
    for quads in seen:
        number = int(str(quads[0].subject).strip("<>").rsplit("/", 1)[1])
        assert set(quads) == set(_batch(number))


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_writer_leaves_whole_changes(tmp_path: Path, seed: int) -> None:
    """Whatever it had reported as done is there, nothing is there by half, and the store opens for the next one."""
    (tmp_path / "tests_batches.py").write_text(BATCHES, encoding="utf-8")
    store = Store(tmp_path / "store")
    delays = random.Random(seed)  # noqa: S311 - no secret
    next_number = 1
    for _ in range(3):
        reported = _kill_while_writing(tmp_path, next_number, delays.uniform(0, 0.2))
        with store.writer() as writer:
            committed = set(writer.view.all_quads())
            number = int(str(next(iter(committed)).subject).strip("<>").rsplit("/", 1)[1])
            assert committed == set(_batch(number))
            assert number in (reported, reported + 1)
        published = set(store.view().all_quads())
        assert published in (set(_batch(reported)), set(_batch(reported + 1)))
        next_number = number + 1


def _kill_while_writing(folder: Path, start: int, delay: float) -> int:
    """Start a writer, kill it `delay` seconds after its first change, and give the last number it reported."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder / "store"), str(start)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), *sys.path])},
        stdout=subprocess.PIPE,
        text=True,
    )
    with writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        return int((first + writer.stdout.read()).split("\n")[-2])


def test_what_a_killed_writer_was_copying_is_cleared_away(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    _write(store, add=[_quad()])
    (tmp_path / "store" / "snapshots" / ".new-99999999").mkdir()
    _write(store, add=[_quad("more")])
    assert [entry.name for entry in (tmp_path / "store" / "snapshots").glob(".*")] == []


def test_reading_an_article_back_gives_all_of_it(filled_store: Store, extraction: Extraction) -> None:
    view = filled_store.view()
    (source,) = view.sources()
    read = set(view.quads(source))
    assert {quad for quad in read if quad.predicate == AV.paid}
    software = {quad for quad in triples.quads(extraction) if "/software/" in str(quad.subject)}
    assert read == set(triples.quads(extraction)) - software
