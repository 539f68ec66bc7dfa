"""Annotations and reviews over HTTP: by field, ending and Accept; what they leave out; what is refused."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from averment import iris
from averment.errors import BusyError
from averment.evidence import Act, How, Offer, add, bring
from averment.exports.interchange import INTERCHANGE, Wishes
from averment.model import Extraction, Span
from averment.review import Rating, Status, Step, decide
from averment.sources import Metadata
from averment.store import Store
from averment.store.guard import Limits
from averment_server import parts
from averment_server.address import Site
from averment_server.answers import NOT_CARRIED, SECURITY
from averment_server.app import close, create_app
from averment_server.settings import Settings

ANNOTATIONS, REVIEWS = "annotations", "claimreview"
OF_ANNOTATIONS = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
OF_REVIEWS = 'application/ld+json;profile="https://schema.org/ClaimReview"'
DAY = datetime(2021, 5, 8, 10, tzinfo=UTC)
JSON = {"Accept": "application/json"}


@pytest.fixture
def claim(store: Store, extraction: Extraction, hostile: Extraction) -> NamedNode:
    """A claim that was rejected and rated, with evidence from the other article; its words attack nobody."""
    claim = iris.within(iris.source(extraction.source), extraction.claims[0].id)
    source = bring(store.view(), iris.source(hostile.source).value, Metadata())
    act = Act(by="Kim Vale", at=DAY, note="</script><b>seen</b>")
    add(store, Offer(claim=claim, how=How.DISPUTES, source=source, span=Span(0, 12), act=act))
    decide(store, {claim: Step(status=Status.REJECTED, by="Kim Vale", at=DAY, rating=Rating.FALSE)})
    return claim


def page_of(claim: NamedNode) -> str:
    return "/id/" + claim.value.removeprefix(iris.BASE)


@pytest.mark.parametrize(("name", "accept"), [(ANNOTATIONS, OF_ANNOTATIONS), (REVIEWS, OF_REVIEWS)])
def test_field_ending_and_accept_give_the_same(client: FlaskClient, claim: NamedNode, name: str, accept: str) -> None:
    """Of a claim and of its article, with every header that an answer has here."""
    for path in (page_of(claim), page_of(claim).partition("/claim/")[0]):
        by_field = client.get(path, query_string={"format": name})
        by_accept = client.get(path, headers={"Accept": accept})
        by_ending = client.get(f"{path}.{name}.json", headers={"Accept": "text/html"})
        assert by_field.status_code == 200
        assert by_field.data == by_accept.data == by_ending.data
        assert by_field.mimetype == "application/ld+json"
        assert "profile" in by_accept.headers["Content-Type"]
        assert "Accept" in by_accept.headers["Vary"]
        assert by_field.headers["ETag"]
        assert all(by_field.headers[header] == value for header, value in SECURITY.items())
        again = client.get(path, query_string={"format": name}, headers={"If-None-Match": by_field.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_a_claim_has_its_annotation_its_review_and_the_evidence(client: FlaskClient, claim: NamedNode) -> None:
    page = client.get(page_of(claim), query_string={"format": ANNOTATIONS}).get_json(force=True)
    tagging, linking = page["items"]
    assert tagging["id"] == f"{claim.value}/annotation"
    assert [body["value"] for body in tagging["body"]] == ["claim", "rejected", "False"]
    assert linking["motivation"] == "linking"
    assert "id" not in page  # the name belongs to the page of all
    (review,) = client.get(page_of(claim), query_string={"format": REVIEWS}).get_json(force=True)
    assert review["reviewRating"]["alternateName"] == "False"


def test_all_of_a_store_is_what_the_command_line_gives(client: FlaskClient, store: Store, claim: NamedNode) -> None:
    """The same bytes, and as much that is left out."""
    assert claim
    for form in INTERCHANGE:
        content, losses = form.write(store.view(), Wishes())
        answer = client.get("/export", query_string={"format": form.name})
        assert answer.data == content
        assert int(answer.headers[NOT_CARRIED]) == losses.total()
        assert answer.headers["Content-Disposition"] == f'attachment; filename="claims.{form.ending}"'


def test_a_document_has_the_evidence_that_is_in_it(
    client: FlaskClient, store: Store, claim: NamedNode, tmp_path: Path
) -> None:
    """And its page leads there."""
    (tmp_path / "audit.txt").write_text("The city paid 214 times.\n", encoding="utf-8")
    source = bring(store.view(), str(tmp_path / "audit.txt"), Metadata(title="Audit"))
    act = Act(by="Kim Vale", at=DAY)
    add(store, Offer(claim=claim, how=How.SUPPORTS, source=source, span=Span(0, 13), act=act))
    path = page_of(source.iri)
    (one,) = client.get(path, headers={"Accept": OF_ANNOTATIONS}).get_json(force=True)["items"]
    assert one["target"]["selector"][0]["exact"] == "The city paid"
    assert f'href="{path}?format=annotations"' in client.get(path, headers={"Accept": "text/html"}).text


def test_what_is_left_out_is_counted_in_a_header_and_reported_where_that_leads(
    client: FlaskClient, claim: NamedNode, about: str
) -> None:
    assert claim
    for path in (page_of(claim), about, "/export"):
        answer = client.get(path, query_string={"format": ANNOTATIONS})
        link = next(link for link in answer.headers.getlist("Link") if "describedby" in link)
        report = client.get(link.partition("<")[2].partition(">")[0])
        assert report.mimetype == "application/json"
        told = report.get_json()
        assert told["lost"] == int(answer.headers[NOT_CARRIED]) == sum(one["times"] for one in told["what"])
        assert told["what"][0]["times"] >= told["what"][-1]["times"]


@pytest.mark.parametrize("unit", ["code-points", "utf-16", "bytes"])
def test_offsets_are_in_the_unit_that_is_asked_for(
    client: FlaskClient, about_hostile: str, hostile: Extraction, unit: str
) -> None:
    """The text begins with a character outside the basic plane."""
    coding, width = {"code-points": ("utf-32-le", 4), "utf-16": ("utf-16-le", 2), "bytes": ("utf-8", 1)}[unit]
    data = hostile.source.text.encode(coding)
    answer = client.get(about_hostile, query_string={"format": ANNOTATIONS, "units": unit})
    for one in answer.get_json(force=True)["items"]:
        quote, position = one["target"]["selector"]
        assert data[position["start"] * width : position["end"] * width].decode(coding) == quote["exact"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"status": "rejected"}, 1),
        ({"status": "accepted"}, 0),
        ({"person": "the city of Ostport"}, 1),
        ({"from": "2021-05-08"}, 0),
        ({"to": "2021-05-07", "status": "rejected"}, 1),
    ],
)
def test_a_part_is_asked_for_as_a_view_is(
    client: FlaskClient, claim: NamedNode, query: dict[str, str], count: int
) -> None:
    assert claim
    assert len(client.get("/export", query_string={"format": REVIEWS, **query}).get_json(force=True)) == count


def test_an_export_can_be_asked_for_by_accept(client: FlaskClient, claim: NamedNode, about: str) -> None:
    answer = client.get("/export", query_string={"article": about}, headers={"Accept": OF_REVIEWS})
    assert answer.data == client.get("/export", query_string={"article": about, "format": REVIEWS}).data
    assert json.loads(answer.data)[0]["url"] == claim.value


@pytest.fixture
def newsroom(store: Store) -> Iterator[FlaskClient]:
    """A client of a server that knows whose reviews it publishes."""
    site = Site(address="https://facts.example/", publisher="</script>Desk", publisher_address="https://desk.example")
    app = create_app(store, Limits(workers=2), Settings(site=site))
    try:
        yield app.test_client()
    finally:
        close(app)


def test_a_page_has_the_review_in_it_for_search_engines(
    newsroom: FlaskClient, client: FlaskClient, claim: NamedNode, extraction: Extraction
) -> None:
    """Once; not of a claim that nobody has rated, nor where the server does not know whose it is. Nothing ends it."""
    html = {"Accept": "text/html"}
    begins, ends = '<script type="application/ld+json">', "</script>"
    before, _, rest = newsroom.get(page_of(claim), headers=html).text.partition(begins)
    inside, _, after = rest.partition(ends)
    assert json.loads(inside) == newsroom.get(page_of(claim), query_string={"format": REVIEWS}).get_json(force=True)
    assert "<script" not in before + after
    assert "script-src" not in newsroom.get(page_of(claim), headers=html).headers["Content-Security-Policy"]
    other = iris.within(iris.source(extraction.source), extraction.claims[1].id)
    assert begins not in newsroom.get(page_of(other), headers=html).text
    assert begins not in client.get(page_of(claim), headers=html).text


def test_a_page_is_there_without_its_review_where_too_many_ask(
    newsroom: FlaskClient, claim: NamedNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is for people first."""

    def busy(*_: object, **__: object) -> bytes:
        raise BusyError("all workers are taken")

    monkeypatch.setattr(parts.Asked, "turtle", busy)
    page = newsroom.get(page_of(claim), headers={"Accept": "text/html"})
    assert (page.status_code, "<script" in page.text) == (200, False)


