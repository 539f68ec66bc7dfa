"""Review: what a newsroom stands behind, and what follows from it."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from averment import iris, triples
from averment.claims import find_claim, short_name
from averment.errors import InputError, StoreError
from averment.ingest import Outcome, ingest
from averment.model import Extraction
from averment.review import Rating, Status, decide, reviewed
from averment.review.content import asserted_by
from averment.store import Store, View
from averment.validate import Severity, load_shapes, validate_view
from averment.vocabulary import AV, SDO

from .conftest import step


def default(view: View) -> set[Quad]:
    return {quad for quad in view.all_quads() if quad.graph_name == DefaultGraph()}


def content(view: View, claim: NamedNode) -> set[Quad]:
    return {Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in view.graph(claim)}


def asked_for(view: View) -> set[str]:
    """Give what the rules have to say, which is what a policy warns of and nothing else."""
    results = validate_view(view, load_shapes()).results
    assert {result.severity for result in results} <= {Severity.WARNING}
    return {result.constraint for result in results}


def test_no_statement_of_a_claim_is_bookkeeping(extraction: Extraction) -> None:
    """So what acceptance puts into the default graph, and takes out of it, is never something else's."""
    quads = triples.quads(extraction)
    said = {quad.triple for quad in quads if quad.graph_name != DefaultGraph()}
    assert said
    assert not said & {quad.triple for quad in quads if quad.graph_name == DefaultGraph()}


def test_accepting_puts_what_a_claim_says_into_the_default_graph(store: Store, listing: NamedNode) -> None:
    said = content(store.view(), listing)
    assert said
    assert not said & default(store.view())
    (claim,) = decide(store, {listing: step(Status.ACCEPTED, note="seen the spreadsheet")})
    assert claim.status is Status.ACCEPTED
    assert said <= default(store.view())
    assert asked_for(store.view()) == {"accepted-has-evidence"}


@pytest.mark.parametrize("after", [Status.REJECTED, Status.OPEN, Status.CORRECTED])
def test_whoever_stands_behind_it_no_more_takes_it_out(store: Store, listing: NamedNode, after: Status) -> None:
    before = set(store.view().all_quads())
    decide(store, {listing: step(Status.ACCEPTED)})
    (claim,) = decide(store, {listing: step(after, 1)})
    assert [one.status for one in claim.steps] == [Status.ACCEPTED, after]
    assert not content(store.view(), listing) & default(store.view())
    assert before <= set(store.view().all_quads())
    assert validate_view(store.view(), load_shapes()).results == ()


def test_what_a_claim_denies_is_never_asserted(store: Store, denial: NamedNode) -> None:
    """Without its “not” the content would say the opposite of what was accepted."""
    assert content(store.view(), denial)
    decide(store, {denial: step(Status.ACCEPTED)})
    assert asserted_by(store.view(), denial) == set()
    assert not content(store.view(), denial) & default(store.view())


@pytest.mark.parametrize("alleged", [True, False])
def test_of_a_hedged_claim_only_what_says_that_it_is_alleged_is_asserted(
    extraction: Extraction, listing: NamedNode, *, alleged: bool
) -> None:
    hedged = replace(extraction.claims[0], hedges=(extraction.payouts[0].span,))
    payout = replace(extraction.payouts[0], alleged=alleged)
    store = Store()
    ingest(store, [replace(extraction, claims=(hedged, extraction.claims[1]), payouts=(payout,))])
    decide(store, {listing: step(Status.ACCEPTED)})
    asserted = {quad.predicate for quad in content(store.view(), listing) & default(store.view())}
    assert (AV.alleged in asserted) == alleged
    assert asserted.isdisjoint({AV.verb, AV.obtained, AV.paid})


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("Mayor Jane Doe paid Bob Roe $4,000.", True),
        ("Mayor Jane Doe said that Bob Roe paid $4,000.", True),
        ("Mayor Jane Doe lobbied against a plan to arrest Bob Roe.", False),
        ("Mayor Jane Doe failed to pay $3 million to Bob Roe.", False),
        ("Mayor Jane Doe stopped paying Bob Roe $9,000.", False),
        ("Mayor Jane Doe promised to pay Bob Roe $2,000.", False),
        ("Mayor Jane Doe pretended to pay Bob Roe $6,000.", False),
        ("Mayor Jane Doe almost paid Bob Roe $8,000.", False),
        ("Mayor Jane Doe would have paid Bob Roe $6,500.", False),
        ("Mayor Jane Doe never paid Bob Roe $6,500.", False),
        ("Mayor Jane Doe allegedly paid Bob Roe $4,000.", False),
        ("Did Mayor Jane Doe pay Bob Roe $1,000?", False),
        ("Nobody paid Bob Roe $7,000.", False),
        ("Few officers paid $13 million in settlements.", False),
        ("It is not true that Mayor Jane Doe paid Bob Roe $4,000.", False),
        ("If Mayor Jane Doe paid Bob Roe $4,000, she broke the law.", False),
        ("Mayor Jane Doe denied that Bob Roe paid $4,000.", False),
        ("Prosecutors dropped claims that Mayor Jane Doe paid Bob Roe $4,000.", False),
    ],
)
def test_nothing_is_asserted_that_the_words_do_not_say(
    read: Callable[[str], Extraction], text: str, *, is_said: bool
) -> None:
    """Whoever accepts every claim of a text stands behind what it says, and behind nothing else."""
    store = Store()
    ingest(store, [read(text)])
    decide(store, {NamedNode(claim.iri): step(Status.ACCEPTED) for claim in reviewed(store.view())})
    said = {quad.predicate for quad in default(store.view())} & {AV.paid, AV.arrested}
    done = {str(quad.object.value) for quad in default(store.view()) if quad.predicate == AV.verb}
    assert bool(said or "pay" in done) == is_said


