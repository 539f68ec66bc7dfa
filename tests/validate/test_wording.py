"""What a result says in words: for core constraints the same from both engines, with blanks filled and nothing else."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from averment.store import Store
from averment.validate import ENGINES, Result, Severity, validate_files, validate_view
from averment.validate.compiler.messages import TEMPLATES
from averment.validate.compiler.paths import read_path
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of
from averment.validate.shapes import Shapes, shapes_of
from averment.validate.union import Union
from averment.validate.upkeep import Upkeep
from averment.validate.walk import LINKS, values
from averment.vocabulary import RDF, SH

PREFIXES = """\
@prefix av: <https://w3id.org/averment#> .
@prefix sdo: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""
DATA = """\
:a a :C ; av:passage "one", "two" ; :q 2 ; :r "x"@en, "y"@en ; :self :a ; :start 3 ; :end 2 .
:u rdfs:label "u" .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data.ttl").write_text(PREFIXES + DATA, encoding="utf-8")
    return tmp_path


def _shapes(folder: Path, body: str) -> Shapes:
    text = f"{PREFIXES}:S a sh:NodeShape ; sh:targetClass :C ; {body} ."
    (folder / "shapes.ttl").write_text(text, encoding="utf-8")
    return shapes_of(graph_of(read_quads([folder / "shapes.ttl"])))


def _results(folder: Path, body: str) -> tuple[Result, ...]:
    """Give what breaks a shape of everything in class :C, by all engines with the same words."""
    shapes = _shapes(folder, body)
    one, *others = (validate_files([folder / "data.ttl"], shapes, engine=engine) for engine in ENGINES)
    assert [[it.order for it in other.results] for other in others] == [[it.order for it in one.results]] * 2
    assert one.results
    return one.results


def _said(folder: Path, body: str) -> list[str]:
    return [result.message for result in _results(folder, body)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("sh:class sdo:Claim", "“<https://example.org/a>” is not an instance of sdo:Claim"),
        ("sh:nodeKind sh:BlankNode", "is not of the kind sh:BlankNode. Correct the thing itself."),
        ("sh:property [ sh:path av:polarity ; sh:minCount 1 ]", "polarity (av:polarity): 0 found, at least 1 needed"),
        ("sh:property [ sh:path av:passage ; sh:maxCount 1 ]", "passage (av:passage): 2 found, at most 1 allowed"),
        (
            "sh:property [ sh:path :q ; sh:datatype xsd:string ]",
            "“2” is not a well-formed literal of the datatype xsd:",
        ),
        (
            "sh:property [ sh:path :q ; sh:minExclusive 2 ]",
            "“2” is not greater than 2. Correct <https://example.org/q>",
        ),
        ("sh:property [ sh:path :q ; sh:minInclusive 3 ]", "“2” is not 3 or greater"),
        ("sh:property [ sh:path :q ; sh:maxExclusive 2 ]", "“2” is not less than 2"),
        ("sh:property [ sh:path :q ; sh:maxInclusive 1 ]", "“2” is not 1 or less"),
        ("sh:property [ sh:path :q ; sh:minLength 2 ]", "“2” is shorter than 2 characters"),
        ("sh:property [ sh:path :q ; sh:maxLength 0 ]", "“2” is longer than 0 characters"),
        ('sh:property [ sh:path :q ; sh:pattern "^[13]{1}$" ]', "“2” does not match the pattern ^[13]{1}$"),
        ('sh:property [ sh:path :q ; sh:languageIn ( "en" "de" ) ]', "“2” is in none of the languages en, de"),
        ("sh:property [ sh:path :q ; sh:in ( 1 3 av:Group ) ]", "“2” is none of: 1, 3, group (av:Group)."),
        (
            "sh:property [ sh:path :q ; sh:hasValue 3 ]",
            "3 is not among the values of <https://example.org/q>, 1 in all",
        ),
        ("sh:property [ sh:path :r ; sh:uniqueLang true ]", "2 in all, are in one language"),
        ("sh:property [ sh:path :q ; sh:equals av:killed ]", "“2” is not a value of both <https://example.org/q> and "),
        ("sh:property [ sh:path :q ; sh:disjoint :end ]", "and of <https://example.org/end> too"),
        ("sh:property [ sh:path :start ; sh:lessThan :end ]", "“3” is not less than every value of "),
        ("sh:property [ sh:path :start ; sh:lessThanOrEquals :end ]", "“3” is greater than some value of "),
        ("sh:not [ sh:class :C ]", "is what it must not be: [ sh:class <https://example.org/C> ]"),
        (
            "sh:and ( [ sh:class :C ] [ sh:class :D ] )",
            "does not keep to all of: [ sh:class <https://example.org/C> ], [",
        ),
        ("sh:or ( [ sh:datatype xsd:date ] :Named )", "keeps to none of: [ sh:datatype xsd:date ], Named."),
        ("sh:xone ( [ sh:class :C ] [ sh:nodeKind sh:IRI ] )", "does not keep to exactly one of: "),
        ("sh:node :Named", "does not keep to the shape Named"),
        (
            "sh:property [ sh:path :q ; sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 1 ]",
            "Of the values of <https://example.org/q>, 1 in all, fewer than 1 are as the shape asks",
        ),
        (
            "sh:property [ sh:path :q ; sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedMaxCount 0 ]",
            "1 in all, more than 0 are as",
        ),
        (
            "sh:property [ sh:path ( :self av:passage ) ; sh:maxCount 1 ]",
            "(<https://example.org/self>/av:passage): 2 found",
        ),
        ("sh:property [ sh:path [ sh:inversePath :self ] ; sh:minCount 2 ]", "^<https://example.org/self>: 1 found"),
    ],
)
def test_each_core_constraint_has_words_of_ours(folder: Path, body: str, words: str) -> None:
    """Where the shape has none; pySHACL's own are not shown."""
    named = " . :Named a sh:NodeShape ; sh:class :Nothing" if ":Named" in body else ""
    assert any(words in said for said in _said(folder, body + named))


