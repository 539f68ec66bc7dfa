"""A newsroom's own file: what it says of our rules takes the place of what we say, in both engines."""

from pathlib import Path

import pytest

from averment.errors import InputError
from averment.validate import ENGINES, Result, Severity, Shapes, described, load_shapes, validate_files

PREFIXES = """\
@prefix avsh: <https://w3id.org/averment/shapes#> .
@prefix house: <https://newsroom.example/rules#> .
@prefix sdo: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
ARTICLE = '<https://newsroom.example/1> a <https://schema.org/NewsArticle> ; <https://schema.org/headline> "A" .'


def _shapes(folder: Path, said: str) -> Shapes:
    (folder / "house.ttl").write_text(PREFIXES + said, encoding="utf-8")
    return load_shapes(folder / "house.ttl")


def _found(folder: Path, said: str, engine: str) -> dict[str, Result]:
    (folder / "article.ttl").write_text(ARTICLE, encoding="utf-8")
    report = validate_files([folder / "article.ttl"], _shapes(folder, said), engine=engine)
    return {result.constraint: result for result in report.results}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_rule_of_ours_can_be_switched_off(tmp_path: Path, engine: str) -> None:
    """A file that adds no rule is as good as one that does."""
    found = _found(tmp_path, "avsh:source-has-label sh:deactivated true .", engine)
    assert "source-has-label" not in found
    assert "source-has-sha256" in found


@pytest.mark.parametrize("engine", ENGINES)
def test_a_whole_shape_can_be_switched_off(tmp_path: Path, engine: str) -> None:
    assert _found(tmp_path, "avsh:Source sh:deactivated true .", engine) == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_severity_and_words_of_a_rule_can_be_replaced(tmp_path: Path, engine: str) -> None:
    said = 'avsh:source-has-label sh:severity sh:Info ; sh:message "No name. Ask the desk." ; sh:description "So." .'
    found = _found(tmp_path, said, engine)["source-has-label"]
    assert (found.severity, found.message) == (Severity.INFO, "No name. Ask the desk.")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_rule_can_be_added_beside_a_change(tmp_path: Path, engine: str) -> None:
    """Shapes without an IRI are blank nodes, as lists of ours are; neither is taken for the other."""
    said = """
        avsh:source-has-label sh:deactivated true .
        [] a sh:NodeShape ; sh:targetClass sdo:NewsArticle ; sh:property house:Byline .
        house:Byline a sh:PropertyShape ;
            sh:path [ sh:alternativePath ( sdo:author sdo:creator ) ] ;
            sh:minCount 1 ; sh:message "No byline. Add one." .
    """
    found = _found(tmp_path, said, engine)
    assert "Byline" in found
    assert "source-has-label" not in found
    assert {*found, "source-has-label"} - {"Byline"} == set(_found(tmp_path, "avsh:Act sh:deactivated false .", engine))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_shape_of_ours_can_be_given_one_rule_more(tmp_path: Path, engine: str) -> None:
    said = 'avsh:Source sh:property [ sh:path sdo:author ; sh:minCount 1 ; sh:message "No byline. Add one." ] .'
    assert {"unnamed", "source-has-label"} <= set(_found(tmp_path, said, engine))


def test_a_rule_is_listed_as_the_newsroom_has_it(tmp_path: Path) -> None:
    said = """
        avsh:claim-has-passage sh:deactivated true .
        avsh:accepted-words-stand sh:severity sh:Warning ; sh:description "Ours." .
    """
    rules = {rule.name: rule for rule in described(_shapes(tmp_path, said))}
    assert "claim-has-passage" not in rules
    assert "claim-has-text" in rules
    assert (rules["accepted-words-stand"].severity, rules["accepted-words-stand"].why) == (Severity.WARNING, "Ours.")


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        (
            "avsh:claim-has-pasage sh:deactivated true .",
            r"averment has no rule claim-has-pasage; did you mean claim-has-passage\?",
        ),
        ("avsh:q77777777777777777777 sh:deactivated true .", "averment has no rule q77777777777777777777$"),
        ("avsh:structure sh:deactivated true .", "averment has no rule structure"),
        ("avsh:claim-has-text sh:maxCount 5 .", "maxCount of claim-has-text cannot be changed, only sh:deactivated"),
        ("avsh:Claim sh:severity sh:Info .", "severity of Claim cannot be changed, only sh:deactivated, sh:property"),
        ("avsh:claim-has-text sh:severity sh:Error .", "severity of claim-has-text is Error; it must be one of"),
        (
            'avsh:claim-has-text sh:deactivated "yes" .',
            "deactivated of claim-has-text is yes; it must be true or false",
        ),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_and_named(tmp_path: Path, said: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        _shapes(tmp_path, f"house:Other a sh:NodeShape .\n{said}")
    assert caught.value.path == tmp_path / "house.ttl"


def test_a_name_without_end_is_refused_at_once(tmp_path: Path) -> None:
    """Looking for the nearest name takes no longer for a long one."""
    with pytest.raises(InputError, match="averment has no rule aaaa") as caught:
        _shapes(tmp_path, f"avsh:{'a' * 100_000} sh:deactivated true .")
    assert len(str(caught.value)) < 1_000
