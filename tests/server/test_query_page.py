"""The query page."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from averment_server.query_page import questions

HTML = {"Accept": "text/html"}


def page(client: FlaskClient, query: str, **fields: str) -> tuple[int, str]:
    answer = client.get("/sparql?" + urlencode({"query": query, **fields}), headers=HTML)
    assert answer.mimetype == "text/html"
    return answer.status_code, answer.text


def kept(text: str) -> str:
    """Give what stands in the page's text field."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", text, re.DOTALL)
    assert found
    return unescape(found[1])


def test_a_browser_gets_the_form(client: FlaskClient) -> None:
    answer = client.get("/sparql", headers=HTML)
    assert answer.status_code == 200
    assert '<label for="query">' in answer.text
    assert kept(answer.text) == ""


def test_the_query_is_kept_on_errors_with_the_line_shown(client: FlaskClient) -> None:
    query = "SELECT *\n WHERE ?s </textarea><script>"
    status, text = page(client, query)
    assert status == 400
    assert kept(text) == query
    assert "line 2, column 8" in text
    assert "<script>" not in text
    assert "       ↑" in text


def test_a_table_links_things_to_their_pages(client: FlaskClient, about: str) -> None:
    status, text = page(client, "SELECT ?x ?n { ?x a sdo:Person ; rdfs:label ?n } ORDER BY ?n")
    assert status == 200
    assert f'href="{about}/entity/jo-lind"' in text
    assert '<th scope="col">x</th>' in text
    assert "3 rows" in text


def test_ask_and_construct_are_shown_too(client: FlaskClient) -> None:
    assert "Yes." in page(client, "ASK { ?x a sdo:Claim }")[1]
    assert "No." in page(client, "ASK { ?x a <a:b> }")[1]
    assert "@prefix" in page(client, "CONSTRUCT { ?x a sdo:Person } { ?x a sdo:Person }")[1]


def test_the_same_answer_can_be_had_in_every_format(client: FlaskClient) -> None:
    text = page(client, "SELECT ?n { ?x a sdo:Person ; rdfs:label ?n }", union="1")[1]
    links = [unescape(link) for link in re.findall(r'href="(/sparql\?[^"]*union=1)"', text)]
    assert len(links) == 5
    for link in links:
        answer = client.get(link, headers=HTML)
        assert answer.status_code == 200
        assert answer.mimetype != "text/html"


def test_a_long_table_says_that_it_is_cut(client: FlaskClient) -> None:
    values = " ".join(str(n) for n in range(1_200))
    text = page(client, f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")[1]
    assert "1,200 rows" in text
    assert "only the first 1,000 are shown" in text
    assert text.count('<td data-label="x">') == 1_000


def test_limits_are_stated(client: FlaskClient) -> None:
    assert "A query may take 1 seconds" in client.get("/sparql", headers=HTML).text


def test_hostile_values_are_text(client: FlaskClient) -> None:
    query = "SELECT ?a ?b { BIND('<script>x</script>' AS ?a) BIND(<javascript:alert(1)> AS ?b) }"
    text = page(client, query)[1]
    answer = text[text.index('id="answer"') :]
    assert "<script>" not in text
    assert 'href="javascript' not in text
    assert "&lt;script&gt;" in answer
    assert "javascript:alert(1)" in answer


def test_a_name_that_is_no_identifier_is_text_too(client: FlaskClient) -> None:
    assert page(client, "SELECT (1 AS ?é) { }")[0] == 200


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.words)
def test_every_canned_question_is_answered(client: FlaskClient, question) -> None:  # noqa: ANN001 - a Question
    answer = client.get(question.address, headers=HTML)
    assert answer.status_code == 200
    assert kept(answer.text) == question.query
    assert question.words.endswith("?")


def test_triple_terms_are_shown(client: FlaskClient) -> None:
    status, text = page(client, "SELECT ?t { BIND(TRIPLE(<a:s>, <a:p>, 'o') AS ?t) }")
    assert status == 200
    assert "a:s" in text
