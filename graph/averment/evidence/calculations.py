"""Calculations: how somebody worked out a figure of a claim from the passages put forward for it."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from averment import iris
from averment.bookkeeping import Triple, activity, bookkeeping
from averment.errors import InputError
from averment.evidence.model import Act, Calculation, Evidence
from averment.store import Store, Texts, View
from averment.times import instant
from averment.triples.frame import decimal
from averment.vocabulary import AV, PROV

__all__ = ["calculate", "calculations"]


def calculations(view: View, claim: NamedNode | None = None) -> list[Calculation]:
    """Give the calculations of a store, or of one claim, the earliest of a claim first."""
    rows: dict[str, list[Texts]] = {}
    for row in view.texts("evidence/calculations", **({"claim": claim} if claim else {})):
        rows.setdefault(str(row["calculation"]), []).append(row)
    return [_read(found) for found in rows.values()]


def calculate(store: Store, made: Calculation, links: list[Evidence]) -> Calculation:
    """Put a calculation on record; `links` are the evidence that it was worked out from.

    The same again changes nothing. Raises InputError where a link is about another claim or was removed.
    """
    for link in links:
        if link.claim != made.claim:
            raise InputError(f"{link.digits}: it is evidence about another claim")
        if link.removed is not None:
            raise InputError(f"{link.digits}: it was removed by {link.removed.by}")
    store.view()  # a store that was never written is complained of, not made
    with store.writer() as writer:
        if made not in calculations(writer.view, NamedNode(made.claim)):
            writer.change(add=bookkeeping(_triples(made)))
    return made


def _triples(made: Calculation) -> Iterator[Triple]:
    claim, act = NamedNode(made.claim), made.act
    numbers = [str(decimal(number).value) for number in (made.expected, made.result)]
    told = (made.formula, *numbers, *made.used, act.by, instant(act.at), act.note or "")
    iri = iris.calculation(claim, *told)
    yield from activity(iri, AV.Calculation, act.by, act.at, act.note)
    yield iri, AV.calculates, claim
    yield iri, AV.formula, Literal(made.formula)
    yield iri, AV.expected, decimal(made.expected)
    yield iri, AV.result, decimal(made.result)
    for passage in made.used:
        yield iri, PROV.used, NamedNode(passage)


def _read(rows: list[Texts]) -> Calculation:
    row = rows[0]
    return Calculation(
        claim=str(row["claim"]),
        formula=str(row["formula"]),
        expected=Decimal(str(row["expected"])),
        result=Decimal(str(row["result"])),
        used=tuple(sorted({str(one["passage"]) for one in rows})),
        act=Act(by=str(row["by"]), at=datetime.fromisoformat(str(row["at"])), note=row["note"]),
    )
