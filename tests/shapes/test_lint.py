"""The shapes as a text of its own: sound, complete, and without a term that nobody declared.

SHACL passes over what it does not know, so a misspelt constraint or class conforms in silence.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS, URIRef
from rdflib.collection import Collection
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

import averment
from averment import triples, vocabulary
from averment.model import Extraction
from averment.resources import turtle_files
from averment.validate import load_shapes
from averment.validate.graphs import graph_of
from averment.validate.prepared import prepared

AVSH = rdflib.Namespace("https://w3id.org/averment/shapes#")
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
DECLARED = {
    URIRef(term.value)
    for terms in vocabulary.Terms.__subclasses__()
    for name in terms.__annotations__
    for term in [getattr(terms, name)]
}
"""Every term that averment writes; another test holds these against the vocabularies themselves."""


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return load_shapes().graph


@pytest.fixture(scope="module")
def schemes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in turtle_files("ontology"):
        graph.parse(path)
    return graph


def test_the_shapes_are_valid_shapes(shapes: rdflib.Graph) -> None:
    """SHACL's own shapes for shapes find no fault."""
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_every_shacl_term_exists(shapes: rdflib.Graph) -> None:
    used = {term for triple in shapes for term in triple if str(term).startswith(str(SH))}
    assert [term for term in used if term not in SH] == []


def test_every_constraint_says_what_it_is_and_what_to_do(shapes: rdflib.Graph) -> None:
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        assert isinstance(shape, URIRef)
        assert shape == AVSH[str(shapes.value(shape, SH.name))]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", str(shapes.value(shape, SH.name)))
        for said in (SH.description, SH.message):
            assert str(shapes.value(shape, said, any=False)).endswith("."), shape
        assert shapes.value(shape, SH.severity, any=False) in (SH.Violation, SH.Warning, SH.Info)


def test_every_constraint_belongs_to_the_layer_of_its_folder() -> None:
    for path in turtle_files("shapes"):
        graph = rdflib.Graph().parse(path)
        for shape in graph.subjects(RDF.type, SH.PropertyShape):
            assert list(graph.objects(shape, SH.group)) == [AVSH[path.parent.name]], shape


def test_every_layer_has_a_name_and_says_what_it_is_for(shapes: rdflib.Graph) -> None:
    for layer in shapes.subjects(RDF.type, SH.PropertyGroup):
        assert layer == AVSH[str(shapes.value(layer, RDFS.label))]
        assert str(shapes.value(layer, RDFS.comment)).endswith(".")
        assert (None, SH.group, layer) in shapes


def test_a_message_has_what_is_wrong_and_what_to_do(shapes: rdflib.Graph) -> None:
    for shape, message in shapes.subject_objects(SH.message):
        assert len(re.findall(r"[.;:] ?", str(message))) >= 2, shape


def test_every_constraint_belongs_to_one_targeted_shape(shapes: rdflib.Graph) -> None:
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        (owner,) = shapes.subjects(SH.property, shape)
        assert any((owner, target, None) in shapes for target in TARGETS), owner


def test_severity_and_message_stand_on_the_shape_and_not_on_its_query(shapes: rdflib.Graph) -> None:
    """On a query engines read them differently."""
    for query in shapes.subjects(SH.select):
        assert set(shapes.predicates(query)) == {RDF.type, SH.prefixes, SH.select}


def test_every_target_and_every_term_in_a_path_is_declared(shapes: rdflib.Graph) -> None:
    used = {term for target in TARGETS for term in shapes.objects(None, target)}
    used |= set(shapes.objects(None, SH["class"]))
    used |= {term for path in shapes.objects(None, SH.path) for term in _in_path(shapes, path)}
    used |= {term for other in (SH.equals, SH.disjoint, SH.lessThan) for term in shapes.objects(None, other)}
    assert sorted(used - DECLARED) == []


def test_every_term_in_a_query_is_declared(shapes: rdflib.Graph, schemes: rdflib.Graph) -> None:
    known = DECLARED | set(schemes.subjects(RDF.type, SKOS.Concept))
    for query, text in shapes.subject_objects(SH.select):
        found = set(_terms(prepared(_with_prefixes(shapes, str(text))).algebra))
        assert found, query
        assert sorted(term for term in found - known if not term.startswith(str(rdflib.XSD))) == [], query


def test_a_list_of_values_is_the_whole_scheme(shapes: rdflib.Graph, schemes: rdflib.Graph) -> None:
    for head in shapes.objects(None, SH["in"]):
        members = set(Collection(shapes, head))
        if members <= DECLARED:
            continue
        (scheme,) = {schemes.value(member, SKOS.inScheme) for member in members}
        assert members == set(schemes.subjects(SKOS.inScheme, scheme))


