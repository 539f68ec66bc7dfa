"""Updates over HTTP: who may send one, how, and what comes of it; one behaviour a test."""

import json
import os
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from averment import tokens
from averment.errors import StoreError
from averment.store import Store
from averment_server.write_log import WriteLog

UPDATE = "application/sparql-update"
ADD = "INSERT DATA { <a:a> <a:b> 'added' }"
ADDED = "ASK { <a:a> <a:b> 'added' }"


def asks(client: FlaskClient, query: str) -> bool:
    return bool(client.get("/sparql", query_string={"query": query}).json["boolean"])


def post(client: FlaskClient, update: str, headers: dict[str, str] | None = None, **fields: str):  # noqa: ANN201 - werkzeug's own
    return client.post("/sparql", data=update, content_type=UPDATE, headers=headers, query_string=fields)


def log(store: Store) -> list[dict[str, object]]:
    assert store.folder
    path = store.folder / "writes.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_an_update_by_direct_post_is_seen_by_the_next_query(client: FlaskClient, token: dict[str, str]) -> None:
    """Its answer has no content."""
    assert not asks(client, ADDED)
    answer = post(client, ADD, token)
    assert (answer.status_code, answer.data) == (204, b"")
    assert asks(client, ADDED)


def test_an_update_by_a_form_does_the_same(client: FlaskClient, token: dict[str, str]) -> None:
    """The field is called update."""
    assert client.post("/sparql", data={"update": ADD}, headers=token).status_code == 204
    assert asks(client, ADDED)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer averment_guessed"},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic ZGVzazpkZXNr"},
        {"Authorization": "\x00"},
        {"Cookie": "token=averment_guessed"},
    ],
)
def test_without_a_token_nothing_is_written(
    client: FlaskClient, store: Store, token: dict[str, str], headers: dict[str, str]
) -> None:
    """Neither directly nor by a form, which a page of any site can have a browser send."""
    assert token
    for answer in (post(client, ADD, headers), client.post("/sparql", data={"update": ADD}, headers=headers)):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer realm=averment"
        assert answer.json["title"] == "No token"
    assert not asks(client, ADDED)
    assert log(store) == []


def test_a_token_in_the_address_or_in_the_body_is_none(client: FlaskClient, token: dict[str, str]) -> None:
    """It would stand in logs and histories, and a form of another site could carry it."""
    shown = token["Authorization"].removeprefix("Bearer ")
    assert post(client, ADD, access_token=shown).status_code == 401
    assert client.post("/sparql", data={"update": ADD, "access_token": shown}).status_code == 401


def test_a_revoked_token_is_refused_at_once(client: FlaskClient, store: Store, token: dict[str, str]) -> None:
    """The server need not be started again."""
    assert post(client, ADD, token).status_code == 204
    tokens.revoke(store, "desk")
    assert post(client, "DROP ALL", token).status_code == 401
    assert asks(client, ADDED)


def test_an_update_by_get_is_refused(client: FlaskClient, token: dict[str, str]) -> None:
    """A link must not change data."""
    assert client.get("/sparql", query_string={"update": "DROP ALL"}, headers=token).status_code == 400


@pytest.mark.parametrize(
    ("update", "status"),
    [
        ("INSERT DATA {", 400),
        ("SELECT * { ?s ?p ?o }", 400),
        ("LOAD <http://127.0.0.1:1/>", 422),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 422),
        ("\\u004COAD <http://127.0.0.1:1/>", 422),
        ("DROP GRAPH <a:none>", 422),
        ("INSERT DATA " + "{" * 100, 422),
        ("#" * 4_000_001, 413),
        ("#" * 5_000_000, 413),
        ("INSERT { ?a ?b ?n } WHERE { " + "".join(f"?a{n} ?b{n} ?c{n} . " for n in range(9)) + "}", 504),
    ],
)
def test_an_update_that_fails_has_a_status_of_its_own(
    client: FlaskClient, token: dict[str, str], update: str, status: int
) -> None:
    """And leaves the data as they were."""
    before = client.application.extensions["averment.guard"].generation
    answer = post(client, update, token)
    assert (answer.status_code, answer.json["status"]) == (status, status)
    assert answer.mimetype == "application/problem+json"
    assert "Traceback" not in answer.text
    assert client.application.extensions["averment.guard"].generation == before


