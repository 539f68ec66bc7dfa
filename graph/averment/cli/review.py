"""`averment review`: what the newsroom stands behind."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from averment.claims import find_claim, short_name
from averment.cli.options import (
    as_json_option,
    at_option,
    counted,
    deed_options,
    given_words,
    json_text,
    one_line,
    print_json,
    store_option,
    write_whole,
)
from averment.errors import InputError
from averment.review import Rating, Reviewed, Status, Step, told
from averment.review import decide as write_steps
from averment.review import reviewed as read_claims
from averment.sources.raw import decode, name_of, read_bytes
from averment.store import Store

__all__ = ["review"]

_ALL = "all"
_LARGEST_TABLE = 100_000_000
"""Bytes."""

_STATUSES = click.Choice([*(status.value for status in Status), _ALL])


@click.group()
def review() -> None:
    """Accept, reject, correct or reopen claims. What a claim says is asserted only while the claim is accepted.

    CLAIM is what `averment review list` shows, the claim's IRI, or the address of its page. Every step stays on record.

    \b
    Example:
      averment review list
      averment review accept 3f2a91c0/120-190 --by "Kim Vale" --note "seen the e-mail"
      averment review export -o claims.csv
      averment review import claims.csv --by "Kim Vale"
    """


@review.command("list")
@store_option
@click.option("--status", "wanted", type=_STATUSES, default=Status.OPEN.value, show_default=True, help="Which claims.")
@as_json_option
def list_claims(store: Store, wanted: str, *, as_json: bool) -> None:
    """List claims with their names, their words, and how far their review has come.

    \b
    Example:
      averment review list
      averment review list --status accepted --json
    """
    chosen = _chosen(store, wanted)
    if as_json:
        print_json([_as_json(claim) for claim in chosen])
        return
    for claim in chosen:
        click.echo("\n".join(_lines(claim)))
    if not chosen:
        click.echo(f"no claim is {wanted}" if wanted != _ALL else "there are no claims", err=True)


def _deciding(command: Any) -> Any:
    """Add what every decision takes."""
    return click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")(deed_options(command))


def _given_rating(_context: click.Context, _parameter: click.Parameter, label: str | None) -> Rating | None:
    return Rating(label) if label is not None else None


rating_option = click.option(
    "--rating",
    type=click.Choice([rating.value for rating in Rating], case_sensitive=False),
    callback=_given_rating,
    help="Whether what is claimed is so, as a verdict that can be published.",
)


@review.command()
@rating_option
@click.option("--anonymous-because", "anonymity", callback=given_words, help="Why, although the speaker is not named.")
@_deciding
def accept(**given: Any) -> None:
    """Stand behind claims: what they say is copied into the default graph. Refused where their words have changed.

    Nothing is copied that alone would say more than the words do: not what is negated, hedged, asked, denied, or only
    possible, intended or aimed at.

    \b
    Example:
      averment review accept 3f2a91c0/120-190 --by "Kim Vale" --note "seen the e-mail"
      averment review accept 3f2a91c0/210-260 --by "Kim Vale" --anonymous-because "she would lose her post"
    """
    _decide(Status.ACCEPTED, **given)


@review.command()
@rating_option
@_deciding
def reject(**given: Any) -> None:
    """Stand behind claims no more: what they say is taken out of the default graph. The claims themselves stay.

    \b
    Example:
      averment review reject 3f2a91c0/120-190 --by "Kim Vale" --note "the spreadsheet says otherwise"
    """
    _decide(Status.REJECTED, **given)


@review.command()
@rating_option
@click.option("--text", "correction", callback=given_words, help="How the claim should read.")
@_deciding
def correct(**given: Any) -> None:
    """Say that claims should read otherwise. What was read is not asserted; it stays in the claim's own graph.

    \b
    Example:
      averment review correct 3f2a91c0/120-190 --by "Kim Vale" --text "Officers paid about $2 million"
    """
    _decide(Status.CORRECTED, **given)


@review.command()
@_deciding
def reopen(**given: Any) -> None:
    """Take back what was decided about claims. The earlier steps stay on record.

    \b
    Example:
      averment review reopen 3f2a91c0/120-190 --by "Kim Vale" --note "new version of the article"
    """
    _decide(Status.OPEN, **given)


@review.command("export")
@store_option
@click.option("--status", "wanted", type=_STATUSES, default=_ALL, show_default=True, help="Which claims.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; default: standard output.")
@as_json_option
def export_table(store: Store, wanted: str, output: Path | None, *, as_json: bool) -> None:
    """Write the claims as CSV for a spreadsheet: edit the columns status, correction and note, and import it again.

    \b
    Example:
      averment review export --status open -o claims.csv
    """
    from averment.review.table import table_of  # noqa: PLC0415

    chosen = _chosen(store, wanted)
    json_lines = json_text([_as_json(claim) for claim in chosen]) + "\n" if as_json else ""
    write_whole(output, json_lines.encode() or table_of(chosen))


@review.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--by", required=True, callback=given_words, help="Who has decided.")
@at_option
@store_option
@as_json_option
def import_table(file: Path, by: str, at: datetime, store: Store, *, as_json: bool) -> None:
    """Take the steps that an edited table asks for: each row whose status is another than the claim's.

    A row that does not fit the store is an error that names its line, and nothing is changed.

    \b
    Example:
      averment review import claims.csv --by "Kim Vale"
    """
    from averment.review.table import steps_of  # noqa: PLC0415

    try:
        text = decode(read_bytes(file, _LARGEST_TABLE))
        done = write_steps(store, lambda view: steps_of(view, text, by, at))
    except InputError as error:
        raise error if error.path else InputError(str(error), name_of(file)) from error
    _tell(done, as_json=as_json)
    if not as_json:
        click.echo(f"{counted(len(done), 'claim')} reviewed", err=True)


def _decide(
    status: Status, claims: Iterable[str], store: Store, *, as_json: bool, correction: str | None = None, **given: Any
) -> None:
    view = store.view()
    step = Step(status=status, correction=correction, **given)
    _tell(write_steps(store, {find_claim(view, name): step for name in claims}), as_json=as_json)


def _tell(claims: list[Reviewed], *, as_json: bool) -> None:
    if as_json:
        print_json([_as_json(claim) for claim in claims])
        return
    for claim in claims:
        click.echo(f"{claim.status.value}: {_quoted(claim)}")


def _chosen(store: Store, wanted: str) -> list[Reviewed]:
    return [claim for claim in read_claims(store.view()) if wanted in (claim.status.value, _ALL)]


def _lines(claim: Reviewed) -> list[str]:
    where = ", ".join(name for name in (claim.speaker, claim.outlet) if name)
    changed = f"; its words: {claim.outcome.value}" if claim.outcome and not claim.outcome.is_sound else ""
    return [
        f"{short_name(claim.iri)}  {claim.status.value}{changed}",
        f"    {_quoted(claim)}" + (f" ({one_line(where)})" if where else ""),
        *(f"    {_told(step)}" for step in claim.steps),
    ]


def _quoted(claim: Reviewed) -> str:
    return f"“{one_line(claim.words)}”" if claim.words else f"characters {claim.start} to {claim.end}"


def _told(step: Step) -> str:
    correction = f", as “{step.correction}”" if step.correction else ""
    note = f": {step.note}" if step.note else ""
    anonymity = f" (not named because: {step.anonymity})" if step.anonymity else ""
    rating = f", rated {step.rating.value}" if step.rating else ""
    return one_line(f"{told(step)}{rating}{correction}{note}{anonymity}")


def _as_json(claim: Reviewed) -> dict[str, Any]:
    return {
        "claim": claim.iri,
        "name": short_name(claim.iri),
        "words": claim.words,
        "start": claim.start,
        "end": claim.end,
        "article": claim.article,
        "outlet": claim.outlet,
        "speaker": claim.speaker,
        "status": claim.status.value,
        "outcome": claim.outcome.value if claim.outcome else None,
        "steps": [
            {
                "decided": step.status.value,
                "by": step.by,
                "at": step.at.isoformat(),
                "note": step.note,
                "correction": step.correction,
                "anonymity": step.anonymity,
                "rating": step.rating.value if step.rating else None,
            }
            for step in claim.steps
        ],
    }