def test_reviews_are_the_newsrooms_where_the_server_knows_it(newsroom: FlaskClient, claim: NamedNode) -> None:
    """And their addresses those of its pages."""
    (review,) = newsroom.get(page_of(claim), query_string={"format": REVIEWS}).get_json(force=True)
    assert review["author"] == {"@type": "Organization", "name": "</script>Desk", "url": "https://desk.example"}
    assert review["url"] == f"https://facts.example{page_of(claim)}"


def test_pages_lead_to_them(client: FlaskClient, claim: NamedNode, about: str, about_hostile: str) -> None:
    """To reviews only where somebody has rated a claim; programs find them by Link."""
    for path in (page_of(claim), about):
        page = client.get(path, headers={"Accept": "text/html"})
        assert f'href="{path}?format=annotations"' in page.text
        assert f'href="{path}?format=claimreview"' in page.text
        assert sum("anno.jsonld" in link for link in page.headers.getlist("Link")) == 1
    other = client.get(about_hostile, headers={"Accept": "text/html"}).text
    assert "format=annotations" in other
    assert "format=claimreview" not in other
    chooser = client.get("/export", query_string={"article": about}, headers={"Accept": "text/html"}).text
    assert "format=annotations&amp;article=" in chooser
    assert "0.2384 MiB" in chooser  # what an answer may have here


