"""Dumps: every format that holds all of a graph gives it back, in a fixed order, however large it is."""

import json
import random
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from averment.errors import InputError
from averment.exports.blank_nodes import renamed
from averment.exports.dataset import write_dataset
from averment.exports.dumps import dump
from averment.exports.ordered import graph_by_graph, lines
from averment.ingest import ingest
from averment.jsonld import CONTEXT_IRI, context, with_context
from averment.model import Extraction
from averment.resources import turtle_files
from averment.store import Store, View, by_name
from averment.store.formats import RDF_FORMATS
from averment.vocabulary import AV, PREFIXES, RDF, SDO, XSD, Terms

EX = "https://example.org/"
WHOLE = [f for f in RDF_FORMATS if f.datasets]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
nodes = st.sampled_from([ox.NamedNode(f"{EX}{name}") for name in ("a", "a/b", "é", "a#x", "a?q='1'&r=2")])
predicates = st.sampled_from(
    [SDO.text, AV.length, AV.speaker, AV.alleged, RDF.type, SDO.minValue, ox.NamedNode(f"{EX}p")]
)
literals = st.one_of(
    texts.map(ox.Literal),
    st.builds(ox.Literal, texts, language=st.sampled_from(["en", "de-ch", "he"])),
    st.builds(
        ox.Literal,
        st.one_of(texts, st.sampled_from(["1", "01", "1.50", "true", "-0", "1e3", "NaN", "9" * 30, "2021-05-07"])),
        datatype=st.sampled_from(
            [XSD.integer, XSD.decimal, XSD.boolean, XSD.date, XSD.dateTime, RDF.type, ox.NamedNode(f"{RDF.iri}JSON")]
        ),
    ),
)
quads = st.builds(
    ox.Quad,
    nodes,
    predicates,
    st.one_of(nodes, literals),
    st.one_of(st.just(ox.DefaultGraph()), nodes),
)


def view_of(found: list[ox.Quad]) -> View:
    store = Store()
    with store.writer() as writer:
        writer.change(add=found)
    return store.view()


def dumped(view: View, name: str) -> bytes:
    content = BytesIO()
    dump(view, by_name(name, RDF_FORMATS), content)
    return content.getvalue()


@pytest.fixture
def view(extraction: Extraction) -> View:
    store = Store()
    ingest(store, [extraction])
    return store.view()


@given(st.lists(quads, max_size=8))
def test_what_is_dumped_is_read_back_as_it_was_stored(found: list[ox.Quad]) -> None:
    """Languages, escapes, control characters, datatypes, and values in a form that the store rewrites."""
    view = view_of(found)
    for format_ in WHOLE:
        again = ox.parse(dumped(view, format_.name), format=format_.engine)  # type: ignore[arg-type]
        assert set(again) == set(view.all_quads()), format_.name


@given(st.lists(quads, max_size=30), st.integers(200, 2_000))
def test_sorting_by_runs_gives_what_sorting_at_once_gives(found: list[ox.Quad], run: int) -> None:
    view = view_of(found)
    text = ox.serialize(view.all_quads(), format=ox.RdfFormat.N_QUADS)
    assert text is not None
    assert list(lines(view.engine, run=run)) == sorted(set(text.splitlines(keepends=True)))
    together = list(graph_by_graph(view.engine, run=run))
    assert set(together) == set(view.all_quads())
    assert len(together) == len(view)
    graphs = [quad.graph_name for quad in together]
    assert len({*graphs}) == sum(one != other for one, other in zip([None, *graphs], graphs, strict=False))


def test_more_runs_than_may_be_open_are_merged_in_steps() -> None:
    found = [ox.Quad(ox.NamedNode(f"{EX}{n:04}"), SDO.text, ox.Literal(n)) for n in range(300)]
    random.Random(7).shuffle(found)  # noqa: S311 - an order, not a secret
    ordered = [line[len(EX) + 1 :][:4] for line in lines(view_of(found).engine, run=100)]
    assert ordered == [f"{n:04}".encode() for n in range(300)]


def test_what_looks_like_a_graph_or_a_blank_node_within_a_text_is_none() -> None:
    node = ox.NamedNode(f"{EX}a")
    values = ["a <b>", "<b>", "_:x", "a _:x", ' _:x" <g> .', "<b"]
    typed = [ox.Literal(value, datatype=ox.NamedNode(f"{EX}d")) for value in values]
    found = [ox.Quad(node, SDO.text, value) for value in (*map(ox.Literal, values), *typed)]
    assert set(graph_by_graph(view_of(found).engine)) == set(found)


