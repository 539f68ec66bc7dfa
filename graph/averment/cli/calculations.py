"""`averment evidence calculate`: how a figure of a claim was worked out."""

import re
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from averment.claims import find_claim, short_name
from averment.cli.options import as_json_option, deed_options, given_words, one_line, print_json, store_option
from averment.store import Store

if TYPE_CHECKING:
    from averment.evidence import Calculation

__all__ = ["calculate", "list_calculations"]

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
"""What every store keeps as it is."""


def _given_number(_context: click.Context, parameter: click.Parameter, text: str) -> Decimal:
    digits = text.replace(",", "")
    if not _NUMBER.fullmatch(digits):
        raise click.BadParameter(f"{text!r} is no number; write it as 512,000,000 or 2.5", param=parameter)
    return Decimal(digits)


@click.command()
@click.argument("claim")
@click.option("--formula", required=True, callback=given_words, help="How: a query, a formula or plain words.")
@click.option("--expected", required=True, callback=_given_number, help="The number that the claim states.")
@click.option("--result", required=True, callback=_given_number, help="The number that came out.")
@click.option("--from", "ids", multiple=True, required=True, metavar="ID", help="Evidence that it was worked out from.")
@deed_options
def calculate(
    *,
    claim: str,
    formula: str,
    expected: Decimal,
    result: Decimal,
    ids: tuple[str, ...],
    by: str,
    note: str | None,
    at: datetime,
    store: Store,
    as_json: bool,
) -> None:
    """Put on record how a figure of a claim was worked out, so that somebody else can do the same.

    ID is what `averment evidence list` shows; --from may be given several times.

    \b
    Example:
      averment evidence calculate 3f2a91c0/120-190 --formula "sum of column C" --expected 5,000,000 \\
        --result 5,012,300 --from 9b1c02d4 --by "Kim Vale"
    """
    from averment.evidence import Act, Calculation, find_evidence  # noqa: PLC0415 - slow to load
    from averment.evidence import calculate as put_on_record  # noqa: PLC0415

    view = store.view()
    about = find_claim(view, claim)
    links = [find_evidence(view, name) for name in ids]
    made = Calculation(
        claim=about.value,
        formula=formula,
        expected=expected,
        result=result,
        used=tuple(sorted({link.passage for link in links})),
        act=Act(by=by, at=at, note=note),
    )
    _tell([put_on_record(store, made, links)], as_json=as_json)


@click.command("calculations")
@click.argument("claim", required=False)
@store_option
@as_json_option
def list_calculations(claim: str | None, store: Store, *, as_json: bool) -> None:
    """List how figures of all claims, or of one, were worked out.

    \b
    Example:
      averment evidence calculations
      averment evidence calculations 3f2a91c0/120-190 --json
    """
    from averment.evidence import calculations  # noqa: PLC0415 - slow to load

    view = store.view()
    found = calculations(view, find_claim(view, claim) if claim else None)
    _tell(found, as_json=as_json)
    if not found and not as_json:
        click.echo("there are no calculations", err=True)


def _tell(made: "list[Calculation]", *, as_json: bool) -> None:
    if as_json:
        print_json([_as_json(one) for one in made])
        return
    for one in made:
        note = f": {one.act.note}" if one.act.note else ""
        click.echo(f"{short_name(one.claim)}  {one.expected:,} is claimed, {one.result:,} came out")
        click.echo(f"    {one_line(one.formula)}")
        click.echo(f"    {one_line(f'by {one.act.by}, {one.act.at:%Y-%m-%d %H:%M} UTC{note}')}")


def _as_json(one: "Calculation") -> dict[str, Any]:
    return {
        "claim": one.claim,
        "formula": one.formula,
        "expected": str(one.expected),
        "result": str(one.result),
        "used": list(one.used),
        "by": one.act.by,
        "at": one.act.at.isoformat(),
        "note": one.act.note,
    }
