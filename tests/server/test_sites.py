"""Which names are answered to, and what scripts of other sites may read."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient

from averment.store import Store
from averment.store.guard import Limits
from averment_server.app import close, create_app
from averment_server.settings import Settings

CORS = "Access-Control-Allow-Origin"


@contextmanager
def serving(store: Store, *, cors: bool = False, hosts: Collection[str] | None = None) -> Iterator[FlaskClient]:
    app = create_app(store, Limits(workers=1), Settings(cors=cors, hosts=hosts))
    try:
        yield app.test_client()
    finally:
        close(app)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]", "[::1]:8000", "LOCALHOST"])
def test_this_machine_is_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/about", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example:80", "192.0.2.1", "[::2]"],
)
@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK{}", "/static/style.css", "/healthz", "/nothing"])
def test_a_name_that_is_made_to_lead_here_is_not_answered(client: FlaskClient, host: str, path: str) -> None:
    assert client.get(path, headers={"Host": host}).status_code == 421


def test_the_refusal_is_a_sentence_for_people_and_programs(client: FlaskClient) -> None:
    page = client.get("/", headers={"Host": "evil.example", "Accept": "text/html"})
    data = client.get("/", headers={"Host": "evil.example", "Accept": "application/json"})
    assert "does not answer to that host name" in page.text
    assert "does not answer to that host name" in data.json["detail"]


def test_other_names_can_be_allowed(store: Store) -> None:
    with serving(store, hosts={"Desk.example"}) as client:
        assert client.get("/about", headers={"Host": "desk.example:80"}).status_code == 200
        assert client.get("/about", headers={"Host": "localhost"}).status_code == 421
    with serving(store) as client:
        assert client.get("/about", headers={"Host": "any.example"}).status_code == 200


def test_scripts_of_other_sites_may_not_read(client: FlaskClient, about: str) -> None:
    for path in ("/", "/sparql?query=ASK{}", about, about + ".ttl"):
        assert CORS not in client.get(path, headers={"Origin": "https://evil.example"}).headers
    assert CORS not in client.options("/sparql").headers


def test_scripts_of_other_sites_may_read_graphs_and_not_write_them(store: Store) -> None:
    """Nothing allows them a method that writes, or a token."""
    with serving(store, cors=True) as client:
        for path in ("/graphs?default", "/.well-known/void", "/sparql?query=ASK{}"):
            headers = client.options(path).headers
            assert headers[CORS] == client.get(path).headers[CORS] == "*"
            assert not {"PUT", "DELETE", "PATCH"} & set(headers["Access-Control-Allow-Methods"].split(", "))
            assert "authorization" not in headers["Access-Control-Allow-Headers"].lower()
            assert "Access-Control-Allow-Credentials" not in headers


def test_scripts_of_other_sites_may_read_data_where_the_owner_says_so(store: Store, about: str) -> None:
    with serving(store, cors=True) as client:
        assert client.get("/sparql?query=ASK{}").headers[CORS] == "*"
        assert client.get(about + ".ttl").headers[CORS] == "*"
        assert CORS not in client.get("/articles").headers
        options = client.options("/sparql")
    assert options.status_code == 200
    assert "Content-Type" in options.headers["Access-Control-Allow-Headers"]
    assert "POST" in options.headers["Access-Control-Allow-Methods"]