def test_a_quad_in_two_graphs_is_two_quads_and_one_triple(tmp_path: Path) -> None:
    node = ox.NamedNode(f"{EX}a")
    counts = write_dataset(
        view_of([ox.Quad(node, SDO.text, ox.Literal("x")), ox.Quad(node, SDO.text, ox.Literal("x"), node)]),
        tmp_path / "d",
    )
    assert (counts.quads, counts.triples, counts.subjects) == (2, 1, 1)


# ---- Blank nodes -----------------------------------------------------------------------------------------------------


def _brought(order: Callable[[list[ox.Quad]], list[ox.Quad]]) -> list[ox.Quad]:
    turtle = f"""
        <{EX}a> <{EX}list> ( 1 2 [ <{EX}p> "x", "y" ] ) . [] <{EX}knows> [ <{EX}name> "Kim" ] .
    """
    return order(list(ox.parse(turtle, format=ox.RdfFormat.TURTLE)))


def test_blank_nodes_have_names_that_do_not_hang_on_how_they_were_called() -> None:
    first, second = _brought(list), _brought(lambda found: found[::-1])
    assert list(lines(view_of(first).engine, run=20)) == list(lines(view_of(second).engine))
    assert renamed(first) == renamed(renamed(first))
    assert len({*first}) == len({*renamed(first)})


def test_blank_nodes_that_cannot_be_told_apart_stay_apart() -> None:
    same = [ox.Quad(ox.BlankNode(f"n{n}"), SDO.text, ox.Literal("x")) for n in range(3)]
    assert len(set(renamed(same))) == 3


four = [ox.BlankNode(name) for name in "abcd"]
two = st.sampled_from([ox.NamedNode(f"{EX}p"), ox.NamedNode(f"{EX}q")])
tangles = st.lists(st.builds(ox.Quad, st.sampled_from(four), two, st.sampled_from(four)), max_size=8)


@given(tangles, st.permutations(four), st.randoms())
def test_a_few_blank_nodes_that_are_alike_may_be_called_and_ordered_in_any_way(
    found: list[ox.Quad], others: list[ox.BlankNode], chance: random.Random
) -> None:
    """Pairs that point at each other, rings and loops: the dump is the same."""
    called = dict(zip(four, others, strict=True))
    again = [ox.Quad(called[quad.subject], quad.predicate, called[quad.object]) for quad in found]  # type: ignore[index] # all of them are blank nodes
    chance.shuffle(again)
    assert list(lines(view_of(found).engine)) == list(lines(view_of(again).engine))
    assert len(set(renamed(found))) == len(set(found))


def test_a_ring_of_blank_nodes_is_the_same_wherever_it_is_begun() -> None:
    ring = [ox.Quad(one, SDO.about, other) for one, other in zip(four, [*four[1:], four[0]], strict=True)]
    assert len({"".join(sorted(map(str, renamed(order)))) for order in permutations(ring)}) == 1


def test_the_name_of_a_blank_node_does_not_hang_on_others() -> None:
    kim = [ox.Quad(ox.BlankNode("k"), SDO.text, ox.Literal("Kim"))]
    chain = [ox.Quad(ox.BlankNode(f"c{n}"), SDO.about, ox.BlankNode(f"c{n + 1}")) for n in range(9)]
    assert set(renamed(kim)) <= set(renamed([*kim, *chain]))


# ---- JSON-LD ---------------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, about itself
def test_another_reader_finds_the_same_in_json_ld(view: View) -> None:
    theirs = rdflib.Dataset().parse(data=dumped(view, "jsonld"), format="json-ld")
    assert len(list(theirs.quads())) == len(view)


def test_json_ld_has_terms_where_the_vocabulary_has_some(view: View) -> None:
    body = dumped(view, "jsonld").decode().partition('"@graph": [')[2]
    assert '"polarity": "avs:polarity-negated"' in body
    assert "https://schema.org/" not in body
    assert "https://w3id.org/averment#" not in body


def test_every_term_that_is_written_is_in_the_context() -> None:
    found = {str(quad.predicate.value) for quad in ox.parse(_every_term(), format=ox.RdfFormat.JSON_LD)}
    known = {terms.iri + name.rstrip("_") for terms in Terms.__subclasses__() for name in terms.__annotations__}
    ours = {term for term in known if term.startswith((AV.iri, SDO.iri)) and term.rpartition("#")[2] != "edtf"}
    assert ours <= found | {f"{AV.iri}edtf"}