def test_a_syntax_error_has_line_and_column(client: FlaskClient, token: dict[str, str]) -> None:
    """In the text that was sent."""
    answer = post(client, "DROP ALL ;\nINSERT ALL", token)
    assert answer.json["line"] == 2
    assert answer.json["detail"].startswith(f"line 2, column {answer.json['column']}: this is not SPARQL")


def test_bytes_that_are_no_utf_8_are_refused(client: FlaskClient, token: dict[str, str]) -> None:
    """Nothing is put in their place."""
    answer = client.post("/sparql", data=ADD.encode() + b"#\xff", content_type=UPDATE, headers=token)
    assert answer.status_code == 400
    assert not asks(client, ADDED)


@pytest.mark.parametrize("content_type", [f"{UPDATE}; charset=UTF-16", "text/plain", ""])
def test_other_media_types_and_charsets_are_415(client: FlaskClient, token: dict[str, str], content_type: str) -> None:
    """A browser can send some of them for another site without asking."""
    assert client.post("/sparql", data=ADD, content_type=content_type, headers=token).status_code == 415


def test_using_graph_uri_names_the_default_graph_of_patterns(client: FlaskClient, token: dict[str, str]) -> None:
    """Several are taken together."""
    post(client, "INSERT DATA { GRAPH <a:1> { <a:x> <a:in> 1 } GRAPH <a:2> { <a:y> <a:in> 2 } }", token)
    copied = "INSERT { GRAPH <a:out> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    address = "/sparql?using-graph-uri=a:1&using-graph-uri=a:2"
    assert client.post(address, data=copied, content_type=UPDATE, headers=token).status_code == 204
    assert asks(client, "ASK { GRAPH <a:out> { <a:x> <a:in> 1 . <a:y> <a:in> 2 } }")
    assert not asks(client, "ASK { GRAPH <a:out> { ?claim a sdo:Claim } }")


def test_using_named_graph_uri_names_the_named_graphs(client: FlaskClient, token: dict[str, str]) -> None:
    """The default graph is then empty."""
    post(client, "INSERT DATA { GRAPH <a:1> { <a:x> <a:in> 1 } GRAPH <a:2> { <a:y> <a:in> 2 } }", token)
    update = "INSERT { GRAPH <a:out> { ?s ?p ?o } } WHERE { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } }"
    form = {"update": update, "using-named-graph-uri": "a:2"}
    assert client.post("/sparql", data=form, headers=token).status_code == 204
    found = client.get("/sparql", query_string={"query": "SELECT * { GRAPH <a:out> { ?s ?p ?o } }"}).json["results"]
    assert [row["s"]["value"] for row in found["bindings"]] == ["a:y"]


def test_graphs_in_the_request_and_in_the_text_are_refused(client: FlaskClient, token: dict[str, str]) -> None:
    """The protocol says so."""
    update = "DELETE { ?s ?p ?o } USING <a:1> WHERE { ?s ?p ?o }"
    answer = client.post("/sparql?using-graph-uri=a:2", data=update, content_type=UPDATE, headers=token)
    assert answer.status_code == 422


@pytest.mark.parametrize("iri", ["no-scheme", "a:b c", "a:b>", "http://a/\r\nSet-Cookie: x"])
def test_a_graph_that_is_no_iri_is_400(client: FlaskClient, token: dict[str, str], iri: str) -> None:
    """It goes nowhere near a header or a text of SPARQL."""
    answer = post(client, "DELETE WHERE { ?s ?p ?o }", token, **{"using-graph-uri": iri})
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


def test_a_field_of_queries_is_refused_in_an_update(client: FlaskClient, token: dict[str, str]) -> None:
    """To ignore it would change more than was meant."""
    answer = post(client, "DELETE WHERE { ?s ?p ?o }", token, **{"default-graph-uri": "a:b"})
    assert answer.status_code == 400


