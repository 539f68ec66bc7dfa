"""Reports for browsers, for continuous integration and for code hosts, read as those read them."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from rdflib import SH

from averment.validate import Context, Described, Passage, Report, Result, Severity
from averment.validate.render.junit import as_junit
from averment.validate.render.page import as_html
from averment.validate.render.sarif import as_sarif

EX = "https://example.org/"
HOSTILE = "<script>alert(1)</script>&\"'\x1b\x00\u202e\ufffe {value}"


def _rule(name: str, severity: Severity = Severity.VIOLATION, **given: Any) -> Described:
    known: dict[str, Any] = {"about": "claims", "why": "A reason.", "message": "It is wrong. Mend it.", "layer": None}
    return Described(name=name, severity=severity, order=0.0, path=None, targets=(), **(known | given))


def _result(rule: str, number: int = 1, **given: Any) -> Result:
    known: dict[str, Any] = {
        "focus": ox.NamedNode(f"{EX}claim/{number}"),
        "words": f"The city paid {number} times.",
        "severity": Severity.VIOLATION,
        "message": "It is wrong. Mend it.",
        "source": ox.NamedNode(f"{EX}article"),
        "source_title": "Who paid",
        "source_address": "https://gazette.example/1",
        "passage": Passage(ox.NamedNode(f"{EX}passage/1"), 10, 24),
    }
    component = ox.NamedNode(f"{SH.MinCountConstraintComponent}")
    return Result(kind="claim", constraint=rule, shape=ox.NamedNode(f"{EX}shape"), component=component, **known | given)


RULES = (_rule("kept"), _rule("broken"), _rule("doubtful", Severity.WARNING, layer="consistency"))
REPORT = Report.of(
    [
        _result("broken", 1),
        _result("broken", 2),
        _result("doubtful", severity=Severity.WARNING, source=ox.NamedNode(f"{EX}other"), source_address=None),
    ],
    2,
)
BAD = Report.of([_result(HOSTILE, words=HOSTILE, message=HOSTILE, source_title=HOSTILE, value=ox.Literal(HOSTILE))], 1)


# ---- JUnit ----------------------------------------------------------------------------------------------------------


def _counts(element: ET.Element) -> list[int]:
    return [int(element.get(name, "-1")) for name in ("tests", "failures", "errors", "skipped")]


@pytest.mark.parametrize("fail_on", list(Severity))
def test_every_count_of_junit_adds_up(fail_on: Severity) -> None:
    """The root counts its suites, and a suite its cases; each case is of the suite's rule."""
    root = ET.fromstring(as_junit(REPORT, Context(rules=RULES, fail_on=fail_on)))  # noqa: S314 - it is our own
    suites = root.findall("testsuite")
    assert _counts(root) == [sum(column) for column in zip(*map(_counts, suites), strict=True)]
    for suite in suites:
        cases = suite.findall("testcase")
        failed, skipped = ([case for case in cases if case.find(tag) is not None] for tag in ("failure", "skipped"))
        assert _counts(suite) == [len(cases), len(failed), 0, len(skipped)]
        assert {case.get("classname") for case in cases} == {suite.get("name")}


def test_junit_shows_the_rules_that_are_kept_as_passing() -> None:
    root = ET.fromstring(as_junit(REPORT, Context(rules=RULES)))  # noqa: S314 - it is our own
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {"kept", "broken", "doubtful"}
    (case,) = suites["kept"]
    assert list(case) == []
    assert [case.get("name") for case in suites["broken"]] == [result.label for result in REPORT.results[:2]]


def test_junit_fails_where_the_exit_status_does() -> None:
    def failures(fail_on: Severity) -> str | None:
        root = ET.fromstring(as_junit(REPORT, Context(rules=RULES, fail_on=fail_on)))  # noqa: S314 - it is our own
        return root.get("failures")

    assert failures(Severity.VIOLATION) == "2"
    assert failures(Severity.WARNING) == "3"


def test_junit_shows_what_xml_cannot_hold_as_codes() -> None:
    written = as_junit(BAD, Context())
    (suite,) = ET.fromstring(written)  # noqa: S314 - it is our own
    name = str(suite.get("name"))
    assert "\\u001b\\u0000" in name
    assert "\\ufffe" in name
    assert "<script>" in name


# ---- SARIF ----------------------------------------------------------------------------------------------------------


def _run(report: Report, rules: tuple[Described, ...] = RULES) -> dict[str, Any]:
    content = json.loads(as_sarif(report, Context(rules=rules)))
    assert content["version"] == "2.1.0"
    (run,) = content["runs"]
    assert isinstance(run, dict)
    return run


def test_sarif_has_every_rule_whether_broken_or_not() -> None:
    rules = _run(REPORT)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["kept", "broken", "doubtful"]
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["error", "error", "warning"]
    assert rules[0]["shortDescription"] == {"text": "It is wrong."}
    assert rules[0]["fullDescription"] == {"text": "A reason."}
    assert rules[0]["help"]["text"].startswith("It is wrong. Mend it.")
    assert rules[2]["properties"]["tags"] == ["consistency", "claims"]


