"""`averment export` of views: formats by name and by ending, what is said of losses, and what is refused."""

import json
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from averment.cli import averment as command
from averment.errors import InputError
from averment.store import Store


@pytest.fixture
def store(filled_store: Store) -> Path:
    """The folder of a store with one article."""
    return filled_store.folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(
        command, ["export", *(str(a) for a in arguments)], catch_exceptions=False, standalone_mode=False
    )


def test_the_list_has_every_view_and_format_with_what_it_loses(store: Path) -> None:
    """For people, and as JSON for scripts."""
    told = run("--store", store, "--list").output
    content = json.loads(run("--store", store, "--list", "--json").output)
    for one in (*content["formats"], *content["views"]):
        assert f"  {one['name']} " in told
    assert {"gexf", "graphml", "csv", "cyjs", "dot", "svg", "png", "cypher", "nodelink", "html"} <= {
        one["name"] for one in content["formats"] if one.get("loses")
    }


@pytest.mark.parametrize("ending", ["gexf", "graphml", "zip", "cyjs", "json", "dot", "cypher", "svg", "html", "trig"])
def test_a_format_is_told_by_the_ending_of_the_file(store: Path, tmp_path: Path, ending: str) -> None:
    """And the same store gives the same file."""
    files = [tmp_path / f"{n}.{ending}" for n in "ab"]
    for file in files:
        run("--store", store, "-o", file)
    assert files[0].read_bytes() == files[1].read_bytes() != b""


def test_a_view_goes_to_standard_output_and_its_losses_to_standard_error(store: Path) -> None:
    """So that it can be piped."""
    done = run("--store", store, "--view", "money", "--format", "graphml")
    found = nx.parse_graphml(done.stdout, force_multigraph=True)
    assert {data["kind"] for _, data in found.nodes(data=True)} == {
        "amount",
        "document",
        "incident",
        "organization",
        "payout",
    }
    assert done.stderr == "note: graphml: days become plain text (4)\n"


def test_filters_are_options(store: Path) -> None:
    """Each leaves less."""
    whole = len(json.loads(run("--store", store, "--format", "nodelink").stdout)["nodes"])
    for option in (
        ["--person", "Ann Brandt"],
        ["--from", "2022-01-01"],
        ["--to", "2020-01-01"],
        ["--status", "accepted"],
    ):
        done = run("--store", store, "--format", "nodelink", *option)
        assert len(json.loads(done.stdout)["nodes"]) < whole


def test_words_that_are_withheld_are_in_no_view(store: Path) -> None:
    """A claim is then called by its IRI."""
    done = run("--store", store, "--no-keep-text", "--format", "nodelink")
    assert "We did not lobby" not in done.stdout
    assert "Jo Lind" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "gefx"], "near: gexf"),
        (["-o", "graph.xyz"], "no export format is called 'graph.xyz'"),
        (["--view", "moneys", "--format", "svg"], "near: money"),
        (["--view", "money", "--format", "trig"], "trig has no views"),
        (["--status", "open", "-o", "graph.nq"], "nquads has no views"),
        (["--person", "Jo Lindt", "--format", "svg"], "near: Jo Lind"),
    ],
)
def test_what_cannot_be_done_is_said(store: Path, arguments: list[str], message: str) -> None:
    """In one sentence, before anything is written."""
    with pytest.raises(InputError, match=message):
        run("--store", store, *arguments)


def test_evidence_from_elsewhere_belongs_to_the_article_of_its_claim(store: Path, tmp_path: Path) -> None:
    """The document is shown, though it is a source of its own; and when the evidence is removed it is not."""
    ledger = tmp_path / "ledger.txt"
    ledger.write_text("The city paid 214 times.", encoding="utf-8")
    listed = json.loads(invoke("review", "list", "--store", store, "--json").stdout)
    claim = listed[0]["claim"]
    done = invoke(
        "evidence",
        "add",
        claim,
        "--supports",
        ledger,
        "--passage",
        "paid 214",
        "--by",
        "Kim",
        "--store",
        store,
        "--json",
    )
    assert "supports" in relations(store, claim)
    link = json.loads(done.stdout)[0]["id"]
    invoke("evidence", "remove", link, "--by", "Kim", "--note", "another case", "--store", store)
    assert not {"supports", "carries"} & relations(store, claim)


def relations(store: Path, claim: str) -> set[str]:
    done = run(
        "--store", store, "--view", "sources", "--format", "nodelink", "--article", claim.partition("/claim/")[0]
    )
    return {edge["relation"] for edge in json.loads(done.stdout)["edges"]}


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False, standalone_mode=False)
