"""The queries of SPARQL constraints, asked for one node at a time with its value given before they begin.

rdflib keeps literals as they are written, and gives a variable its value everywhere: in filters, in BIND and in
sub-SELECTs too (https://www.w3.org/TR/shacl/#pre-binding).
"""

from collections.abc import Iterator, Mapping

import rdflib
from rdflib.plugins.sparql.sparql import SPARQLError

from averment.errors import InputError
from averment.validate.direct.facts import Facts
from averment.validate.graphs import from_rdflib, literals_as_they_are, to_rdflib
from averment.validate.prepared import prepared
from averment.validate.report import Term

__all__ = ["asked", "rows"]

Row = dict[str, Term]


def rows(facts: Facts, text: str, bound: Mapping[str, Term]) -> Iterator[Row]:
    """Give the rows of a SELECT, each by the names of its variables.

    Raises InputError where the query says that it failed, or cannot be run.
    """
    for found in _answer(facts, text, bound).bindings:
        row = {str(variable): from_rdflib(value) for variable, value in found.items()}
        if row.get("failure") == _TRUE:
            raise InputError(f"a query of the shapes reports that it failed for {bound['this']}")
        yield row


def asked(facts: Facts, text: str, bound: Mapping[str, Term]) -> bool:
    """Give the answer to an ASK.

    Raises InputError where it cannot be run.
    """
    return bool(_answer(facts, text, bound).askAnswer)


def _answer(facts: Facts, text: str, bound: Mapping[str, Term]) -> rdflib.query.Result:
    given = {name: to_rdflib(value) for name, value in bound.items()}
    try:
        with literals_as_they_are():
            return facts.graph.query(prepared(text), initBindings=given)
    except (SPARQLError, NotImplementedError) as error:
        raise InputError(f"a query of the shapes cannot be run: {error}") from error


_TRUE = from_rdflib(rdflib.Literal(True))  # noqa: FBT003 - RDF's
