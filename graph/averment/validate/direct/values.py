"""The constraint components that look at one value alone: whether it passes.

https://www.w3.org/TR/shacl/#core-components
"""

import re
from collections.abc import Callable
from functools import lru_cache

import pyoxigraph as ox

from averment.validate.compiler.components import reads
from averment.validate.compiler.plan import Test
from averment.validate.direct.facts import Facts
from averment.validate.direct.literals import precedes, well_formed
from averment.validate.report import Term

__all__ = ["keeps_to"]

_KINDS: dict[type, str] = {ox.NamedNode: "IRI", ox.BlankNode: "BlankNode", ox.Literal: "Literal"}

_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}


def keeps_to(facts: Facts, test: Test, value: Term) -> bool:
    """Say whether a value passes a test."""
    return _TESTS[test.component](facts, test, value)


def _class(facts: Facts, test: Test, value: Term) -> bool:
    kind = test.expected[0]
    return isinstance(kind, ox.NamedNode) and facts.is_instance(value, kind)


def _datatype(_facts: Facts, test: Test, value: Term) -> bool:
    return isinstance(value, ox.Literal) and value.datatype == test.expected[0] and well_formed(value)


def _node_kind(_facts: Facts, test: Test, value: Term) -> bool:
    wanted = str(test.expected[0].value).rsplit("#", 1)[-1]
    return _KINDS[type(value)] in wanted.split("Or")


def _bound(_facts: Facts, test: Test, value: Term) -> bool:
    pair = (test.expected[0], value) if test.component.startswith("Min") else (value, test.expected[0])
    return precedes(*pair, or_equal=test.component.endswith("Inclusive"))


def _length(_facts: Facts, test: Test, value: Term) -> bool:
    length, limit = len(value.value), int(test.expected[0].value)
    return not isinstance(value, ox.BlankNode) and (
        length >= limit if test.component == "MinLength" else length <= limit
    )


def _pattern(_facts: Facts, test: Test, value: Term) -> bool:
    return not isinstance(value, ox.BlankNode) and _matches(test.expected[0].value, test.flags, value.value)


@lru_cache(maxsize=4096)
def _matches(pattern: str, flags: str, text: str) -> bool:
    if reads(pattern, flags):
        query = f"ASK {{ FILTER REGEX({ox.Literal(text)}, {ox.Literal(pattern)}, {ox.Literal(flags)}) }}"
        return bool(ox.Store().query(query))
    written = re.escape(pattern) if "q" in flags else pattern
    return bool(re.search(written, text, sum((_FLAGS[flag] for flag in set(flags) - {"q"}), re.NOFLAG)))


def _language(_facts: Facts, test: Test, value: Term) -> bool:
    """https://www.rfc-editor.org/rfc/rfc4647#section-3.3.1, as langMatches does it."""
    tag = (value.language or "").lower() if isinstance(value, ox.Literal) else ""
    ranges = (term.value.lower() for term in test.expected)
    return bool(tag) and any(wanted in {"*", tag} or tag.startswith(f"{wanted}-") for wanted in ranges)


def _in(_facts: Facts, test: Test, value: Term) -> bool:
    """No blank node of the shapes is one of the data, whatever they are called."""
    return not isinstance(value, ox.BlankNode) and value in test.expected


_TESTS: dict[str, Callable[[Facts, Test, Term], bool]] = {
    "Class": _class,
    "Datatype": _datatype,
    "NodeKind": _node_kind,
    **dict.fromkeys(("MinExclusive", "MinInclusive", "MaxExclusive", "MaxInclusive"), _bound),
    "MinLength": _length,
    "MaxLength": _length,
    "Pattern": _pattern,
    "LanguageIn": _language,
    "In": _in,
}
