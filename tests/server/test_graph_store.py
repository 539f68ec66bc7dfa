"""The Graph Store Protocol over HTTP: one behaviour a test."""

from io import BytesIO
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient

from averment import iris
from averment.model import Extraction
from averment.store.formats import RDF_FORMATS, Format
from averment.vocabulary import AV, RDF

TURTLE = "text/turtle"
GRAPH = "/graphs?graph=" + quote("http://example.org/g", safe="")
ONE, TWO = "<a:a> <a:b> 'one' .", "<a:a> <a:b> 'two' ."


def put(client: FlaskClient, token: dict[str, str], data: str = ONE, address: str = GRAPH, kind: str = TURTLE):  # noqa: ANN201 - werkzeug's own
    return client.put(address, data=data, content_type=kind, headers=token)


def values(client: FlaskClient, address: str = GRAPH) -> set[str]:
    answer = client.get(address, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200
    return {str(o) for o in rdflib.Graph().parse(data=answer.data, format="nt").objects()}


def test_put_makes_a_graph_and_says_where_it_is(client: FlaskClient, token: dict[str, str]) -> None:
    """201 the first time, 204 when it was there."""
    made = put(client, token)
    assert (made.status_code, made.data) == (201, b"")
    assert values(client, made.headers["Location"]) == {"one"}
    again = put(client, token, TWO)
    assert (again.status_code, values(client)) == (204, {"two"})


def test_post_adds_to_a_graph(client: FlaskClient, token: dict[str, str]) -> None:
    """And makes it where there is none."""
    statuses = [client.post(GRAPH, data=data, content_type=TURTLE, headers=token).status_code for data in (ONE, TWO)]
    assert (statuses, values(client)) == ([201, 204], {"one", "two"})


def test_post_to_no_graph_makes_a_new_one_each_time(client: FlaskClient, token: dict[str, str]) -> None:
    """Its address is its IRI."""
    made = [client.post("/graphs", data=ONE, content_type=TURTLE, headers=token) for _ in range(2)]
    places = {answer.headers["Location"] for answer in made}
    assert ([answer.status_code for answer in made], len(places)) == ([201, 201], 2)
    for place in places:
        assert values(client, place) == values(client, f"/graphs?graph={quote(place, safe='')}") == {"one"}


def test_delete_removes_a_graph(client: FlaskClient, token: dict[str, str]) -> None:
    """What is not there is 404."""
    put(client, token)
    assert client.delete(GRAPH, headers=token).status_code == 204
    assert client.get(GRAPH).status_code == client.head(GRAPH).status_code == 404
    assert client.delete(GRAPH, headers=token).status_code == 404


def test_an_empty_graph_is_there(client: FlaskClient, token: dict[str, str]) -> None:
    """It was made, and holds nothing."""
    assert put(client, token, "").status_code == 201
    assert (client.get(GRAPH).status_code, values(client)) == (200, set())


def test_the_default_graph_is_the_bookkeeping(client: FlaskClient, token: dict[str, str]) -> None:
    """It is always there; deleting it empties it, which a token's holder may do."""
    answer = client.get("/graphs?default", headers={"Accept": "application/n-triples"})
    assert (b"sdo" not in answer.data, b"https://schema.org/Claim" in answer.data) == (True, True)
    assert AV.Payout.value.encode() not in answer.data
    assert put(client, token, ONE, "/graphs?default").status_code == 204
    assert values(client, "/graphs?default") == {"one"}
    assert client.delete("/graphs?default", headers=token).status_code == 204
    assert values(client, "/graphs?default") == set()


def test_a_claims_graph_is_what_it_says(client: FlaskClient, extraction: Extraction) -> None:
    """And nothing about it."""
    said = next(claim for claim in extraction.claims if claim.payouts)
    claim = iris.within(iris.source(extraction.source), f"claim/{said.span.start}-{said.span.end}").value
    answer = client.get(f"/graphs?graph={quote(claim, safe='')}", headers={"Accept": "application/n-triples"})
    graph = rdflib.Graph().parse(data=answer.data, format="nt")
    assert (None, rdflib.RDF.type, rdflib.URIRef(AV.Payout.value)) in graph
    assert (rdflib.URIRef(claim), None, None) not in graph
    assert RDF.type.value.encode() in answer.data


def test_a_graph_can_be_named_by_its_own_address(client: FlaskClient, token: dict[str, str]) -> None:
    """The same graph is to be had by ?graph=."""
    assert put(client, token, "<> <a:b> 'self' .", "/graphs/person/1.ttl").headers["Location"] == (
        "http://localhost/graphs/person/1.ttl"
    )
    assert values(client, "/graphs/person/1.ttl") == {"self"}
    assert values(client, "/graphs?graph=http%3A%2F%2Flocalhost%2Fgraphs%2Fperson%2F1.ttl") == {"self"}


def test_relative_iris_are_resolved_against_the_graphs(client: FlaskClient, token: dict[str, str]) -> None:
    """Not against the address of the store."""
    put(client, token, "<> <b> <#c> .")
    assert (
        b"<http://example.org/g> <http://example.org/b> <http://example.org/g#c>"
        in client.get(GRAPH, headers={"Accept": "application/n-triples"}).data
    )


def test_the_iri_is_decoded_once(client: FlaskClient, token: dict[str, str]) -> None:
    """%2531 is %31 in the IRI, and not 1."""
    put(client, token, ONE, "/graphs?graph=http://example.org/%31")
    put(client, token, TWO, "/graphs?graph=http://example.org/%2531")
    assert values(client, "/graphs?graph=http://example.org/1") == {"one"}


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.name)
def test_every_format_is_written_and_read(client: FlaskClient, token: dict[str, str], format_: Format) -> None:
    """By its media type."""
    assert isinstance(format_.engine, ox.RdfFormat)
    triple = ox.Triple(ox.NamedNode("a:a"), ox.NamedNode("a:b"), ox.Literal("é", language="fr"))
    data = ox.serialize([triple], format=format_.engine) or b""
    assert client.put(GRAPH, data=data, content_type=format_.media_type, headers=token).status_code == 201
    for answer in (
        client.get(GRAPH, headers={"Accept": format_.media_type}),
        client.get(f"{GRAPH}&format={format_.name}", headers={"Accept": "text/html"}),
    ):
        assert answer.mimetype == format_.media_type
        assert [quad.triple for quad in ox.parse(answer.data, format=format_.engine)] == [triple]


