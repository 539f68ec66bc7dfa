"""Reviews of claims: those of a newsroom are published, those of others are kept; what is lost is counted."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.claimreviews import ClaimReview, Publisher, as_json, embeddable, own_reviews, read_reviews, review_quads
from averment.claimreviews.model import Appearance, Party, Rated
from averment.errors import InputError
from averment.imports.json_files import read_json, scripts
from averment.ingest import ingest
from averment.json_values import leaves
from averment.losses import Reader
from averment.model import Extraction
from averment.resources import turtle_files
from averment.review import Rating, Status, Step, decide, reviewed
from averment.store import Store, View
from averment.validate import load_shapes, validate_view
from averment.vocabulary import AV, RDF, RDFS, SDO

US = Publisher("Ostport Checks", "https://checks.example")
DAY = datetime(2021, 6, 1, 9, tzinfo=UTC)

THEIRS: dict[str, Any] = {
    "@context": "http://schema.org",
    "@type": ["ClaimReview"],
    "url": "https://checkers.example/1",
    "claimReviewed": "The city paid nothing.",
    "author": {"@type": "Organization", "name": "Checkers", "sameAs": ["https://x.example", "https://y.example"]},
    "itemReviewed": {
        "@type": "CreativeWork",
        "author": {"@type": "Person", "name": "Jo Lind", "jobTitle": "Mayor"},
        "datePublished": "2021-05-07",
        "appearance": [{"@type": "CreativeWork", "url": "https://wire.example/1"}, "https://wire.example/2"],
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": "5",
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "False",
    },
}


@pytest.fixture
def store(extraction: Extraction) -> Store:
    """Both claims decided, one of them rated."""
    store = Store()
    ingest(store, [extraction])
    one, other = (ox.NamedNode(claim.iri) for claim in reviewed(store.view()))
    decide(store, {one: Step(status=Status.REJECTED, by="Kim Vale", at=DAY, rating=Rating.FALSE, note="seen")})
    decide(store, {other: Step(status=Status.ACCEPTED, by="Kim Vale", at=DAY)})
    return store


def view_of(quads: list[ox.Quad]) -> View:
    store = Store()
    with store.writer() as writer:
        writer.change(add=quads)
    return store.view()


def published(view: View) -> bytes:
    return embeddable(as_json(review) for review in own_reviews(Reader(view), US))


# ---- Ours ------------------------------------------------------------------------------------------------------------


def test_a_rated_claim_has_what_fact_check_explorer_asks_for(store: Store) -> None:
    (review,) = json.loads(published(store.view()))
    assert review["@context"] == "https://schema.org"
    assert review["claimReviewed"] == reviewed(store.view())[0].words
    assert review["author"] == {"@type": "Organization", "name": "Ostport Checks", "url": "https://checks.example"}
    assert review["reviewRating"] == {
        "@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False",
    }  # fmt: skip
    assert review["itemReviewed"]["appearance"]["url"] == "https://wire.example/ostport?a=1&b=2"
    assert review["url"].startswith("https://checks.example/id/source/")
    assert review["datePublished"] == "2021-06-01T09:00:00Z"


def test_the_claimant_is_the_innermost_speaker_who_is_named(store: Store) -> None:
    claims = reviewed(store.view())
    denial = ox.NamedNode(claims[1].iri)
    decide(
        store, {denial: Step(status=Status.REJECTED, by="Kim Vale", at=DAY.replace(day=2), rating=Rating.MOSTLY_FALSE)}
    )
    found = {review.claim: review.claimant for review in own_reviews(Reader(store.view()), US)}
    assert found[str(claims[1].words)] == Party("Jo Lind", is_person=True)
    lind = next(node for node in store.view().subjects(RDFS.label, "Jo Lind"))
    with store.writer() as writer:
        writer.change(add=[ox.Quad(lind, RDF.type, AV.Unnamed)])
    found = {review.claim: review.claimant for review in own_reviews(Reader(store.view()), US)}
    assert found[str(claims[1].words)] == Party("Harbour Gazette")


def test_a_claim_that_was_reopened_or_not_rated_is_not_published(store: Store) -> None:
    claim = ox.NamedNode(reviewed(store.view())[0].iri)
    decide(store, {claim: Step(status=Status.OPEN, by="Kim Vale", at=DAY.replace(day=2))})
    assert json.loads(published(store.view())) == []


def test_nothing_in_a_review_ends_the_script_that_it_stands_in() -> None:
    text = embeddable([as_json(ClaimReview(claim="</script><!-- & \u2028"))]).decode()
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)[0]["claimReviewed"] == "</script><!-- & \u2028"


def test_the_losses_are_the_quads_without_which_the_reviews_are_the_same(store: Store) -> None:
    """Every quad is taken away in turn: the file changes if it was carried, and does not if it is counted as lost."""
    reader = Reader(store.view())
    before = embeddable(as_json(review) for review in own_reviews(reader, US))
    everything = list(store.view().all_quads())
    assert sum(reader.losses().values()) + len(reader.used) == len(everything)
    engine = ox.Store()
    engine.extend(everything)
    for quad in everything:
        engine.remove(quad)
        assert (published(View(engine)) != before) == (quad in reader.used), quad
        engine.add(quad)


def test_losses_are_named_by_property_and_class() -> None:
    """A thing has the last of its classes by name, or none; what claims say is one loss, whatever it is."""
    one, other = ox.NamedNode("a:one"), ox.NamedNode("a:other")
    engine = ox.Store()
    engine.extend(
        [
            *(ox.Quad(one, RDF.type, kind) for kind in (SDO.Person, AV.Unnamed, AV.Entity, ox.Literal("z"))),
            ox.Quad(one, SDO.text, other),
            ox.Quad(other, SDO.text, one),
            *(ox.Quad(one, SDO.text, ox.Literal(text), graph) for text in "ab" for graph in (one, other)),
        ]
    )
    assert Reader(View(engine)).losses() == {
        "rdf:type of sdo:Person": 4,
        "sdo:text of sdo:Person": 1,
        "sdo:text of a thing without a class": 1,
        "what claims say, in their own graphs": 4,
    }


def test_ratings_are_those_of_the_scheme() -> None:
    store = ox.Store()
    for path in turtle_files("ontology"):
        store.load(path=str(path))
    found = store.query(
        "SELECT ?label ?number { ?c skos:inScheme avs:rating ; skos:prefLabel ?label ; skos:notation ?number }",
        prefixes={"skos": "http://www.w3.org/2004/02/skos/core#", "avs": "https://w3id.org/averment/schemes#"},
    )
    assert {(row["label"].value, int(row["number"].value)) for row in found} == {  # type: ignore[union-attr]
        (rating.value, rating.number) for rating in Rating
    }


# ---- Those of others -------------------------------------------------------------------------------------------------


def from_store(view: View) -> list[ClaimReview]:
    """Read stored reviews back, by other means than they were written."""
    reader = Reader(view)

    def party(node: ox.NamedNode | None) -> Party | None:
        if node is None:
            return None
        return Party(reader.text(node, RDFS.label), reader.text(node, SDO.url), reader.is_a(node, SDO.Person))

    def number(node: ox.NamedNode, predicate: ox.NamedNode) -> int | float | str | None:
        term = reader.literal(node, predicate)
        if term is None:
            return None
        return {"integer": int, "decimal": float}.get(term.datatype.value.rpartition("#")[2], str)(term.value)  # type: ignore[operator,no-any-return]

    def appearance(node: ox.NamedNode) -> Appearance:
        outlet = reader.node(node, SDO.publisher)
        return Appearance(
            url=reader.text(node, SDO.url),
            headline=reader.text(node, SDO.headline),
            published=reader.text(node, SDO.datePublished),
            publisher=reader.text(outlet, RDFS.label) if outlet else None,
        )

    found = []
    for iri in view.pointing(RDF.type, SDO.ClaimReview):
        (item,) = reader.nodes(iri, SDO.itemReviewed)
        rating = reader.node(iri, SDO.reviewRating)
        found.append(
            ClaimReview(
                claim=str(reader.text(iri, SDO.claimReviewed)),
                url=reader.text(iri, SDO.url),
                published=reader.text(iri, SDO.datePublished),
                author=party(reader.node(iri, SDO.author)),
                body=reader.text(iri, SDO.reviewBody),
                claimant=party(reader.node(item, SDO.author)),
                claimed=reader.text(item, SDO.datePublished),
                appearances=tuple(appearance(node) for node in reader.nodes(item, SDO.appearance)),
                rated=Rated(
                    label=reader.text(rating, SDO.alternateName),
                    value=number(rating, SDO.ratingValue),
                    best=number(rating, SDO.bestRating),
                    worst=number(rating, SDO.worstRating),
                )
                if rating
                else None,
            )
        )
    return found


def test_the_losses_of_an_import_are_what_the_stored_reviews_lack() -> None:
    reviews, lost = read_reviews(THEIRS)
    again = from_store(view_of([quad for review in reviews for quad in review_quads(review)]))
    plain = {**THEIRS, "itemReviewed": {**THEIRS["itemReviewed"]}}
    missing = Counter(leaves(plain)) - Counter(leaves([as_json(review) for review in again]))
    assert lost == Counter(place for (place, _), times in missing.items() for _ in range(times))
    assert lost == {
        "author.sameAs": 2,
        "itemReviewed.@type": 1,
        "itemReviewed.author.jobTitle": 1,
        "itemReviewed.appearance": 1,
    }


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
maybe = st.none() | texts
numbers = st.none() | texts | st.integers(-(10**6), 10**6) | st.sampled_from([1.5, 4.25])
parties = st.none() | st.builds(Party, texts, maybe, st.booleans())
reviews_of_others = st.builds(
    ClaimReview,
    claim=texts,
    url=maybe,
    published=maybe,
    author=parties,
    body=maybe,
    claimant=parties,
    claimed=maybe,
    appearances=st.lists(st.builds(Appearance, url=texts, headline=maybe, publisher=maybe), max_size=3).map(tuple),
    rated=st.none() | st.builds(Rated, label=texts, value=numbers, best=numbers, worst=numbers),
)


@given(reviews_of_others)
def test_a_review_that_is_written_and_read_is_the_same_and_nothing_is_lost(review: ClaimReview) -> None:
    found, lost = read_reviews(json.loads(embeddable([as_json(review)])))
    assert (found, lost) == ([review], Counter())
    assert from_store(view_of(review_quads(review))) == [review]


@pytest.mark.parametrize(
    "form",
    [
        THEIRS,
        [THEIRS],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, THEIRS]},
        {"@type": "NewsArticle", "review": THEIRS},
        json.loads(json.dumps(THEIRS).replace('"ClaimReview"', '"http://schema.org/ClaimReview"')),
        {("https://schema.org/" + key if key[0] != "@" else key): value for key, value in THEIRS.items()},
        {**THEIRS, "author": [THEIRS["author"]], "claimReviewed": [THEIRS["claimReviewed"]]},
        {"@graph": [{**THEIRS, "author": {"@id": "#us"}}, {"@id": "#us", **THEIRS["author"]}]},
    ],
)
def test_a_review_is_found_in_every_form_in_which_it_is_met(form: Any) -> None:
    (review,) = read_reviews(form)[0]
    assert (review.claim, review.author, review.rated) == (
        "The city paid nothing.",
        Party("Checkers"),
        Rated(label="False", value="5", best=5, worst=1),
    )


@pytest.mark.parametrize("value", [None, 7, True, [], {}, [[]], {"a": 1}, "text", [None, {"name": ["x", {"y": 2}]}]])
@pytest.mark.parametrize("name", [name for name in THEIRS if name[0] != "@"])
def test_wrong_types_are_passed_over_and_counted(name: str, value: Any) -> None:
    """Whatever stands in a place, the review is read as far as it can be, or lost whole, and the count is right."""
    given_ = {**THEIRS, name: value}
    reviews, lost = read_reviews(given_)
    missing = Counter(leaves(given_)) - Counter(leaves([as_json(review) for review in reviews]))
    assert sum(lost.values()) == sum(missing.values())


def test_a_rating_whose_number_and_label_disagree_is_kept_and_reported() -> None:
    (review,) = read_reviews(THEIRS)[0]
    report = validate_view(view_of(review_quads(review)), load_shapes())
    assert [result.constraint for result in report.results] == ["rating-label-fits-number"]


def test_a_review_of_others_gives_no_claim_of_ours_a_status(store: Store) -> None:
    before = reviewed(store.view())
    (review,) = read_reviews({**THEIRS, "claimReviewed": before[0].words})[0]
    with store.writer() as writer:
        writer.change(add=review_quads(review))
    assert reviewed(store.view()) == before
    assert len(json.loads(published(store.view()))) == 1


# ---- Hostile files ---------------------------------------------------------------------------------------------------


def test_references_to_one_large_object_do_not_multiply_it() -> None:
    large = {"@id": "#x", "@type": "Organization", "name": "n", "more": [str(n) for n in range(20_000)]}
    many = [{"@type": "ClaimReview", "claimReviewed": str(n), "author": {"@id": "#x"}} for n in range(2_000)]
    loop = {"@id": "#loop", "@type": "ClaimReview", "claimReviewed": "x", "itemReviewed": {"@id": "#loop"}}
    reviews, lost = read_reviews([large, loop, *many])
    assert len(reviews) == 2_001
    assert lost["author.@id"] > 1_000


def test_a_page_is_searched_for_its_scripts_only() -> None:
    page = """<!-- <script type="application/ld+json">{"a": 1}</script> --><SCRIPT async type='application/ld+json'>
    {"b": "<!-- <script"}</SCRIPT ><script>{"c": 1}</script><script type="application/ld+json">{"d"</script>
    <script type=application/ld+json>{"e": 1}"""
    assert [script.strip() for script in scripts(page)] == ['{"b": "<!-- <script"}', '{"d"']


@pytest.mark.parametrize("part", ["<script", "<!--", "<script type=ld+json>", "<script>", "<script " + "x" * 2_000])
def test_a_page_full_of_beginnings_is_read_through_once(part: str) -> None:
    assert list(scripts(part * 20_000)) == []


def test_json_that_is_none_is_said_to_be_none(tmp_path: Path) -> None:
    for text in ('{"a": NaN}', '{"a": 1e999}', '{"a": ' + "9" * 5_000 + "}", "[" * 2_000, "{", "", '"\\', "<p>no</p>"):
        (tmp_path / "x.json").write_text(text)
        with pytest.raises(InputError, match=r"x\.json"):
            read_json(tmp_path / "x.json")
