"""The file of limits: every limit by its name, in its unit, and nothing that it cannot be."""

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from averment.errors import InputError
from averment.store import Store
from averment.store.limits import Limits
from averment_server.app import close, create_app
from averment_server.cli import serve
from averment_server.configuration import NAMED, TEXTS, Configuration, Named, read


def file(folder: Path, text: str) -> Path:
    (folder / "limits.toml").write_text(text, encoding="utf-8")
    return folder / "limits.toml"


def test_everything_in_a_configuration_has_a_name() -> None:
    """And each name stands for one."""
    names = ["query.services", *(named.at for named in NAMED), *(text.name for text in TEXTS)]
    assert sorted(names) == sorted(_places(Configuration()))
    assert len({named.name for named in NAMED}) == len(NAMED)


def _places(thing: Any, before: str = "") -> list[str]:
    places = []
    for field in fields(thing):
        value = getattr(thing, field.name)
        at = f"{before}{field.name}"
        places += _places(value, f"{at}.") if is_dataclass(value) else [at]
    return places


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.name)
def test_each_limit_can_be_set_alone(named: Named, tmp_path: Path) -> None:
    section, _, name = named.name.partition(".")
    wanted = int(named.default) + 1
    changed = read(file(tmp_path, f"[{section}]\n{name} = {wanted}\n"))
    assert named.value(changed) == wanted
    assert all(other.value(changed) == other.default for other in NAMED if other is not named)


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert read(file(tmp_path, "")) == Configuration()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[query]\nsecond = 3", "query.seconds"),
        ("[queries]\nseconds = 3", "query.seconds"),
        ("seconds = 3", "no limit is called seconds"),
        ("[query]\nseconds = 'three'", "a number of seconds"),
        ("[query]\nseconds = 0", "0.1 or more"),
        ("[query]\nseconds = nan", "a number of seconds"),
        ("[query]\nseconds = inf", "a number of seconds"),
        ("[query]\nworkers = 1.5", "a whole number"),
        ("[query]\nworkers = true", "a whole number"),
        ("[query]\nworkers = -1", "1 or more"),
        ("[query]\nseconds = {a = 1}", "a number of seconds"),
        ("[query]\nworkers = 1\nreserved = 1", "less than query.workers"),
        ("[query", "not TOML"),
        ("a = " + "[" * 100_000, "not TOML"),
    ],
)
def test_what_is_no_limit_is_said_in_one_sentence(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"limits\.toml") as error:
        read(file(tmp_path, text))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    result = CliRunner().invoke(serve, ["--config", str(tmp_path / "none.toml"), "--store", str(tmp_path)])
    assert (result.exit_code, "none.toml" in result.output) == (2, True)


@pytest.mark.parametrize(
    ("name", "one", "two"),
    [
        ("query.workers", "1 worker", "2 workers"),
        ("server.processes", "1 process", "2 processes"),
        ("server.cache", "1 MiB", "2 MiB"),
    ],
)
def test_one_of_a_unit_is_called_one(name: str, one: str, two: str) -> None:
    named = next(named for named in NAMED if named.name == name)
    assert [named.stated(named.put(Configuration(), number)) for number in (1, 2)] == [one, two]


def test_the_page_states_every_limit_in_force(client: FlaskClient) -> None:
    """Not those that there are where nobody says anything."""
    page = client.get("/about", headers={"Accept": "text/html"}).text
    for named in NAMED:
        assert f"<code>{named.name}</code>" in page
        assert named.said.split(";")[0] in page
    assert "20,000 characters" in page
    assert "4 MiB" in page


def test_other_servers_are_named_by_their_addresses(tmp_path: Path) -> None:
    named = read(file(tmp_path, '[query]\nservices = ["https://a.example/sparql", "http://b.example/"]\n'))
    assert named.query.services == {"https://a.example/sparql", "http://b.example/"}
    assert named == replace(Configuration(), query=replace(Limits(), services=named.query.services))


@pytest.mark.parametrize(
    "value", ['"https://a.example/"', "[1]", '["a.example"]', '["file:///etc/passwd"]', '["http://a b"]']
)
def test_what_is_no_address_is_said_in_one_sentence(value: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"limits\.toml: query\.services( is a list of|: .* is not an) address"):
        read(file(tmp_path, f"[query]\nservices = {value}\n"))


def test_a_server_says_which_others_may_be_asked(tmp_path: Path) -> None:
    about, description = said_by(tmp_path / "none", frozenset())
    assert "nothing here asks another server" in about
    assert "BasicFederatedQuery" not in description
    about, description = said_by(tmp_path / "one", frozenset({"http://b.example/?a=1&b=2"}))
    assert "<code>http://b.example/?a=1&amp;b=2</code> and no other" in about
    assert "BasicFederatedQuery" in description


def said_by(folder: Path, services: frozenset[str]) -> tuple[str, str]:
    """Give the page about a server that may ask these, and its description for programs."""
    store = Store(folder)
    with store.writer() as writer:
        writer.change(add=[])
    app = create_app(store, Limits(workers=1, reserved=0, services=services))
    try:
        client = app.test_client()
        return client.get("/about").get_data(as_text=True), client.get("/sparql").get_data(as_text=True)
    finally:
        close(app)
