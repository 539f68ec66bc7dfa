"""A dump is put into another store: whole, once, and only where the two do not disagree."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment import evidence
from averment.errors import InputError, StoreError
from averment.exports.blank_nodes import renamed
from averment.exports.dumps import dump
from averment.imports.rdf import Imported, add_quads, import_rdf
from averment.ingest import ingest
from averment.model import Extraction, Span
from averment.review import Status, Step, decide, reviewed
from averment.store import Store, by_name
from averment.store.formats import RDF_FORMATS
from averment.validate import load_shapes
from averment.validate.files import read_quads
from averment.validate.upkeep import Upkeep

DAY = datetime(2021, 6, 1, 9, tzinfo=UTC)
EX = "https://example.org/"


@pytest.fixture
def store(extraction: Extraction) -> Store:
    store = Store()
    ingest(store, [extraction])
    return store


@pytest.fixture
def dumped(tmp_path: Path) -> Callable[[Store, str], Path]:
    """Dump a store into a file."""

    def write(store: Store, name: str) -> Path:
        format_ = by_name(name, RDF_FORMATS)
        content = BytesIO()
        dump(store.view(), format_, content)
        path = tmp_path / f"graph{len(list(tmp_path.iterdir()))}.{format_.ending}"
        path.write_bytes(content.getvalue())
        return path

    return write


def step(status: Status, day: int = 1) -> Step:
    return Step(status=status, by="Kim Vale", at=DAY.replace(day=day))


def claim_of(store: Store) -> ox.NamedNode:
    return ox.NamedNode(reviewed(store.view())[0].iri)


@pytest.mark.parametrize("name", ["nquads", "trig", "jsonld"])
def test_export_then_import_is_the_same_graph_and_again_adds_nothing(
    store: Store, dumped: Callable[[Store, str], Path], name: str
) -> None:
    decide(store, {claim_of(store): step(Status.ACCEPTED)})
    path, other = dumped(store, name), Store()
    assert import_rdf(other, [path]).added == len(store.view())
    assert set(other.view().all_quads()) == set(store.view().all_quads())
    again = import_rdf(other, [path])
    assert (again.added, again.known) == (0, len(store.view()))


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
terms = st.one_of(
    st.sampled_from([ox.NamedNode(f"{EX}a"), ox.NamedNode(f"{EX}b")]),
    st.sampled_from([ox.BlankNode("x"), ox.BlankNode("y")]),
)
values = st.one_of(
    terms,
    texts.map(ox.Literal),
    st.builds(ox.Literal, texts, language=st.just("de")),
    st.builds(ox.Literal, texts, datatype=st.just(ox.NamedNode(f"{EX}d"))),
)
graphs = st.one_of(st.just(ox.DefaultGraph()), st.just(ox.NamedNode(f"{EX}g")))


@given(st.lists(st.builds(ox.Quad, terms, st.just(ox.NamedNode(f"{EX}p")), values, graphs), max_size=6))
def test_whatever_is_imported_is_there_once_and_has_stable_names(quads: list[ox.Quad]) -> None:
    store, other = Store(), Store()
    add_quads(store, quads)
    add_quads(other, [*quads[::-1], *quads])
    first, second = (set(one.view().all_quads()) for one in (store, other))
    assert len(first) == len(set(quads))
    contents = [ox.Dataset(found) for found in (first, second)]
    for content in contents:
        content.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert contents[0] == contents[1]


def test_blank_nodes_are_known_again_in_a_store_that_calls_them_otherwise(tmp_path: Path) -> None:
    """Whoever inserts them by SPARQL has them called as the engine likes."""
    store = Store()
    path = tmp_path / "x.ttl"
    path.write_text(text := f"_:a <{EX}p> _:b . _:b <{EX}p> _:a . _:c <{EX}list> ( 1 2 ) .")
    with store.writer() as writer:
        writer.update(f"INSERT DATA {{ {text} }}")
    assert import_rdf(store, [path]) == Imported(0, 7)


def test_blank_nodes_keep_their_names_in_a_store_that_keeps_results_of_validation(tmp_path: Path) -> None:
    """Whatever comes and goes beside them."""
    followed = Store(None, lambda: Upkeep(load_shapes))
    path = tmp_path / "x.ttl"
    path.write_text(f"_:a <{EX}p> _:b . _:b <{EX}p> _:a . _:c <{EX}list> ( 1 2 ) .")
    assert import_rdf(followed, [path]).added == 7
    assert import_rdf(followed, [path]).added == 0
    assert set(followed.view().all_quads()) >= set(renamed(read_quads([path])))


def test_an_article_that_was_read_otherwise_is_refused_and_nothing_is_written(
    store: Store, dumped: Callable[[Store, str], Path], extraction: Extraction
) -> None:
    other = Store()
    ingest(other, [replace(extraction, source=replace(extraction.source, title="Another title"))])
    before = set(other.view().all_quads())
    with pytest.raises(StoreError, match="with another title, date or reading"):
        import_rdf(other, [dumped(store, "nquads")])
    assert set(other.view().all_quads()) == before


def test_parts_of_a_stored_article_without_the_article_are_refused_too(store: Store, extraction: Extraction) -> None:
    other = Store()
    ingest(other, [replace(extraction, claims=(), payouts=())])
    claim = claim_of(store)
    with pytest.raises(StoreError, match="reading"):
        add_quads(other, store.view().described(claim))


def test_a_claim_that_was_decided_otherwise_is_refused(
    store: Store, dumped: Callable[[Store, str], Path], extraction: Extraction
) -> None:
    other = Store()
    ingest(other, [extraction])
    decide(store, {claim_of(store): step(Status.ACCEPTED)})
    path = dumped(store, "nquads")
    decide(other, {claim_of(other): step(Status.REJECTED)})
    with pytest.raises(StoreError, match="it is rejected here and accepted in the file"):
        import_rdf(other, [path])


def test_reviews_and_content_come_to_a_claim_that_nobody_has_decided(
    store: Store, dumped: Callable[[Store, str], Path], extraction: Extraction
) -> None:
    other = Store()
    ingest(other, [extraction])
    decide(store, {claim_of(store): step(Status.ACCEPTED)})
    import_rdf(other, [dumped(store, "trig")])
    assert reviewed(other.view()) == reviewed(store.view())
    assert set(other.view().all_quads()) == set(store.view().all_quads())


def test_evidence_that_was_removed_in_one_of_the_two_is_refused(
    store: Store, dumped: Callable[[Store, str], Path], extraction: Extraction
) -> None:
    (source,) = store.view().sources()
    link = evidence.add(
        store,
        evidence.Offer(
            claim=claim_of(store),
            how=evidence.How.SUPPORTS,
            source=evidence.Brought(iri=source, text=extraction.source.text),
            span=Span(0, 13),
            act=evidence.Act(by="Kim Vale", at=DAY),
        ),
    )
    path = dumped(store, "nquads")
    assert import_rdf(store, [path]).added == 0
    evidence.remove(store, [link.digits], evidence.Act(by="Kim Vale", at=DAY.replace(day=2)))
    with pytest.raises(StoreError, match="removed in one of the two"):
        import_rdf(store, [path])


def test_results_of_validation_are_found_anew(store: Store, dumped: Callable[[Store, str], Path]) -> None:
    upkeep = [Upkeep(load_shapes)]
    followed, other = Store(None, lambda: upkeep[0]), Store(None, lambda: Upkeep(load_shapes))
    add_quads(followed, list(store.view().all_quads()))
    assert len(followed.view()) > len(store.view())
    import_rdf(other, [dumped(followed, "nquads")])
    assert set(other.view().all_quads()) == set(followed.view().all_quads())


def test_several_files_are_imported_together_or_not_at_all(
    store: Store, dumped: Callable[[Store, str], Path], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.nq"
    bad.write_text("<a> <b> .\n")
    other = Store()
    with pytest.raises(InputError, match=r"bad\.nq"):
        import_rdf(other, [dumped(store, "nquads"), bad])
    assert len(other.view()) == 0
