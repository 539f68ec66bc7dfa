"""Loading shapes: our own, and those that somebody adds."""

import socket
from pathlib import Path

import pytest

from averment.errors import InputError
from averment.validate import Severity, load_shapes, validate_files
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of
from averment.validate.shapes import shapes_of

HOUSE_RULE = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sdo: <https://schema.org/> .
@prefix house: <https://newsroom.example/rules#> .

house:BylineShape a sh:NodeShape ;
    sh:targetClass sdo:NewsArticle ;
    sh:property house:Byline .

house:Byline a sh:PropertyShape ;
    sh:path sdo:author ;
    sh:minCount 1 ;
    sh:severity sh:Info ;
    sh:message "Our articles have a byline. Add one." .
"""
ARTICLE = '<https://newsroom.example/1> a <https://schema.org/NewsArticle> ; <https://schema.org/headline> "A" .'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules" / "more").mkdir(parents=True)
    (tmp_path / "rules" / "more" / "house.ttl").write_text(HOUSE_RULE, encoding="utf-8")
    (tmp_path / "article.ttl").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("place", ["rules", "rules/more/house.ttl"])
def test_shapes_of_a_file_or_folder_are_added_to_our_own(folder: Path, place: str) -> None:
    """A rule without a sh:name is called by the end of its IRI."""
    results = validate_files([folder / "article.ttl"], load_shapes(folder / place)).results
    (added,) = (result for result in results if result.severity is Severity.INFO)
    assert (added.constraint, added.message) == ("Byline", "Our articles have a byline. Add one.")
    assert "source-has-label" in {result.constraint for result in results}


@pytest.mark.parametrize("place", ["article.ttl", "rules/empty"])
def test_a_place_without_shapes_is_refused(folder: Path, place: str) -> None:
    (folder / "rules" / "empty").mkdir()
    with pytest.raises(InputError, match="no SHACL shapes here"):
        load_shapes(folder / place)


def test_shapes_that_cannot_be_read_are_refused_by_name(folder: Path) -> None:
    with pytest.raises(InputError, match="missing"):
        load_shapes(folder / "missing.ttl")


@pytest.mark.parametrize(
    "wrong",
    [
        HOUSE_RULE.replace("sh:minCount 1", 'sh:minCount "one"'),
        HOUSE_RULE.replace("sh:minCount 1", 'sh:pattern "("'),
        HOUSE_RULE.replace("sh:minCount 1", 'sh:sparql [ sh:select "SELECT nothing" ]'),
        HOUSE_RULE.replace("sh:minCount 1", "sh:minCount 1 ; sh:path sdo:name"),
        HOUSE_RULE.replace("sh:minCount 1", 'sh:sparql [ sh:select "SELECT $this { VALUES ?a { 1 } }" ]'),
    ],
)
def test_shapes_that_are_not_sound_are_refused_when_used(folder: Path, wrong: str) -> None:
    rules = folder / "rules" / "more" / "house.ttl"
    rules.write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError, match=r"shapes (cannot be used|is not SPARQL)"):
        validate_files([folder / "article.ttl"], load_shapes(rules))


def test_nothing_is_imported_or_fetched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what the shapes import nor what the data does."""
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("somebody opened a connection"))
    imports = "\n<https://newsroom.example/> a <{0}Ontology> ; <{0}imports> <https://newsroom.example/more> .\n"
    rules, article = folder / "rules" / "more" / "house.ttl", folder / "article.ttl"
    for path in (rules, article):
        text = path.read_text(encoding="utf-8") + imports.format("http://www.w3.org/2002/07/owl#")
        path.write_text(text, encoding="utf-8")
    assert validate_files([article], load_shapes(rules)).results


def test_the_digest_of_shapes_is_that_of_what_they_say(folder: Path) -> None:
    """Not of the order in which it is said; a store that was held against others is told by it."""
    one, other = folder / "one.ttl", folder / "other.ttl"
    rules = folder / "rules" / "more" / "house.ttl"
    one.write_text(rules.read_text(encoding="utf-8"), encoding="utf-8")
    loaded = load_shapes(one, own=False)
    again = shapes_of(graph_of(sorted(read_quads([one]), key=str, reverse=True)))
    other.write_text(HOUSE_RULE.replace("sh:minCount 1", "sh:minCount 2"), encoding="utf-8")
    assert len(loaded.digest) == 64
    assert loaded.digest != load_shapes(other, own=False).digest
    assert load_shapes(one, own=False).digest == loaded.digest == again.digest
