"""The command line of interchange: export and import, told by endings and contents, with a report of losses."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from averment.cli import averment
from averment.errors import AvermentError, InputError
from averment.review import reviewed
from averment.store import Store

TEXT = "The city of Ostport paid Ann Brandt $1,250.50 over a 2014 arrest, Mayor Jo Lind wrote in an email.\n"
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "claimReviewed": "The city paid.",
    "author": {"@type": "Organization", "name": "Checkers", "sameAs": "https://x.example"},
    "itemReviewed": {"@type": "Claim", "datePublished": "2021-05-07"},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "True"},
}
DESK = ("--publisher-name", "The Desk", "--publisher-url", "https://desk.example")


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(averment, list(arguments), input=given, catch_exceptions=False, standalone_mode=False)


@pytest.fixture
def store(tmp_path: Path) -> str:
    """One article whose first claim was rated."""
    folder = str(tmp_path / "store")
    (tmp_path / "a.txt").write_text(TEXT)
    address = ("--address", "https://wire.example/1")
    run("ingest", str(tmp_path / "a.txt"), "--store", folder, "--publisher", "Ostport Wire", *address)
    claim = reviewed(Store(Path(folder)).view())[0].iri
    run("review", "reject", claim, "--store", folder, "--by", "Kim Vale", "--rating", "mostly false")
    return folder


def exported(store: str, path: Path, *arguments: str) -> Any:
    run("export", "--store", store, "-o", str(path), *arguments)
    return json.loads(path.read_text())


def test_formats_are_told_by_the_ending_of_the_file(store: str, tmp_path: Path) -> None:
    (review,) = exported(store, tmp_path / "ours.claimreview.json", *DESK)
    assert review["reviewRating"]["alternateName"] == "Mostly false"
    assert review["author"]["name"] == "The Desk"
    page = exported(store, tmp_path / "ours.annotations.json", "--units", "bytes")
    assert page["type"] == "AnnotationPage"


def test_reviews_without_a_publisher_are_refused(store: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--publisher-name"):
        run("export", "--store", store, "-o", str(tmp_path / "x.claimreview.json"))


def test_losses_are_told_and_written(store: str, tmp_path: Path) -> None:
    done = run("export", "--store", store, "--format", "claimreview", *DESK, "--losses", str(tmp_path / "lost.json"))
    lost = json.loads((tmp_path / "lost.json").read_text())
    assert lost["lost"] == sum(one["times"] for one in lost["what"]) > 0
    assert f"not carried: {lost['lost']:,} values" in done.stderr
    assert json.loads(done.stdout)


def test_a_dataset_goes_into_a_store_of_its_own(store: str, tmp_path: Path) -> None:
    run("export", "--store", store, "--dataset", str(tmp_path / "published"))
    for name in ("graph.nq", "graph.trig", "graph.jsonld"):
        other = tmp_path / name.replace(".", "-")
        run("import", str(tmp_path / "published" / name), "--store", str(other))
        assert set(Store(other).view().all_quads()) == set(Store(Path(store)).view().all_quads())
    again = run("import", str(tmp_path / "published" / "graph.nq"), "--store", store, "--json")
    assert json.loads(again.stdout)["quads_added"] == 0


@pytest.mark.parametrize("name", ["r.json", "r.html"])
def test_reviews_of_others_are_imported_from_files_and_pages(store: str, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    text = json.dumps(REVIEW)
    page = f'<html><script type="application/ld+json">{text}</script><script>alert(1)</script>'
    path.write_text(page if name.endswith("html") else text)
    done = run("import", str(path), "--store", store, "--json", "--losses", str(tmp_path / "lost.json"))
    assert json.loads(done.stdout)["reviews_of_others"] == 1
    assert json.loads((tmp_path / "lost.json").read_text())["what"] == [{"name": "author.sameAs", "times": 1}]
    assert "rating-label-fits-number" in done.stderr  # its number and its label disagree
    assert len(exported(store, tmp_path / "again.claimreview.json", *DESK)) == 1


def test_notes_are_imported_and_exported_again(store: str, tmp_path: Path) -> None:
    note = {
        "type": "Annotation",
        "id": "https://notes.example/1",
        "bodyValue": "So?",
        "target": {
            "source": "https://wire.example/1",
            "selector": {"type": "TextQuoteSelector", "exact": "Ann Brandt"},
        },
    }
    (tmp_path / "n.json").write_text(json.dumps(note))
    done = run("import", str(tmp_path / "n.json"), "--store", store, "--units", "utf-16")
    assert "1 annotation exact" in done.stdout
    items = exported(store, tmp_path / "x.annotations.json")["items"]
    assert items[-1]["id"] == "https://notes.example/1"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("x.json", '{"a": NaN}', "no number"),
        ("x.json", "[" * 5_000, "nested"),
        ("x.json", "{", "not JSON"),
        ("x.json", '{"name": "x"}', "no review of a claim and no annotation"),
        ("x.html", "<p>nothing</p>", "no JSON-LD"),
        ("x.nq", "<a", "x.nq"),
        ("x.txt", "words", "not known as an RDF file"),
        ("x.jsonld", '{"@context": "https://elsewhere.example/c.jsonld", "@id": "https://a.example"}', "not fetched"),
    ],
)
def test_what_cannot_be_imported_is_said_in_a_sentence(
    store: str, tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(AvermentError, match=said):
        run("import", str(tmp_path / name), "--store", store)


def test_files_of_different_kinds_are_not_mixed(store: str, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(json.dumps(REVIEW))
    (tmp_path / "g.nq").write_text("")
    with pytest.raises(InputError, match="one kind at a time"):
        run("import", str(tmp_path / "r.json"), str(tmp_path / "g.nq"), "--store", store)


def test_standard_input_has_to_be_named(store: str) -> None:
    with pytest.raises(InputError, match="--format"):
        run("import", "-", "--store", store, given="")
    done = run("import", "-", "--format", "claimreview", "--store", store, given=json.dumps(REVIEW))
    assert "1 review of others" in done.stdout
