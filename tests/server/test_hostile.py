"""An article that attacks its readers: every text of it is shown as text, everywhere."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from averment import iris
from averment.store import Store
from averment.vocabulary import SDO, XSD
from averment_server.problems import MEANINGS

PATHS = ["/", "/articles", "/people", "/organizations", "/documents", "/payouts"]
BELOW = [
    "",
    "/claim/0-101",
    "/claim/0-25",
    "/entity/brunn",
    "/entity/jo-lind",
    "/attribution/publisher",
    "/payout/18-22",
]


class Links(HTMLParser):
    """Notes every tag and every address."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one tag."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]


@pytest.fixture
def pages(client: FlaskClient, about_hostile: str) -> dict[str, str]:
    """Every page on which the article's texts stand."""
    paths = [*PATHS, *(about_hostile + path for path in BELOW)]
    answers = {path: client.get(path, headers={"Accept": "text/html"}) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(paths, 200)
    return {path: answer.text for path, answer in answers.items()}


def test_no_text_becomes_markup(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        found = Links(text)
        assert not found.tags & {"script", "img", "b", "iframe", "style"}, path
        assert not [name for name in found.attributes if name.startswith("on")], path


def test_the_texts_are_shown_all_the_same(pages: dict[str, str], about_hostile: str) -> None:
    assert "<script>alert(1)</script> & 'quotes\"" in unescape(pages["/articles"])
    assert "onerror=alert(2)>" in unescape(pages["/organizations"])
    assert "javascript:alert(document.domain)" in unescape(pages[about_hostile])


def test_every_link_is_to_this_site_or_to_the_web(pages: dict[str, str]) -> None:
    for text in pages.values():
        for address in Links(text).addresses:
            assert urlsplit(address).scheme in {"", "https"}, address
            assert not address.startswith("//")


def test_every_answer_has_the_headers_that_keep_it_harmless(client: FlaskClient, about_hostile: str) -> None:
    for path in (*PATHS, about_hostile, about_hostile + ".ttl", "/sparql", "/nothing", "/static/style.css", "/healthz"):
        with client.get(path, headers={"Accept": "text/html"}) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_the_style_sheet_and_the_pages_fetch_from_nowhere_else(client: FlaskClient, pages: dict[str, str]) -> None:
    with client.get("/static/style.css") as answer:
        sheet = answer.text
    assert "@import" not in sheet
    assert "url(" not in sheet
    for text in pages.values():
        assert not re.findall(r'<link[^>]*href="(?!/)', text)


def test_control_characters_are_shown_as_such(client: FlaskClient, store: Store, about_hostile: str) -> None:
    article = NamedNode(iris.BASE + about_hostile.removeprefix("/id/"))
    with store.writer() as writer:
        writer.change(add=[Quad(article, SDO.disambiguatingDescription, Literal("a\x07b\x1b[31mc\x85\td\n"))])
    for text in (
        client.get(about_hostile, headers={"Accept": "text/html"}).text,
        client.get("/sparql?format=html&query=SELECT%20%2A%20%7B%3Fs%20sdo:disambiguatingDescription%20%3Fo%7D").text,
    ):
        assert "a�b�[31mc�\td" in text
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)


def test_a_number_that_is_too_large_to_be_summed_breaks_no_page(
    client: FlaskClient, store: Store, about_hostile: str
) -> None:
    number = Literal("9" * 34, datatype=XSD.decimal)
    with store.writer() as writer:
        amount = NamedNode(iris.BASE + about_hostile.removeprefix("/id/") + "/amount/18-22")
        (old,) = (quad for quad in _quads(client, amount) if quad.predicate == SDO.value)
        writer.change(remove=[old], add=[Quad(amount, SDO.value, number)])
    for path in ("/payouts", about_hostile + "/entity/brunn"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert "cannot be summed" in answer.text
    assert f"{int('9' * 34):,}" in client.get("/payouts").text


def _quads(client: FlaskClient, node: NamedNode) -> list[Quad]:
    found = client.get("/id/" + node.value.removeprefix(iris.BASE) + ".trig")
    return list(parse(found.data, format=RdfFormat.TRIG))


def test_a_defect_shows_no_trace(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("averment_server.pages.first", fail)
    answer = client.get("/", headers={"Accept": "text/html"})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_store_that_vanishes_shows_no_folder(client: FlaskClient, store: object) -> None:
    import shutil

    folder = store.folder  # type: ignore[attr-defined]
    shutil.rmtree(folder)
    answer = client.get("/articles", headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert str(folder) not in answer.text


METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PURGE"])
TYPES = st.sampled_from(
    [
        "",
        "application/sparql-query",
        "application/sparql-update",
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-7",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "text/turtle",
        "application/ld+json",
        "application/rdf+xml",
        "text/turtle; charset=\x01",
    ]
)
BODIES = st.one_of(
    st.binary(max_size=60),
    st.text(alphabet="<>{}()[]'\"\\/:;.,?=&%#@ \nabcASKUPDTE0\x00é", max_size=60).map(str.encode),
    st.sampled_from(
        [b"query=ASK{}", b"update=DROP+ALL", b"ASK{}", b"--x\r\n\r\n\r\n--x--", b"{}", b"<a:a> <a:b> <a:c> ."]
    ),
)
TARGETS = st.sampled_from(
    ["/sparql", "/sparql?", "/graphs", "/graphs?default", "/graphs?graph=a:b", "/graphs/a", "/.well-known/void"]
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(METHODS, TARGETS, st.text(max_size=20), TYPES, BODIES)
def test_any_request_is_answered_or_told_what_is_wrong(
    client: FlaskClient, method: str, target: str, more: str, kind: str, body: bytes
) -> None:
    """By a problem with a title, a status that has a meaning, and a sentence; nothing is ever a defect."""
    address = f"{target}{'&' if '?' in target else '?'}{quote(more, safe='=&%+')}"
    answer = client.open(address, method=method, data=body, headers={"Content-Type": kind})
    assert answer.status_code != 500
    if answer.status_code >= 400:
        assert answer.status_code in MEANINGS
        assert answer.mimetype == "application/problem+json"
        if method != "HEAD":
            assert answer.json["status"] == answer.status_code
            assert answer.json["title"] == MEANINGS[answer.status_code].title
            assert answer.json["detail"]