def test_a_form_of_files_is_added_together(client: FlaskClient, token: dict[str, str]) -> None:
    """Each in its format; blank nodes of two files are two."""
    files = [
        (BytesIO(b"[] <a:b> 'one' ."), "one.ttl", TURTLE),
        (BytesIO(b'_:b0 <a:b> "two" .\n'), "two.nt", "application/n-triples"),
    ]
    assert client.post(GRAPH, data={"file": files}, headers=token).status_code == 201
    assert values(client) == {"one", "two"}
    assert client.get(GRAPH, headers={"Accept": "application/n-triples"}).data.count(b"_:") == 2


@pytest.mark.parametrize("data", [{}, {"a": "b"}, {"a": "b", "file": (BytesIO(b""), "a.ttl", TURTLE)}])
def test_a_form_of_anything_else_is_400(client: FlaskClient, token: dict[str, str], data: dict[str, object]) -> None:
    """A field would be dropped in silence."""
    answer = client.post(GRAPH, data=data, headers=token, content_type="multipart/form-data")
    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["put", "post", "delete"])
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer averment_guessed"}])
def test_without_a_token_nothing_is_written(client: FlaskClient, method: str, headers: dict[str, str]) -> None:
    """In no way."""
    address = "/graphs?default"
    before = client.get(address).data
    answer = getattr(client, method)(address, data=ONE, content_type=TURTLE, headers=headers)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer realm=averment")
    assert client.get(address).data == before


