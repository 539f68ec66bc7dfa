"""README cannot rot: its queries run on the demonstration case, its commands, files and answer are what they are."""

import re
import runpy
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from averment.citations.verification import stored
from averment.cli import averment as command
from averment.review import reviewed
from averment.store import Store
from averment.validate import Severity, described, load_shapes

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sparql\n(.*?)```", README, re.DOTALL)


def run(*arguments: str) -> str:
    return CliRunner().invoke(command, list(arguments), catch_exceptions=False, standalone_mode=False).output


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demonstration case: claims accepted, then verified where a figure is another, and a review by others."""
    place = tmp_path_factory.mktemp("readme")
    folder = str(place / "store")
    run("case", "chicago", "--store", folder)
    view = Store(Path(folder)).view()
    (article, *_) = stored(view)
    claims = [claim.iri for claim in reviewed(view) if claim.article == article.iri.value]
    run("review", "accept", *claims, "--store", folder, "--by", "Kim Vale")
    copy = place / "copy.txt"
    copy.write_text(re.sub(r"\$(\d)", r"$9\1", article.text, count=1), encoding="utf-8")
    run("verify", str(copy), "--store", folder, "--source", article.iri.value, "--by", "Kim Vale")
    theirs = '{"@type": "ClaimReview", "claimReviewed": "x", "author": "y", "reviewRating": {"alternateName": "False"}}'
    (place / "theirs.json").write_text(theirs, encoding="utf-8")
    run("import", str(place / "theirs.json"), "--store", folder)
    return folder


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_every_query_has_an_answer(store: str, number: int) -> None:
    assert "(0 rows)" not in run("query", QUERIES[number], "--store", store)


def test_the_first_query_has_the_answer_that_is_shown(store: str) -> None:
    (shown, *_) = re.findall(r"```text\n(outlet.*?)```", README, re.DOTALL)
    assert run("query", QUERIES[0], "--store", store) == shown


def test_every_command_exists_with_its_options() -> None:
    shell = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
    groups = "|".join(name for name, verb in command.commands.items() if isinstance(verb, click.Group))
    calls = re.findall(rf"^averment ((?:{groups}) \w+|\w+)(.*)$", shell, re.MULTILINE)
    assert len(calls) > 6
    for verb, rest in calls:
        listed = run(*verb.split(), "--help")
        for option in re.findall(r"\s(--?[a-z-]+)", re.sub(r'"[^"]*"', "", rest.split("#")[0])):
            assert option in listed, f"averment {verb} has no {option}"


def test_every_file_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert not [link for link in links if not link.startswith("http") and not (ROOT / link).exists()]


def test_no_placeholder_is_left() -> None:
    prose = re.sub(r"```.*?```|`[^`]*`", "", README, flags=re.DOTALL)
    assert not re.findall(r"\{\w*\}", prose)


def test_the_pictures_are_those_that_the_script_draws(store: str) -> None:
    made = runpy.run_path(str(ROOT / "tests" / "pictures.py"))
    view = Store(Path(store)).view()
    for name in made["PICTURES"]:
        assert (made["FOLDER"] / name).read_bytes() == made["drawn"](view, name), "make pictures"
        assert f".github/{name}" in README


def test_the_file_of_a_newsroom_changes_what_it_says(tmp_path: Path) -> None:
    (file,) = re.findall(r"```turtle\n(.*?)```", README, re.DOTALL)
    (tmp_path / "house.ttl").write_text(file, encoding="utf-8")
    rules = {rule.name: rule for rule in described(load_shapes(tmp_path / "house.ttl"))}
    assert rules["accepted-has-evidence"].severity is Severity.VIOLATION
    assert "accepted-figure-is-calculated" not in rules
    assert str(rules["accepted-anonymity-has-reason"].message).startswith("Ask the standards editor")