@pytest.mark.parametrize(
    ("path", "query", "status", "words"),
    [
        ("/export", {"format": ANNOTATIONS, "view": "money"}, 400, "annotations have no views"),
        ("/export", {"format": ANNOTATIONS, "article": "none"}, 400, "no article"),
        ("/export", {"format": REVIEWS, "person": "nobody"}, 400, "nobody and nothing"),
        ("/export", {"format": REVIEWS, "status": "x" * 2_000}, 400, "more than 1,000 characters"),
        ("/export", {"format": REVIEWS, "units": "x" * 2_000}, 400, "more than 1,000 characters"),
        ("/export", {"format": ANNOTATIONS, "units": "utf-61"}, 400, "near: utf-16"),
        ("/export", {"format": "annotation"}, 400, "near: annotations"),
        ("ABOUT", {"format": "annotation"}, 400, "near: annotations"),
        ("ABOUT", {"format": "x" * 5_000}, 400, "no format of this"),
        ("ABOUT", {"format": "\x00<script>"}, 400, "no format of this"),
        ("ABOUT", {"format": ANNOTATIONS, "units": "\x00"}, 400, "no unit"),
        ("ABOUT/entity/jo-lind", {"format": ANNOTATIONS}, 406, "of claims, articles and documents"),
        ("ABOUT/nothing", {"format": ANNOTATIONS}, 404, "nothing is known"),
        ("ABOUT/nothing.annotations.json", {}, 404, "nothing is known"),
        ("/id/<>", {"format": REVIEWS}, 404, "nothing is known"),
    ],
)
def test_what_cannot_be_had_is_said(
    client: FlaskClient, about: str, path: str, query: dict[str, str], status: int, words: str
) -> None:
    answer = client.get(path.replace("ABOUT", about), query_string=query, headers=JSON)
    assert answer.status_code == status
    assert words in answer.get_json(force=True)["detail"]
    assert "\n" not in answer.get_json(force=True)["detail"]


def test_a_thing_without_annotations_is_what_it_was_to_who_asks_for_their_profile(
    client: FlaskClient, about: str
) -> None:
    """JSON-LD is JSON-LD."""
    answer = client.get(f"{about}/entity/jo-lind", headers={"Accept": OF_ANNOTATIONS})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/ld+json")


def test_formats_of_rdf_can_be_named_too(client: FlaskClient, about: str) -> None:
    for name, ending in (("turtle", "ttl"), ("jsonld", "jsonld")):
        assert client.get(about, query_string={"format": name}).data == client.get(f"{about}.{ending}").data
    assert client.get(about, query_string={"format": "html"}).mimetype == "text/html"


def test_what_is_too_large_is_refused_whole_with_what_to_do(store: Store) -> None:
    app = create_app(store, Limits(workers=2, answer=20_000))
    try:
        answers: list[Any] = [
            app.test_client().get("/export", query_string={"format": form}, headers=JSON)
            for form in (ANNOTATIONS, REVIEWS, "gexf")
        ]
    finally:
        close(app)
    for answer in answers:
        assert answer.status_code == 413
        assert "name an article" in answer.get_json(force=True)["detail"]
        assert "LIMIT" not in answer.get_json(force=True)["detail"]


def test_many_small_answers_are_bounded_as_one_is(store: Store, claim: NamedNode) -> None:
    """All that is read for one export together, though each question is answered with less."""
    assert claim
    whole = {"format": ANNOTATIONS, "status": "open"}
    sizes = {}
    for answer in (30_000, 1_000_000):
        app = create_app(store, Limits(workers=2, answer=answer))
        try:
            sizes[answer] = app.test_client().get("/export", query_string=whole, headers=JSON).status_code
        finally:
            close(app)
    assert sizes == {30_000: 413, 1_000_000: 200}
