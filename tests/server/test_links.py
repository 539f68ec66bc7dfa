"""Addresses: what becomes a link, and to where."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.iris import BASE
from averment_server.links import iri_of, page_of, passage_address, web_address


@pytest.mark.parametrize(
    "address", ["http://a.example", "https://a.example/b?c=d&e#f", "HTTPS://A.example/", "https://ä.example/ü"]
)
def test_web_addresses_become_links(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://a.example",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example",
        "/a",
        "https:",
        "https:///a",
        "http:\\\\a.example",
        "https://a.example/ b",
        'https://a.example/"onclick="x',
        "https://[::1",
    ],
)
def test_nothing_else_does(address: str | None) -> None:
    assert web_address(address) is None


@given(st.text(max_size=40))
def test_a_page_leads_back_to_its_iri(path: str) -> None:
    page = page_of(BASE + path) if not any("\ud800" <= c <= "\udfff" for c in path) else None
    if page is not None:
        assert iri_of(unquote(page.removeprefix("/id/"))) == BASE + path
        assert not set(page) & set('?#"<> \\')


def test_iris_of_others_have_no_page() -> None:
    assert page_of("https://example.org/id/x") is None


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("plain words", "plain%20words"),
        ("a well-known, one & only", "a%20well%2Dknown%2C%20one%20%26%20only"),
        ("one two three four five six seven eight nine ten eleven twelve thirteen", None),
        ("two\nlines", "two,lines"),
        ("“We did”", "%E2%80%9CWe%20did%E2%80%9D"),
    ],
)
def test_a_passage_is_named_by_its_words(words: str, fragment: str | None) -> None:
    fragment = fragment or "one%20two%20three%20four%20five%20six,eight%20nine%20ten%20eleven%20twelve%20thirteen"
    assert passage_address("https://a.example/b", words) == f"https://a.example/b#:~:text={fragment}"


def test_a_fragment_that_is_there_is_kept() -> None:
    assert passage_address("https://a.example/b#c", "d") == "https://a.example/b#c:~:text=d"
    assert passage_address("javascript:alert(1)", "d") is None
