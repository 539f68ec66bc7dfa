"""Terms between pyoxigraph and rdflib, and queries that neither leave the house nor take squared time."""

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.parserutils import CompValue

from averment.errors import InputError
from averment.validate.graphs import DataGraph, from_rdflib, graph_of, to_rdflib
from averment.validate.prepared import prepared
from averment.validate.report import Term
from averment.vocabulary import XSD

EX = rdflib.Namespace("https://example.org/")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
TERMS = st.one_of(
    TEXTS.map(ox.Literal),
    st.builds(lambda text: ox.Literal(text, language="en"), TEXTS),
    st.builds(
        lambda text, datatype: ox.Literal(text, datatype=datatype),
        TEXTS,
        st.sampled_from([XSD.boolean, XSD.date, XSD.decimal, XSD.gYear, XSD.integer]),
    ),
    st.integers(0).map(lambda number: ox.BlankNode(f"b{number}")),
    st.integers(0).map(lambda number: ox.NamedNode(f"{EX}{number}")),
)


@settings(deadline=None)
@given(TERMS)
def test_a_term_comes_back_as_it_was(term: Term) -> None:
    """Ill-typed and unusual lexical forms included."""
    assert from_rdflib(to_rdflib(term)) == term


def test_a_statement_about_a_statement_is_refused() -> None:
    node = ox.NamedNode(EX.a)
    with pytest.raises(InputError, match="statements about statements"):
        to_rdflib(ox.Triple(node, node, node))


def test_a_graph_is_the_union_of_its_graphs() -> None:
    node = ox.NamedNode(EX.a)
    quads = [ox.Quad(node, node, node), ox.Quad(node, node, node, node)]
    assert len(graph_of(quads)) == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this FROM <file:///etc/passwd> WHERE { $this ?p ?o }",
        "SELECT $this FROM NAMED <https://example.org/g> WHERE { GRAPH ?g { $this ?p ?o } }",
        "SELECT $this WHERE { SERVICE <https://example.org/> { $this ?p ?o } }",
        "SELECT $this WHERE { $this ?p ?o . { SERVICE SILENT ?o { $this ?q ?r } } UNION { $this ?q ?r } }",
    ],
)
def test_a_query_that_would_fetch_something_is_refused(query: str) -> None:
    with pytest.raises(InputError, match="FROM or SERVICE"):
        DataGraph().query(query)


def test_a_query_is_parsed_once() -> None:
    query = "SELECT ?o WHERE { $this ?p ?o }"
    assert prepared(query) is prepared(query)
    graph = DataGraph().parse(data=f"<{EX.a}> <{EX.p}> 1 .", format="turtle")
    assert len(graph.query(query, initBindings={"this": EX.a})) == 1
    assert len(graph.query(query, initBindings={"this": EX.b})) == 0
    assert len(graph.query(prepared(query))) == 1


def test_patterns_begin_at_the_node_that_is_looked_at() -> None:
    """Each pattern starts from what is known, so the time for one node does not grow with the graph."""
    query = prepared(
        "PREFIX ex: <https://example.org/> "
        "SELECT ?c WHERE { ?b ex:a ?c . ?a ex:b ?b . $this ex:c ?a . FILTER NOT EXISTS { ?e ex:d ?f . ?c ex:e ?e } }"
    )
    outer, inner = sorted(_patterns(query.algebra), key=len, reverse=True)
    assert [triple[1] for triple in outer] == [EX.c, EX.b, EX.a]
    assert [triple[1] for triple in inner] == [EX.e, EX.d]


def _patterns(part: object) -> list[list[tuple[object, ...]]]:
    if isinstance(part, list | tuple):
        return [found for inner in part for found in _patterns(inner)]
    if not isinstance(part, CompValue):
        return []
    own = [part.triples] if part.name == "BGP" and part.triples else []
    return own + [found for name in part for found in _patterns(getattr(part, name))]
