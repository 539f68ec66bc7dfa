"""The views of a store: what each shows, what filters leave of it, and that nothing is there twice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest
from pyoxigraph import NamedNode

from averment import identity, review
from averment.errors import InputError
from averment.exports import VIEWS, GraphView, Wanted, network, view_called
from averment.exports.values import Network
from averment.ingest import ingest
from averment.model import Extraction
from averment.review import Status
from averment.store import Store, View


@pytest.fixture
def view(extraction: Extraction) -> View:
    """The article read by hand."""
    return _stored([extraction]).view()


def _stored(extractions: Iterable[Extraction]) -> Store:
    store = Store()
    ingest(store, list(extractions))
    return store


def links(graph: Network) -> set[tuple[str, str, str]]:
    label = {node: str(data["label"]) for node, data in graph.nodes(data=True)}
    return {(label[a], data["relation"], label[b]) for a, b, data in graph.edges(data=True)}


DENIAL = "We did not lobby Senator Ann Brandt"


def test_who_says_what_leads_from_the_outlet_to_the_words(view: View) -> None:
    """Through whom, in which document, and whom the words name."""
    assert {
        ("Ostport Wire", "cites", "Harbour Gazette"),
        ("Harbour Gazette", "cites", "Jo Lind"),
        ("Jo Lind", "through", "an email"),
        ("Jo Lind", "says", DENIAL),
        ("an email", "holds", DENIAL),
        (DENIAL, "mentions", "Ann Brandt"),
    } <= links(network(view, view_called("who-says-what")))


def test_relations_are_what_claims_say(view: View) -> None:
    """Between things, without the claims."""
    graph = network(view, view_called("relations"))
    assert ("Harbour Gazette", "obtained", "A spreadsheet") in links(graph)
    assert ("A spreadsheet", "lists", "payout of $1,250.50") in links(graph)
    assert "claim" not in {data["kind"] for _, data in graph.nodes(data=True)}


def test_money_leads_from_the_payer_to_the_amount_and_the_incident(view: View) -> None:
    """With the amount as a number beside its words."""
    graph = network(view, view_called("money"))
    assert links(graph) == {
        ("the city of Ostport", "paid", "payout of $1,250.50"),
        ("payout of $1,250.50", "amounts to", "$1,250.50"),
        ("payout of $1,250.50", "over", "a 2014 arrest"),
        ("A spreadsheet", "lists", "payout of $1,250.50"),
    }
    amounts = [data for _, data in graph.nodes(data=True) if data["kind"] == "amount"]
    assert [(one["value"], one["currency"], one["written"]) for one in amounts] == [(1250.5, "USD", "$1,250.50")]
    times = {data["times"] for _, data in graph.nodes(data=True) if "times" in data}
    assert times == {"2014-01-01/2014-12-31"}


def test_sources_say_what_rests_on_what(view: View) -> None:
    """From the outlet to the document that its words come from."""
    found = links(network(view, view_called("sources")))
    assert ("Ostport Wire", "published", "Payouts <in> Ostport & beyond") in found
    assert ("Payouts <in> Ostport & beyond", "rests on", "an email") in found
    assert ("Ostport Wire", "rests on", "Harbour Gazette") in found


def test_everything_has_what_the_other_views_have(view: View) -> None:
    """Every thing of them, and every claim's words as they are."""
    everything = network(view, view_called("everything"))
    for shown in VIEWS:
        assert set(network(view, shown)) <= set(everything)


@pytest.mark.parametrize("shown", VIEWS, ids=lambda shown: shown.name)
def test_a_view_is_one_query_that_begins_with_its_question(shown: GraphView, view: View) -> None:
    """As all queries of the project do; and it is the same graph each time."""
    text = files("averment").joinpath("queries", f"{shown.query}.rq").read_text()
    assert text.startswith("# ")
    assert text.splitlines()[0].endswith("?")
    one, other = network(view, shown), network(view, shown)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))


@pytest.mark.parametrize("shown", VIEWS, ids=lambda shown: shown.name)
def test_what_is_accepted_is_not_there_twice(shown: GraphView, extraction: Extraction) -> None:
    """Its content then stands in the default graph too, and the same links are shown as before."""
    store = _stored([extraction])
    before = Counter((a, b, d["relation"]) for a, b, d in network(store.view(), shown).edges(data=True))
    _review(store, Status.ACCEPTED)
    after = network(store.view(), shown)
    assert Counter((a, b, d["relation"]) for a, b, d in after.edges(data=True)) == before
    assert {d["status"] for *_, d in after.edges(data=True) if "status" in d} == {"accepted"}


def _review(store: Store, status: Status, words: str = "") -> None:
    """Decide on the claims that begin so."""
    at = datetime(2021, 6, 1, tzinfo=UTC)
    chosen = [one for one in review.reviewed(store.view()) if (one.words or "").startswith(words)]
    review.decide(store, {NamedNode(one.iri): review.Step(status=status, by="Kim Vale", at=at) for one in chosen})


