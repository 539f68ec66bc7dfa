"""Who an entity may be in other articles, as its page and its data show it."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from averment import iris
from averment.identity import Decision, Status, decide, links, propose
from averment.ingest import ingest
from averment.model import Extraction
from averment.store import Store
from averment.store.guard import Limits
from averment_server import create_app

Serve = Callable[[Store], FlaskClient]

HTML = {"Accept": "text/html"}
SECTION = re.compile(r'<section aria-labelledby="namesakes">(.*?)</section>', re.DOTALL)
CONFIRMED, PROPOSED, REJECTED, NAMESAKES = (
    "Confirmed to be the same",
    "May be the same: nobody has decided",
    "Not the same",
    "Named in the same words",
)


def plain(html: str) -> str:
    return unescape(" ".join(re.sub("<[^>]*>", "", html).split()))


def elsewhere(client: FlaskClient, about: str) -> dict[str, str]:
    """Give the lists of the section by their headings, as plain text."""
    found = SECTION.search(client.get(about, headers=HTML).text)
    assert found
    _, *parts = found[1].split("<h3>")
    lists = (part.partition("</h3>") for part in parts)
    return {heading: plain(body) for heading, _, body in lists}


def decided(store: Store, name: str, status: Status, note: str | None = None) -> None:
    chosen = [link.iri for link in links(store.view()) if all(name in side.iri for side in link.sides)]
    decide(store, chosen, Decision(status=status, by="Kim Vale", at=datetime(2021, 5, 8, tzinfo=UTC), note=note))


def path(extraction: Extraction, name: str) -> str:
    return f"/id/{iris.source(extraction.source).value.removeprefix(iris.BASE)}/entity/{name}"


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Write what was prepared in memory to a store in a folder, all at once, and give a client over it."""
    with ExitStack() as stack:

        def client(prepared: Store) -> FlaskClient:
            store = Store(tmp_path / "served")
            with store.writer() as writer:
                writer.change(add=prepared.view().all_quads())
            app = create_app(store, Limits(seconds=5.0, workers=1))
            stack.callback(app.extensions["averment.guard"].close)
            return app.test_client()

        yield client


@pytest.fixture
def prints(extraction: Extraction) -> list[Extraction]:
    """One article as four outlets print it."""
    others = [replace(extraction.source, publisher=name, title=f"As {name} has it") for name in "ABC"]
    return [extraction, *(replace(extraction, source=source) for source in others)]


@pytest.fixture
def prepared(prints: list[Extraction], hostile: Extraction) -> Store:
    """The prints and two of the hostile article, and what may be the same in them."""
    prepared = Store()
    ingest(prepared, [*prints, hostile, replace(hostile, source=replace(hostile.source, publisher="Evil too"))])
    propose(prepared)
    return prepared


def test_without_links_there_are_namesakes_only(
    serve: Serve, extraction: Extraction, hostile: Extraction, about: str
) -> None:
    store = Store()
    ingest(store, [extraction, hostile])
    assert list(elsewhere(serve(store), f"{about}/entity/jo-lind")) == [NAMESAKES]


def test_proposals_have_their_reasons_and_stand_apart_from_namesakes(
    serve: Serve, prepared: Store, prints: list[Extraction]
) -> None:
    """Four prints are three questions: one print is in all of them, and each other in one."""
    client = serve(prepared)
    shown = [elsewhere(client, path(one, "ann-brandt")) for one in prints]
    assert all("(link: same full name, same role)" in lists[PROPOSED] for lists in shown)
    assert sorted(lists[PROPOSED].count("Ann Brandt in") for lists in shown) == [1, 1, 1, 3]
    assert sorted(lists.get(NAMESAKES, "").count("Ann Brandt in") for lists in shown) == [0, 2, 2, 2]


def test_confirmed_links_say_who_decided_and_lead_to_others(
    serve: Serve, prepared: Store, prints: list[Extraction]
) -> None:
    decided(prepared, "ann-brandt", Status.CONFIRMED, "same <office>")
    client = serve(prepared)
    for one in prints:
        lists = elsewhere(client, path(one, "ann-brandt"))
        assert list(lists) == [CONFIRMED]
        assert "confirmed by Kim Vale on 2021-05-08: “same <office>”" in lists[CONFIRMED]
        assert lists[CONFIRMED].count("Ann Brandt in") == 3


def test_what_is_rejected_is_told(serve: Serve, prepared: Store, prints: list[Extraction]) -> None:
    decided(prepared, "ann-brandt", Status.REJECTED)
    client = serve(prepared)
    for one in prints:
        assert "rejected by Kim Vale on 2021-05-08" in elsewhere(client, path(one, "ann-brandt"))[REJECTED]


def test_an_entity_that_is_gone_is_told_of(serve: Serve, prepared: Store, prints: list[Extraction]) -> None:
    decided(prepared, "ann-brandt", Status.CONFIRMED)
    first = prints[0]
    entities = tuple(entity for entity in first.entities if entity.name != "ann-brandt")
    ingest(prepared, [replace(first, entities=entities, claims=first.claims[:1])], replace=True)
    client = serve(prepared)
    shown = [client.get(path(one, "ann-brandt"), headers=HTML) for one in prints]
    assert {answer.status_code for answer in shown} == {200}
    assert any("no longer named in its article" in answer.text for answer in shown)


def test_a_link_has_a_page_and_data_with_its_decisions(serve: Serve, prepared: Store, prints: list[Extraction]) -> None:
    decided(prepared, "ann-brandt", Status.CONFIRMED)
    client = serve(prepared)
    about = path(prints[0], "ann-brandt")
    (link, *_) = re.findall(r'href="(/id/identity/\w+)"', client.get(about, headers=HTML).text)
    assert "Ann Brandt / Ann Brandt" in client.get(link, headers=HTML).text
    data = client.get(f"{link}.ttl").text
    assert "av:IdentityDecision" in data
    assert '"Kim Vale"' in data
    assert "skos:exactMatch" in client.get(f"{about}.ttl").text


@pytest.mark.parametrize("query", ["counts", "people", "organizations", "documents", "payouts", "payout-sums"])
def test_what_is_listed_and_counted_does_not_change(prepared: Store, query: str) -> None:
    before = prepared.view().rows(f"pages/{query}")
    decided(prepared, "entity", Status.CONFIRMED)
    assert prepared.view().rows(f"pages/{query}") == before


def test_hostile_names_and_notes_are_text(serve: Serve, prepared: Store, about_hostile: str) -> None:
    decided(prepared, "entity", Status.CONFIRMED, "<script>alert(3)</script>")
    client = serve(prepared)
    for name in ("brunn", "jo-lind", "evil"):
        text = client.get(f"{about_hostile}/entity/{name}", headers=HTML).text
        assert CONFIRMED in text
        assert "<script" not in text
        assert "<img" not in text
