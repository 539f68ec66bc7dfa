"""The dataset over HTTP: the files of the command line, made once for each state of the store, within limits."""

import fcntl
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient

from averment.exports import publishing
from averment.exports.dataset import DUMPS, write_dataset
from averment.store import Store
from averment.store.guard import Limits
from averment.vocabulary import RDFS
from averment_server import datasets
from averment_server.answers import SECURITY
from averment_server.app import close, create_app
from averment_server.configuration import DatasetLimits
from averment_server.dataset import FILES
from averment_server.settings import Settings

HTML, JSON = {"Accept": "text/html"}, {"Accept": "application/json"}


def limited(store: Store, limits: DatasetLimits) -> Iterator[FlaskClient]:
    app = create_app(store, Limits(workers=2), Settings(dataset=limits))
    try:
        yield app.test_client()
    finally:
        close(app)


def add(store: Store, *labels: str) -> None:
    with store.writer() as writer:
        writer.change(add=[ox.Quad(ox.NamedNode("a:b"), RDFS.label, ox.Literal(label)) for label in labels])


def made(store: Store) -> list[str]:
    assert store.folder is not None
    return sorted(one.name for one in (store.folder / "dataset").iterdir() if one.name != ".lock")


def test_the_files_are_those_of_the_command_line(client: FlaskClient, store: Store, tmp_path: Path) -> None:
    """To the byte, with their media types and the headers that every answer has."""
    write_dataset(store.view(), tmp_path / "published")
    assert {path.name for path in (tmp_path / "published").iterdir()} == set(FILES)
    for name, media_type in FILES.items():
        with client.get(f"/dataset/{name}") as answer:
            assert (answer.status_code, answer.mimetype) == (200, media_type)
            assert answer.data == (tmp_path / "published" / name).read_bytes()
            assert all(answer.headers[header] == value for header, value in SECURITY.items())


