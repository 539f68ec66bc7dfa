"""`averment identity`: who may be the same across articles, and what somebody decides about it."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import click

from averment.cli.options import as_json_option, deed_options, one_line, print_json, store_option
from averment.identity import Decision, Link, Side, Status
from averment.identity import decide as write_decision
from averment.identity import links as read_links
from averment.identity import propose as write_proposals
from averment.store import Store

__all__ = ["identity"]

_ALL = "all"
_DIGITS = 8
"""Of an id, as people see it; more where two links share them."""


@click.group()
def identity() -> None:
    """Say who is the same across articles. Nothing is ever merged: a link stands beside the two entities.

    \b
    Example:
      averment identity propose
      averment identity list
      averment identity confirm 3f2a91c0 --by "Kim Vale" --note "same office, same year"
    """


@identity.command()
@store_option
@as_json_option
def propose(store: Store, *, as_json: bool) -> None:
    """Find entities of different articles that may be the same, and store them as proposals with reasons.

    Doing so again adds nothing. What somebody has decided is left alone; a proposal that nobody has decided on, and
    that the articles no longer bear out, is withdrawn.

    \b
    Example:
      averment identity propose --store .averment
    """
    done = write_proposals(store)
    if as_json:
        print_json({"added": done.added, "withdrawn": done.withdrawn, "waiting": done.waiting})
        return
    click.echo(f"{done.added:,} proposed, {done.withdrawn:,} withdrawn, {done.waiting:,} waiting for a decision")


@identity.command("list")
@store_option
@click.option(
    "--status",
    "wanted",
    type=click.Choice([*(status.value for status in Status), _ALL]),
    default=Status.PROPOSED.value,
    show_default=True,
    help="Which links.",
)
@as_json_option
def list_links(store: Store, wanted: str, *, as_json: bool) -> None:
    """List identity links: an id, the two entities with their articles, the reasons, and what was decided.

    \b
    Example:
      averment identity list
      averment identity list --status all --json
    """
    known = read_links(store.view())
    chosen = [link for link in known if wanted in (link.status.value, _ALL)]
    if as_json:
        print_json([_as_json(link) for link in chosen])
        return
    digits = _digits(known)
    for link in chosen:
        click.echo("\n".join(_lines(link, link.digits[:digits])))
    if not chosen:
        click.echo(f"no identity link is {wanted}" if wanted != _ALL else "there are no identity links", err=True)


def _deciding(command: Any) -> Any:
    """Add what every decision takes."""
    return click.argument("ids", nargs=-1, required=True, metavar="ID...")(deed_options(command))


@identity.command()
@_deciding
def confirm(store: Store, ids: tuple[str, ...], *, as_json: bool, **given: Any) -> None:
    """Say that the two entities of a link are the same. They stay two; skos:exactMatch then stands between them.

    ID is what `averment identity list` shows. Earlier decisions stay on record; the latest one counts.

    \b
    Example:
      averment identity confirm 3f2a91c0 --by "Kim Vale" --note "same office, same year"
    """
    _decide(store, ids, Decision(status=Status.CONFIRMED, **given), as_json=as_json)


@identity.command()
@_deciding
def reject(store: Store, ids: tuple[str, ...], *, as_json: bool, **given: Any) -> None:
    """Say that the two entities of a link are not the same. They are not proposed again.

    ID is what `averment identity list` shows. Earlier decisions stay on record; the latest one counts.

    \b
    Example:
      averment identity reject 3f2a91c0 --by "Kim Vale" --at 2021-05-07T10:00:00Z
    """
    _decide(store, ids, Decision(status=Status.REJECTED, **given), as_json=as_json)


def _decide(store: Store, ids: Iterable[str], decision: Decision, *, as_json: bool) -> None:
    done = write_decision(store, ids, decision)
    if as_json:
        print_json([_as_json(link) for link in done])
        return
    for link in done:
        click.echo(f"{link.status.value}: {one_line(link.label)}")


def _digits(links: Iterable[Link]) -> int:
    """Give how many digits tell all links apart."""
    ids = sorted(link.digits for link in links)
    shared = (next(n for n in range(len(a) + 1) if a[:n] != b[:n]) for a, b in pairwise(ids))
    return max([_DIGITS, *shared])


def _lines(link: Link, digits: str) -> list[str]:
    reasons = ", ".join(reason.value.replace("-", " ") for reason in link.reasons)
    return [
        f"{digits}  {link.status.value}: {reasons}",
        *(f"    {_named(side)}" for side in link.sides),
        *(f"    {_told(decision)}" for decision in link.decisions),
    ]


def _named(side: Side) -> str:
    if side.name is None:
        return f"no longer named: {side.iri}"
    where = f"{side.outlet}, {side.article}" if side.outlet else f"{side.article}"
    return one_line(f"{side.name} ({where})")


def _told(decision: Decision) -> str:
    note = f": {decision.note}" if decision.note else ""
    return one_line(f"{decision.status.value} by {decision.by}, {decision.at:%Y-%m-%d %H:%M} UTC{note}")


def _as_json(link: Link) -> dict[str, Any]:
    return {
        "id": link.digits,
        "iri": link.iri,
        "label": link.label,
        "status": link.status.value,
        "reasons": [reason.value for reason in link.reasons],
        "entities": [
            {"iri": side.iri, "name": side.name, "article": side.article, "outlet": side.outlet} for side in link.sides
        ],
        "decisions": [
            {"decided": one.status.value, "by": one.by, "at": one.at.isoformat(), "note": one.note}
            for one in link.decisions
        ],
    }
