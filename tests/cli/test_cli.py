"""The command line as people and scripts use it: what is printed, what is written, and with which exit status."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from averment import cli
from averment.cli import averment as command
from averment.errors import AvermentError

ARTICLE = (
    "Mayor Jo Lind lobbied the office of Sen. Ann Brandt, the emails show.\n"
    "The city of Ostport paid $5 million to Kim Vale in 2019.\n"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def run(*arguments: str | Path, text: str | None = None) -> Result:
    """Run a verb in this process; errors for people are raised, as `main` would catch them."""
    return CliRunner().invoke(
        command, [str(a) for a in arguments], input=text, catch_exceptions=False, standalone_mode=False
    )


def shell(*arguments: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run a verb as a person does."""
    call = [sys.executable, "-m", "averment", *map(str, arguments)]
    return subprocess.run(call, input=text, capture_output=True, text=True, check=False)


def test_one_article_is_one_object_with_offsets_that_are_right(article: Path) -> None:
    content = json.loads(run("extract", "--json", article).output)
    assert content["file"] == str(article)
    assert content["source"]["length"] == len(ARTICLE)
    assert {"entities", "attributions", "claims", "payouts"} <= set(content)
    for claim in content["claims"]:
        assert ARTICLE[claim["start"] : claim["end"]] == claim["text"]
    for hop in content["attributions"]:
        assert hop["inside"] is None or 0 <= hop["inside"] < len(content["attributions"])


