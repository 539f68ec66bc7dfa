"""How a report is shown: to people, to programs, and as RDF."""

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest
from rdflib import SH

from averment.validate import RENDERERS, Report, Result, Severity
from averment.validate.render import as_json, as_text

EX = "https://example.org/"
CLAIM = Result(
    focus=ox.NamedNode(f"{EX}claim/1"),
    kind="claim",
    words="The city paid.",
    constraint="claim-has-polarity",
    severity=Severity.VIOLATION,
    message="The claim does not say whether it affirms or denies. Give it one av:polarity.",
    shape=ox.NamedNode("https://w3id.org/averment/shapes#claim-has-polarity"),
    component=ox.NamedNode(f"{SH.MinCountConstraintComponent}"),
    path=ox.NamedNode("https://w3id.org/averment#polarity"),
    source=ox.NamedNode(f"{EX}article"),
)
OTHER = Result(
    focus=ox.BlankNode("b1"),
    kind="thing",
    words=None,
    constraint="entity-has-label",
    severity=Severity.WARNING,
    message="The entity has no name. Give it one.",
    shape=ox.NamedNode("https://w3id.org/averment/shapes#entity-has-label"),
    component=ox.NamedNode(f"{SH.DatatypeConstraintComponent}"),
    value=ox.Literal("\x1b]0;owned\x07", language="en"),
)


def _twice(result: Result) -> Result:
    return replace(result, focus=ox.NamedNode(f"{EX}claim/2"), words="The city did not pay.")


@pytest.fixture
def report() -> Report:
    return Report.of([OTHER, _twice(CLAIM), CLAIM, CLAIM], sources=2)


def test_text_is_grouped_by_rule_and_names_each_thing_by_its_words(report: Report) -> None:
    assert as_text(report) == (
        "claim-has-polarity  violation, 2 times\n"
        "  The claim does not say whether it affirms or denies. Give it one av:polarity.\n"
        "    claim “The city paid.”\n"
        "      <https://example.org/claim/1>\n"
        "    claim “The city did not pay.”\n"
        "      <https://example.org/claim/2>\n"
        "\n"
        "entity-has-label  warning\n"
        "  The entity has no name. Give it one.\n"
        "    thing _:b1\n"
        "      has “\\u001b]0;owned\\u0007”\n"
        "\n"
        "2 violations, 1 warning in 2 articles.\n"
    )


def test_an_offending_thing_is_named_rather_than_its_iri() -> None:
    result = replace(CLAIM, value=ox.NamedNode(f"{EX}person"), value_label="person “Jo Lind”")
    assert "      has person “Jo Lind”\n" in as_text(Report.of([result], 1))


def test_colours_come_only_when_asked_for(report: Report) -> None:
    assert "\x1b" not in as_text(report)
    assert "\x1b[1;31mclaim-has-polarity\x1b[0m" in as_text(report, colour=True)


def test_nothing_wrong_is_said() -> None:
    assert as_text(Report((), 1)) == "Nothing wrong in 1 article.\n"


def test_json_has_every_result_with_plain_values(report: Report) -> None:
    content = json.loads(as_json(report))
    assert content["conforms"] is False
    assert content["counts"] == {"violation": 2, "warning": 1, "info": 0}
    assert [result["constraint"] for result in content["results"]] == [r.constraint for r in report.results]
    assert content["results"][0] == {
        "constraint": "claim-has-polarity",
        "severity": "violation",
        "message": CLAIM.message,
        "focus": f"{EX}claim/1",
        "kind": "claim",
        "words": "The city paid.",
        "path": "https://w3id.org/averment#polarity",
        "value": None,
        "valueLabel": None,
        "source": f"{EX}article",
    }
    assert content["results"][2]["focus"] == "_:b1"


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    again = Report.of(reversed(report.results), sources=2)
    for render in RENDERERS.values():
        assert render(again) == render(report)
