"""What a shape looks at: nothing that is found depends on any other triple."""

import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from averment.validate import Shapes, load_shapes, validate_files
from averment.validate.files import read_quads
from averment.validate.footprint import footprint, footprint_of
from averment.validate.graphs import graph_of
from averment.validate.shapes import shapes_of

EX = "https://example.org/"
PREFIXES = f"""\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <{EX}> .
"""
PROPERTIES = [":p", ":q", ":r", ":s", "a", "rdfs:subClassOf"]
NODES = [":a", ":b", ":c", ":C", ":D", "_:x"]

BODIES = {
    "sh:path :p ; sh:minCount 1": "p",
    "sh:path ( :p [ sh:inversePath :q ] ) ; sh:maxCount 0": "p q",
    "sh:path [ sh:zeroOrMorePath :p ] ; sh:nodeKind sh:Literal": "p",
    "sh:path :p ; sh:class :C": "p type subClassOf",
    "sh:path :p ; sh:equals :q": "p q",
    "sh:path :p ; sh:lessThan :r": "p r",
    "sh:path :p ; sh:node [ sh:property [ sh:path :s ; sh:hasValue 1 ] ]": "p s",
    "sh:path :p ; sh:qualifiedValueShape [ sh:path :q ; sh:minCount 1 ] ; sh:qualifiedMinCount 1": "p q",
    "sh:path :p": "",
    'sh:sparql [ sh:select "SELECT $this { $this <https://example.org/p>/<https://example.org/q> ?x }" ]': "p q",
    'sh:sparql [ sh:select "SELECT $this { FILTER NOT EXISTS { $this ^<https://example.org/s>* ?x . ?x <https://example.org/p> ?y } }" ]': "p s",  # noqa: E501 - one query
    'sh:path :r ; sh:sparql [ sh:select "SELECT $this (COUNT(?v) AS ?value) { $this $PATH ?v } GROUP BY $this HAVING (COUNT(?v) > 1)" ]': "r",  # noqa: E501 - one query
    'sh:not [ sh:sparql [ sh:select "SELECT $this { $this <https://example.org/p> ?x OPTIONAL { ?x a ?y } }" ] ]': "p type",  # noqa: E501 - one query
}
EVERYTHING = [
    "sh:closed true",
    'sh:sparql [ sh:select "SELECT $this { $this ?p ?o }" ]',
    'sh:sparql [ sh:select "SELECT $this { $this !<https://example.org/p> ?o }" ]',
    'sh:sparql [ sh:select "SELECT $this { ?a <https://example.org/p>* ?b }" ]',
]


def _shapes(body: str) -> Shapes:
    triples = ox.parse(f"{PREFIXES}:S sh:targetSubjectsOf :q ; {body} .", format=ox.RdfFormat.TURTLE)
    return shapes_of(graph_of(ox.Quad(*quad.triple) for quad in triples))


@pytest.mark.parametrize(("body", "names"), BODIES.items())
def test_a_shape_looks_at_the_properties_it_names(body: str, names: str) -> None:
    """Those of its target too."""
    found = footprint(_shapes(body).graph, ox.NamedNode(f"{EX}S"))
    assert found is not None
    assert {term.value.replace("#", "/").rsplit("/", 1)[-1] for term in found} == {"q", *names.split()}


@pytest.mark.parametrize("body", EVERYTHING)
def test_a_shape_may_look_at_every_property(body: str) -> None:
    assert footprint(_shapes(body).graph, ox.NamedNode(f"{EX}S")) is None


def test_rules_of_ours_look_at_few_properties() -> None:
    """But for those that keep articles apart, which look at every link."""
    footprints = {aim.node.value.rpartition("#")[2]: footprint_of([aim]) for aim in load_shapes().plan.aims}
    assert footprints["Entity"] is not None
    assert footprints["Node"] is None


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("body", BODIES)
def test_triples_outside_of_the_footprint_change_nothing(body: str, seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)  # noqa: S311 - chance for tests
    triples = [f"{rng.choice(NODES)} {rng.choice(PROPERTIES)} {rng.choice([*NODES, '1', '2'])} ." for _ in range(25)]
    shapes = _shapes(body)
    looked_at = footprint_of(shapes.plan.aims)
    (tmp_path / "whole.ttl").write_text(PREFIXES + "\n".join(triples), encoding="utf-8")
    kept = [quad for quad in read_quads([tmp_path / "whole.ttl"]) if looked_at is None or quad.predicate in looked_at]
    (tmp_path / "part.nt").write_bytes(
        ox.serialize([quad.triple for quad in kept], format=ox.RdfFormat.N_TRIPLES) or b""
    )
    for engine in ("compiled", "direct"):
        whole, part = (
            validate_files([tmp_path / name], shapes, engine=engine).results for name in ("whole.ttl", "part.nt")
        )
        assert [_facts(result) for result in whole] == [_facts(result) for result in part]


def _facts(result: object) -> tuple[object, ...]:
    """Leave out what the thing is called, which depends on more; its blank nodes are numbered anew."""
    parts = (getattr(result, name) for name in ("focus", "value", "component", "times"))
    return tuple("_" if isinstance(part, ox.BlankNode) else part for part in parts)
