"""The store keeps whole changes, publishes them as snapshots, and loses nothing when it is killed."""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from averment import triples
from averment.errors import StoreError
from averment.exports.dumps import dump
from averment.model import Extraction
from averment.store import Store
from averment.store.formats import RDF_FORMATS, Format, by_name
from averment.store.guard import Limits, QueryGuard
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
    return _dumped(store, by_name("nquads", RDF_FORMATS))


def _dumped(store: Store, format_: Format) -> bytes:
    content = BytesIO()
    dump(store.view(), format_, content)
    return content.getvalue()


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


def test_blank_nodes_are_removed_and_added_under_their_names(tmp_path: Path) -> None:
    """As subjects, objects and graphs; others that are called otherwise stay."""
    a, b, c = (ox.BlankNode(name) for name in "abc")
    p, text = ox.NamedNode("a:p"), ox.Literal("x")
    old = [ox.Quad(a, p, b), ox.Quad(a, p, text, c), ox.Quad(p, p, text, c), ox.Quad(p, p, a), ox.Quad(p, p, text)]
    new = [ox.Quad(b, p, a), ox.Quad(b, p, c, a), ox.Quad(p, p, p, b)]
    store = Store(tmp_path)
    with store.writer() as writer:
        writer.change(add=old)
        writer.change(remove=[*old[:2], *old[4:]], add=new)
    assert set(store.view().all_quads()) == {*old[2:4], *new}


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
            again = ox.parse(_dumped(store, format_), format=format_.engine)
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


@pytest.mark.parametrize(
    "files",
    [
        ["data/results.csv"],
        ["data/", "thesis.txt"],
        ["data/CURRENT"],
        ["data/MANIFEST-000005"],
        ["data/LOG"],
        ["data/LOCK", "data/results.csv"],
        ["data/", "snapshots/1/CURRENT"],
        ["data"],
    ],
    ids=str,
)
def test_a_folder_with_a_subfolder_of_our_name_is_left_alone(tmp_path: Path, files: list[str]) -> None:
    folder = tmp_path / "proj"
    _make(folder, files)
    before = sorted(folder.rglob("*"))
    with pytest.raises(StoreError), Store(folder).writer():
        pytest.fail("opened somebody's folder")
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    "files",
    [[], ["data/"], ["snapshots/"], ["data/", "snapshots/"], ["data/LOCK", "data/LOG", "data/IDENTITY", "snapshots/"]],
    ids=str,
)
def test_an_interrupted_making_is_taken_up(tmp_path: Path, files: list[str]) -> None:
    store = Store(tmp_path / "store")
    _make(tmp_path / "store", files)
    _write(store, add=[_quad()])
    assert len(store.view()) == 1


def _make(folder: Path, files: list[str]) -> None:
    """Make empty files, and empty folders where a name ends in a slash."""
    folder.mkdir()
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.touch()


