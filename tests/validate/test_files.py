"""Reading RDF files that people bring: every format, and a sentence for everything that can be wrong with one."""

import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pyoxigraph as ox
import pytest

from averment.errors import InputError
from averment.store.formats import RDF_FORMATS, Format
from averment.validate import files
from averment.validate.files import read_quads

EX = "https://example.org/"
TRIPLE = ox.Triple(ox.NamedNode(f"{EX}a"), ox.NamedNode(f"{EX}says"), ox.Literal("“é𝒜”", language="en"))


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.name)
def test_every_format_gives_the_same_quads(format_: Format, tmp_path: Path) -> None:
    path = tmp_path / f"data.{format_.ending}"
    assert isinstance(format_.engine, ox.RdfFormat)
    path.write_bytes(ox.serialize([TRIPLE], format=format_.engine) or b"")
    assert [quad.triple for quad in read_quads([path])] == [TRIPLE]


def _refusal(tmp_path: Path, name: str, content: str | bytes) -> str:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InputError) as caught:
        read_quads([path])
    assert caught.value.path == path
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{path}: ")


def test_a_syntax_error_has_its_line_and_column(tmp_path: Path) -> None:
    assert _refusal(tmp_path, "bad.ttl", "@prefix ex: <https://example.org/> .\nex:a ex:b ??? .\n").startswith(
        "line 2, column 1"
    )


def test_broken_json_is_refused(tmp_path: Path) -> None:
    assert _refusal(tmp_path, "bad.jsonld", '{"@id": ').startswith("line 1")


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    assert _refusal(tmp_path, "bad.nt", b"\xff\xfe\x00\x01")


def test_an_unknown_ending_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    assert ".ttl, .nt, .rdf, .jsonld, .trig, .nq" in _refusal(tmp_path, "data.docx", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_document_type_is_refused_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    """It could define entities that grow without end."""
    content = '<?xml version="1.0"?>\n<!doctype x [<!ENTITY a "b">]>\n<x/>'
    assert "<!DOCTYPE" in _refusal(tmp_path, "bomb.rdf", content.encode(encoding))


def test_a_remote_context_is_refused(tmp_path: Path) -> None:
    content = f'{{"@context": "{EX}context.jsonld", "@id": "{EX}a", "name": "b"}}'
    assert "context" in _refusal(tmp_path, "data.jsonld", content).lower()


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SIZE_LIMIT", 3)
    assert "larger than 3 bytes" in _refusal(tmp_path, "large.ttl", "# a\n")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.ttl", tmp_path / "folder.ttl"):
        if path.stem == "folder":
            path.mkdir()
        with pytest.raises(InputError, match=path.name):
            read_quads([path])


def test_blank_nodes_are_named_by_their_order_and_kept_apart_by_file(tmp_path: Path) -> None:
    """The same files give the same names, whatever the parser calls them."""
    for name in ("one.ttl", "two.ttl"):
        (tmp_path / name).write_text(f"_:x <{EX}p> [ <{EX}q> _:x ] .", encoding="utf-8")
    paths = [tmp_path / "one.ttl", tmp_path / "two.ttl"]
    quads = read_quads(paths)
    blank = {term for quad in quads for term in (quad.subject, quad.object)}
    assert blank == {ox.BlankNode(f"b{number}") for number in range(1, 5)}
    assert quads == read_quads(paths)


@pytest.mark.parametrize("ending", ["ttl", "trig", "nt"])
def test_a_mark_of_byte_order_is_passed_over(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_text("\ufeff" + str(TRIPLE) + " .", encoding="utf-8")
    assert [quad.triple for quad in read_quads([path])] == [TRIPLE]


@pytest.mark.parametrize("ending", ["ttl", "rdf", "jsonld", "nq"])
@pytest.mark.parametrize(
    ("encoding", "words"), [("utf-16", "it is UTF-16"), ("utf-16-le", "it is UTF-16LE"), ("latin-1", "it is not UTF-8")]
)
def test_other_encodings_are_named(tmp_path: Path, ending: str, encoding: str, words: str) -> None:
    assert words in _refusal(tmp_path, f"a.{ending}", '<a:a> <a:b> "é" . '.encode(encoding))


def test_a_context_elsewhere_is_named(tmp_path: Path) -> None:
    assert "a context elsewhere is not fetched" in _refusal(tmp_path, "a.jsonld", '{"@context": "https://schema.org"}')


@pytest.mark.parametrize("content", ['{"a:b":' * 1_001 + "1" + "}" * 1_001, "[" * 100_000, '["\\"[", ' + "[" * 1_000])
def test_json_that_is_nested_too_deeply_is_refused(tmp_path: Path, content: str) -> None:
    assert "nested more than 1,000 deep" in _refusal(tmp_path, "a.jsonld", content)


def test_brackets_within_strings_are_no_nesting(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text('{"@id": "a:a", "a:b": "' + '[{\\"' * 2_000 + '"}')
    assert len(read_quads([path])) == 1


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.name)
def test_standard_input_is_read_in_the_format_that_it_looks_like(
    format_: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(format_.engine, ox.RdfFormat)
    graph = ox.NamedNode(f"{EX}g") if format_.datasets else ox.DefaultGraph()
    quad = ox.Quad(TRIPLE.subject, TRIPLE.predicate, TRIPLE.object, graph)
    content = ox.serialize([quad if format_.datasets else TRIPLE], format=format_.engine) or b""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(content)))
    assert read_quads([Path("-")]) == [quad]


def test_standard_input_that_is_no_rdf_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"this is no RDF")))
    with pytest.raises(InputError, match=r"^standard input: line 1"):
        read_quads([Path("-")])


@pytest.mark.parametrize("name", ["missing", "missing.docx"])
def test_a_file_that_is_not_there_is_said_before_its_ending(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=f"{name}: no such file"):
        read_quads([tmp_path / name])
