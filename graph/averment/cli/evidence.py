"""`averment evidence`: what speaks for a claim, and what against it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from averment.claims import find_claim, short_name
from averment.cli.calculations import calculate, list_calculations
from averment.cli.options import (
    as_json_option,
    deed_options,
    keep_text_option,
    metadata_options,
    one_line,
    print_json,
    store_option,
)
from averment.errors import InputError
from averment.sources import Metadata
from averment.store import Store

if TYPE_CHECKING:
    from averment.evidence import Act, Evidence

__all__ = ["evidence"]

_DIGITS = 8
"""Of an id, as people see it."""


@click.group()
def evidence() -> None:
    """Put passages forward for or against claims, each with who did so and when. What is removed stays on record.

    CLAIM is what `averment review list` shows, the claim's IRI, or the address of its page.

    \b
    Example:
      averment evidence add 3f2a91c0/120-190 --supports audit.pdf --passage "paid 214 times" --by "Kim Vale"
      averment evidence list
      averment evidence remove 9b1c02d4 --by "Kim Vale" --note "another case"
    """


@evidence.command()
@click.argument("claim")
@click.option("--supports", metavar="SOURCE", help="A source that speaks for the claim.")
@click.option("--disputes", metavar="SOURCE", help="A source that speaks against it.")
@click.option("--passage", required=True, help="The words that do so, or their code points: 120-190.")
@click.option(
    "--primary/--secondary",
    "is_primary",
    default=None,
    help="Whether it is the record or the witness itself, or reports what one says.",
)
@metadata_options
@keep_text_option
@deed_options
def add(
    *,
    claim: str,
    supports: str | None,
    disputes: str | None,
    passage: str,
    is_primary: bool | None,
    by: str,
    note: str | None,
    at: datetime,
    store: Store,
    keep_text: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Put a passage forward for a claim, or against it.

    SOURCE is the IRI of an article or document in the store, or a file: text, Markdown, HTML, e-mail or PDF. A file
    that the store does not have is stored as a document; no claims are read from it. Evidence that is primary counts
    for an accepted claim by itself; of secondary evidence it takes three publishers who do not repeat each other.

    \b
    Example:
      averment evidence add 3f2a91c0/120-190 --supports audit.pdf --passage "paid 214 times" --primary --by "Kim Vale"
      averment evidence add 3f2a91c0/120-190 --disputes letter.eml --passage "nobody has counted them" --by "Kim Vale"
    """
    from averment.evidence import Act, How, Offer, SourceKind, bring, place_of  # noqa: PLC0415
    from averment.evidence import add as put_forward  # noqa: PLC0415

    named = supports or disputes
    if named is None or (supports and disputes):
        raise click.UsageError("name one source, with --supports or with --disputes")
    view = store.view()
    about = find_claim(view, claim)
    source = bring(view, named, Metadata(**given), keep_text=keep_text)
    try:
        place = place_of(source, passage)
    except InputError as error:
        raise InputError(str(error), named) from error
    how = How.SUPPORTS if supports else How.DISPUTES
    kind = None if is_primary is None else SourceKind.PRIMARY if is_primary else SourceKind.SECONDARY
    offer = Offer(claim=about, how=how, source=source, span=place, kind=kind, act=Act(by=by, at=at, note=note))
    _tell([put_forward(store, offer)], as_json=as_json)


@evidence.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@deed_options
def remove(ids: tuple[str, ...], by: str, note: str | None, at: datetime, store: Store, *, as_json: bool) -> None:
    """Take evidence back, all that is named or none. It stays on record, with who removed it.

    ID is what `averment evidence list` shows.

    \b
    Example:
      averment evidence remove 9b1c02d4 --by "Kim Vale" --note "another case"
    """
    from averment.evidence import Act  # noqa: PLC0415
    from averment.evidence import remove as take_back  # noqa: PLC0415

    _tell(take_back(store, ids, Act(by=by, at=at, note=note)), as_json=as_json)


@evidence.command("list")
@click.argument("claim", required=False)
@click.option("--all", "everything", is_flag=True, help="Also what was removed.")
@store_option
@as_json_option
def list_evidence(claim: str | None, store: Store, *, everything: bool, as_json: bool) -> None:
    """List the evidence of all claims, or of one.

    \b
    Example:
      averment evidence list
      averment evidence list 3f2a91c0/120-190 --all --json
    """
    from averment.evidence import evidence as read_links  # noqa: PLC0415

    view = store.view()
    links = read_links(view, find_claim(view, claim) if claim else None)
    chosen = [link for link in links if everything or link.removed is None]
    _tell(chosen, as_json=as_json)
    if not chosen and not as_json:
        click.echo("there is no evidence", err=True)


def _tell(links: "list[Evidence]", *, as_json: bool) -> None:
    if as_json:
        print_json([_as_json(link) for link in links])
        return
    for link in links:
        click.echo("\n".join(_lines(link)))


def _lines(link: "Evidence") -> list[str]:
    words = f"“{one_line(link.words)}”" if link.words else f"characters {link.start} to {link.end}"
    page = f", page {link.page}" if link.page else ""
    kind = f", {link.kind.value}" if link.kind else ""
    return [
        f"{link.digits[:_DIGITS]}  {link.how.value} {short_name(link.claim)}",
        f"    {words} ({one_line(link.source_name)}{page}{kind})",
        f"    {_told('added', link.added)}",
        *([f"    {_told('removed', link.removed)}"] if link.removed else []),
    ]


def _told(what: str, act: "Act") -> str:
    note = f": {act.note}" if act.note else ""
    return one_line(f"{what} by {act.by}, {act.at:%Y-%m-%d %H:%M} UTC{note}")


def _as_json(link: "Evidence") -> dict[str, Any]:
    return {
        "id": link.digits,
        "iri": link.iri,
        "claim": link.claim,
        "how": link.how.value,
        "words": link.words,
        "start": link.start,
        "end": link.end,
        "source": link.source,
        "source_name": link.source_name,
        "page": link.page,
        "kind": link.kind.value if link.kind else None,
        "added": _act_as_json(link.added),
        "removed": _act_as_json(link.removed) if link.removed else None,
    }


def _act_as_json(act: "Act") -> dict[str, Any]:
    return {"by": act.by, "at": act.at.isoformat(), "note": act.note}


evidence.add_command(calculate)
evidence.add_command(list_calculations)
