"""Every IRI as data, and what data a format may hold."""

import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse

from averment import iris, triples
from averment.model import Extraction
from averment.store.formats import RDF_FORMATS, by_name
from averment.vocabulary import AV

ENDINGS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
}


@pytest.mark.parametrize(("ending", "media_type"), ENDINGS.items())
def test_ending_and_accept_give_the_same(client: FlaskClient, about: str, ending: str, media_type: str) -> None:
    for path in (about, f"{about}/claim/0-112", f"{about}/entity/jo-lind", f"{about}/passage/0-112"):
        by_ending = client.get(f"{path}.{ending}", headers={"Accept": "text/html"})
        by_accept = client.get(path, headers={"Accept": media_type})
        assert by_ending.status_code == 200
        assert by_ending.mimetype == by_accept.mimetype == media_type
        assert by_ending.data == by_accept.data
        assert "Accept" in by_accept.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        (None, "text/html"),
        ("*/*", "text/html"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/turtle, text/html;q=0.5", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("image/png", "text/html"),
    ],
)
def test_people_get_pages_and_who_names_rdf_gets_that(
    client: FlaskClient, about: str, accept: str | None, mimetype: str
) -> None:
    assert client.get(about, headers={"Accept": accept} if accept else {}).mimetype == mimetype


def test_an_article_as_data_is_everything_read_from_it(client: FlaskClient, about: str, extraction: Extraction) -> None:
    answer = client.get(about + ".trig")
    found = set(parse(answer.data, format=RdfFormat.TRIG))
    expected = [quad for quad in triples.quads(extraction) if "/software/" not in str(quad.subject)]
    assert found == set(expected)


def test_what_claims_say_is_never_asserted(client: FlaskClient, about: str, extraction: Extraction) -> None:
    """Formats without graphs leave it out; those with graphs keep it in the claim's own."""
    claim = iris.within(iris.source(extraction.source), extraction.claims[0].id)
    for ending in ("ttl", "nt"):
        graph = rdflib.Graph().parse(data=client.get(f"{about}/claim/0-112.{ending}").data, format=ending)
        assert not list(graph.triples((None, rdflib.URIRef(AV.paid.value), None)))
        assert list(graph.triples((None, rdflib.URIRef(AV.attribution.value), None)))
    for ending in ("trig", "jsonld"):
        format_ = by_name(ending, RDF_FORMATS).engine
        quads = list(parse(client.get(f"{about}/claim/0-112.{ending}").data, format=format_))
        assert {quad.graph_name for quad in quads if quad.predicate == AV.paid} == {claim}


def test_pages_point_to_their_data(client: FlaskClient, about: str) -> None:
    links = client.get(about).headers.getlist("Link")
    assert f'<{about}.ttl>; rel="alternate"; type="text/turtle"' in links
    assert len(links) == len(ENDINGS) + 2  # annotations and reviews, too
    assert len(client.get(f"{about}/entity/jo-lind").headers.getlist("Link")) == len(ENDINGS)


def test_iris_with_odd_characters_are_found(client: FlaskClient) -> None:
    guard = client.application.extensions["averment.guard"]
    odd = NamedNode(iris.BASE + "é/%20?x")
    with guard._store.writer() as writer:  # noqa: SLF001 - the store of this client
        from pyoxigraph import Literal, Quad

        from averment.vocabulary import RDFS

        writer.change(add=[Quad(odd, RDFS.label, Literal("odd"))])
    answer = client.get("/id/%C3%A9/%2520%3Fx")
    assert answer.status_code == 200
    assert "odd" in answer.text
