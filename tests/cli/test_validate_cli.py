"""`averment validate` and `averment shapes`: the formats, the exit status, and the rules in plain words."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from averment.cli import averment as command
from averment.cli.validate import _FORMATS
from averment.errors import AvermentError
from averment.validate import FORMATS

HOUSE = """\
@prefix sdo: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix house: <https://newsroom.example/rules#> .

house:Creation a sh:NodeShape ; rdfs:label "creations" ; sh:targetClass sdo:CreativeWork ;
    sh:property house:needs-author, house:needs-title, house:needs-date .
house:needs-author sh:path sdo:author ; sh:minCount 1 ; sh:severity sh:Info ; sh:message "No author. Add one." .
house:needs-title sh:path sdo:name ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "No title. Add one." .
house:needs-date sh:path sdo:datePublished ; sh:minCount 1 ; sh:message "No date. Add one." .
"""
WORK = "@prefix sdo: <https://schema.org/> . <https://example.org/{}> a sdo:CreativeWork"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files that break a rule of each severity, and a newsroom's rules."""
    (tmp_path / "house.ttl").write_text(HOUSE, encoding="utf-8")
    (tmp_path / "violation.ttl").write_text(f"{WORK} .".format("w"), encoding="utf-8")
    (tmp_path / "warning.ttl").write_text(f'{WORK} ; sdo:datePublished "2021" .'.format("w"), encoding="utf-8")
    text = f'{WORK} ; sdo:datePublished "2021" ; sdo:name "T" .'.format("w")
    (tmp_path / "info.ttl").write_text(text, encoding="utf-8")
    many = "\n".join(f"<https://example.org/{number}> a <https://schema.org/CreativeWork> ." for number in range(5))
    (tmp_path / "many.ttl").write_text(many, encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False, standalone_mode=False)


def status(*arguments: str | Path) -> int:
    """Run a verb as a shell does, and give its exit status; an error that a person can mend is 2."""
    try:
        value = run(*arguments).return_value
    except AvermentError:
        return 2
    return value if isinstance(value, int) else 0


def validate(folder: Path, file: str, *arguments: str | Path) -> tuple[str | Path, ...]:
    return ("validate", folder / file, "--shapes", folder / "house.ttl", *arguments)


def test_the_formats_are_those_of_the_table() -> None:
    assert {form.name: form.ending for form in FORMATS} == _FORMATS


@pytest.mark.parametrize("form", _FORMATS)
def test_a_file_has_the_format_of_its_ending_and_what_would_be_printed(folder: Path, form: str) -> None:
    printed = run(*validate(folder, "violation.ttl", "--format", form)).stdout_bytes
    place = folder / f"report.{_FORMATS[form]}"
    assert status(*validate(folder, "violation.ttl", "-o", place)) == 1
    assert place.read_bytes() == printed
    assert run(*validate(folder, "violation.ttl", "--format", form, "-o", "-")).stdout_bytes == printed


def test_turtle_has_two_names(folder: Path) -> None:
    one, other = (run(*validate(folder, "info.ttl", "--format", name)).output for name in ("ttl", "turtle"))
    assert one == other


def test_a_format_that_there_is_not_is_refused(folder: Path) -> None:
    with pytest.raises(AvermentError, match=r"no format of reports ends in \.pdf; name one with --format: text, json"):
        run(*validate(folder, "info.ttl", "-o", folder / "report.pdf"))
    call = [sys.executable, "-m", "averment", "validate", "--format", "pdf"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "'pdf' is none of text, json, csv" in done.stderr


def test_a_report_that_cannot_be_written_leaves_nothing_behind(folder: Path) -> None:
    with pytest.raises(AvermentError, match="cannot be written"):
        run(*validate(folder, "info.ttl", "-o", folder / "absent" / "report.json"))
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("file", "expected"),
    [("violation.ttl", [1, 1, 1]), ("warning.ttl", [0, 1, 1]), ("info.ttl", [0, 0, 1])],
)
def test_the_threshold_decides_the_exit_status(folder: Path, file: str, expected: list[int]) -> None:
    thresholds = ("violation", "warning", "info")
    assert [status(*validate(folder, file, "--fail-on", severity)) for severity in thresholds] == expected
    assert status(*validate(folder, file)) == expected[0]


