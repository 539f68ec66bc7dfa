"""What validation found, as plain values that every renderer and the command line read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from averment.validate.describe import label
from averment.vocabulary import PREFIXES

if TYPE_CHECKING:
    from averment.validate.compiler.paths import Written

__all__ = ["Passage", "Report", "Result", "Severity", "Term", "severity_of"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal


class Severity(StrEnum):
    """How grave a result is, the gravest first."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Give 0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of an article that a thing was read from."""

    iri: Term
    start: int | None = None
    """In code points into the article's text, as `end`; None where that is not known."""
    end: int | None = None


_GRADES = {ox.NamedNode(f"{PREFIXES['sh']}{severity.capitalize()}"): severity for severity in Severity}


def severity_of(grade: ox.NamedNode) -> Severity:
    """Give the severity that people are shown: one that is not SHACL's own counts as a violation."""
    return _GRADES.get(grade, Severity.VIOLATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One thing that breaks one rule."""

    focus: Term
    """The thing."""
    kind: str
    """What sort of thing it is, such as `claim`."""
    words: str | None
    """The words by which a person knows it: those it quotes, or its name."""
    constraint: str
    """The rule's name, such as `claim-has-passage`."""
    severity: Severity
    message: str
    """What is wrong and what to do."""
    shape: Term
    component: Term
    path: Term | None = None
    """The property it is about; None where that is a path of several."""
    value: Term | None = None
    """The offending value, where there is one."""
    value_label: str | None = None
    """What a person calls the value, where it is a thing."""
    source: ox.NamedNode | None = None
    """The article that the thing was read from, where that is known."""
    source_title: str | None = None
    source_address: str | None = None
    """Where the article is on the web."""
    passage: Passage | None = None
    """The words of the article that the thing was read from, where it points at some."""
    grade: ox.NamedNode | None = None
    """The severity as the shapes have it; None where it is that of the scale."""
    messages: tuple[ox.Literal, ...] = ()
    """All that the shapes say of it, in every language; nothing where that is the message alone."""
    route: "Written | None" = None
    """The whole path, of which `path` is the one property, if it is one."""
    query: Term | None = None
    """The sh:sparql that found it."""
    times: int = 1
    """How often it was found: SHACL has a result for each, people want it once."""

    @property
    def label(self) -> str:
        """Name the thing for a person: its kind and its words."""
        return label(self.kind, self.words, str(self.focus))

    @property
    def order(self) -> tuple[int, str, str, str, str, str, str]:
        """Give what results are sorted by: the gravest first, then by rule, article and thing."""
        rank = self.severity.rank
        return rank, self.constraint, self.message, str(self.source), str(self.focus), str(self.value), str(self.path)


@dataclass(frozen=True)
class Report:
    """All results, in a fixed order, with how much was looked at."""

    results: tuple[Result, ...]
    sources: int
    """Articles looked at."""
    notes: tuple[str, ...] = ()
    """What people should know of how it came about: one sentence each."""

    @classmethod
    def of(cls, results: Iterable[Result], sources: int, notes: tuple[str, ...] = ()) -> "Report":
        """Put results in order, each once."""
        found = Counter(results)
        once = (replace(result, times=times) if times > 1 else result for result, times in found.items())
        return cls(tuple(sorted(once, key=lambda result: result.order)), sources, notes)

    @cached_property
    def counts(self) -> dict[Severity, int]:
        """Count the results of each severity."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity in Severity}

    @property
    def conforms(self) -> bool:
        """Say whether there is no violation. Warnings and remarks do not count, unlike in SHACL's own sh:conforms."""
        return not self.counts[Severity.VIOLATION]

    def fails(self, threshold: Severity) -> bool:
        """Say whether there is a result as grave as a severity, or graver."""
        return any(result.severity.rank <= threshold.rank for result in self.results)
