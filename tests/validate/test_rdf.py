"""The report as a sh:ValidationReport: whole, in SHACL's own terms, and the same every time."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SH
from rdflib.term import Node

from averment.validate import Report, Result, Severity, validate_files
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of
from averment.validate.render.turtle import as_turtle
from averment.validate.shapes import shapes_of

EX = rdflib.Namespace("https://example.org/")
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def _turtle(folder: Path, shapes: str, data: str) -> str:
    (folder / "data.ttl").write_text(PREFIXES + data, encoding="utf-8")
    (folder / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    return as_turtle(validate_files([folder / "data.ttl"], shapes_of(graph_of(read_quads([folder / "shapes.ttl"])))))


def _graph(folder: Path, shapes: str, data: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=_turtle(folder, shapes, data), format="turtle")


def _results(graph: rdflib.Graph) -> list[Node]:
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = list(graph.objects(report, SH.result))
    assert set(results) == set(graph.subjects(RDF.type, SH.ValidationResult))
    return results


def test_a_report_without_results_conforms() -> None:
    graph = rdflib.Graph().parse(data=as_turtle(Report((), 0)), format="turtle")
    assert list(graph.objects(None, SH.conforms)) == [rdflib.Literal("true", datatype=rdflib.XSD.boolean)]
    assert _results(graph) == []


def test_a_result_has_all_that_shacl_asks_for(folder: Path) -> None:
    graph = _graph(folder, ":S a sh:PropertyShape ; sh:targetNode :a ; sh:path :p ; sh:nodeKind sh:IRI .", ":a :p 1 .")
    (result,) = _results(graph)
    said = {predicate: value for predicate, value in graph.predicate_objects(result) if predicate != SH.resultMessage}
    assert said == {
        RDF.type: SH.ValidationResult,
        SH.focusNode: EX.a,
        SH.resultPath: EX.p,
        SH.value: rdflib.Literal(1),
        SH.sourceShape: EX.S,
        SH.sourceConstraintComponent: SH.NodeKindConstraintComponent,
        SH.resultSeverity: SH.Violation,
    }
    assert list(graph.objects(None, SH.conforms)) == [rdflib.Literal("false", datatype=rdflib.XSD.boolean)]


def test_a_warning_alone_keeps_a_report_from_conforming(folder: Path) -> None:
    """As SHACL has it; the exit status and the report for people tell warnings from violations."""
    graph = _graph(folder, ":S sh:targetNode :a ; sh:class :C ; sh:severity sh:Warning .", "")
    assert list(graph.objects(None, SH.conforms)) == [rdflib.Literal("false", datatype=rdflib.XSD.boolean)]


def test_a_severity_of_ones_own_is_kept_and_counts_as_a_violation(folder: Path) -> None:
    graph = _graph(folder, ":S sh:targetNode :a ; sh:class :C ; sh:severity :Grave .", "")
    assert list(graph.objects(None, SH.resultSeverity)) == [EX.Grave]
    report = validate_files([folder / "data.ttl"], shapes_of(graph_of(read_quads([folder / "shapes.ttl"]))))
    assert [result.severity for result in report.results] == [Severity.VIOLATION]
    assert not report.conforms


def test_all_messages_are_kept_in_their_languages(folder: Path) -> None:
    words = '"Nein."@de, "No."@en, "Never."'
    graph = _graph(folder, f":S sh:targetNode :a ; sh:class :C ; sh:message {words} .", "")
    expected = {rdflib.Literal("Nein.", lang="de"), rdflib.Literal("No.", lang="en"), rdflib.Literal("Never.")}
    assert set(graph.objects(None, SH.resultMessage)) == expected
    report = validate_files([folder / "data.ttl"], shapes_of(graph_of(read_quads([folder / "shapes.ttl"]))))
    assert report.results[0].message == "Never."


def test_messages_of_a_query_are_filled_in_each_language(folder: Path) -> None:
    words = '"{?value} ist zu viel für {$this}"@de, "{$value} is too much for {?this}"@en'
    query = f'[ sh:message {words} ; sh:select "SELECT $this ?value {{ $this <{EX.p}> ?value FILTER (?value > 1) }}" ]'
    graph = _graph(folder, f":S sh:targetNode :a ; sh:message 'Of the shape.' ; sh:sparql {query} .", ":a :p 2 .")
    assert set(graph.objects(None, SH.resultMessage)) == {
        rdflib.Literal(f"2 ist zu viel für {EX.a}", lang="de"),
        rdflib.Literal(f"2 is too much for {EX.a}", lang="en"),
    }


def test_a_query_may_select_the_message(folder: Path) -> None:
    query = f"\"SELECT $this ?message {{ $this <{EX.p}> ?v BIND (CONCAT(STR(?v), ' it is') AS ?message) }}\""
    graph = _graph(folder, f":S sh:targetNode :a ; sh:sparql [ sh:message 'No.' ; sh:select {query} ] .", ":a :p 2 .")
    assert list(graph.objects(None, SH.resultMessage)) == [rdflib.Literal("2 it is")]


def test_a_component_fills_its_parameters_into_its_message(folder: Path) -> None:
    component = (
        ":K a sh:ConstraintComponent ; sh:parameter [ sh:path :most ] ; "
        'sh:validator [ sh:ask "ASK { FILTER ($value <= $most) }" ; sh:message "{$value} is more than {$most}" ] .'
    )
    graph = _graph(folder, f":S sh:targetNode :a ; sh:path :p ; :most 1 . {component}", ":a :p 2 .")
    assert list(graph.objects(None, SH.resultMessage)) == [rdflib.Literal("2 is more than 1")]
    assert list(graph.objects(None, SH.sourceConstraintComponent)) == [EX.K]


def test_the_query_that_found_it_is_the_source_constraint(folder: Path) -> None:
    shapes = ':S sh:targetNode :a ; sh:sparql :Q . :Q sh:select "SELECT $this { $this a ?c }" .'
    graph = _graph(folder, shapes, ":a a :C .")
    assert list(graph.objects(None, SH.sourceConstraint)) == [EX.Q]
    assert list(graph.objects(None, SH.sourceConstraintComponent)) == [SH.SPARQLConstraintComponent]


def test_a_shape_without_an_iri_is_a_blank_node_that_is_none_of_the_data(folder: Path) -> None:
    graph = _graph(folder, "[] sh:targetObjectsOf :p ; sh:class :C .", ":a :p _:b1 .")
    (shape,), (focus,) = graph.objects(None, SH.sourceShape), graph.objects(None, SH.focusNode)
    assert {type(shape), type(focus)} == {rdflib.BNode}
    assert shape != focus


@pytest.mark.parametrize(
    "path",
    [
        "( :p [ sh:inversePath :q ] )",
        "[ sh:alternativePath ( :p ( :q :r ) ) ]",
        "[ sh:inversePath ( :p :q ) ]",
        "[ sh:zeroOrMorePath [ sh:oneOrMorePath [ sh:zeroOrOnePath :p ] ] ]",
        "( ( :p :q ) :r )",
    ],
)
def test_a_path_of_several_is_repeated_as_the_shapes_have_it(folder: Path, path: str) -> None:
    """A fresh copy a result, its structure the same as that of the shape."""
    graph = _graph(folder, f":S sh:targetNode :a, :b ; sh:path {path} ; sh:minCount 9 .", "")
    paths = list(graph.objects(None, SH.resultPath))
    assert len(set(paths)) == 2
    wanted = rdflib.Graph().parse(data=f"{PREFIXES} :x :is {path} .", format="turtle")
    (node,) = wanted.objects(EX.x, EX["is"])
    for found in paths:
        assert _structure(graph, found) == _structure(wanted, node)


def _structure(graph: rdflib.Graph, node: Node) -> object:
    if not isinstance(node, rdflib.BNode):
        return node
    return {predicate: _structure(graph, value) for predicate, value in graph.predicate_objects(node)}


def test_a_result_that_is_found_twice_stands_there_twice(folder: Path) -> None:
    """People are told once."""
    shapes = ":S sh:targetNode :a ; sh:message 'No.' ; sh:class :C, :D ."
    assert len(_results(_graph(folder, shapes, ""))) == 2
    report = validate_files([folder / "data.ttl"], shapes_of(graph_of(read_quads([folder / "shapes.ttl"]))))
    assert [result.times for result in report.results] == [2]


def test_the_same_report_gives_the_same_bytes(folder: Path) -> None:
    shapes = ":S sh:targetSubjectsOf :p ; sh:path ( :p :q ) ; sh:minCount 1 ."
    data = "[] :p _:y . _:x :p :b . :c :p 2 ."
    assert _turtle(folder, shapes, data) == _turtle(folder, shapes, data)


def test_a_result_made_by_hand_has_its_severity_and_message() -> None:
    node = ox.NamedNode(EX.a)
    result = Result(
        focus=node,
        kind="thing",
        words=None,
        constraint="rule",
        severity=Severity.INFO,
        message="Look.",
        shape=node,
        component=ox.NamedNode(SH.ClassConstraintComponent),
    )
    graph = rdflib.Graph().parse(data=as_turtle(Report.of([result], 1)), format="turtle")
    assert list(graph.objects(None, SH.resultSeverity)) == [SH.Info]
    assert list(graph.objects(None, SH.resultMessage)) == [rdflib.Literal("Look.")]