def test_the_threshold_changes_what_junit_fails_and_not_whether_the_graph_conforms(folder: Path) -> None:
    arguments = validate(folder, "warning.ttl", "--fail-on", "warning")
    assert json.loads(run(*arguments, "--json").stdout)["conforms"] is True
    root = ET.fromstring(run(*arguments, "--format", "junit").stdout)  # noqa: S314 - it is our own
    assert (root.get("failures"), root.get("skipped")) == ("1", "1")


def test_all_shows_every_result(folder: Path) -> None:
    assert "and 2 more (averment validate --all shows every one)" in run(*validate(folder, "many.ttl")).output
    whole = run(*validate(folder, "many.ttl", "--all")).output
    assert "more (" not in whole
    assert whole.count("<https://example.org/4>") == 3


def test_sarif_has_the_rules_of_the_newsroom_too(folder: Path) -> None:
    (sarif,) = json.loads(run(*validate(folder, "info.ttl", "--format", "sarif")).output)["runs"]
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in sarif["tool"]["driver"]["rules"]}
    assert [levels[name] for name in ("needs-author", "needs-title", "needs-date")] == ["note", "warning", "error"]
    assert "claim-has-passage" in levels


def test_what_is_checked_node_by_node_is_said_beside_the_report(folder: Path) -> None:
    rules = (folder / "house.ttl").read_text(encoding="utf-8")
    looking = rules.replace("sh:path sdo:name ;", 'sh:path sdo:name ; sh:pattern "^(?=T)" ;')
    (folder / "house.ttl").write_text(looking, encoding="utf-8")
    done = run(*validate(folder, "info.ttl", "--json"))
    assert "is checked node by node, which is slower" in done.stderr
    assert json.loads(done.stdout)["counts"]["info"] == 1


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)]
)
def test_a_terminal_has_colours_unless_somebody_wants_none(
    folder: Path, environment: dict[str, str], *, coloured: bool
) -> None:
    master, terminal = pty.openpty()
    call = [sys.executable, "-m", "averment", *map(str, validate(folder, "info.ttl"))]
    known = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(call, stdout=terminal, env=known | environment) as process:
        process.wait(timeout=60)
    os.close(terminal)
    shown = os.read(master, 10_000)
    os.close(master)
    assert b"needs-author" in shown
    assert (b"\x1b[1;36mneeds-author" in shown) is coloured


# ---- The rules ------------------------------------------------------------------------------------------------------


def test_the_rules_are_listed_in_plain_words() -> None:
    listed = run("shapes").output
    assert "claim-has-passage  violation\n  about    claims\n  why      A claim that cannot be pointed at" in listed
    assert "\n  to do    The claim does not point at the words that make it." in listed
    assert listed.endswith(" rules.\n")
    assert max(map(len, listed.splitlines())) <= 100


def test_the_rules_of_a_newsroom_are_listed_beside_ours(folder: Path) -> None:
    listed = run("shapes", "--shapes", folder / "house.ttl").output
    assert "needs-author  info\n  about    creations\n  to do    No author. Add one.\n" in listed
    assert "claim-has-passage" in listed


def test_layers_are_headings(folder: Path) -> None:
    grouped = f'{HOUSE} house:Creation sh:group house:Desk . house:Desk rdfs:label "the desk\\u001b" .'
    (folder / "house.ttl").write_text(grouped, encoding="utf-8")
    assert "== the desk�: 3 rules ==\n" in run("shapes", "--shapes", folder / "house.ttl").output


def test_one_rule_is_shown_in_full(folder: Path) -> None:
    shown = run("shapes", "needs-title", "--shapes", folder / "house.ttl").output
    assert shown == (
        "needs-title  warning\n"
        "  about    creations\n"
        "  to do    No title. Add one.\n"
        "  held to  every sdo:CreativeWork\n"
        "  looks at sdo:name\n"
    )


def test_programs_get_the_rules_too() -> None:
    rules = {rule["name"]: rule for rule in json.loads(run("shapes", "--json").output)}
    rule = rules["claim-has-passage"]
    assert rule.keys() == {"name", "severity", "about", "why", "message", "layer", "path", "targets"}
    assert (rule["severity"], rule["about"]) == ("violation", "claims")
    assert json.loads(run("shapes", "claim-has-passage", "--json").output) == rule


def test_a_rule_that_there_is_not_is_refused() -> None:
    with pytest.raises(AvermentError, match="did you mean claim-has-text"):
        run("shapes", "claim-has-texts")
