"""A report as JUnit XML, which continuous integration shows: one suite a rule, one case a result.

What does not make the check fail is skipped rather than failed, so that the colours are those of the exit status.
There is no standard; this is what Jenkins, GitLab and GitHub's actions read.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from averment.validate.render.context import Context, groups
from averment.validate.render.text import offending, where
from averment.validate.report import Report, Result
from averment.validate.terms import visible

__all__ = ["as_junit"]

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: Report, context: Context) -> bytes:
    """Give the report as XML; a rule that everything keeps to is a case that passes."""
    root = ET.Element("testsuites", name="averment validate")
    broken: dict[str, list[Result]] = {}
    for rule, results in groups(report):
        broken.setdefault(rule, []).extend(results)
    passed = [rule.name for rule in context.rules if rule.name not in broken]
    for rule in (*broken, *passed):
        root.append(_suite(rule, broken.get(rule, []), context))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ET.indent(root)
    return f"{_HEAD}{ET.tostring(root, encoding='unicode')}\n".encode()


def _suite(rule: str, results: list[Result], context: Context) -> ET.Element:
    fails = [result.severity.rank <= context.fail_on.rank for result in results]
    counts = {
        "tests": len(results) or 1,
        "failures": sum(fails),
        "errors": 0,
        "skipped": len(results) - sum(fails),
    }
    suite = ET.Element("testsuite", {"name": _sound(rule)} | {name: str(count) for name, count in counts.items()})
    if not results:
        ET.SubElement(suite, "testcase", classname=_sound(rule), name="everything keeps to it")
    for result, failed in zip(results, fails, strict=True):
        case = ET.SubElement(suite, "testcase", classname=_sound(rule), name=_sound(result.label))
        told = ET.SubElement(case, "failure" if failed else "skipped", message=_sound(result.message))
        if failed:
            told.set("type", str(result.severity))
        told.text = _sound("\n".join(_lines(result)))
    return suite


def _lines(result: Result) -> Iterator[str]:
    yield f"{result.severity}: {visible(result.message)}"
    yield visible(str(result.focus))
    if value := offending(result):
        yield f"has {value}"
    if place := where(result):
        yield f"in {place}"
    if result.source_address:
        yield visible(result.source_address)


def _sound(text: str) -> str:
    """Show as codes the characters that XML 1.0 has no place for (https://www.w3.org/TR/xml/#charsets)."""
    return _NOT_IN_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