def _every_term() -> bytes:
    terms = json.loads(context())["@context"]
    node = {term: {"@id": EX} for term in terms if term not in PREFIXES and not term.startswith("@")}
    return json.dumps({"@context": terms, "@id": EX, **node}).encode()


def test_kinds_of_values_in_the_context_are_those_of_the_ontology() -> None:
    ontology = rdflib.Graph()
    for path in turtle_files("ontology"):
        ontology.parse(path)
    for term, value in json.loads(context())["@context"].items():
        if isinstance(value, dict) and value["@id"].startswith("av:"):
            ranges = ontology.objects(rdflib.URIRef(AV.iri + value["@id"][3:]), rdflib.RDFS.range)
            for range_ in ranges:
                is_data = str(range_).startswith((XSD.iri, PREFIXES["edtf"]))
                assert value["@type"].startswith("@") != is_data, term


def test_a_context_that_is_only_named_is_put_in_its_place_and_no_other() -> None:
    named = f'{{"@context" : "{CONTEXT_IRI}", "@id": "{EX}a", "text": "\\"@context\\": \\"{CONTEXT_IRI}\\""}}'.encode()
    (quad,) = ox.parse(with_context(named), format=ox.RdfFormat.JSON_LD)
    assert quad.triple == ox.Triple(ox.NamedNode(f"{EX}a"), SDO.text, ox.Literal(f'"@context": "{CONTEXT_IRI}"'))


def test_an_iri_that_begins_like_a_prefix_is_refused_rather_than_changed() -> None:
    view = view_of([ox.Quad(ox.NamedNode("av:x"), SDO.text, ox.Literal("x"))])
    with pytest.raises(InputError, match="export as nquads"):
        dumped(view, "jsonld")


# ---- A folder --------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(view: View, tmp_path: Path) -> Path:
    write_dataset(view, tmp_path / "published")
    return tmp_path / "published"


def test_a_dataset_has_its_digests_and_sizes(folder: Path) -> None:
    sums = [line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
    assert {name for _, name in sums} | {"SHA256SUMS"} == {path.name for path in folder.iterdir()}
    assert all(sha256((folder / name).read_bytes()).hexdigest() == digest for digest, name in sums)
    described = rdflib.Graph().parse(folder / "dataset.ttl")
    rows = described.query(
        """SELECT ?file ?size ?digest { ?one dcat:downloadURL ?file ; dcat:byteSize ?size ;
           spdx:checksum/spdx:checksumValue ?digest }""",
        initNs={name: rdflib.Namespace(iri) for name, iri in PREFIXES.items()},
    )
    found = {Path(str(row[0])).name: (int(row[1]), str(row[2]).lower()) for row in rows}  # type: ignore[index]
    assert found == {
        path.name: (path.stat().st_size, sha256(path.read_bytes()).hexdigest()) for path in folder.glob("graph.*")
    }


def test_the_counts_of_a_dataset_are_those_of_its_graph(folder: Path) -> None:
    described = rdflib.Graph().parse(folder / "dataset.ttl")
    void = rdflib.Namespace(PREFIXES["void"])
    whole = set(ox.parse(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS))
    found = {quad.triple for quad in whole}
    (triples_,) = (
        described.value(node, void.triples) for node in described.subjects(void.vocabulary, None, unique=True)
    )
    assert int(triples_) == len(found)  # type: ignore[arg-type]
    for part in described.objects(None, void.classPartition):
        class_ = ox.NamedNode(str(described.value(part, void["class"])))
        things = {t.subject for t in found if t.predicate == RDF.type and t.object == class_}
        assert int(described.value(part, void.entities)) == len(things)  # type: ignore[arg-type]
    for part in described.objects(None, void.propertyPartition):
        property_ = ox.NamedNode(str(described.value(part, void.property)))
        assert int(described.value(part, void.triples)) == sum(  # type: ignore[arg-type]
            t.predicate == property_ for t in found
        )


def test_a_dataset_is_the_same_twice_and_never_written_over_another(view: View, folder: Path) -> None:
    write_dataset(view, folder.with_name("again"))
    same = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {path.name: path.read_bytes() for path in folder.with_name("again").iterdir()} == same
    with pytest.raises(InputError, match="name a new folder"):
        write_dataset(view, folder)


def test_a_dataset_that_cannot_be_written_whole_is_not_there(tmp_path: Path) -> None:
    view = view_of([ox.Quad(ox.NamedNode("av:x"), SDO.text, ox.Literal("x"))])
    with pytest.raises(InputError):
        write_dataset(view, tmp_path / "published")
    assert list(tmp_path.iterdir()) == []
