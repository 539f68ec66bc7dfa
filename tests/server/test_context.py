"""The JSON-LD context is served as it is published."""

import pyoxigraph as ox
from flask.testing import FlaskClient

from averment.jsonld import context
from averment.vocabulary import SDO


def test_the_context_is_served_and_kept(client: FlaskClient) -> None:
    answer = client.get("/context.jsonld")
    assert (answer.status_code, answer.content_type) == (200, "application/ld+json")
    assert answer.text == context()
    assert client.get("/context.jsonld", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_what_is_served_makes_terms_of_names() -> None:
    text = context().rstrip().removesuffix("}") + ', "@id": "https://example.org/a", "text": "words"}'
    (quad,) = ox.parse(text, format=ox.RdfFormat.JSON_LD)
    assert quad.predicate == SDO.text
