"""The constants of `averment.vocabulary` and `averment.model` are the terms that exist, no more and no fewer."""

import re
import tomllib
from enum import StrEnum
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS, URIRef

import averment
from averment import evidence, identity, model, review, vocabulary
from averment.citations import Outcome
from averment.resources import turtle_files
from averment.validate import load_shapes
from averment.vocabulary import AV, DCTERMS, PREFIXES, PROV, SDO, TIME, XSD, Terms, member

SHIPPED = {
    DCTERMS: rdflib.DCTERMS,
    PROV: rdflib.PROV,
    SDO: rdflib.SDO,
    TIME: rdflib.TIME,
    XSD: rdflib.XSD,
    vocabulary.RDF: rdflib.RDF,
    vocabulary.RDFS: rdflib.RDFS,
    vocabulary.SKOS: rdflib.SKOS,
}
"""What rdflib knows the terms of; it has none of ADMS, Web Annotation, CiTO and EDTF."""

SCHEMES: dict[str, type[StrEnum]] = {
    "comparator": model.Comparator,
    "identity": identity.Status,
    "kind": model.AttributionKind,
    "modality": model.Modality,
    "outcome": Outcome,
    "polarity": model.Polarity,
    "quotation": model.Quotation,
    "reason": identity.Reason,
    "review": review.Status,
    "source": evidence.SourceKind,
    "stance": model.Stance,
}


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in turtle_files("ontology"):
        graph.parse(path)
    return graph


def _names(terms: type[Terms]) -> set[str]:
    return set(terms.__annotations__)


def test_our_constants_are_the_terms_of_the_ontology(ontology: rdflib.Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    declared = {str(term).removeprefix(AV.iri) for kind in kinds for term in ontology.subjects(RDF.type, kind)}
    assert _names(AV) == declared


def test_relations_are_the_subproperties_of_relation(ontology: rdflib.Graph) -> None:
    declared = {
        str(term).removeprefix(AV.iri) for term in ontology.subjects(RDFS.subPropertyOf, URIRef(AV.relation.value))
    }
    assert {relation.value for relation in model.Relation} == declared


def test_every_scheme_has_the_values_of_its_enumeration(ontology: rdflib.Graph) -> None:
    """But for the ratings, which are those of other checkers: averment gives none."""
    ratings = set(ontology.subjects(SKOS.inScheme, URIRef(vocabulary.SCHEMES_IRI + "rating")))
    declared = {str(concept) for concept in set(ontology.subjects(RDF.type, SKOS.Concept)) - ratings}
    assert {member(scheme, value).value for scheme, values in SCHEMES.items() for value in values} == declared


def test_every_scheme_that_is_written_is_compared_here() -> None:
    package = Path(averment.__file__).parent
    writers = [
        *sorted(package.glob("triples/*.py")),
        package / "identity" / "links.py",
        package / "citations" / "verification.py",
        package / "review" / "steps.py",
        package / "evidence" / "links.py",
    ]
    written = (re.findall(r'member\("(\w+)"', path.read_text(encoding="utf-8")) for path in writers)
    assert {scheme for found in written for scheme in found} == set(SCHEMES)


@pytest.mark.parametrize("terms", SHIPPED, ids=lambda terms: terms.__name__)
def test_terms_of_others_exist_there(terms: type[Terms]) -> None:
    theirs = SHIPPED[terms]
    assert str(theirs) == terms.iri
    assert {name for name in _names(terms) if URIRef(terms.iri + name) not in theirs} == set()


def test_every_vocabulary_has_one_prefix() -> None:
    spaces = [terms.iri for terms in Terms.__subclasses__()]
    assert set(spaces) <= set(PREFIXES.values())
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_every_term_of_ours_is_used_by_a_shape() -> None:
    """But for the relation that only its subproperties are used of."""
    used = {str(term) for triple in load_shapes().graph for term in triple}
    queries = " ".join(str(text) for text in load_shapes().graph.objects(None, SH.select))
    unused = {name for name in _names(AV) if AV.iri + name not in used and f"av:{name} " not in queries}
    assert unused == {"relation"}


def test_the_vocabulary_has_the_version_of_the_package(ontology: rdflib.Graph) -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (version,) = ontology.objects(None, OWL.versionIRI)
    assert version == URIRef(f"https://w3id.org/averment/{averment.__version__}")
    assert project["version"] == averment.__version__