def test_a_closed_shape_names_the_property_that_it_does_not_allow(folder: Path) -> None:
    said = _said(folder, "sh:closed true ; sh:property [ sh:path :q ]")
    assert "“one” is a value of passage (av:passage), which the shape does not allow. Remove it." in said


def test_all_of_shacls_core_components_that_give_results_have_words() -> None:
    """These are the components of https://www.w3.org/TR/shacl/#core-components, but for sh:property."""
    assert len(TEMPLATES) == 28


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("{count} of {path}; at most {expected}: {value}.", "2 of passage (av:passage); at most 1: one, two."),
        ("{?count} and {$count}", "2 and 2"),
        ("Mend {this}.", "Mend <https://example.org/a>."),
        ("{other} {} {{count}} {Count}", "{other} {} {2} {Count}"),
    ],
)
def test_the_blanks_of_a_newsrooms_own_message_are_filled(folder: Path, message: str, said: str) -> None:
    body = f'sh:property [ sh:path av:passage ; sh:maxCount 1 ; sh:message "{message}" ]'
    assert _said(folder, body) == [said]


def test_what_a_value_says_is_never_a_blank_and_never_steers(folder: Path) -> None:
    value = r"{count} {?value} \\1 \u001B[2J" + " and so on" * 30
    (folder / "data.ttl").write_text(f'{PREFIXES}:a a :C ; :q "{value}" .', encoding="utf-8")
    body = 'sh:property [ sh:path :q ; sh:datatype xsd:date ; sh:message "It is {value}, {count} in all." ]'
    (said,) = _said(folder, body)
    assert said.startswith("It is {count} {?value} \\1 \\u001b[2J and so on")
    assert said.endswith("…, 1 in all.")
    assert len(said) < 160


def test_a_query_fills_its_message_with_what_it_selects_and_no_more(folder: Path) -> None:
    """`{path}` and its like are of core constraints; a query has variables of its own."""
    query = "SELECT $this ?value { $this <https://example.org/q> ?value }"
    body = f'sh:sparql [ sh:message "{{?value}} in {{path}} {{count}}" ; sh:select "{query}" ]'
    assert _said(folder, body) == ["2 in {path} {count}"]


def test_of_several_languages_english_is_said_by_both_engines(folder: Path) -> None:
    body = 'sh:property [ sh:path :none ; sh:minCount 1 ; sh:message "Fehlt."@de, "Missing."@en, "Manque."@fr ]'
    assert _said(folder, body) == ["Missing."]


def test_properties_are_written_with_the_prefixes_that_the_shapes_declare(folder: Path) -> None:
    declared = (
        '. <https://example.org/> sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/"^^xsd:anyURI ]'
    )
    (said,) = _said(folder, f"sh:property [ sh:path :none ; sh:minCount 1 ] {declared}")
    assert said.startswith("Values of ex:none: 0 found")