def test_a_folder_that_may_not_be_entered_is_said_to_be(filled_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    for name in ("listdir", "scandir", "stat"):
        monkeypatch.setattr(os, name, refuse)
    for read in (filled_store.view, filled_store.snapshot, lambda: filled_store.generation):
        with pytest.raises(StoreError, match=r"cannot be read \(Permission denied\)"):
            read()
    with pytest.raises(StoreError, match=r"\(Permission denied\)"), filled_store.writer():
        pytest.fail("wrote where nobody may")


def test_a_snapshot_that_may_not_be_entered_is_said_to_be(filled_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is it taken for one that was replaced, which would be looked for again and again."""

    def refuse(_: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(ox.Store, "read_only", refuse, raising=False)
    monkeypatch.setattr(Path, "is_dir", lambda _: False)
    with pytest.raises(StoreError, match="cannot be read"):
        filled_store.view()


@pytest.mark.parametrize("name", ["²", "٣", "99999.old", "007", "-1"])
def test_a_folder_with_another_name_is_no_snapshot(filled_store: Store, name: str) -> None:
    newest = filled_store.snapshot()
    newest.with_name(name).mkdir()
    assert filled_store.snapshot() == newest
    assert len(filled_store.view()) > 0


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError), Store(tmp_path / "file").writer():
        pytest.fail("opened a file")


def test_a_damaged_snapshot_is_said_to_be_one(filled_store: Store) -> None:
    (filled_store.snapshot() / "CURRENT").write_text("nonsense", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        filled_store.view()


def _damaged(folder: Path) -> Store:
    """Give a store whose largest table, that of the texts, begins with nonsense; neither size nor footer tells."""
    store = Store(folder)
    _write(store, add=[_quad("text " * 1_000)])
    table = max(store.snapshot().glob("*.sst"), key=lambda path: path.stat().st_size)
    content = table.read_bytes()
    table.unlink()  # it is a hard link
    table.write_bytes(b"z" * 20 + content[20:])
    return Store(folder)


def test_damage_within_a_table_is_found_on_opening(tmp_path: Path) -> None:
    ox.Store.read_only(str(_damaged(tmp_path / "store").folder) + "/snapshots/1")  # which tells the engine nothing
    with pytest.raises(StoreError, match="cannot be read"):
        Store(tmp_path / "store").view()


def test_a_server_does_not_start_on_a_damaged_snapshot(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        QueryGuard(_damaged(tmp_path / "store"), Limits(workers=1)).close()


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
    newest = filled_store.snapshot()
    snapshots = iter([newest.with_name("0"), newest, newest])
    monkeypatch.setattr(filled_store, "_newest", lambda: next(snapshots))
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
        assert set(store.view().all_quads()) == committed
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


DYING_WRITER = """
import os, sys
from pathlib import Path
from averment.store import Store
from tests_batches import batch
Store._publish = lambda self, store: os._exit(9)
with Store(Path(sys.argv[1])).writer() as writer:
    writer.change(add=batch(int(sys.argv[2])))
"""


@pytest.mark.parametrize("before", [0, 1], ids=["first write", "later write"])
def test_what_a_writer_committed_before_it_died_is_published_by_the_next(tmp_path: Path, before: int) -> None:
    """Even by one that has nothing to write, as where an article is ingested again and found unchanged."""
    (tmp_path / "tests_batches.py").write_text(BATCHES, encoding="utf-8")
    store = Store(tmp_path / "store")
    expected = set(_batch(0) if before else [])
    if before:
        _write(store, add=_batch(0))
    died = subprocess.run(
        [sys.executable, "-c", DYING_WRITER, str(store.folder), "7"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
        check=False,
    )
    assert died.returncode == 9
    assert store.generation == before
    with store.writer():
        pass
    assert set(store.view().all_quads()) == expected | set(_batch(7))
    with store.writer():
        pass
    assert store.generation == before + 1


def test_data_without_any_snapshot_is_published(filled_store: Store) -> None:
    expected = _nquads(filled_store)
    shutil.rmtree(filled_store.snapshot().parent)
    with filled_store.writer():
        pass
    assert _nquads(filled_store) == expected


def _fail(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_change_that_cannot_be_published_is_said_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    _write(store, add=[_quad()])
    with monkeypatch.context() as full, store.writer() as writer:
        full.setattr(Path, "rename", _fail)
        with pytest.raises(StoreError, match=r"is written, but readers cannot see it yet.*No space left"):
            writer.change(add=[_quad("more")])
    assert len(store.view()) == 1
    with monkeypatch.context() as full:
        full.setattr(Path, "rename", _fail)
        with pytest.raises(StoreError, match="cannot be made visible"), store.writer():
            pytest.fail("wrote on a full disk")
    with store.writer():
        assert len(store.view()) == 2


def test_a_writer_whose_publishing_failed_makes_up_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store")
    with store.writer() as writer:
        with monkeypatch.context() as full:
            full.setattr(Path, "rename", _fail)
            with pytest.raises(StoreError, match="is written"):
                writer.change(add=[_quad()])
        writer.change(add=[_quad("more")])
        assert len(store.view()) == 2


def test_a_change_that_cannot_be_announced_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store")
    _write(store, add=[_quad()])
    with monkeypatch.context() as full, store.writer() as writer:
        full.setattr(os, "fsync", _fail)
        with pytest.raises(StoreError, match="was not written"):
            writer.change(add=[_quad("more")])
    with store.writer() as writer:
        assert list(writer.view.all_quads()) == list(store.view().all_quads()) == [_quad()]


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
