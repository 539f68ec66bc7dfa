"""What is remarked about shapes that somebody brings: each oddity, and nothing about shapes that are in order."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from averment.cli import averment
from averment.errors import InputError
from averment.validate import load_shapes, validate_files

PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/> .
"""
DATA = ":a a :C ; :p :b . :D rdfs:subClassOf :C ."
SOUND = ":S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path ( :p [ sh:inversePath :p ] ) ; sh:minCount 1 ] ."
EX = "https://example.org/"


def _notes(folder: Path, shapes: str, *, own: bool = False) -> tuple[str, ...]:
    (folder / "data.ttl").write_text(PREFIXES + DATA, encoding="utf-8")
    (folder / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    return validate_files([folder / "data.ttl"], load_shapes(folder / "shapes.ttl", own=own)).notes


@pytest.mark.parametrize("own", [True, False])
def test_nothing_is_remarked_about_shapes_that_are_in_order(own: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    """Nor about ours, which are silent."""
    assert _notes(tmp_path, SOUND, own=own) == ()


@pytest.mark.parametrize(
    ("shapes", "remark"),
    [
        (
            ":S sh:targetClass :C ; sh:minCuont 1 .",
            f"<{EX}S> uses sh:minCuont, which SHACL does not have; did you mean sh:minCount?",
        ),
        (
            ":S sh:targetClass :C ; sh:xyzxyzxyz 1 .",
            f"<{EX}S> uses sh:xyzxyzxyz, which SHACL does not have; leave it out",
        ),
        (
            ":S sh:targetClass :C ; a sh:NodeShap .",
            "sh:NodeShap, which SHACL does not have; did you mean sh:NodeShape?",
        ),
        (":S sh:targetClass :C ; sh:rule [ a sh:TripleRule ] .", "sh:rule, which is no part of SHACL 1.0"),
        (":S sh:targetClass :C . : owl:imports :elsewhere .", f"<{EX}> imports <{EX}elsewhere>, which is not fetched"),
        (
            ":S sh:targetClass :Nothing .",
            f"<{EX}S> names <{EX}Nothing> in sh:targetClass, which neither our vocabulary nor the data has",
        ),
        (":S sh:targetClass :C ; sh:class :Nothing .", f"<{EX}S> names <{EX}Nothing> in sh:class"),
        (":S sh:targetSubjectsOf :nothing .", f"<{EX}S> names <{EX}nothing> in sh:targetSubjectsOf"),
        (":S sh:targetObjectsOf :nothing .", f"<{EX}S> names <{EX}nothing> in sh:targetObjectsOf"),
        (":S sh:targetClass :C ; sh:property [ sh:path ( :p :nothing ) ] .", f"<{EX}S> names <{EX}nothing> in sh:path"),
        (
            ':S sh:targetClass :C ; sh:sparql [ sh:deactivated true ; sh:select "SELECT $this { $this ex:p ?v }" ] .',
            f"<{EX}S> has a query with the prefix ex:, which nothing declares",
        ),
        (
            ':S sh:targetClass :C ; sh:sparql [ sh:prefixes :none ; sh:select "SELECT $this { $this a ?v }" ] .',
            f"<{EX}S> has sh:prefixes <{EX}none>, which declares none",
        ),
        (':Q sh:select "SELECT $this { $this a ?v }" .', f"<{EX}Q> has a sh:select that no shape uses"),
        (":P a sh:PropertyShape ; sh:path :p .", f"<{EX}P> has no target, and no shape with one refers to it"),
        (
            ":N a sh:NodeShape ; sh:property :P . :P a sh:PropertyShape ; sh:path :p .",
            f"<{EX}P> has no target, and no shape with one refers to it",
        ),
        (":T sh:targetClass :D ; sh:class :C .", f"<{EX}T> checked nothing"),
        ("[] sh:targetClass :D ; sh:class :C .", "a shape without a name checked nothing"),
        (
            ':S sh:targetClass :C ; sh:sparql [ sh:severity sh:Info ; sh:select "SELECT $this { $this a :X }" ] .',
            f"<{EX}S> has a sh:severity on its sh:sparql",
        ),
        (
            ':S sh:targetClass :C ; sh:path :p ; sh:uniqueLang "1"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
            "write true",
        ),
        (":S sh:targetClass :C ; sh:node [ sh:hasValu 1 ] .", f"a shape within <{EX}S> uses sh:hasValu"),
        (":S sh:targetClass :C ; sh:hasValue [] .", f"<{EX}S> has a blank node as sh:hasValue"),
        (":S sh:targetClass :C ; sh:in ( [] ) .", f"<{EX}S> has a blank node in sh:in"),
        (
            ":S sh:targetClass :C ; :k 1 . :K a sh:ConstraintComponent ; sh:parameter [ sh:path :k ] .",
            f"<{EX}S> uses <{EX}K>, which has no validator in SPARQL for it",
        ),
    ],
)
def test_each_oddity_is_remarked_once(shapes: str, remark: str, tmp_path: Path) -> None:
    """In one sentence that names the shape."""
    prefixed = shapes.replace("{ $this a :X }", "{ $this a <a:X> }")
    (found,) = (note for note in _notes(tmp_path, SOUND + prefixed) if remark in note)
    assert "\n" not in found


def test_remarks_go_to_standard_error_and_do_not_change_the_exit_status(tmp_path: Path) -> None:
    _notes(tmp_path, SOUND + ":P a sh:PropertyShape ; sh:path :p .")
    command = ["validate", str(tmp_path / "data.ttl"), "--shapes", str(tmp_path / "shapes.ttl"), "--no-own-shapes"]
    result = CliRunner().invoke(averment, command)
    assert result.exit_code == 0
    assert "has no target" in result.stderr
    assert "has no target" not in result.stdout


def test_shapes_that_are_data_too_are_held_against_themselves(tmp_path: Path) -> None:
    """One file, with relative IRIs."""
    file = tmp_path / "both.ttl"
    text = f"{PREFIXES} <> a owl:Ontology . <#S> sh:targetNode <#a> ; sh:path :p ; sh:hasValue <#b> . <#a> :p <#c> ."
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(averment, ["validate", str(file), "--shapes", str(file), "--format", "turtle"])
    assert result.exit_code == 1
    assert f"sh:focusNode <{file.as_uri()}#a>" in result.stdout
    assert f"sh:sourceShape <{file.as_uri()}#S>" in result.stdout


def test_our_own_shapes_find_nothing_in_what_is_not_ours(tmp_path: Path) -> None:
    """So that a report on it is of the shapes that were brought alone."""
    (tmp_path / "data.ttl").write_text(PREFIXES + DATA + ":x :q 1, [ :r 'y'@en ] .", encoding="utf-8")
    assert validate_files([tmp_path / "data.ttl"], load_shapes()).results == ()


def test_without_our_own_shapes_there_must_be_others(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text(PREFIXES + DATA, encoding="utf-8")
    result = CliRunner().invoke(averment, ["validate", str(tmp_path / "data.ttl"), "--no-own-shapes"])
    assert isinstance(result.exception, InputError)
    assert "there are none" in str(result.exception)
