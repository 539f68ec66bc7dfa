"""The words around a claim, and the sentence of its chain."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad

from averment import iris
from averment.store import Store
from averment.vocabulary import SDO
from averment_server.ask import Record, records
from averment_server.claim_page import _word_end, _word_start

TEXT = "one two paid $2 million to"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (99, TEXT),
        (len(TEXT) - 1, "one two paid $2 million"),
        (len("one two paid $2 million"), "one two paid $2 million"),
        (len("one two paid $2 m"), "one two paid"),
        (len("one two paid $2"), "one two paid"),
        (len("one two pai"), "one two"),
        (len("one two"), "one two"),
        (len("one tw"), "one"),
    ],
)
def test_the_context_ends_with_a_whole_word_and_no_bare_number(at: int, shown: str) -> None:
    assert TEXT[: _word_end(TEXT, at, 0)] == shown


def test_the_context_is_never_shorter_than_the_claim() -> None:
    assert _word_end("one two", 5, 5) == 5
    assert _word_end("one $2 two", 8, 3) == 3
    assert _word_start("one two", 1, 2) == 1
    assert [_word_start("one\ntwo", at, 7) for at in (-1, 0, 1, 4)] == [0, 0, 4, 4]


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        ("reported", "Ostport Wire reports, according to Harbour Gazette, that Jo Lind wrote (in an email):"),
        ("wrote", "Ostport Wire reports that Harbour Gazette reported, according to Jo Lind (in an email):"),
    ],
)
def test_according_to_goes_before_whom_it_names(
    client: FlaskClient, about: str, monkeypatch: pytest.MonkeyPatch, verb: str, sentence: str
) -> None:
    def changed(query: str, **values: NamedNode) -> list[Record]:
        found = records(query, **values)
        for record in found:
            if query == "claim-words" and record.words == verb:
                record.words = "According to"
        return found

    monkeypatch.setattr("averment_server.claim_page.records", changed)
    text = client.get(f"{about}/claim/115-150").text
    shown = re.search(r'<p class="sentence">(.*?)<q>', text, re.DOTALL)
    assert shown
    assert " ".join(re.sub("<[^>]*>", "", shown[1]).split()) == sentence


def test_a_restated_source_says_so_and_no_link_promises_its_words(
    client: FlaskClient, store: Store, about: str
) -> None:
    promise = "Open the source"
    paths = [about + "/claim/115-150", about + "/entity/jo-lind"]
    assert all(promise in client.get(path).text for path in paths)
    article = NamedNode(iris.BASE + about.removeprefix("/id/"))
    with store.writer() as writer:
        writer.change(add=[Quad(article, SDO.disambiguatingDescription, Literal("Told in <other> words."))])
    assert all(promise not in client.get(path).text for path in paths)
    page = client.get(about).text
    assert '<p class="note">Told in &lt;other&gt; words.</p>' in page
    assert ">The source</a>" in page
    assert re.search("<h1>.*Told in", unescape(page), re.DOTALL)


def test_a_pronoun_is_shown_as_the_guess_that_it_is(client: FlaskClient, about: str) -> None:
    text = client.get(f"{about}/claim/115-150").text
    shown = re.search(r'<h2 id="guesses">.*?</ul>', text, re.DOTALL)
    assert shown
    words = " ".join(unescape(re.sub("<[^>]*>", " ", shown[0])).split())
    assert "“We”: Jo Lind 75 % , or Ann Brandt 6 %" in words
    assert 'id="guesses"' not in client.get(f"{about}/claim/0-112").text