def test_the_log_has_every_write_and_never_the_token(client: FlaskClient, store: Store, token: dict[str, str]) -> None:
    """Two lines each, before and after, also for those that fail."""
    post(client, ADD, token)
    post(client, "INSERT DATA {", token)
    client.put("/graphs?graph=a:g", data="<a:a> <a:b> 1, 2 .", content_type="text/turtle", headers=token)
    lines = log(store)
    assert [(line["kind"], line["status"]) for line in lines] == [
        ("UPDATE", "begun"), ("UPDATE", 200), ("UPDATE", "begun"), ("UPDATE", 400), ("PUT", "begun"), ("PUT", 200),
    ]  # fmt: skip
    assert {line["token"] for line in lines} == {"desk"}
    assert (lines[0]["bytes"], lines[1]["generation"]) == (len(ADD), 2)
    assert (lines[5]["graph"], lines[5]["quads"], lines[5]["write"]) == ("a:g", 2, lines[4]["write"])
    assert token["Authorization"].removeprefix("Bearer ") not in json.dumps(lines)
    assert store.folder
    assert (store.folder / "writes.jsonl").stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_logged_is_not_written(
    client: FlaskClient, token: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is met before anything is changed."""

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    answer = post(client, ADD, token)
    monkeypatch.undo()
    assert (answer.status_code, answer.json["title"]) == (507, "No room")
    assert not asks(client, ADDED)


def test_half_a_line_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next line begins where it should."""
    from averment_server.write_log import Entry

    written = WriteLog(tmp_path)
    entry = Entry(token="desk", kind="UPDATE", graph=None, bytes=1)  # noqa: S106 - a name
    written.begin(entry)
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, line: write(file, line[:10]))
    with pytest.raises(StoreError):
        written.begin(entry)
    monkeypatch.undo()
    written.begin(entry)
    lines = (tmp_path / "writes.jsonl").read_text().splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["begun", "begun"]


def test_another_program_at_the_store_is_503_with_a_time_to_come_back(
    client: FlaskClient, store: Store, token: dict[str, str]
) -> None:
    """An ingest, for one; reading goes on."""
    with store.writer():
        answer = post(client, ADD, token)
        assert not asks(client, ADDED)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert str(store.folder) not in answer.text


def test_a_name_that_is_made_to_lead_here_cannot_write(client: FlaskClient, token: dict[str, str]) -> None:
    """Not even with a token."""
    for address in ("/sparql", "/graphs?default"):
        headers = {**token, "Host": "evil.example"}
        assert client.post(address, data=ADD, content_type=UPDATE, headers=headers).status_code == 421


def test_scripts_of_other_sites_may_not_send_a_token(client: FlaskClient) -> None:
    """The browser asks first, and is not told that they may."""
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Headers": "authorization"}
    answer = client.options("/sparql", headers={**asked, "Access-Control-Request-Method": "POST"})
    assert "authorization" not in answer.headers.get("Access-Control-Allow-Headers", "").lower()


def test_compressed_bodies_are_refused(client: FlaskClient, token: dict[str, str]) -> None:
    """A few bytes of them can be a great many."""
    headers = {**token, "Content-Encoding": "gzip"}
    for address, kind in (("/sparql", UPDATE), ("/graphs?default", "text/turtle")):
        assert client.post(address, data=b"\x1f\x8b", content_type=kind, headers=headers).status_code == 415


def test_a_body_without_a_length_is_read_within_limits(client: FlaskClient, token: dict[str, str]) -> None:
    """As it comes in pieces."""
    from io import BytesIO

    for size, status in ((10, 204), (5 << 20, 413)):
        answer = client.post(
            "/sparql",
            input_stream=BytesIO(b"DROP ALL #" + b"x" * size),
            content_type=UPDATE,
            headers={**token, "Transfer-Encoding": "chunked"},
            environ_overrides={"wsgi.input_terminated": True},
        )
        assert answer.status_code == status


def test_a_large_body_without_a_token_is_not_read(client: FlaskClient) -> None:
    """Queries are shorter by far."""
    assert post(client, "#" * (2 << 20)).status_code == 413
    assert client.put("/graphs?default", data=b"#" * (2 << 20), content_type="text/turtle").status_code == 401
