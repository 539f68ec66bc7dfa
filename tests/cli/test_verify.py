"""`averment verify`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from averment.cli import averment
from averment.errors import InputError

TEXT = "The city of Ostport paid $5 million in 2019. Mayor Jo Lind said that nobody was hurt.\n"


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(averment, [*map(str, arguments)])
    if isinstance(result.exception, InputError):
        raise result.exception
    return result.exit_code, result.stdout


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert run("ingest", path, "--store", tmp_path / "store", "--address", "https://wire.example/1")[0] == 0
    return path


def test_what_is_unchanged_is_exact(article: Path) -> None:
    status, shown = run("verify", article, "--store", article.parent / "store")
    assert status == 0
    assert shown.endswith(" exact\n")


def test_an_altered_claim_is_shown_and_recorded(article: Path) -> None:
    store = article.parent / "store"
    iri = json.loads(run("verify", article, "--store", store, "--json")[1])["sources"][0]["source"]
    newer = article.parent / "newer.txt"
    newer.write_text(TEXT.replace("$5", "$6"), encoding="utf-8")
    status, shown = run("verify", newer, "--store", store, "--source", iri, "--by", "Kim Vale")
    assert status == 1
    assert "altered-critical: “The city of Ostport paid $5 million in 2019”" in shown
    query = """SELECT ?change {
        ?check av:outcome avs:outcome-altered-critical ; av:checked ?passage ; av:change ?change .
        ?claim av:passage ?passage ; a sdo:Claim
    }"""
    assert "“5” became “6” (number)" in run("query", query, "--store", store)[1]


def test_a_file_of_no_article_is_refused_by_name(article: Path) -> None:
    other = article.parent / "other.txt"
    other.write_text("Something else.\n", encoding="utf-8")
    with pytest.raises(InputError, match="no article in the store") as caught:
        run("verify", other, "--store", article.parent / "store")
    assert caught.value.path == other
    with pytest.raises(InputError, match="the store has no article"):
        run("verify", article, "--store", article.parent / "store", "--source", "https://nowhere.example/")


def test_two_copies_of_one_article_are_never_chosen_from(article: Path) -> None:
    copy = article.parent / "copy.txt"
    copy.write_bytes(article.read_bytes())
    with pytest.raises(InputError, match="one at a time"):
        run("verify", article, copy, "--store", article.parent / "store")