def test_a_long_list_is_cut_with_the_number_that_is_left(folder: Path) -> None:
    members = " ".join(str(number) for number in range(100, 120))
    (said,) = _said(folder, f"sh:property [ sh:path :q ; sh:in ( {members} ) ]")
    assert "106, 107 and 12 more" in said


def test_several_values_of_one_parameter_are_all_named(folder: Path) -> None:
    (result, *_) = _results(folder, "sh:class sdo:Claim, sdo:Person")
    assert "an instance of sdo:Claim and sdo:Person" in result.message
    assert result.severity is Severity.VIOLATION


def test_results_that_a_store_keeps_have_the_same_words(folder: Path) -> None:
    """They are kept as they are said, and mended where another value changes what is said."""
    shapes = _shapes(folder, 'sh:property [ sh:path :p ; sh:minCount 3 ; sh:message "{count} found: {value}." ]')
    store = Store(follow=lambda: Upkeep(lambda: shapes))
    for quads, said in (([(RDF.type, "C")], "0 found: nothing."), ([(P, "b")], "1 found: <https://example.org/b>.")):
        with store.writer() as writer:
            writer.change(add=[ox.Quad(A, term, ox.NamedNode(f"https://example.org/{end}")) for term, end in quads])
        assert [message.value for message in _messages(store)] == [said]
        (result,) = validate_view(store.view(), shapes).results
        assert result.message == said


def _messages(store: Store) -> list[ox.Literal]:
    return [quad.object for quad in store.view().all_quads() if quad.predicate == SH.resultMessage]


A = ox.NamedNode("https://example.org/a")
P = ox.NamedNode("https://example.org/p")

# ---- Counting -------------------------------------------------------------------------------------------------------


def _values(folder: Path, data: str, path: str) -> set[str] | None:
    (folder / "graph.ttl").write_text(f"{PREFIXES}{data}\n:S sh:path {path} .", encoding="utf-8")
    quads = read_quads([folder / "graph.ttl"])
    graph = graph_of(quads)
    (node,) = graph.objects(None, next(p for p in graph.predicates() if str(p).endswith("shacl#path")))
    found = values(Union.of(quads), A, read_path(graph, node))
    return None if found is None else {term.value.removeprefix("https://example.org/") for term in found}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (":p", {"b", "c"}),
        ("[ sh:inversePath :p ]", {"c"}),
        ("( :p :p )", {"d", "a"}),
        ("[ sh:alternativePath ( :p :q ) ]", {"b", "c", "1"}),
        ("[ sh:zeroOrMorePath :p ]", {"a", "b", "c", "d"}),
        ("[ sh:oneOrMorePath :p ]", {"a", "b", "c", "d"}),
        ("[ sh:oneOrMorePath :q ]", {"1"}),
        ("[ sh:zeroOrOnePath :p ]", {"a", "b", "c"}),
    ],
)
def test_values_are_found_along_every_kind_of_path(folder: Path, path: str, found: set[str]) -> None:
    assert _values(folder, ":a :p :b, :c ; :q 1 . :b :p :d . :c :p :a .", path) == found


def test_values_are_counted_as_they_were_written(folder: Path) -> None:
    """A store takes 01 for 1, and the shape does not."""
    (folder / "data.ttl").write_text(f"{PREFIXES}:a a :C ; :p 01, 1 .", encoding="utf-8")
    (said,) = _said(folder, "sh:property [ sh:path :p ; sh:maxCount 1 ]")
    assert "2 found, at most 1 allowed" in said


def test_nobody_counts_without_end(folder: Path) -> None:
    """A thing with more values than anybody counts has many, along whichever path."""
    chain = " ".join(f":n{number} :p :n{number + 1} ." for number in range(LINKS + 1))
    assert _values(folder, f":a :p :n0 . {chain}", "[ sh:oneOrMorePath :p ]") is None
    data = f"{PREFIXES}:a a :C ; :p {', '.join(str(number) for number in range(LINKS + 1))} ."
    (folder / "data.ttl").write_text(data, encoding="utf-8")
    body = 'sh:property [ sh:path :p ; sh:maxCount 1 ; sh:message "{count}: {value}." ]'
    assert _said(folder, body) == ["many: many."]
