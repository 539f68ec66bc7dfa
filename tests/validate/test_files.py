"""Reading RDF files that people bring: every format, and a sentence for everything that can be wrong with one."""

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