@pytest.mark.parametrize("header", ["If-Match", "If-None-Match", "If-Unmodified-Since", "Content-Range"])
def test_a_write_on_a_condition_is_not_done(client: FlaskClient, token: dict[str, str], header: str) -> None:
    """To ignore the condition would overwrite what the client meant to keep."""
    put(client, token)
    assert put(client, {**token, header: '"tag"'}, TWO).status_code == 422
    assert values(client) == {"one"}


def test_patch_is_405_with_the_methods_there_are(client: FlaskClient, token: dict[str, str]) -> None:
    """It is optional, and not there."""
    answer = client.patch(GRAPH, data="DROP ALL", content_type="application/sparql-update", headers=token)
    assert answer.status_code == 405
    assert {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"} == set(answer.headers["Allow"].split(", "))
    assert set(client.options(GRAPH).headers["Allow"].split(", ")) >= {"GET", "PUT"}


def test_head_is_get_without_the_body(client: FlaskClient, token: dict[str, str]) -> None:
    """With the same headers."""
    put(client, token)
    head, get = client.head(GRAPH), client.get(GRAPH)
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(get.data)))
    assert head.headers["ETag"] == get.headers["ETag"]


@pytest.mark.parametrize(
    "address",
    [
        "/graphs",
        "/graphs?graph=a:b&default",
        "/graphs?graph=a:b&graph=a:c",
        "/graphs/here?default",
        "/graphs?graph=",
        "/graphs?graph=relative",
        "/graphs?graph=http://a/%0D%0ASet-Cookie:%20x",
        "/graphs?graph=a:%ff",
        "/graphs?graph=a:b%3E%20%3Ca:c",
    ],
)
def test_a_graph_that_is_not_named_clearly_is_400(client: FlaskClient, token: dict[str, str], address: str) -> None:
    """Whether it is read or written."""
    for answer in (client.get(address), put(client, token, ONE, address), client.delete(address, headers=token)):
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("kind", "data", "status"),
    [
        (TURTLE, "<a:a> <a:b>", 400),
        (TURTLE, b"<a:a> <a:b> '\xff' .", 400),
        ("application/rdf+xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', 400),
        ("application/ld+json", '{"@context": "http://127.0.0.1:1/", "@id": "a:a"}', 400),
        ("application/ld+json", '{"a:b":' * 5_000, 400),
        (TURTLE, "<a:a> <a:b> " + "(" * 20_000, 400),
        ("application/trig", "<a:g> { <a:a> <a:b> <a:c> }", 422),
        ("application/octet-stream", ONE, 415),
        ("", ONE, 415),
        ("text/turtle; charset=latin-1", ONE, 415),
        ("text/html", ONE, 415),
        (TURTLE, b"#" * (5 << 20), 413),
    ],
)
def test_what_cannot_be_taken_changes_nothing(
    client: FlaskClient, token: dict[str, str], kind: str, data: str | bytes, status: int
) -> None:
    """And is told in one sentence."""
    put(client, token)
    answer = client.put(GRAPH, data=data, content_type=kind, headers=token)
    assert (answer.status_code, answer.json["status"]) == (status, status)
    assert values(client) == {"one"}


def test_a_parse_error_has_line_and_column(client: FlaskClient, token: dict[str, str]) -> None:
    """Both counted from 1."""
    answer = put(client, token, "<a:a> <a:b> 1 .\n<a:a> !")
    assert (answer.json["line"], answer.json["column"]) == (2, 7)


def test_a_format_that_cannot_be_had_is_406(client: FlaskClient) -> None:
    """A graph is no table."""
    assert client.get("/graphs?default", headers={"Accept": "text/csv"}).status_code == 406


def test_statements_of_several_graphs_come_apart(client: FlaskClient, token: dict[str, str]) -> None:
    """One graph does not leak into another."""
    put(client, token, ONE, "/graphs?graph=a:1")
    put(client, token, TWO, "/graphs?graph=a:2")
    assert (values(client, "/graphs?graph=a:1"), values(client, "/graphs?graph=a:2")) == ({"one"}, {"two"})
