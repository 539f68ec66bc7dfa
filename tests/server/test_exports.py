"""Pictures and files over HTTP: each format, the filters, what is refused, and that nothing in them runs."""

import json
import xml.etree.ElementTree as ET
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from averment.exports import GRAPH_FORMATS, VIEWS

TYPES = {form.name: form.media_type for form in GRAPH_FORMATS if form.name != "png"}


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_every_view_is_there_in_every_format(client: FlaskClient, name: str, view: str) -> None:
    """With its media type; the same request gives the same bytes."""
    one, other = (client.get("/export", query_string={"view": view, "format": name}) for _ in range(2))
    assert (one.status_code, one.mimetype) == (200, TYPES[name])
    assert one.data == other.data
    assert one.headers["ETag"] == other.headers["ETag"]


def test_a_file_has_a_name_and_a_picture_is_shown(client: FlaskClient) -> None:
    """So that tools open what is saved."""
    saved = client.get("/export?view=money&format=gexf").headers["Content-Disposition"]
    assert saved == 'attachment; filename="money.gexf"'
    assert "Content-Disposition" not in client.get("/export?format=svg").headers


@pytest.mark.parametrize(("accept", "name"), [("image/svg+xml", "svg"), ("application/gexf+xml", "gexf")])
def test_a_client_may_ask_by_accept(client: FlaskClient, accept: str, name: str) -> None:
    """As for any other thing here."""
    answer = client.get("/export", headers={"Accept": accept})
    assert answer.mimetype == TYPES[name]
    assert "Accept" in answer.headers["Vary"]


def test_json_is_of_nodes_and_links(client: FlaskClient) -> None:
    """Where just JSON is asked for."""
    assert json.loads(client.get("/export", headers={"Accept": "application/json"}).data)["nodes"]


def test_people_get_a_page_to_choose_by(client: FlaskClient, about: str) -> None:
    """With the picture of what they chose, which works without a script, and with every format."""
    page = client.get("/export", query_string={"view": "money", "article": about}, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert 'value="money" selected' in page.text
    assert all(f"format={form.name}" in page.text for form in GRAPH_FORMATS if form.name in TYPES)
    assert "<script" not in page.text


def test_the_footer_of_a_page_leads_to_its_own_picture(client: FlaskClient, about: str) -> None:
    """Of the article, or of whomever the page is about."""
    assert "/export?article=https" in client.get(about, headers={"Accept": "text/html"}).text
    assert "/export?person=https" in client.get(f"{about}/entity/jo-lind", headers={"Accept": "text/html"}).text


def test_an_article_alone_is_shown(client: FlaskClient, about: str, about_hostile: str) -> None:
    """By the address of its page."""
    found = json.loads(client.get(f"/export?format=nodelink&article={about}").data)
    assert found["nodes"]
    assert about_hostile not in json.dumps(found)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("view=mony", "near: money"),
        ("format=gefx", "near: gexf"),
        ("format=svg&article=none", "no article"),
        ("format=svg&person=Jo+Lindt", "near: Jo Lind"),
        ("format=svg&status=acepted", "near: accepted"),
        ("format=svg&from=yesterday", "is not a date"),
        ("format=svg&person=" + "x" * 2_000, "characters"),
        ("format=svg&article=%00%3Cscript%3E", "no article"),
    ],
)
def test_what_is_unknown_is_said(client: FlaskClient, query: str, words: str) -> None:
    """As an error of whoever asks."""
    answer = client.get(f"/export?{query}", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert words in answer.get_json(force=True)["detail"]


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_nothing_in_a_picture_runs(client: FlaskClient, view: str, about_hostile: str) -> None:
    """Whatever the names of an article try; its links lead to pages of this server or to the web."""
    query = {"view": view, "article": about_hostile}
    root = ET.fromstring(client.get("/export", query_string={**query, "format": "svg"}).data)  # noqa: S314 - our own
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "marker", "path", "rect", "text", "g", "a"}
    links = {element.attrib["href"] for element in root.iter() if "href" in element.attrib}
    assert all(link.startswith("http://localhost/id/") for link in links)
    page = client.get("/export", query_string={**query, "format": "html"})
    assert "script" not in page.headers["Content-Security-Policy"]
    assert "<script" not in page.text
    assert "javascript:" not in page.text.replace("address: javascript:", "")


def test_a_spreadsheet_has_no_formula(client: FlaskClient) -> None:
    """Where a name of an article would be one."""
    answer = client.get("/export?format=spreadsheet&view=everything")
    assert b"'=cmd|" in ZipFile(BytesIO(answer.data)).read("nodes.csv")


def test_an_export_only_reads(client: FlaskClient) -> None:
    """There is nothing to send to it."""
    assert client.post("/export?format=svg").status_code == 405
    assert client.head("/export?format=svg").status_code == 200
