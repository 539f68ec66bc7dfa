"""What an engine says is wrong, before it is put in words for people."""

from dataclasses import dataclass

from averment.validate.report import Severity, Term

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One result in SHACL's terms: the same from every engine."""

    focus: Term
    path: Term | None
    """None where it is a path of several properties."""
    value: Term | None
    shape: Term
    component: Term
    severity: Severity
    message: str
    """As the engine has it; for SHACL's core constraints `wording` has better."""