def test_what_two_accepted_claims_say_stays_until_both_are_gone(extraction: Extraction) -> None:
    first = extraction.claims[0]
    second = replace(first, span=replace(first.span, end=first.span.end - 1))
    store = Store()
    ingest(store, [replace(extraction, claims=(first, second))])
    one, other = (iris.within(iris.source(extraction.source), claim.id) for claim in (first, second))
    decide(store, {one: step(Status.ACCEPTED), other: step(Status.ACCEPTED)})
    said = content(store.view(), one)
    decide(store, {one: step(Status.REJECTED, 1)})
    assert said <= default(store.view())
    decide(store, {other: step(Status.REJECTED, 2)})
    assert not said & default(store.view())


def test_after_any_steps_the_default_graph_has_what_is_accepted_and_nothing_else(
    extraction: Extraction, other_extraction: Extraction
) -> None:
    """Reviewed in any order, by one or several at a time, the graph is as if only the last steps had been taken."""
    rest = random.Random(7)  # noqa: S311 - any order will do, as long as it is the same each time
    store = Store()
    ingest(store, [extraction, other_extraction])
    before = set(store.view().all_quads())
    claims = [NamedNode(claim.iri) for claim in reviewed(store.view())]
    for hour in range(40):
        chosen = rest.sample(claims, rest.randint(1, len(claims)))
        decide(store, {claim: step(rest.choice(list(Status)), hour) for claim in chosen})
        view = store.view()
        accepted = [NamedNode(claim.iri) for claim in reviewed(view) if claim.status is Status.ACCEPTED]
        asserted = {quad for claim in accepted for quad in asserted_by(view, claim)}
        known = set().union(*(content(view, claim) for claim in claims))
        assert default(view) & known == asserted
        assert before <= set(view.all_quads())
    assert asked_for(store.view()) <= {"accepted-has-evidence", "accepted-anonymity-has-reason"}


def test_the_same_step_again_changes_nothing(store: Store, listing: NamedNode) -> None:
    decide(store, {listing: step(Status.ACCEPTED)})
    before = set(store.view().all_quads())
    decide(store, {listing: step(Status.ACCEPTED)})
    assert set(store.view().all_quads()) == before


def test_a_step_is_later_than_the_one_before(store: Store, listing: NamedNode, denial: NamedNode) -> None:
    decide(store, {listing: step(Status.ACCEPTED, 1)})
    before = set(store.view().all_quads())
    with pytest.raises(InputError, match=r"accepted by Kim Vale.*give a later time"):
        decide(store, {denial: step(Status.ACCEPTED), listing: step(Status.REJECTED)})
    assert set(store.view().all_quads()) == before


def test_an_article_that_is_read_again_keeps_its_reviews(
    store: Store, extraction: Extraction, listing: NamedNode
) -> None:
    decide(store, {listing: step(Status.ACCEPTED)})
    before = set(store.view().all_quads())
    assert [one.outcome for one in ingest(store, [extraction])] == [Outcome.UNCHANGED]
    retitled = replace(extraction, source=replace(extraction.source, title="Another title"))
    ingest(store, [retitled], replace=True)
    assert len(set(store.view().all_quads()) ^ before) == 4, "label and headline are others, and nothing else"
    assert reviewed(store.view(), listing)[0].status is Status.ACCEPTED
    assert asked_for(store.view()) == {"accepted-has-evidence"}


def test_an_accepted_claim_is_never_read_otherwise_in_silence(
    store: Store, extraction: Extraction, listing: NamedNode
) -> None:
    decide(store, {listing: step(Status.ACCEPTED)})
    before = set(store.view().all_quads())
    without = replace(extraction, claims=extraction.claims[1:])
    emptied = replace(extraction, claims=(replace(extraction.claims[0], actions=()), extraction.claims[1]))
    for other in (without, emptied):
        with pytest.raises(StoreError, match="averment review reopen"):
            ingest(store, [other], replace=True)
        assert set(store.view().all_quads()) == before
    decide(store, {listing: step(Status.OPEN, 1)})
    ingest(store, [without], replace=True)
    assert validate_view(store.view(), load_shapes()).results == ()
    assert len(store.view().texts("review/steps")) == 2, "the steps stay on record"


def test_a_claim_is_named_as_people_name_it(store: Store, listing: NamedNode) -> None:
    view, path = store.view(), listing.value.partition("/id/")[2]
    for name in (listing.value, short_name(listing.value), f"http://127.0.0.1:8000/id/{path}"):
        assert find_claim(view, name) == listing
    for name in ("", "ffffffff/1-2", "https://nowhere.example/", "a b", listing.value + "x"):
        with pytest.raises(InputError, match="averment review list"):
            find_claim(view, name)


def test_a_rating_stands_beside_its_step_and_keeps_to_the_shapes(store: Store, listing: NamedNode) -> None:
    """The step before it, without a rating, stays as it was."""
    rated = replace(step(Status.CORRECTED, 1), correction="paid $1,250", rating=Rating.HALF_TRUE)
    decide(store, {listing: step(Status.REJECTED)})
    (claim,) = decide(store, {listing: rated})
    assert [one.rating for one in claim.steps] == [None, Rating.HALF_TRUE]
    assert decide(store, {listing: rated}) == [claim]
    assert not asked_for(store.view())
    numbers = {quad.object.value for quad in store.view().described(None, SDO.ratingValue)}
    assert numbers == {"3"}
