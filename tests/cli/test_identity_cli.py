"""`averment identity` as people and scripts use it."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from averment.cli import averment as command
from averment.cli.identity import identity
from averment.ingest import ingest
from averment.model import Extraction
from averment.store import Store

AT = ("--at", "2021-05-08T12:00:00+02:00")


def run(*arguments: str | Path) -> Result:
    """Run a verb in this process; errors for people are raised, as `main` would catch them."""
    return CliRunner().invoke(
        command, ["identity", *map(str, arguments)], catch_exceptions=False, standalone_mode=False
    )


def shell(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a verb as a person does."""
    call = [sys.executable, "-m", "averment", "identity", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, check=False)


def listed(folder: Path, status: str = "all") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("list", "--store", folder, "--status", status, "--json").output)
    return found


def lind(folder: Path) -> dict[str, Any]:
    (link,) = (link for link in listed(folder) if "Jo Lind" in link["label"])
    return link


@pytest.fixture
def folder(tmp_path: Path, extraction: Extraction, other_extraction: Extraction) -> Path:
    """A store with two articles that name the same people, and what may be the same in them."""
    folder = tmp_path / "store"
    ingest(Store(folder), [extraction, other_extraction])
    assert run("propose", "--store", folder).output == "5 proposed, 0 withdrawn, 5 waiting for a decision\n"
    return folder


def test_proposing_twice_adds_nothing_and_writes_nothing(folder: Path) -> None:
    generation = Store(folder).generation
    assert json.loads(run("propose", "--store", folder, "--json").output) == {"added": 0, "withdrawn": 0, "waiting": 5}
    assert Store(folder).generation == generation


def test_the_list_has_ids_names_articles_and_reasons(folder: Path) -> None:
    output = run("list", "--store", folder).output
    assert f"{lind(folder)['id'][:8]}  proposed: same full name, same role\n" in output
    assert "    Jo Lind (Ostport Wire, Payouts <in> Ostport & beyond)\n" in output


def test_confirm_and_reject_say_what_became_of_it_and_who_said_so(folder: Path) -> None:
    short = lind(folder)["id"][:8]
    done = run("confirm", short, "--by", "Kim  Vale", "--note", "same speech", *AT, "--store", folder)
    assert done.output == "confirmed: Jo Lind / Jo Lind\n"
    assert run("reject", short, "--by", "Ann Reed", "--store", folder, "--json").exit_code == 0
    first, second = lind(folder)["decisions"]
    assert first == {
        "decided": "confirmed",
        "by": "Kim Vale",
        "at": "2021-05-08T10:00:00+00:00",
        "note": "same speech",
    }
    assert (second["decided"], second["by"], second["note"]) == ("rejected", "Ann Reed", None)
    assert datetime.now(UTC) - datetime.fromisoformat(second["at"]) < timedelta(hours=1)
    assert "confirmed by Kim Vale, 2021-05-08 10:00 UTC: same speech" in (
        run("list", "--store", folder, "--status", "rejected").output
    )


def test_one_decision_may_be_about_several_links_and_is_one_write(folder: Path) -> None:
    generation = Store(folder).generation
    ids = [link["id"] for link in listed(folder)]
    assert len(json.loads(run("confirm", *ids, "--by", "Kim Vale", *AT, "--store", folder, "--json").output)) == 5
    assert Store(folder).generation == generation + 1
    assert listed(folder, "proposed") == []


def test_nothing_to_list_is_said_beside_the_output(folder: Path) -> None:
    done = shell("list", "--store", folder, "--status", "rejected")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no identity link is rejected\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("confirm", "zz", "--by", "Kim Vale"), "no identity link has the id 'zz'"),
        (("reject", "", "--by", "Kim Vale"), "no identity link has the id ''"),
        (("confirm", "zz"), "--by"),
        (("confirm", "--by", "Kim Vale"), "ID"),
        (("confirm", "zz", "--by", " "), "--by"),
        (("confirm", "zz", "--by", "Kim\x1b[2J"), "--by"),
        (("confirm", "zz", "--by", "Kim Vale", "--at", "yesterday"), "--at"),
        (("confirm", "zz", "--by", "Kim Vale", "--at", "2021-05-08T10:00:00"), "zone"),
        (("confirm", "zz", "--by", "Kim Vale", "--at", "0001-01-01T00:00:00+14:00"), "zone"),
        (("list", "--status", "merged"), "--status"),
        (("merge",), "merge"),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_2(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    before = listed(folder)
    done = shell(*arguments, *(("--store", str(folder)) if arguments != ("merge",) else ()))
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert listed(folder) == before


@pytest.mark.parametrize(
    "arguments", [("propose",), ("list",), ("confirm", "ab", "--by", "Kim"), ("reject", "ab", "--by", "Kim")]
)
def test_without_a_store_none_is_made(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = shell(*arguments, "--store", tmp_path / "nowhere")
    assert done.returncode == 2
    assert "averment ingest" in done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_names_do_not_steer_a_terminal(tmp_path: Path, extraction: Extraction, other_extraction: Extraction) -> None:
    from dataclasses import replace

    def hostile(one: Extraction) -> Extraction:
        return replace(one, entities=tuple(replace(e, label="Jo\x1b[2J \u202eLind") for e in one.entities))

    ingest(Store(tmp_path / "s"), [hostile(extraction), hostile(other_extraction)])
    run("propose", "--store", tmp_path / "s")
    output = run("list", "--store", tmp_path / "s").output
    assert "Lind" in output
    assert not {"\x1b", "\u202e"} & set(output)


@pytest.mark.parametrize("verb", sorted(identity.commands))
def test_every_verb_has_a_help_text_with_an_example_and_json(verb: str) -> None:
    assert f"averment identity {verb}" in run(verb, "--help").output
    options = [p for p in identity.commands[verb].params if isinstance(p, click.Option)]
    assert not [option.name for option in options if not option.help]
    assert "as_json" in {option.name for option in options}