def test_sarif_results_point_at_their_rule_and_at_the_characters_of_the_article() -> None:
    run = _run(REPORT)
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == rules[result["ruleIndex"]]["defaultConfiguration"]["level"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["region"] == {"charOffset": 10, "charLength": 14}
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]]
    assert uris == ["https://gazette.example/1", "https://gazette.example/1", f"{EX}other"]
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_results_without_an_article_are_where_they_can_be() -> None:
    nowhere: dict[str, Any] = {"source": None, "source_address": None, "passage": None}
    results = [_result("broken", **nowhere), _result("broken", focus=ox.BlankNode("b1"), **nowhere)]
    named, blank = (result["locations"][0] for result in reversed(_run(Report.of(results, 0))["results"]))
    if "physicalLocation" not in named:
        named, blank = blank, named
    assert named["physicalLocation"] == {"artifactLocation": {"uri": f"{EX}claim/1"}}
    assert blank == {"logicalLocations": [{"fullyQualifiedName": "_:b1", "kind": "claim"}]}


def test_sarif_addresses_are_uris() -> None:
    run = _run(Report.of([_result("broken", source_address="https://gazette.example/Ää b?q=%20")], 1))
    (location,) = run["results"][0]["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "https://gazette.example/%C3%84%C3%A4%20b?q=%20"


def test_sarif_fingerprints_stay_while_words_change_and_tell_results_apart() -> None:
    def prints(report: Report) -> list[str]:
        return [result["partialFingerprints"]["averment/v1"] for result in _run(report)["results"]]

    reworded = Report.of(
        [replace(r, message="Otherwise.", words="Other.", source_title="T") for r in REPORT.results], 9
    )
    assert prints(reworded) == prints(REPORT)
    assert len(set(prints(REPORT))) == 3


def test_sarif_has_no_index_for_a_rule_that_is_not_listed() -> None:
    (result,) = _run(Report.of([_result("other")], 1))["results"]
    assert result["ruleId"] == "other"
    assert "ruleIndex" not in result


# ---- HTML -----------------------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """What a browser would see of a page: its tags, and its text."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def _page(report: Report) -> _Page:
    return _Page(as_html(report, Context(rules=RULES)).decode())


def test_the_page_has_every_result_by_rule_with_its_reason_and_article() -> None:
    page = _page(REPORT)
    for result in REPORT.results:
        assert page.text.count(str(result.words)) >= 1
    assert page.text.count("It is wrong. Mend it.") == 2  # once a rule, for its results together
    assert "Why: A reason." in page.text
    assert "Who paid, characters 10 to 24" in page.text
    assert "2 violations, 1 warning in 2 articles." in page.text


def test_the_page_counts_results_by_rule_and_by_article() -> None:
    text = as_html(REPORT, Context()).decode()
    rows = [[re.sub(r"<[^>]*>", "", cell) for cell in row] for row in map(_cells, re.findall(r"<tr>.*</tr>", text))]
    assert ["broken", "violation", "2"] in rows
    assert ["doubtful", "warning", "1"] in rows
    assert ["Who paid", "2", "0", "0"] in rows
    assert ["Who paid", "0", "1", "0"] in rows  # another article of that title


def _cells(row: str) -> list[str]:
    return re.findall(r"<td[^>]*>(.*?)</td>", row)


def test_the_page_has_no_script_and_asks_nobody_for_anything() -> None:
    for report in (REPORT, BAD):
        page = _page(report)
        assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
        assert not [attributes for _, attributes in page.tags if "src" in attributes]
        assert {"content": "default-src 'none'; style-src 'unsafe-inline'"}.items() <= next(
            attributes.items() for tag, attributes in page.tags if tag == "meta" and "http-equiv" in attributes
        )


def test_the_page_shows_hostile_texts_as_they_are() -> None:
    page = _page(BAD)
    assert "<script>alert(1)</script>&\"'\\u001b\\u0000\\u202e" in page.text
    assert not {"\x1b", "\x00", "\u202e"} & set(page.text)


def test_the_page_links_to_the_web_only() -> None:
    page = _page(Report.of([_result("broken", source_address="javascript:alert(1)")], 1))
    assert [a["href"] for tag, a in page.tags if tag == "a" and not str(a["href"]).startswith("#")] == []
    page = _page(REPORT)
    assert ("a", {"href": "https://gazette.example/1", "rel": "noreferrer"}) in page.tags


def test_the_page_says_when_nothing_is_wrong() -> None:
    page = _page(Report((), 3))
    assert "The graph keeps to the rules" in page.text
    assert "Nothing wrong in 3 articles." in page.text
    assert "table" not in {tag for tag, _ in page.tags}
