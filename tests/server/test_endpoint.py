"""The SPARQL endpoint over HTTP: one behaviour a test."""

import json
import socket
from urllib.parse import quote, urlencode

import pytest
import rdflib
from flask.testing import FlaskClient

from averment.store import Store
from averment.store.guard import Limits
from averment_server.app import close, create_app
from averment_server.problems import MEANINGS
from averment_server.settings import Settings

ASK = "ASK { ?x a sdo:Claim }"
NAMES = "SELECT ?name { ?x a sdo:Person ; rdfs:label ?name } ORDER BY ?name"
GRAPH = "CONSTRUCT { ?x rdfs:label ?name } { ?x a sdo:Person ; rdfs:label ?name }"
FORM = "application/x-www-form-urlencoded"


def get(client: FlaskClient, query: str, accept: str | None = None, **fields: str):  # noqa: ANN201 - werkzeug's own
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql?" + urlencode({"query": query, **fields}), headers=headers)


def test_get_post_form_and_post_direct_give_the_same(client: FlaskClient) -> None:
    answers = [
        get(client, ASK),
        client.post("/sparql", data={"query": ASK}),
        client.post("/sparql", data=ASK, content_type="application/sparql-query"),
        client.post("/sparql", data=ASK.encode(), content_type="application/sparql-query; charset=UTF-8"),
    ]
    assert {(answer.status_code, answer.content_type) for answer in answers} == {
        (200, "application/sparql-results+json")
    }
    assert {answer.data for answer in answers} == {b'{"head":{},"boolean":true}'}


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (NAMES, None, "application/sparql-results+json"),
        (NAMES, "application/json", "application/json"),
        (NAMES, "application/sparql-results+xml", "application/sparql-results+xml"),
        (NAMES, "text/csv", "text/csv; charset=utf-8"),
        (NAMES, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (GRAPH, None, "text/turtle; charset=utf-8"),
        (GRAPH, "application/n-triples", "application/n-triples"),
        (GRAPH, "application/ld+json", "application/ld+json"),
        (GRAPH, "application/rdf+xml", "application/rdf+xml"),
        (GRAPH, "text/csv, text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_accept_decides_the_format(client: FlaskClient, query: str, accept: str | None, content_type: str) -> None:
    answer = get(client, query, accept)
    assert (answer.status_code, answer.content_type) == (200, content_type)
    assert b"Brandt" in answer.data
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(("name", "content_type"), [("csv", "text/csv"), ("srx", "application/sparql-results+xml")])
def test_a_named_format_goes_before_accept(client: FlaskClient, name: str, content_type: str) -> None:
    assert get(client, NAMES, "text/html", format=name).mimetype == content_type


@pytest.mark.parametrize(
    ("query", "accept"), [(NAMES, "text/turtle"), (GRAPH, "text/csv"), (NAMES, "image/png"), (GRAPH, "text/turtle;q=0")]
)
def test_a_format_that_cannot_be_had_is_406(client: FlaskClient, query: str, accept: str) -> None:
    answer = get(client, query, accept)
    assert answer.status_code == 406
    assert answer.json["detail"]


def test_a_format_of_the_other_kind_is_refused_with_those_that_would_do(client: FlaskClient) -> None:
    assert "text/turtle" in get(client, GRAPH, "application/json").json["detail"]
    assert get(client, GRAPH, format="json").json["detail"].endswith("application/trig or application/n-quads")
    assert get(client, NAMES, "text/turtle").json["detail"].endswith("text/csv or text/tab-separated-values")


def test_an_unknown_format_is_named_with_those_there_are(client: FlaskClient) -> None:
    answer = get(client, ASK, format="docx")
    assert answer.status_code == 400
    assert "docx" in answer.json["detail"]
    assert "turtle" in answer.json["detail"]


def test_syntax_errors_are_400_with_line_and_column(client: FlaskClient) -> None:
    answer = get(client, "SELECT *\n WHERE ?s")
    assert answer.status_code == 400
    assert (answer.json["line"], answer.json["column"]) == (2, 8)


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "GET", "query_string": [("query", ASK), ("query", ASK)]},
        {"method": "GET", "query_string": {"update": "CLEAR ALL"}},
        {"method": "GET", "query_string": {"query": ""}},
        {"method": "POST", "data": {"query": [ASK, ASK]}},
        {"method": "POST", "data": {"update": "CLEAR ALL", "query": ASK}},
        {"method": "POST", "data": {"query": ASK, "using-graph-uri": "a:b"}},
        {"method": "GET", "query_string": {"query": ASK, "default-graph-uri": "no IRI"}},
        {"method": "GET", "query_string": "query=ASK%7B%7D%ff"},
        {"method": "POST", "data": b"query=ASK%7B%7D%ff", "content_type": FORM},
        {"method": "POST", "data": b"query=ASK{}\xff", "content_type": FORM},
        {"method": "POST", "data": ASK, "query_string": {"query": ASK}, "content_type": "application/sparql-query"},
        {"method": "GET", "query_string": "&".join(["a=b"] * 2_000)},
        {"method": "POST", "data": {"q": ASK}},
        {"method": "POST", "query_string": {"query": ASK}, "content_type": FORM},
        {"method": "POST", "data": b"ASK { ?s ?p '\xff' }", "content_type": "application/sparql-query"},
        {"method": "POST", "data": "CLEAR ALL", "content_type": "application/sparql-query"},
    ],
)
def test_requests_that_break_the_protocol_are_400(client: FlaskClient, request_: dict) -> None:
    answer = client.open("/sparql", **request_)
    assert answer.status_code == 400
    assert answer.json["detail"]


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "", "multipart/form-data", "application/sparql-query; charset=UTF-16"],
)
def test_other_media_types_are_415(client: FlaskClient, content_type: str) -> None:
    assert client.post("/sparql", data=ASK, content_type=content_type).status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405(client: FlaskClient, method: str) -> None:
    assert client.open("/sparql", method=method, data=ASK).status_code == 405