def test_every_prefix_is_that_of_the_vocabulary(shapes: rdflib.Graph) -> None:
    declared = {
        str(shapes.value(node, SH.prefix)): str(shapes.value(node, SH.namespace))
        for node in shapes.objects(None, SH.declare)
    }
    assert declared == {prefix: vocabulary.PREFIXES[prefix] for prefix in declared}


def test_everything_that_is_written_is_looked_at(shapes: rdflib.Graph, extraction: Extraction) -> None:
    """No property that an extraction writes is without a constraint."""
    written = set(graph_of(triples.quads(extraction)).predicates())
    looked_at = {term for path in shapes.objects(None, SH.path) for term in _in_path(shapes, path)}
    assert sorted(written - looked_at) == []


NO_RULE = {"relation": "it is not used itself, only its subproperties are"}
"""Terms of the vocabulary that no rule is about, each with its reason."""


def test_every_class_of_ours_is_a_target(shapes: rdflib.Graph, schemes: rdflib.Graph) -> None:
    targets = set(shapes.objects(None, SH.targetClass))
    assert sorted(_ours(schemes, OWL.Class) - targets) == []


def test_every_property_of_ours_has_a_rule(shapes: rdflib.Graph, schemes: rdflib.Graph) -> None:
    looked_at = {term for path in shapes.objects(None, SH.path) for term in _in_path(shapes, path)}
    properties = _ours(schemes, OWL.ObjectProperty) | _ours(schemes, OWL.DatatypeProperty)
    assert {term.removeprefix(vocabulary.AV.iri) for term in properties - looked_at} == set(NO_RULE)


def test_everything_that_people_put_on_record_is_looked_at(shapes: rdflib.Graph) -> None:
    """What reviews, evidence, calculations and identity links write is in the path of some rule."""
    package = Path(averment.__file__).parent
    writers = [
        "bookkeeping.py",
        "review/steps.py",
        "evidence/links.py",
        "evidence/calculations.py",
        "identity/links.py",
    ]
    text = " ".join((package / name).read_text(encoding="utf-8") for name in writers)
    written = {
        URIRef(getattr(terms, name).value)
        for terms in vocabulary.Terms.__subclasses__()
        for name in terms.__annotations__
        if name[0].islower() and re.search(rf", {terms.__name__}\.{name}, ", text)
    }
    looked_at = {term for path in shapes.objects(None, SH.path) for term in _in_path(shapes, path)}
    assert len(written) > 20
    assert sorted(written - looked_at) == []


def test_every_relation_is_a_target(shapes: rdflib.Graph, schemes: rdflib.Graph) -> None:
    relation = URIRef(vocabulary.AV.relation.value)
    assert set(shapes.objects(AVSH.Relation, SH.targetSubjectsOf)) == set(
        schemes.subjects(RDFS.subPropertyOf, relation)
    )


def test_the_version_is_that_of_the_vocabulary(shapes: rdflib.Graph, schemes: rdflib.Graph) -> None:
    (ours,) = shapes.objects(None, OWL.versionIRI)
    (theirs,) = schemes.objects(None, OWL.versionIRI)
    assert ours.split("/")[-1] == theirs.split("/")[-1]


@pytest.mark.parametrize("path", [*turtle_files("shapes"), *turtle_files("ontology")], ids=lambda path: path.name)
def test_turtle_is_tidy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert not re.search(r"\t|[ ]\n|\n\n\n\n|\n\Z\n", text)
    prefixes = re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
    assert prefixes == sorted(prefixes)


def _ours(schemes: rdflib.Graph, kind: URIRef) -> set[URIRef]:
    """Give the terms of our vocabulary of a kind."""
    return {
        term
        for term in schemes.subjects(RDF.type, kind)
        if isinstance(term, URIRef) and term.startswith(vocabulary.AV.iri)
    }


def _in_path(graph: rdflib.Graph, path: Node) -> Iterator[URIRef]:
    """Give the properties of a path, which is a property, a list of paths or a node with a list of them."""
    if isinstance(path, URIRef):
        yield path
        return
    for _, _, inner in graph.triples((path, None, None)):
        if inner != RDF.nil:
            yield from _in_path(graph, inner)


def _with_prefixes(graph: rdflib.Graph, select: str) -> str:
    lines = (
        f"PREFIX {graph.value(node, SH.prefix)}: <{graph.value(node, SH.namespace)}>"
        for node in graph.objects(None, SH.declare)
    )
    return "\n".join(lines) + select.replace("$PATH", "av:asWritten")


def _terms(part: object) -> Iterator[URIRef]:
    """Give the IRIs anywhere in a query's algebra, those of its property paths too."""
    match part:
        case URIRef():
            yield part
        case CompValue():
            for name in part:
                yield from _terms(getattr(part, name))
        case list() | tuple():
            for inner in part:
                yield from _terms(inner)
        case rdflib.paths.Path():
            for inner in vars(part).values():
                yield from _terms(inner)
