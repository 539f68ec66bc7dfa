"""Under which address the server speaks of itself, and what a file may say of that."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from averment.errors import InputError
from averment.store import Store
from averment.store.guard import Limits
from averment_server.address import Site, parse_name, parse_root
from averment_server.app import close, create_app
from averment_server.cli import serve
from averment_server.configuration import TEXTS, Configuration, read
from averment_server.settings import Settings

KNOWN = Site(address="https://facts.example/", publisher="The Desk")


@pytest.fixture
def known(store: Store) -> Iterator[FlaskClient]:
    """A client of a server that has said where others reach it."""
    app = create_app(store, Limits(workers=2), Settings(hosts=None, site=KNOWN))
    try:
        yield app.test_client()
    finally:
        close(app)


@pytest.mark.parametrize("path", ["/.well-known/void", "/sparql"])
def test_what_the_server_says_of_itself_has_the_address_that_others_have(known: FlaskClient, path: str) -> None:
    """Whatever the request's own address, which is that of the proxy's connection, says."""
    said = known.get(path, headers={"Accept": "application/n-triples", "Host": "127.0.0.1:8000"}).text
    assert "<https://facts.example/sparql>" in said
    assert "127.0.0.1" not in said


def test_without_one_it_is_the_address_of_the_request(client: FlaskClient) -> None:
    said = client.get("/.well-known/void", headers={"Accept": "application/n-triples"}).text
    assert "<http://localhost/sparql>" in said


def test_a_graph_of_its_own_is_named_by_the_address_that_others_have(known: FlaskClient, token: dict[str, str]) -> None:
    """What is put at an address is found there, and under that name."""
    turtle = {**token, "Content-Type": "text/turtle"}
    assert known.put("/graphs/é%20x", data="<a:b> <a:c> <a:d> .", headers=turtle).status_code == 201
    assert b"a:d" in known.get("/graphs/é%20x").data
    named = known.get("/graphs", query_string={"graph": "https://facts.example/graphs/é%20x"})
    assert (named.status_code, b"a:d" in named.data) == (200, True)
    made = known.post("/graphs", data="<a:b> <a:c> <a:d> .", headers=turtle)
    assert made.headers["Location"].startswith("https://facts.example/graphs/")


def test_the_page_says_what_the_server_is_known_by(known: FlaskClient, client: FlaskClient) -> None:
    page = known.get("/about", headers={"Accept": "text/html"}).text
    assert all(f"<code>{text.name}</code>" in page for text in TEXTS)
    assert "https://facts.example/" in page
    assert "not set" in client.get("/about", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize(
    ("written", "root", "host"),
    [
        ("https://facts.example", "https://facts.example/", "facts.example"),
        ("http://Facts.Example:8080/", "http://facts.example:8080/", "facts.example"),
        ("https://[::1]:8000", "https://[::1]:8000/", "[::1]"),
    ],
)
def test_an_address_of_a_front_page_is_read(written: str, root: str, host: str) -> None:
    assert parse_root(written) == root
    assert Site(address=parse_root(written)).host == host


@pytest.mark.parametrize(
    "written",
    ["facts.example", "ftp://facts.example", "https://facts.example/below", "https://facts.example/?x", "https://",
     "https://facts.example:x", "https://a@facts.example", "https://[::", "", "https://:80",
     "https://facts.example#x"],
)  # fmt: skip
def test_what_is_no_address_of_a_front_page_is_said(written: str) -> None:
    """In one sentence; one below another site's pages would not work, since every link here begins at the front."""
    with pytest.raises(InputError) as error:
        parse_root(written)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("written", ["", " ", "x" * 201, "a\x00b", "a\nb"])
def test_what_is_no_name_is_said(written: str) -> None:
    with pytest.raises(InputError, match="a name has"):
        parse_name(written)


def test_a_file_may_say_all_of_it(tmp_path: Path) -> None:
    file = tmp_path / "limits.toml"
    file.write_text('[site]\naddress = "https://facts.example"\npublisher = "The Desk"\n', encoding="utf-8")
    assert read(file) == Configuration(site=KNOWN)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[site]\naddress = 3", "site.address is a text"),
        ('[site]\naddress = "facts"', "site.address: 'facts' is not an address"),
        ('[site]\npublishers = "x"', "site.publisher"),
        ('[site]\npublisher = ""', "site.publisher: a name has"),
    ],
)
def test_what_a_file_cannot_say_is_told(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "limits.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"limits\.toml") as error:
        read(tmp_path / "limits.toml")
    assert said in str(error.value)


def test_a_server_answers_to_the_name_in_its_address(
    filled_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without being told so a second time."""
    from click.testing import CliRunner

    services: list[Any] = []
    monkeypatch.setattr("averment_server.cli.run", lambda service, _ready: services.append(service))
    (tmp_path / "limits.toml").write_text('[site]\naddress = "https://facts.example"\n', encoding="utf-8")
    options = ["--store", str(filled_store.folder), "--port", "0", "--config", str(tmp_path / "limits.toml")]
    assert CliRunner().invoke(serve, options).exit_code == 0
    assert "facts.example" in services[0].settings.hosts
    assert services[0].settings.site.address == "https://facts.example/"
