"""How a report is shown: to people, to programs, and as RDF."""

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest
from rdflib import SH

from averment.spreadsheets import read_table
from averment.validate import FORMATS, Context, Passage, Report, Result, Severity
from averment.validate.render.as_csv import as_csv
from averment.validate.render.as_json import as_json
from averment.validate.render.text import as_text

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
    source_title="Who paid",
    source_address="https://gazette.example/1",
    passage=Passage(ox.NamedNode(f"{EX}passage/1"), 10, 24),
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


def _text(report: Report, *, colour: bool = False, everything: bool = False) -> str:
    return as_text(report, Context(colour=colour, everything=everything)).decode()


@pytest.fixture
def report() -> Report:
    return Report.of([OTHER, _twice(CLAIM), CLAIM, CLAIM], sources=2)


def test_text_is_grouped_by_rule_and_names_each_thing_by_its_words(report: Report) -> None:
    assert _text(report) == (
        "claim-has-polarity  violation, 2 times\n"
        "  The claim does not say whether it affirms or denies. Give it one av:polarity.\n"
        "    claim “The city paid.”\n"
        "      in article “Who paid”, characters 10 to 24\n"
        "      <https://example.org/claim/1>\n"
        "    claim “The city did not pay.”\n"
        "      in article “Who paid”, characters 10 to 24\n"
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
    assert "      has person “Jo Lind”\n" in _text(Report.of([result], 1))


def test_colours_come_only_when_asked_for(report: Report) -> None:
    assert "\x1b" not in _text(report)
    assert "\x1b[1;31mclaim-has-polarity\x1b[0m" in _text(report, colour=True)


def _many(number: int, message: str = CLAIM.message) -> Report:
    focuses = (ox.NamedNode(f"{EX}claim/{place}") for place in range(number))
    return Report.of([replace(CLAIM, focus=focus, message=message) for focus in focuses], 1)


def test_three_examples_are_shown_unless_all_are_asked_for() -> None:
    assert _text(_many(5)).count("claim “The city paid.”") == 3
    assert "    and 2 more (averment validate --all shows every one)\n" in _text(_many(5))
    assert _text(_many(5), everything=True).count("claim “The city paid.”") == 5
    assert "more (" not in _text(_many(3)) + _text(_many(5), everything=True)


def test_results_of_one_rule_with_messages_of_their_own_stand_together() -> None:
    report = Report.of([*_many(1, "One is missing.").results, replace(_twice(CLAIM), message="Two are.")], 1)
    text = _text(report)
    assert text.startswith(
        "claim-has-polarity  violation, 2 times\n    claim “The city paid.”\n      One is missing.\n"
    )
    assert text.count("claim-has-polarity") == 1


def test_an_article_without_a_title_is_named_by_its_iri_and_not_named_in_itself() -> None:
    nameless = replace(CLAIM, source_title=None, passage=None)
    assert f"      in article <{EX}article>\n" in _text(Report.of([nameless], 1))
    itself = replace(CLAIM, focus=ox.NamedNode(f"{EX}article"), passage=None)
    assert "      in " not in _text(Report.of([itself], 1))


def test_nothing_from_a_file_steers_the_terminal() -> None:
    """Not even by the name of a rule, a message or a title, which a newsroom's shapes and articles bring."""
    result = replace(OTHER, constraint="a\x1bb", message="c\x07\nd", words="e\u202ef", source_title="g\x9b")
    text = _text(Report.of([replace(result, source=ox.NamedNode(f"{EX}article"))], 1))
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(text)
    assert "a\\u001bb" in text


def test_nothing_wrong_is_said() -> None:
    assert _text(Report((), 1)) == "Nothing wrong in 1 article.\n"


def test_json_has_every_result_with_plain_values(report: Report) -> None:
    content = json.loads(as_json(report, Context()))
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
        "sourceTitle": "Who paid",
        "sourceAddress": "https://gazette.example/1",
        "passage": {"iri": f"{EX}passage/1", "start": 10, "end": 24},
        "component": "http://www.w3.org/ns/shacl#MinCountConstraintComponent",
        "shape": "https://w3id.org/averment/shapes#claim-has-polarity",
    }
    assert content["results"][2]["focus"] == "_:b1"
    assert content["results"][2].keys() == content["results"][0].keys()


def test_csv_has_a_row_for_each_result_and_no_formula() -> None:
    offending = replace(OTHER, value=ox.Literal("=HYPERLINK(1)"), words="+A1")
    text = as_csv(Report.of([CLAIM, offending], 1), Context()).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert ",'+A1," in text
    (_, claim), (_, other) = read_table(text)
    assert [claim[name] for name in ("rule", "severity", "article", "start", "end", "words")] == [
        "claim-has-polarity", "violation", "Who paid", "10", "24", "The city paid.",
    ]  # fmt: skip
    assert (other["value"], other["start"], other["article"]) == ("=HYPERLINK(1)", "", "")


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    again = Report.of(reversed(report.results), sources=2)
    for form in FORMATS:
        assert form.write(again, Context()) == form.write(report, Context())
