"""What an engine says is wrong, before it is put in words for people."""

from dataclasses import dataclass

import pyoxigraph as ox

from averment.validate.compiler.paths import Written
from averment.validate.report import Severity, Term, severity_of

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One result in SHACL's terms: the same from every engine."""

    focus: Term
    path: Written | None
    value: Term | None
    shape: Term
    component: ox.NamedNode
    grade: ox.NamedNode
    """The severity as the shapes have it."""
    messages: tuple[ox.Literal, ...]
    """The one for people first."""
    query: Term | None = None
    """The sh:sparql that found it."""

    @property
    def severity(self) -> Severity:
        """Give the severity on the scale for people."""
        return severity_of(self.grade)

    @property
    def message(self) -> str:
        """Give the words for people."""
        return self.messages[0].value