@pytest.fixture
def both(extraction: Extraction, other_extraction: Extraction) -> Store:
    """Two articles that say the same."""
    return _stored([extraction, other_extraction])


def test_an_article_is_named_by_title_address_or_id(extraction: Extraction) -> None:
    """And by its IRI, and by the address of its page on any server."""
    view = _stored([extraction]).view()
    iri = view.sources()[0].value
    path = iri.partition("/id/")[2]
    whole = network(view)
    for name in (
        iri,
        f"http://127.0.0.1:8000/id/{path}",
        "https://wire.example/ostport?a=1&b=2",
        "payouts <IN> ostport & beyond",
        path.removeprefix("source/")[:8],
    ):
        assert set(network(view, wanted=Wanted(article=name))) == set(whole)


@pytest.mark.parametrize("shown", VIEWS, ids=lambda shown: shown.name)
def test_of_two_articles_one_is_shown(shown: GraphView, both: Store) -> None:
    """In every view, and nothing of the other."""
    article = both.view().sources()[0].value
    graph = network(both.view(), shown, Wanted(article=article))
    assert len(graph) > 3
    assert all(node.startswith(article) for node in graph)


@pytest.mark.parametrize("shown", VIEWS, ids=lambda shown: shown.name)
def test_a_person_is_shown_with_their_claims_alone(shown: GraphView, view: View) -> None:
    """Whoever they are said by or about."""
    graph = network(view, shown, Wanted(person="Ann  BRANDT"))
    claims = {data["claim"] for *_, data in graph.edges(data=True) if "claim" in data}
    assert len(claims) <= 1
    assert "A 2014 arrest" not in {data["label"] for _, data in graph.nodes(data=True)}


def test_who_is_confirmed_to_be_the_same_is_linked_and_found(both: Store) -> None:
    """By one edge without a claim; and a name finds the claims of both."""
    identity.propose(both)
    links_of_lind = [link for link in identity.links(both.view()) if "Jo Lind" in link.label]
    decision = identity.Decision(
        status=identity.Status.CONFIRMED, by="Kim Vale", at=datetime(2021, 6, 1, tzinfo=UTC), note=None
    )
    assert "same as" not in {data["relation"] for *_, data in network(both.view()).edges(data=True)}
    identity.decide(both, [link.iri.rpartition("/")[2] for link in links_of_lind], decision)
    graph = network(both.view())
    same = [(a, b) for a, b, data in graph.edges(data=True) if data["relation"] == "same as"]
    assert len(same) == 1
    assert len(network(both.view(), wanted=Wanted(person=same[0][0]))) == len(
        network(both.view(), wanted=Wanted(person="Jo Lind"))
    )


@pytest.mark.parametrize("shown", VIEWS, ids=lambda shown: shown.name)
def test_days_of_publication_are_included(shown: GraphView, view: View) -> None:
    """The first and the last; before and after there is nothing."""
    day = date(2021, 5, 7)
    whole = network(view, shown)
    assert set(network(view, shown, Wanted(since=day, until=day))) == set(whole)
    assert not network(view, shown, Wanted(since=date(2021, 5, 8)))
    assert not network(view, shown, Wanted(until=date(2021, 5, 6)))


def test_an_article_without_a_day_is_in_no_time(extraction: Extraction) -> None:
    """Nobody knows whether it was published then."""
    store = _stored([replace(extraction, source=replace(extraction.source, published=None))])
    assert len(network(store.view())) > 3
    assert not network(store.view(), wanted=Wanted(since=date(1900, 1, 1)))


@pytest.mark.parametrize("shown", VIEWS, ids=lambda shown: shown.name)
def test_a_status_leaves_its_claims(shown: GraphView, extraction: Extraction) -> None:
    """A claim that nobody has decided on is open."""
    store = _stored([extraction])
    _review(store, Status.REJECTED, DENIAL)
    graphs = {status: network(store.view(), shown, Wanted(status=status)) for status in ("rejected", "open")}
    for status, graph in graphs.items():
        assert {data["status"] for *_, data in graph.edges(data=True) if "status" in data} <= {status}
    assert not network(store.view(), shown, Wanted(status="accepted"))


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Wanted(article="Payouts in Ostport"), "Payouts <in> Ostport & beyond"),
        (Wanted(article="nothing at all"), "has no article"),
        (Wanted(person="Jo Lindt"), "near: Jo Lind"),
        (Wanted(person="https://w3id.org/averment/id/none"), "nobody and nothing"),
        (Wanted(status="acepted"), "near: accepted"),
        (Wanted(since=date(2021, 5, 8), until=date(2021, 5, 7)), "is after"),
    ],
)
def test_what_is_not_there_is_said_with_what_is_near(view: View, wanted: Wanted, message: str) -> None:
    """One sentence, for whatever is unknown."""
    with pytest.raises(InputError, match=message.replace("(", r"\(")):
        network(view, wanted=wanted)


def test_a_view_that_is_not_there_is_said_with_what_is_near() -> None:
    """With the names of all."""
    with pytest.raises(InputError, match=r"near: money.*who-says-what, relations"):
        view_called("moneys")
