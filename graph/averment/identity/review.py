"""Proposing, reading and deciding identity links in a store. Each change is one transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import TypeVar

from averment import iris
from averment.errors import InputError
from averment.identity.candidates import candidates
from averment.identity.decided import Decided
from averment.identity.links import decision_quads, link_of, link_quads, reason_of, status_of
from averment.identity.model import Decision, Link, Named, Reason, Side, Sort, Status
from averment.store import Store, Texts, View
from averment.times import instant
from averment.vocabulary import AV, SDO

__all__ = ["Proposed", "decide", "find", "links", "named", "propose"]

_SORTS = {
    SDO.Person.value: Sort.PERSON,
    SDO.Organization.value: Sort.BODY,
    SDO.NewsMediaOrganization.value: Sort.BODY,
    AV.Office.value: Sort.OFFICE,
    AV.Document.value: Sort.DOCUMENT,
    SDO.Place.value: Sort.PLACE,
}

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Proposed:
    """What proposing changed, in numbers of links."""

    added: int
    withdrawn: int
    """Nobody had decided on them, and they are candidates no longer."""
    waiting: int
    """Now proposed and not decided, the added ones among them."""


def propose(store: Store) -> Proposed:
    """Bring what is proposed up to date; links that somebody has decided on are left alone.

    Doing so again changes nothing. Raises StoreError where there is no store.
    """
    store.view()  # a store that was never written is complained of, not made
    with store.writer() as writer:
        known = links(writer.view)
        before = {link.iri: link_quads(link) for link in known if not link.decisions}
        after = {link.iri: link_quads(link) for link in _wanted(named(writer.view), known)}
        stored, wanted = (set(chain.from_iterable(quads.values())) for quads in (before, after))
        if stored != wanted:
            writer.change(remove=stored - wanted, add=wanted - stored)
    return Proposed(len(after.keys() - before.keys()), len(before.keys() - after.keys()), len(after))


def decide(store: Store, ids: Iterable[str], decision: Decision) -> list[Link]:
    """Confirm or reject links by their ids, all of them or none; what was decided before stays on record.

    The same decision again changes nothing. Raises InputError where an id is not that of one link, or the decision is
    not later than one that stands.
    """
    store.view()  # a store that was never written is complained of, not made
    with store.writer() as writer:
        known = links(writer.view)
        chosen = {link.iri: link for link in (find(known, name) for name in ids)}
        open_ = [link for link in chosen.values() if decision not in link.decisions]
        done = {link.iri: _decided(link, decision) for link in open_}
        if done:
            add = [quad for link in done.values() for quad in (*link_quads(link), *decision_quads(link, decision))]
            writer.change(remove=[quad for link in open_ for quad in link_quads(link)], add=add)
    return [done.get(iri, link) for iri, link in chosen.items()]


def find(known: Iterable[Link], name: str) -> Link:
    """Give the link whose id begins with `name`; its IRI will do too.

    Raises InputError where there is none, or several.
    """
    digits = name.removeprefix(iris.IDENTITIES)
    found = [link for link in known if digits and link.digits.startswith(digits)]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"{len(found)} identity links have an id that begins with {name!r}; give more of its digits")
    raise InputError(f"no identity link has the id {name!r}; list them with: averment identity list --status all")


def links(view: View) -> list[Link]:
    """Give the links of a store, in the order of their IRIs."""
    reasons = _grouped(view, "identity/reasons", _reason)
    sides = _grouped(view, "identity/sides", _side)
    decisions = _grouped(view, "identity/decisions", _decision)
    return [
        Link(
            iri=link,
            label=label,
            status=status,
            reasons=tuple(sorted(reasons[link])),
            sides=tuple(sides[link]),
            decisions=tuple(decisions[link]),
        )
        for link, ((label, status),) in _grouped(view, "identity/links", _standing).items()
    ]


def named(view: View) -> list[Named]:
    """Give the entities of a store that can be compared, in the order of their IRIs."""
    found = _grouped(view, "identity/entities", _named)
    return [
        replace(ones[0], described_as=tuple(words for one in ones for words in one.described_as))
        for ones in found.values()
    ]


def _wanted(entities: list[Named], known: list[Link]) -> list[Link]:
    """Give every link that should be proposed."""
    labels = {entity.iri: entity.label for entity in entities}
    confirmed, rejected = (
        [(link.sides[0].iri, link.sides[1].iri) for link in known if link.status is status]
        for status in (Status.CONFIRMED, Status.REJECTED)
    )
    return [link_of(proposal, labels) for proposal in candidates(entities, Decided(confirmed, rejected))]


def _decided(link: Link, decision: Decision) -> Link:
    """Give a link with a decision added; raise InputError where one stands that is not earlier."""
    if link.decisions and decision.at <= link.decisions[-1].at:
        last = link.decisions[-1]
        raise InputError(
            f"{link.label}: {last.by} {last.status.value} it at {instant(last.at)}; give a later time with --at"
        )
    return replace(link, status=decision.status, decisions=(*link.decisions, decision))


# ---- Rows as values --------------------------------------------------------------------------------------------------


def _grouped(view: View, query: str, read: Callable[[Texts], _Read]) -> dict[str, list[_Read]]:
    """Run a query and give what is read of its rows by their first column, in the order of the rows."""
    found: dict[str, list[_Read]] = defaultdict(list)
    for row in view.texts(query):
        found[str(next(iter(row.values())))].append(read(row))
    return found


def _standing(row: Texts) -> tuple[str, Status]:
    return str(row["label"]), status_of(str(row["status"]))


def _reason(row: Texts) -> Reason:
    return reason_of(str(row["reason"]))


def _side(row: Texts) -> Side:
    return Side(iri=str(row["entity"]), name=row["name"], article=row["article"], outlet=row["outlet"])


def _decision(row: Texts) -> Decision:
    at = datetime.fromisoformat(str(row["at"]))
    return Decision(status=status_of(str(row["decided"])), by=str(row["by"]), at=at, note=row["note"])


def _named(row: Texts) -> Named:
    return Named(
        iri=str(row["entity"]),
        source=str(row["source"]),
        sort=_SORTS[str(row["kind"])],
        label=str(row["label"]),
        described_as=(row["words"],) if row["words"] else (),
    )