def test_the_entity_tag_of_a_file_is_its_digest(client: FlaskClient, store: Store) -> None:
    """Who has it is not sent it again, until it is another."""
    with client.get("/dataset/graph.nq") as first:
        tag = first.headers["ETag"]
        assert tag == f'"{sha256(first.data).hexdigest()}"'
    with client.get("/dataset/graph.nq", headers={"If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
    add(store, "new")
    with client.get("/dataset/graph.nq", headers={"If-None-Match": tag}) as changed:
        assert changed.status_code == 200
        assert b'"new"' in changed.data


def test_it_is_made_once_for_each_state_and_the_newest_two_are_kept(client: FlaskClient, store: Store) -> None:
    """One may be on its way to a client while the next is made."""
    for number in range(3):
        add(store, f"state {number}")
        for _ in range(2):
            client.get("/dataset/SHA256SUMS").close()
    newest = store.generation
    assert made(store) == [str(newest - 1), str(newest)]


def test_what_a_maker_that_was_killed_has_left_is_removed(client: FlaskClient, store: Store) -> None:
    assert store.folder is not None
    for left in (".7.123", "averment-x"):
        (store.folder / "dataset" / left).mkdir(parents=True)
    client.get("/dataset/graph.ttl").close()
    assert made(store) == [str(store.generation)]


def test_the_page_lists_the_files_and_says_how_large_those_are_that_there_are(client: FlaskClient) -> None:
    """To look at it makes nothing."""
    before = client.get("/dataset", headers=HTML)
    assert all(f'href="/dataset/{dump.file}"' in before.text for dump in DUMPS)
    assert "They are made when" in before.text
    with client.get("/dataset/graph.nq") as answer:
        size = f"{len(answer.data):,}"
    after = client.get("/dataset", headers=HTML).text
    assert size in after
    assert "They are made when" not in after


def test_programs_are_led_to_the_description(client: FlaskClient) -> None:
    answer = client.get("/dataset", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dataset/dataset.ttl")
    assert "Accept" in answer.headers["Vary"]


def test_void_links_to_the_dumps_and_they_are_there(client: FlaskClient) -> None:
    """By VoID and by DCAT, under the names that the description of the dataset has for them."""
    graph = rdflib.Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    dumps = {str(one) for one in graph.objects(predicate=rdflib.VOID.dataDump)}
    assert dumps == {f"http://localhost/dataset/{dump.file}" for dump in DUMPS}
    assert {str(one) for one in graph.objects(predicate=rdflib.DCAT.downloadURL)} == dumps
    with client.get("/dataset/dataset.ttl") as answer:
        here = "http://localhost/dataset/dataset.ttl"
        described = rdflib.Graph().parse(data=answer.text, format="turtle", publicID=here)
    for distribution in graph.objects(predicate=rdflib.DCAT.distribution):
        assert (distribution, rdflib.RDF.type, rdflib.DCAT.Distribution) in described
        url = graph.value(distribution, rdflib.DCAT.downloadURL)
        assert (distribution, rdflib.DCAT.downloadURL, url) in described


@pytest.mark.parametrize("name", ["none.nq", "..", "%2e%2e%2fdata", ".lock", "graph.nq%00", "graph.nq/", "a/b"])
def test_only_the_files_of_the_dataset_are_there(client: FlaskClient, name: str) -> None:
    assert client.get(f"/dataset/{name}", headers=JSON).status_code == 404


def test_it_is_only_read(client: FlaskClient) -> None:
    assert client.post("/dataset/graph.nq").status_code == 405
    assert client.put("/dataset/graph.nq").status_code == 405
    with client.head("/dataset/graph.nq") as answer:
        assert (answer.status_code, answer.data) == (200, b"")
        assert int(answer.headers["Content-Length"]) > 0


def test_who_would_wait_too_long_is_told_to_come_back_and_finds_it_then(store: Store) -> None:
    """It is made meanwhile."""
    for client in limited(store, DatasetLimits(patience=0.0)):
        first = client.get("/dataset/graph.nq", headers=JSON)
        assert first.status_code == 503
        assert first.headers["Retry-After"]
        assert "try again" in first.get_json(force=True)["detail"]
        maker = client.application.extensions[datasets.EXTENSION]._maker  # noqa: SLF001 - to wait for it
        assert maker.wait(60) == 0
        with client.get("/dataset/graph.nq") as again:
            assert again.status_code == 200


def test_what_takes_too_long_is_stopped_and_not_begun_again_at_once(store: Store) -> None:
    """Here another is at it, for whom it waits; what it is told the second time is what is known from the first."""
    assert store.folder is not None
    (store.folder / "dataset").mkdir()
    for client in limited(store, DatasetLimits(seconds=0.1)):
        with (store.folder / "dataset" / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            first = client.get("/dataset/graph.nq", headers=JSON)
        again = client.get("/dataset/graph.nq", headers=JSON)
        assert first.status_code == again.status_code == 504
        assert "averment export --dataset" in first.get_json(force=True)["detail"]
        assert client.application.extensions[datasets.EXTENSION]._maker.returncode == -signal.SIGALRM  # noqa: SLF001


def test_what_takes_too_much_memory_is_refused(store: Store) -> None:
    """Whether the engine fell over it or it was noticed before."""
    add(store, *(f"{number} {'x' * 1_000}" for number in range(40_000)))
    for client in limited(store, DatasetLimits(memory=16 << 20)):
        answer = client.get("/dataset/graph.nq", headers=JSON)
        assert answer.status_code == 503
        assert "more than 16 MiB of memory" in answer.get_json(force=True)["detail"]
        assert not client.application.extensions[datasets.EXTENSION].known()


def test_a_folder_that_cannot_be_written_is_an_error_that_names_none(store: Store) -> None:
    assert store.folder is not None
    (store.folder / "dataset").write_text("in the way")
    for client in limited(store, DatasetLimits()):
        answer = client.get("/dataset/graph.nq", headers=JSON)
        assert answer.status_code == 503
        assert str(store.folder) not in answer.text


def test_a_full_disk_and_a_snapshot_that_is_gone_have_their_status(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "dataset" / "1"
    assert publishing.publish(tmp_path / "none", place, 1 << 40) == publishing.GONE

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(publishing, "_make", full)
    assert publishing.publish(store.snapshot(), place, 1 << 40) == publishing.FULL


def test_closing_ends_who_makes_one(store: Store) -> None:
    """Its process is gone, and nobody starts another."""
    found = datasets.Datasets(store, replace(DatasetLimits(), patience=0.0))
    with pytest.raises(datasets.BusyError):
        found.newest()
    found.close()
    assert found._maker is not None  # noqa: SLF001 - whether it has ended
    assert found._maker.returncode is not None  # noqa: SLF001
    add(store, "new")
    with pytest.raises(datasets.BusyError, match="closing"):
        found.newest()
