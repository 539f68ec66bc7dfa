"""The rules in plain words, as shapes have them: ours, and those of a newsroom that have no names."""

from pathlib import Path

import pytest

from averment.errors import InputError
from averment.validate import Described, Severity, described, find_rule, load_shapes, validate_files
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of
from averment.validate.shapes import shapes_of

PREFIXES = """\
@prefix av: <https://w3id.org/averment#> .
@prefix sdo: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix house: <https://newsroom.example/rules#> .
"""


def _rules(folder: Path, text: str) -> list[Described]:
    (folder / "shapes.ttl").write_text(PREFIXES + text, encoding="utf-8")
    return described(shapes_of(graph_of(read_quads([folder / "shapes.ttl"]))))


def test_every_rule_of_ours_is_described_in_full() -> None:
    shapes = load_shapes()
    rules = described(shapes)
    assert {rule.name for rule in rules} == set(shapes.names.values())
    assert [rule.name for rule in rules if not (rule.about and rule.why and rule.message and rule.targets)] == []


def test_a_rule_says_what_its_shape_says() -> None:
    rule = find_rule(described(load_shapes()), "claim-has-passage")
    assert rule.about == "claims"
    assert rule.why == "A claim that cannot be pointed at cannot be checked."
    assert rule.message is not None
    assert rule.message.endswith("Give it one av:passage of this article.")
    assert rule.severity is Severity.VIOLATION
    assert rule.path == "passage (av:passage)"
    assert rule.targets == ("every sdo:Claim",)


def test_whatever_gives_a_result_is_a_rule(tmp_path: Path) -> None:
    """Named or not, nested or not; what only others refer to, and what is switched off, is none."""
    text = """
    house:Article a sh:NodeShape ; rdfs:label "our articles" ; sh:targetClass sdo:NewsArticle ; sh:nodeKind sh:IRI ;
        sh:property house:Byline, house:Off, [ sh:path sdo:about ; sh:property house:Inner ; sh:or ( house:Helper ) ] .
    house:Byline sh:path sdo:author ; sh:minCount 1 ; sh:severity sh:Info .
    house:Inner sh:path sdo:name ; sh:maxCount 1 ; sh:severity sh:Warning .
    house:Off sh:path sdo:url ; sh:minCount 1 ; sh:deactivated true .
    house:Helper a sh:NodeShape ; sh:class sdo:Person .
    """
    rules = {rule.name: rule for rule in _rules(tmp_path, text)}
    assert set(rules) == {"Article", "Byline", "Inner", "unnamed"}
    assert {rule.about for rule in rules.values()} == {"our articles"}
    assert rules["Byline"].severity is Severity.INFO
    assert rules["Byline"].message == "Values of sdo:author: … found, at least 1 needed. Add what is missing."
    assert rules["Article"].path is None


def test_a_message_with_blanks_says_what_is_known_before_anything_is_found(tmp_path: Path) -> None:
    text = """
    house:S a sh:NodeShape ; sh:targetSubjectsOf av:passage ; sh:property house:One .
    house:One sh:path av:passage ; sh:maxCount 1 ; sh:message "{count} of {path}, at most {expected}: {value}." .
    """
    (rule,) = _rules(tmp_path, text)
    assert rule.message == "… of passage (av:passage), at most 1: …."
    assert rule.targets == ("everything that has passage (av:passage)",)


def test_a_query_says_what_its_rule_does_not(tmp_path: Path) -> None:
    text = """
    house:S a sh:NodeShape ; sh:targetNode house:this ; sh:sparql [
        sh:message "It is wrong." ; sh:select "SELECT $this { $this a ?kind }" ] .
    """
    (rule,) = _rules(tmp_path, text)
    assert rule.message == "It is wrong."
    assert rule.targets == ("<https://newsroom.example/rules#this>",)


def test_rules_stand_by_layer_in_the_order_of_the_layers(tmp_path: Path) -> None:
    """A layer is a sh:group, of the rule or of the shape that it belongs to; what has none comes last."""
    text = """
    house:structure a sh:PropertyGroup ; rdfs:label "Structure" ; sh:order 1 .
    house:policy a sh:PropertyGroup ; rdfs:label "Policy" ; sh:order 2 .
    house:Z a sh:NodeShape ; sh:targetClass sdo:Claim ; sh:property house:a, house:b, house:c ;
        sh:group house:structure .
    house:a sh:path sdo:text ; sh:minCount 1 ; sh:group house:policy .
    house:b sh:path sdo:text ; sh:maxCount 1 ; sh:severity sh:Warning .
    house:c sh:path sdo:text ; sh:minLength 1 .
    house:Loose a sh:NodeShape ; sh:targetClass sdo:Claim ; sh:nodeKind sh:IRI .
    """
    rules = _rules(tmp_path, text)
    assert [(rule.layer, rule.name) for rule in rules] == [
        ("Structure", "c"), ("Structure", "b"), ("Policy", "a"), (None, "Loose"),
    ]  # fmt: skip


def test_every_result_is_of_a_rule_that_is_listed(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text(f"{PREFIXES}[] a sdo:Claim ; av:passage 1 .", encoding="utf-8")
    shapes = load_shapes()
    results = validate_files([tmp_path / "data.ttl"], shapes).results
    assert len(results) > 5
    assert {result.constraint for result in results} <= {rule.name for rule in described(shapes)}


def test_an_unknown_rule_is_refused_with_the_nearest_names() -> None:
    rules = described(load_shapes())
    with pytest.raises(InputError, match="no rule is called 'claim-has-pasage'; did you mean claim-has-passage"):
        find_rule(rules, "claim-has-pasage")
    with pytest.raises(InputError, match="list them with: averment shapes"):
        find_rule(rules, "zzz")


def test_every_rule_of_ours_is_in_a_layer_and_about_something() -> None:
    """So that a listing of the rules can be grouped by layer and by thing."""
    rules = {rule.name: rule for rule in described(load_shapes())}
    rule = rules["accepted-has-evidence"]
    assert (rule.layer, rule.about, rule.severity) == ("policy", "accepted claims", Severity.WARNING)
    assert str(rule.message).endswith("Put evidence forward with: averment evidence add.")
    assert {rule.layer for rule in rules.values()} == {"structure", "consistency", "policy"}
    assert all(rule.about for rule in rules.values())
