"""A report in the formats of people and programs, as a table: name, file ending, what it is for, and what makes it."""

from collections.abc import Callable
from dataclasses import dataclass

from averment.validate.render.as_csv import as_csv
from averment.validate.render.as_json import as_json
from averment.validate.render.context import Context
from averment.validate.render.junit import as_junit
from averment.validate.render.page import as_html
from averment.validate.render.sarif import as_sarif
from averment.validate.render.text import as_text
from averment.validate.render.turtle import as_turtle
from averment.validate.report import Report

__all__ = ["FORMATS", "Context", "ReportFormat"]


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One format of a report."""

    name: str
    ending: str
    holds: str
    """What it is, in words."""
    write: Callable[[Report, Context], bytes]


FORMATS = (
    ReportFormat("text", "txt", "for a terminal, with examples", as_text),
    ReportFormat("json", "json", "every result, for programs", as_json),
    ReportFormat("csv", "csv", "every result, for spreadsheets", as_csv),
    ReportFormat("html", "html", "a page to read, print and send", as_html),
    ReportFormat("junit", "xml", "JUnit, for continuous integration", as_junit),
    ReportFormat("sarif", "sarif", "SARIF 2.1.0, for code hosts", as_sarif),
    ReportFormat("ttl", "ttl", "a sh:ValidationReport in Turtle", lambda report, _: as_turtle(report).encode()),
)
"""The same report gives the same bytes in each of them."""
