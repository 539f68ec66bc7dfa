"""Content negotiation, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.store.formats import RDF_FORMATS, RESULT_FORMATS
from averment_server.negotiate import choose, choose_profile, names_any, prefers_html

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.6", "text/tab-separated-values"),
        ("text/csv; q=0.5 , application/sparql-results+json ; q=0.4", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("*/*;q=0.1, text/csv", "text/csv"),
        ("text/*;q=0.9, text/csv;q=0.1, application/*;q=0.5", "text/tab-separated-values"),
        ("application/sparql-results+json;profile=x;q=0.3, text/csv;q=0.2", "application/sparql-results+json"),
        ("text/csv;q=high, text/tab-separated-values;q=0.1", "text/tab-separated-values"),
        ("nonsense, text/csv", "text/csv"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("nonsense", None),
    ],
)
def test_the_best_format_that_the_client_takes(accept: str | None, expected: str | None) -> None:
    chosen = choose(accept, RESULT_FORMATS)
    assert (chosen and chosen[1]) == expected


@pytest.mark.parametrize("format_", [*RESULT_FORMATS, *RDF_FORMATS], ids=lambda f: f.name)
def test_every_format_is_had_by_each_of_its_media_types(format_: object) -> None:
    formats = RESULT_FORMATS if format_ in RESULT_FORMATS else RDF_FORMATS
    for name in (format_.media_type, *format_.aliases):  # type: ignore[attr-defined]
        assert choose(name, formats) == (format_, name)


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("application/xhtml+xml", True),
        ("text/html;q=0.4, application/json;q=0.5", False),
        ("text/html, application/json", True),
        ("*/*", False),
        (None, False),
        ("application/json", False),
    ],
)
def test_only_who_names_html_gets_it(accept: str | None, *, html: bool) -> None:
    assert prefers_html(accept, RESULT_FORMATS) is html


def test_wanting_anything_names_nothing() -> None:
    assert not names_any("*/*", RDF_FORMATS)
    assert names_any("text/turtle;q=0.1, */*", RDF_FORMATS)
    assert not names_any("text/turtle;q=0", RDF_FORMATS)


@given(st.text(alphabet='abtextcsvq/*;=.,0159 -+\t"', max_size=80))
def test_no_header_is_an_error(accept: str) -> None:
    chosen = choose(accept, RESULT_FORMATS)
    assert chosen is None or chosen[0] in RESULT_FORMATS
    assert prefers_html(accept, RESULT_FORMATS) in (True, False)


NOTES, VERDICTS = "http://www.w3.org/ns/anno.jsonld", "https://schema.org/ClaimReview"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (f'application/ld+json;profile="{NOTES}"', NOTES),
        (f'application/ld+json; profile="{VERDICTS}"', VERDICTS),
        (f"application/ld+json; Profile={NOTES}", NOTES),
        (f'application/ld+json;q=0.7;profile="https://other.example {NOTES}"', NOTES),
        (f'application/ld+json;profile="{NOTES}", application/ld+json;q=0.5', NOTES),
        (f'application/ld+json;profile="{NOTES}", */*', NOTES),
        (f'application/ld+json;profile="{NOTES}", text/html;q=0.9', NOTES),
        (f'text/html, application/ld+json;profile="{NOTES}"', None),
        (f'application/ld+json;profile="{NOTES}";q=0.4, text/turtle', None),
        (f'application/ld+json;profile="{NOTES}";q=0', None),
        (f'application/ld+json;profile="{NOTES}";q=0.2, application/ld+json;profile="{VERDICTS}"', VERDICTS),
        (f'application/json;profile="{NOTES}"', None),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', None),
        ("application/ld+json", None),
        ("application/ld+json;profile=", None),
        ("*/*", None),
        (None, None),
    ],
)
def test_a_profile_of_json_ld_is_given_to_who_names_it(accept: str | None, expected: str | None) -> None:
    """And likes nothing else better; a profile that is not offered changes nothing."""
    assert choose_profile(accept, (NOTES, VERDICTS), RDF_FORMATS) == expected