def test_the_graphs_of_the_request_are_the_dataset(client: FlaskClient) -> None:
    payouts = "ASK { ?x a av:Payout }"
    assert get(client, payouts).json["boolean"] is False
    found = get(client, "SELECT ?g { GRAPH ?g { ?x a av:Payout } } LIMIT 1").json["results"]["bindings"][0]["g"][
        "value"
    ]
    assert get(client, payouts, **{"default-graph-uri": found}).json["boolean"] is True
    assert get(client, "ASK { GRAPH ?g { ?x a av:Payout } }", **{"named-graph-uri": "a:b"}).json["boolean"] is False
    assert get(client, payouts, union="1").json["boolean"] is True


def test_without_a_query_programs_get_a_service_description(client: FlaskClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.data, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef("http://localhost/sparql")
    assert (service, sd.endpoint, service) in graph
    assert (service, rdflib.RDF.type, sd.Service) in graph
    assert len(set(graph.objects(service, sd.resultFormat))) == 10
    assert client.get("/sparql").mimetype == "text/turtle"
    assert client.get("/sparql", headers={"Accept": "application/ld+json"}).mimetype == "application/ld+json"
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_head_has_the_headers_and_no_body(client: FlaskClient) -> None:
    answer = client.head("/sparql?query=" + quote(ASK))
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.content_type == "application/sparql-results+json"


def test_a_runaway_query_is_504_and_the_server_goes_on(client: FlaskClient) -> None:
    answer = get(client, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert answer.status_code == 504
    assert "1 seconds" in answer.json["detail"]
    assert get(client, ASK).status_code == 200


def test_a_huge_answer_is_413_and_not_cut(client: FlaskClient) -> None:
    answer = get(client, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert answer.status_code == 413
    assert set(answer.json) == {"title", "status", "detail"}


def test_a_huge_query_is_413(client: FlaskClient) -> None:
    for query in ("#" * 30_000, "#" * 2_000_000):
        assert client.post("/sparql", data=query, content_type="application/sparql-query").status_code == 413
        assert client.post("/sparql", data={"query": query}).status_code == 413


@pytest.mark.parametrize("query", ["SELECT * " + "{" * 2_200 + "}" * 2_200, "ASK { FILTER(" + "!" * 5_000 + "true) }"])
def test_deep_queries_are_refused_before_any_parser(client: FlaskClient, query: str) -> None:
    assert get(client, query).status_code == 422
    assert get(client, ASK).status_code == 200


@pytest.mark.parametrize(
    "spelling", ["SERVICE", "service", "\\u0053ERVICE", "SERVICE SILENT", "SERVICE#\n", "1 SERVICE", "trueSERVICE"]
)
def test_no_query_makes_the_server_call_another(client: FlaskClient, spelling: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0)
        address = f"<http://127.0.0.1:{canary.getsockname()[1]}/>"
        assert get(client, f"SELECT * {{ ?s ?p {spelling} {address} {{ ?s ?p ?o }} }}").status_code == 422
        answer = get(client, f"SELECT * FROM {address} {{ ?s ?p ?o }}")  # noqa: S608 - SPARQL
        assert answer.json["results"]["bindings"] == []
        with pytest.raises(BlockingIOError):
            canary.accept()


def test_all_workers_taken_is_503_with_a_time_to_come_back(client: FlaskClient) -> None:
    guard = client.application.extensions["averment.guard"]
    while guard._outside.acquire(blocking=False):  # noqa: SLF001 - as if others had them
        pass
    answer = get(client, ASK)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/payouts").status_code == 200


def test_protocol_csv_is_exact_and_spreadsheet_csv_is_safe(client: FlaskClient) -> None:
    query = "SELECT ?x { VALUES ?x { '=1+1' '@a' '-5' '+x' '\\tb' 'plain' } }"
    exact = get(client, query, "text/csv").text.splitlines()
    safe = get(client, query, format="spreadsheet")
    assert exact == ["x", "=1+1", "@a", "-5", "+x", "\tb", "plain"]
    assert safe.text.splitlines() == ["x", "'=1+1", "'@a", "-5", "'+x", "'\tb", "plain"]
    assert "attachment" in safe.headers["Content-Disposition"]


def test_errors_are_json_for_programs(client: FlaskClient) -> None:
    answer = client.get("/sparql?query=nonsense", headers={"Accept": "*/*"})
    assert answer.mimetype == "application/problem+json"
    assert json.loads(answer.data)["detail"].startswith("line 1, column 9")


@pytest.mark.parametrize("union", ["1", "true", "yes"])
def test_an_answer_over_the_union_says_so(client: FlaskClient, union: str) -> None:
    """By a header for programs and a sentence for people; no other answer does."""
    payouts = "ASK { ?x a av:Payout }"
    answer = get(client, payouts, union=union)
    assert (answer.json["boolean"], "union" in answer.headers["Averment-Default-Graph"]) == (True, True)
    assert "was the union of all graphs" in get(client, payouts, union=union, format="html").text
    for other in ({}, {"union": "false"}, {"union": "0"}):
        assert "Averment-Default-Graph" not in get(client, payouts, **other).headers
        assert "was the union of all graphs" not in get(client, payouts, format="html", **other).text


def test_the_union_can_be_the_default_and_is_then_said_too(store: Store) -> None:
    """Whoever asks otherwise, or for graphs of their own, gets what they ask for."""
    app = create_app(store, Limits(workers=1), Settings(union=True))
    client, payouts = app.test_client(), "ASK { ?x a av:Payout }"
    try:
        assert "union" in get(client, payouts).headers["Averment-Default-Graph"]
        assert get(client, payouts).json["boolean"] is True
        assert get(client, payouts, union="false").json["boolean"] is False
        assert get(client, payouts, **{"default-graph-uri": "a:b"}).json["boolean"] is False
        assert b"UnionDefaultGraph" in client.get("/sparql").data
        assert 'name="union" value="0"' in get(client, payouts, format="html").text
    finally:
        close(app)


def test_every_status_has_one_meaning_and_is_on_the_about_page(client: FlaskClient) -> None:
    """A title and a sentence each, which problems have too."""
    page = client.get("/about").text
    for status, meaning in MEANINGS.items():
        assert f'<td data-label="Status">{status}</td>' in page
        assert meaning.title in page
    assert len({meaning.title for meaning in MEANINGS.values()}) == len(MEANINGS)
    assert client.get("/nothing", headers={"Accept": "application/json"}).json["title"] == MEANINGS[404].title


def test_void_says_what_there_is(client: FlaskClient, store: Store) -> None:
    """What claims say is counted apart: it is not asserted."""
    answer = client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.data, format="turtle")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    dataset, claims = (rdflib.URIRef(f"http://localhost/.well-known/void#{name}") for name in ("dataset", "claims"))
    sizes = [int(str(graph.value(part, void.triples))) for part in (dataset, claims)]
    assert sum(sizes) == len(store.view())
    assert min(sizes) > 0
    assert (dataset, void.sparqlEndpoint, rdflib.URIRef("http://localhost/sparql")) in graph


def test_options_says_what_there_is(client: FlaskClient) -> None:
    """For both protocols."""
    assert set(client.options("/sparql").headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_a_describe_is_rdf(client: FlaskClient) -> None:
    """As a CONSTRUCT is."""
    answer = get(client, "DESCRIBE ?x { ?x a sdo:Person }", "application/n-triples")
    assert (answer.mimetype, b"Brandt" in answer.data) == ("application/n-triples", True)
