"""The compiler: every constraint component by hand, what it refuses, and what it leaves to pySHACL."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from averment.errors import InputError
from averment.store.view import View
from averment.validate import Result, load_shapes, validate_files, validate_view
from averment.validate.compiler.nesting import nested
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of
from averment.validate.shapes import Shapes, shapes_of
from averment.vocabulary import XSD

PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""
DATA = """\
:a a :C ; :p 1, 2, "x"@en, "y"@EN ; :q 2 ; :self :a .
:b a :D ; :p :a, _:nameless ; :start 3 ; :end 2 .
:D rdfs:subClassOf :C .
"""
EX = "https://example.org/"
A, B = f"<{EX}a>", f"<{EX}b>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data.ttl").write_text(PREFIXES + DATA, encoding="utf-8")
    return tmp_path


def _shapes(folder: Path, text: str) -> Shapes:
    (folder / "shapes.ttl").write_text(PREFIXES + text, encoding="utf-8")
    return shapes_of(graph_of(read_quads([folder / "shapes.ttl"])))


def _results(folder: Path, body: str) -> tuple[Result, ...]:
    """Give what breaks a shape of everything in class :C, by both engines alike."""
    shapes = _shapes(folder, f":S a sh:NodeShape ; sh:targetClass :C ; {body} .")
    compiled = validate_files([folder / "data.ttl"], shapes).results
    reference = validate_files([folder / "data.ttl"], shapes, engine="pyshacl").results
    assert {(r.focus, r.value, r.component) for r in compiled} == {(r.focus, r.value, r.component) for r in reference}
    assert compiled == validate_files([folder / "data.ttl"], shapes, engine="direct").results
    return compiled


def _found(folder: Path, body: str) -> set[tuple[str, str]]:
    return {(str(result.focus), str(result.value)) for result in _results(folder, body)}


X, Y = '"x"@en', '"y"@en'
ONE, TWO, THREE = (f'"{n}"^^<http://www.w3.org/2001/XMLSchema#integer>' for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("sh:class :D", {(A, A)}),
        ("sh:nodeKind sh:BlankNode", {(A, A), (B, B)}),
        ("sh:property [ sh:path :q ; sh:minCount 1 ]", {(B, "None")}),
        ("sh:property [ sh:path :p ; sh:maxCount 2 ]", {(A, "None")}),
        ("sh:property [ sh:path :p ; sh:uniqueLang true ]", {(A, "None")}),
        ("sh:property [ sh:path :q ; sh:datatype xsd:string ]", {(A, TWO)}),
        ("sh:property [ sh:path :q ; sh:minExclusive 2 ]", {(A, TWO)}),
        ("sh:property [ sh:path :q ; sh:minInclusive 2 ; sh:maxInclusive 2 ]", set()),
        ("sh:property [ sh:path :q ; sh:maxExclusive 2 ]", {(A, TWO)}),
        ('sh:property [ sh:path :q ; sh:pattern "^[13]$" ]', {(A, TWO)}),
        ("sh:property [ sh:path :q ; sh:minLength 2 ]", {(A, TWO)}),
        ("sh:property [ sh:path :q ; sh:maxLength 0 ]", {(A, TWO)}),
        ('sh:property [ sh:path :q ; sh:languageIn ( "en" ) ]', {(A, TWO)}),
        ("sh:property [ sh:path :q ; sh:in ( 1 3 ) ]", {(A, TWO)}),
        ("sh:property [ sh:path :q ; sh:hasValue 2 ]", {(B, "None")}),
        ("sh:property [ sh:path :q ; sh:equals :p ]", {(A, ONE), (A, X), (A, Y), (B, A), (B, "_:b1")}),
        ("sh:property [ sh:path :q ; sh:disjoint :p ]", {(A, TWO)}),
        ("sh:property [ sh:path :start ; sh:lessThan :end ]", {(B, THREE)}),
        ("sh:property [ sh:path :end ; sh:lessThanOrEquals :end ]", set()),
        (
            "sh:closed true ; sh:ignoredProperties ( rdfs:label :p :q :start :end :self )",
            {(A, "<https://example.org/C>"), (B, "<https://example.org/D>")},
        ),
        ("sh:not [ sh:property [ sh:path :q ; sh:minCount 1 ] ]", {(A, A)}),
        ("sh:and ( [ sh:class :C ] [ sh:class :D ] )", {(A, A)}),
        ("sh:or ( [ sh:hasValue :a ] [ sh:nodeKind sh:Literal ] )", {(B, B)}),
        ("sh:xone ( [ sh:class :C ] [ sh:class :D ] )", {(B, B)}),
        ("sh:node [ sh:property [ sh:path [ sh:inversePath :p ] ; sh:minCount 1 ] ]", {(B, B)}),
        ("sh:property [ sh:path :p ; sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 1 ]", {(A, "None")}),
        ("sh:property [ sh:path ( :p :q ) ; sh:minCount 1 ]", {(A, "None")}),
        ("sh:property [ sh:path [ sh:zeroOrMorePath :self ] ; sh:maxCount 0 ]", {(A, "None"), (B, "None")}),
        ("sh:deactivated true ; sh:class :D", set()),
    ],
)
def test_each_component_finds_what_breaks_it(folder: Path, body: str, expected: set[tuple[str, str]]) -> None:
    """As section 4 of SHACL has it; each is compared with pySHACL too."""
    assert _found(folder, body) == expected


def test_a_node_that_is_nowhere_is_still_at_the_end_of_no_steps(folder: Path) -> None:
    body = "sh:targetNode :absent ; sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; sh:class :C ]"
    shapes = _shapes(folder, f":S a sh:NodeShape ; {body} .")
    (result,) = validate_files([folder / "data.ttl"], shapes).results
    assert result.value == result.focus == ox.NamedNode("https://example.org/absent")


def test_a_query_of_a_shape_says_what_it_found(folder: Path) -> None:
    body = f"$this <{EX}start> ?value ; <{EX}end> ?end FILTER (?value > ?end)"
    query = f"SELECT $this ?value {{ {body} }}"
    (result,) = _results(folder, f'sh:sparql [ sh:message "{{?value}} is after {{?end}}" ; sh:select "{query}" ]')
    assert result.message == "3 is after {?end}"
    query = query.replace("$this ?value {", "$this ?value ?end {")
    (result,) = _results(folder, f'sh:sparql [ sh:message "{{?value}} is after {{$end}}" ; sh:select "{query}" ]')
    assert result.message == "3 is after 2"
    assert not _results(folder, f'sh:sparql [ sh:deactivated true ; sh:select "{query}" ]')


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            'sh:sparql [ sh:select "SELECT $this (COUNT(?v) AS ?value) { $this ?p ?v } GROUP BY $this" ]',
            "all nodes at once",
        ),
        ('sh:sparql [ sh:select "SELECT $this { { $this a ?c } UNION { ?x a ?y FILTER (?x = $this) } }" ]', "at once"),
        ('sh:sparql [ sh:select "SELECT $this { $this a ?c . FILTER ($currentShape != ?c) }" ]', "currentShape"),
        ('sh:not [ sh:sparql [ sh:select "SELECT $this { $this a <https://example.org/D> }" ] ]', "another one refers"),
        ('sh:property [ sh:path :q ; sh:pattern "^(?=2)" ]', "pattern"),
        ("sh:in ( _:b )", "blank node"),
    ],
)
def test_what_does_not_go_into_a_query_is_asked_node_by_node(folder: Path, body: str, reason: str) -> None:
    """It is known from the shapes alone, and found all the same."""
    shapes = _shapes(folder, f":S a sh:NodeShape ; sh:targetClass :C ; {body} .")
    (refused,) = shapes.plan.refused
    assert reason in refused.reason
    assert shapes.plan.roots == ()
    compiled, reference = (
        validate_files([folder / "data.ttl"], shapes, engine=engine).results for engine in ("compiled", "pyshacl")
    )
    assert {(r.focus, r.value, r.component) for r in compiled} == {(r.focus, r.value, r.component) for r in reference}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("sh:property [ sh:path :p ; sh:node :S ]", "refers to itself"),
        ("sh:minCount 1", "node shape with sh:minCount"),
        ("sh:property [ sh:path () ]", "path"),
        ("sh:property [ sh:minCount 1 ]", "no sh:path"),
        ("sh:nodeKind sh:Nothing", "no such sh:nodeKind"),
        ("sh:in 1", "is not a list"),
        ("sh:datatype xsd:date, xsd:time", "more than one sh:datatype"),
        ('sh:sparql [ sh:select "SELECT $this { GRAPH $shapesGraph { $this a ?c } }" ]', "shapesGraph"),
        ('sh:sparql [ sh:select "SELECT $this { $this $PATH ?value }" ]', "PATH"),
        ('sh:sparql [ sh:select "SELECT ?that { ?that a ?c }" ]', r"does not select \$this"),
        ('sh:sparql [ sh:select "SELECT $this { $this a ?c MINUS { $this a :C } }" ]', "uses MINUS"),
        ('sh:sparql [ sh:select "SELECT $this { VALUES ?c { 1 } $this a ?c }" ]', "uses VALUES"),
        ('sh:sparql [ sh:select "SELECT $this { SERVICE <a:b> { $this a ?c } }" ]', "uses SERVICE"),
        ('sh:sparql [ sh:select "SELECT $this { { SELECT ?c { ?x a ?c } } }" ]', r"leaves out \$this"),
        ('sh:sparql [ sh:select "SELECT $this { { SELECT (SAMPLE($this) AS ?c) { $this a ?x } } }" ]', "leaves out"),
        ('sh:sparql [ sh:select "SELECT $this { { SELECT * { ?x a ?c } } }" ]', "leaves out"),
        ('sh:sparql [ sh:select "SELECT $this { BIND (1 AS $this) }" ]', "another value"),
        ('sh:sparql [ sh:select "SELECT (1 AS ?this) { ?x a ?c }" ]', "another value"),
        ('sh:sparql [ sh:select "ASK { $this a ?c }" ]', "not a SELECT"),
        ('sh:sparql [ sh:ask "ASK { $this a ?c }" ]', "no sh:select"),
        ('sh:sparql [ sh:prefixes [ sh:declare [ sh:prefix "ex" ] ] ; sh:select "SELECT $this { }" ]', "lacks its"),
        (
            (
                'sh:sparql [ sh:select "SELECT $this { }" ; sh:prefixes '
                '[ sh:declare [ sh:prefix "ex" ; sh:namespace "a:" ], [ sh:prefix "ex" ; sh:namespace "b:" ] ] ]'
            ),
            "declared twice",
        ),
        ("sh:entailment <http://www.w3.org/ns/entailment/RDFS>", "entailment regime"),
        ("sh:targetNode []", "not an IRI or a literal"),
        ("sh:targetClass 1", "not an IRI"),
        ('sh:severity "grave"', "not an IRI"),
        ("sh:node [ sh:path :p ]", "property shape"),
        ('sh:deactivated true, "1"', "more than one sh:deactivated"),
        ("sh:property [ sh:path [ sh:inversePath :p ; sh:zeroOrMorePath :q ] ]", "neither a property nor"),
        ("sh:property [ sh:path ( :p ) ]", "fewer than two"),
        ("sh:property [ sh:path :p, :q ]", "2 values of sh:path"),
        ("sh:minLength -1", "whole number"),
        ("sh:closed 1", "neither true nor false"),
        ("sh:uniqueLang true", "node shape with sh:uniqueLang"),
        ("sh:lessThan :p", "node shape with sh:lessThan"),
        ("sh:or ()", "empty"),
        ('sh:pattern "a" ; sh:flags "g"', "flags"),
    ],
)
def test_shapes_that_mean_nothing_are_refused_in_one_sentence(folder: Path, body: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        _ = _shapes(folder, f":S a sh:NodeShape ; sh:targetClass :C ; {body} .").plan


@pytest.mark.parametrize(
    ("component", "problem"),
    [
        ('sh:parameter [ sh:path :k ] ; sh:validator [ sh:ask "ASK { VALUES ?x { 1 } }" ]', "uses VALUES"),
        ('sh:parameter [ sh:path :k ] ; sh:validator [ sh:ask "ASK { BIND (1 AS ?k) }" ]', "another value"),
        ('sh:parameter [ sh:path :k ] ; sh:validator [ sh:ask "SELECT $this { }" ]', "not an ASK"),
        ('sh:parameter [ sh:path :k ] ; sh:nodeValidator [ sh:select "SELECT ?x { ?x a ?y }" ]', "not select"),
        (
            'sh:parameter [ sh:path :k ] ; sh:nodeValidator [ sh:select "SELECT $this { { SELECT $this { } } }" ]',
            r"leaves out \$k",
        ),
        ("sh:parameter [ sh:path :this ]", "can be its name"),
        ("sh:parameter [ sh:path :k ; sh:optional true ]", "no parameter that a shape must have"),
        ('sh:parameter [ sh:path :k ], [ sh:path :l ] ; sh:validator [ sh:ask "ASK { }" ]', "more than one"),
    ],
)
def test_components_that_mean_nothing_are_refused_in_one_sentence(folder: Path, component: str, problem: str) -> None:
    used = ":S sh:targetClass :C ; :k 1, 2 ; :l 1 ."
    with pytest.raises(InputError, match=problem):
        _ = _shapes(folder, f"{used} :K a sh:ConstraintComponent ; {component} .").plan


def test_a_query_that_says_it_failed_is_an_error(folder: Path) -> None:
    shapes = _shapes(folder, ':S sh:targetClass :C ; sh:sparql [ sh:select "SELECT $this (true AS ?failure) { }" ] .')
    with pytest.raises(InputError, match="reports that it failed"):
        validate_files([folder / "data.ttl"], shapes)


def test_the_words_of_a_query_are_told_from_names_that_look_like_them(folder: Path) -> None:
    """Neither a comment, nor a variable or property is a VALUES clause; pySHACL takes them for one."""
    query = "SELECT $this { # MINUS\n $this a ?values . FILTER (?values != <https://example.org/MINUS>) }"
    shapes = _shapes(folder, f':S sh:targetClass :C ; sh:sparql [ sh:select """{query}""" ] .')
    assert len(validate_files([folder / "data.ttl"], shapes).results) == 2


@pytest.mark.parametrize("depth", [12, 40])
def test_shapes_that_share_others_without_measure_come_to_an_end(folder: Path, depth: int) -> None:
    """Neither the ways from shape to shape nor those from value to value are walked one by one."""
    (folder / "data.ttl").write_text(f"{PREFIXES}:a a :C ; :p :a, :b . :b :p :a, :b .", encoding="utf-8")
    both = " ".join(f":N{n} sh:and ( :N{n + 1} :N{n + 1} ) ." for n in range(depth)) + f" :N{depth} sh:class :D ."
    text = f":S sh:targetClass :C ; sh:node :N0 ; sh:property :P0, :Q0 . {both}"
    for n in range(depth):
        text += "".join(f" :{name}{n} sh:path :p ; sh:property :P{n + 1}, :Q{n + 1} ." for name in "PQ")
    text += "".join(f" :{name}{depth} sh:path :p ; sh:class :D ." for name in "PQ")
    found = validate_files([folder / "data.ttl"], _shapes(folder, text)).results
    assert len({(result.focus, result.value, result.shape) for result in found}) == 9


def test_shapes_within_each_other_without_end_are_refused(folder: Path) -> None:
    deep = "sh:property [ sh:path :p ; " * 200 + "sh:class :D" + " ]" * 200
    with pytest.raises(InputError, match="nested more than 100 deep"):
        _ = _shapes(folder, f":S sh:targetClass :C ; {deep} .").plan


def test_numbers_that_a_store_would_rewrite_are_looked_at_as_they_are(folder: Path) -> None:
    (folder / "data.ttl").write_text(PREFIXES + ':a a :C ; :q "01"^^xsd:byte, "300"^^xsd:byte .', encoding="utf-8")
    shapes = _shapes(
        folder, ":S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :q ; sh:datatype xsd:byte ] ."
    )
    report = validate_files([folder / "data.ttl"], shapes)
    (result,) = report.results
    assert isinstance(result.value, ox.Literal)
    assert result.value.value == "300"
    (note,) = report.notes
    assert "because of the data and not of the shapes" in note


@pytest.mark.parametrize("kind", ["byte", "unsignedInt", "positiveInteger", "long", "short", "nonNegativeInteger"])
def test_a_store_makes_integers_of_all_their_kinds_as_is_remarked(kind: str, folder: Path) -> None:
    """It says for every value that it is none, and why; bounds say the same of what a store holds."""
    (folder / "data.ttl").write_text(PREFIXES + f':a a :C ; :q "1"^^xsd:{kind} .', encoding="utf-8")
    body = f"sh:property [ sh:path :q ; sh:datatype xsd:{kind} ]"
    (folder / "shapes.ttl").write_text(PREFIXES + f":S sh:targetClass :C ; {body} .", encoding="utf-8")
    store = ox.Store()
    store.extend(read_quads([folder / "data.ttl"]))
    report = validate_view(View(store), load_shapes(folder / "shapes.ttl", own=False))
    assert len(report.results) == 1
    assert any(f"{kind}>, of which a store makes <{XSD.iri}integer>" in note for note in report.notes)


def test_patterns_inside_exists_are_put_within_each_other() -> None:
    """The filter comes last, where everything has its value; literals and other groups stay as they are."""
    query = (
        'SELECT $this { $this :p "{ EXISTS"@en FILTER NOT EXISTS { ?a :q ?b ; :r ?c . $this :p ?a FILTER (?b > ?c) } }'
    )
    assert nested(query) == (
        'SELECT $this { $this :p "{ EXISTS"@en FILTER NOT EXISTS {'
        " $this :p ?a FILTER EXISTS { ?a :q ?b FILTER EXISTS { ?a :r ?c FILTER( ?b > ?c ) } } } }"
    )
    assert "UNION" in nested("SELECT $this { FILTER EXISTS { { $this a ?b } UNION { $this ?b ?c } } }")


@pytest.mark.parametrize(
    ("count", "broken"), [("maxCount 1", 1), ("maxCount 2", 0), ("minCount 2", 0), ("minCount 3", 1)]
)
@pytest.mark.parametrize("path", [":p", "[ sh:alternativePath ( :p :q ) ]", "( :p [ sh:zeroOrOnePath :q ] )"])
def test_what_stands_in_several_graphs_counts_once(path: str, count: str, broken: int, folder: Path) -> None:
    """However many values are looked for, and however often each is met."""
    names = [ox.NamedNode(f"{EX}graph{number}") for number in range(9)]
    ends = [ox.NamedNode(f"{EX}one"), ox.NamedNode(f"{EX}two")]
    node, property_ = ox.NamedNode(f"{EX}a"), ox.NamedNode(f"{EX}p")
    store = ox.Store()
    store.extend(ox.Quad(node, property_, end, name) for end in ends for name in names)
    shapes = _shapes(folder, f":S sh:targetSubjectsOf :p ; sh:property [ sh:path {path} ; sh:{count} ] .")
    assert len(validate_view(View(store), shapes).results) == broken