def test_several_articles_are_one_object_a_line_in_the_order_given(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Jo Lind won.")
    lines = run("extract", "--json", other, article).output.splitlines()
    assert [json.loads(line)["file"] for line in lines] == [str(other), str(article)]


def test_standard_input_is_a_file_too() -> None:
    assert json.loads(run("extract", "--json", "-", text="Jo Lind won the vote.").output)["claims"]


def test_people_get_text(article: Path) -> None:
    output = run("extract", article, "--publisher", "Ostport Wire").output
    assert "Ostport Wire → emails" in output
    assert "$5 million: city of Ostport" in output


def test_ingesting_twice_adds_nothing(article: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    given = ("--store", store, "--publisher", "Ostport Wire", "--published", "2021-05-07")
    assert run("ingest", article, *given).output.startswith("added")
    before = run("export", "--store", store, "--format", "nquads").stdout_bytes
    assert run("ingest", article, *given).output.startswith("unchanged")
    assert run("export", "--store", store, "--format", "nquads").stdout_bytes == before


def test_the_order_of_articles_does_not_matter(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Jo Lind won the vote in 2014.")
    run("ingest", article, other, "--store", tmp_path / "one")
    run("ingest", other, "--store", tmp_path / "two")
    run("ingest", article, "--store", tmp_path / "two")
    one, two = (run("export", "--store", tmp_path / s, "--format", "nquads").stdout_bytes for s in ("one", "two"))
    assert one == two


def test_another_title_does_not_replace_an_article_unasked(article: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("ingest", article, "--store", store, "--title", "First")
    with pytest.raises(AvermentError, match="--replace"):
        run("ingest", article, "--store", store, "--title", "Second")
    assert "First" in run("export", "--store", store, "--format", "nquads").output
    assert run("ingest", article, "--store", store, "--title", "Second", "--replace").output.startswith("replaced")
    dump = run("export", "--store", store, "--format", "nquads").output
    assert "Second" in dump
    assert "First" not in dump


def test_the_same_words_elsewhere_are_told_of(article: Path, tmp_path: Path) -> None:
    run("ingest", article, "--store", tmp_path / "store", "--publisher", "One")
    assert "the same words as" in run("ingest", article, "--store", tmp_path / "store", "--publisher", "Two").output


def test_one_bad_file_keeps_all_out(article: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00")
    done = shell("ingest", article, bad, "--store", tmp_path / "store")
    assert done.returncode == 2
    assert done.stderr.startswith(f"averment: {bad}: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "store").exists()


def test_validate_ends_with_0_for_what_is_read_from_articles(article: Path, tmp_path: Path) -> None:
    run("ingest", article, "--store", tmp_path / "store")
    done = shell("validate", "--store", tmp_path / "store", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["conforms"] is True


def test_validate_ends_with_1_where_something_is_violated(tmp_path: Path) -> None:
    graph = tmp_path / "graph.ttl"
    graph.write_text("@prefix sdo: <https://schema.org/> . <https://example.org/c> a sdo:Claim .")
    done = shell("validate", graph)
    assert done.returncode == 1
    assert "claim-has-passage" in done.stdout


def test_validate_ends_with_2_for_what_is_no_rdf(tmp_path: Path) -> None:
    graph = tmp_path / "graph.ttl"
    graph.write_text("this is not Turtle")
    done = shell("validate", graph)
    assert done.returncode == 2
    assert str(graph) in done.stderr
    assert "Traceback" not in done.stderr


QUESTION = "SELECT ?whom { GRAPH ?claim { ?who av:lobbied ?whom } }"


@pytest.fixture
def store(article: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    run("ingest", article, "--store", folder, "--publisher", "Ostport Wire")
    return folder


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (None, "(1 row)"),
        ("json", '"bindings"'),
        ("csv", "whom\r\n"),
        ("tsv", "?whom\n"),
        ("xml", "<sparql"),
    ],
)
def test_a_query_answers_in_the_form_asked_for(store: Path, form: str | None, expected: str) -> None:
    arguments = ("--format", form) if form else ()
    output = run("query", QUESTION, "--store", store, *arguments).stdout_bytes.decode()
    assert expected in output
    assert "ann-brandt" in output


def test_a_query_may_stand_in_a_file_or_come_by_a_pipe(store: Path, tmp_path: Path) -> None:
    question = tmp_path / "question.rq"
    question.write_text(QUESTION)
    from_file, from_pipe = run("query", question, "--store", store), run("query", "-", "--store", store, text=QUESTION)
    assert from_file.output == from_pipe.output == run("query", QUESTION, "--store", store).output


def test_a_graph_is_turtle_and_yes_is_yes(store: Path) -> None:
    assert "sdo:Claim" in run("query", "CONSTRUCT { ?c a sdo:Claim } WHERE { ?c a sdo:Claim }", "--store", store).output
    assert run("query", "ASK { ?c a sdo:Claim }", "--store", store).output == "yes\n"


def test_another_server_is_asked_by_its_whole_address_or_not_at_all(store: Path) -> None:
    """And that it does not answer is one sentence."""
    asking = "SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }"
    for service, words in (
        ("127.0.0.1:1", "is not an address"),
        ("http://127.0.0.1:1/sparql", "could not be evaluated"),
    ):
        done = shell("query", asking, "--store", store, "--service", service)
        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { ?s ?p", "line"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", ""),
        ("nowhere.rq", "nowhere.rq"),
    ],
)
def test_a_query_that_cannot_be_answered_is_one_sentence(store: Path, query: str, words: str) -> None:
    done = shell("query", query, "--store", store)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_what_cannot_be_written_leaves_nothing_behind(store: Path, tmp_path: Path) -> None:
    done = shell("export", "--store", store, "-o", tmp_path / "no" / "such" / "folder.nq")
    assert done.returncode == 2
    assert "folder.nq" in done.stderr
    assert not list(tmp_path.rglob("*folder.nq*"))


def test_a_store_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    for verb in (["info"], ["validate"], ["query", "ASK {}"], ["export", "--format", "trig"]):
        done = shell(*verb, "--store", tmp_path / "nowhere")
        assert done.returncode == 2
        assert "averment ingest" in done.stderr


def test_info_counts(store: Path) -> None:
    content = json.loads(run("info", "--store", store, "--json").output)
    assert (content["articles"], content["payouts"]) == (1, 1)
    assert "articles" in run("info", "--store", store).output


def test_the_demonstration_case_conforms_and_can_be_read_again(tmp_path: Path) -> None:
    first = json.loads(run("case", "chicago", "--store", tmp_path / "s", "--json").output)
    assert first["conforms"] is True
    assert [a["outcome"] for a in first["articles"]] == ["added"] * 3
    again = json.loads(run("case", "chicago", "--store", tmp_path / "s", "--json").output)
    assert [a["outcome"] for a in again["articles"]] == ["unchanged"] * 3


def test_bad_options_end_with_2_and_say_which(article: Path) -> None:
    done = shell("ingest", article, "--published", "May 2021")
    assert done.returncode == 2
    assert "--published" in done.stderr


@pytest.mark.parametrize("verb", sorted(command.commands))
def test_every_verb_has_a_help_text_with_an_example(verb: str) -> None:
    output = run(verb, "--help").output
    assert "Example" in output
    options = [p for p in command.commands[verb].params if isinstance(p, click.Option)]
    assert not [option.name for option in options if not option.help]


def test_every_verb_that_prints_has_json() -> None:
    groups = (verb.commands for verb in command.commands.values() if isinstance(verb, click.Group))
    verbs = {name: verb for group in (command.commands, *groups) for name, verb in group.items()}
    without = {name for name, verb in verbs.items() if not any(p.name == "as_json" for p in verb.params)}
    assert without == {name for name, verb in verbs.items() if isinstance(verb, click.Group)}
    assert cli.__all__ == ["averment", "main"]
