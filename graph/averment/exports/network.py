"""A view of a store as networkx sees it: things as nodes, links as edges, every attribute a value of `values`.

A node has `label`, `kind` and what is known of it; an edge `relation`, `claim`, `article`, `published`, `status`,
`words` of a claim that is not a node itself and, where somebody denies or does not answer, `stance`. What accepted
claims say stands in two graphs of a store; here it comes from the claims' own alone, so nothing is there twice.
"""

import re
from calendar import monthrange
from collections.abc import Container, Iterable, Mapping
from datetime import date
from itertools import chain
from sys import intern
from typing import Any

from pyoxigraph import Literal, NamedNode

from averment.exports.selection import Ask, Link, Wanted, select
from averment.exports.values import Attributes, Network, gathered
from averment.exports.views import VIEWS, GraphView
from averment.store import View
from averment.store.view import Row
from averment.vocabulary import AV, CITO, PROV, SCHEMES_IRI, SDO, TIME, XSD

__all__ = ["KINDS", "SAME", "network", "network_of"]

KINDS = {
    SDO.NewsArticle: "article",
    SDO.DigitalDocument: "document",
    SDO.Claim: "claim",
    SDO.Person: "person",
    SDO.Organization: "organization",
    SDO.NewsMediaOrganization: "outlet",
    AV.Office: "office",
    AV.Group: "group",
    AV.Unnamed: "unnamed",
    SDO.Place: "place",
    AV.Document: "document",
    AV.Topic: "topic",
    AV.Payout: "payout",
    SDO.MonetaryAmount: "amount",
    AV.Incident: "incident",
    SDO.Action: "action",
    TIME.ProperInterval: "time",
}

SAME = "same as"
"""The relation of two things that somebody has confirmed to be the same; it has no direction."""

_SAID = {
    CITO.containsAssertionFrom: "rests on",
    SDO.appearance: "appears in",
    PROV.wasRevisionOf: "revises",
    SDO.object: "whom or what",
}

_TURNED = {AV.listedIn: "lists", SDO.publisher: "published", SDO.agent: "does"}
"""Relations that are shown the other way round, so that arrows lead from what comes first."""

_NOT_ATTRIBUTES = frozenset({"thing", "kind", "begin", "end"})


def network(view: View, shown: GraphView = VIEWS[0], wanted: Wanted | None = None) -> Network:
    """Give a view of a store; raise InputError where what is wanted is not in it."""
    return network_of(view.each, shown, wanted)


def network_of(ask: Ask, shown: GraphView = VIEWS[0], wanted: Wanted | None = None) -> Network:
    """Give a view of whatever answers queries; the same data gives the same graph, in the same order."""
    chosen = select(ask, wanted or Wanted())
    values = {"article": chosen.article} if chosen.article is not None else {}
    links = sorted({_link(row) for row in ask(shown.query, **values)})
    ends = {end for link in links for end in (link.start, link.to, link.claim, link.article)}
    things = _things(ask("export/things", **values), ends)
    if chosen.article is not None:  # what it revises, and the documents that are evidence, are sources of their own
        for end in sorted({end for link in links for end in (link.start, link.to) if end} - things.keys()):
            things |= _things(ask("export/things", article=NamedNode(end)), {end})
    statuses = {name: str(data["status"]) for name, data in things.items() if "status" in data}
    links = chosen.of(links, statuses)
    linked = {end for link in links for end in (link.start, link.to)}
    nodes = {end: things[end] for end in sorted(linked & things.keys())}
    same = sorted((_text(row["one"]), _text(row["other"])) for row in ask("export/same"))
    edges: Iterable[tuple[str, str, Attributes]] = chain(
        ((link.start, link.to, _of_link(link, things, nodes)) for link in links if link.to),
        ((one, other, {"relation": SAME}) for one, other in same),
    )
    found = gathered(nodes, (edge for edge in edges if edge[0] in nodes and edge[1] in nodes))
    found.graph["title"] = shown.title
    return found


def _link(row: Row) -> Link:
    start, relation, to = row["from"], row.get("relation"), row.get("to")
    words = relation.value if isinstance(relation, Literal) else ""
    if isinstance(relation, NamedNode):
        words = _TURNED.get(relation) or _SAID.get(relation) or _words(relation.value)
        start, to = (to, start) if relation in _TURNED else (start, to)
    stance = _text(row.get("stance")).rpartition("stance-")[2]
    said = stance if stance != "states" else ""
    return Link(_text(start), words, _text(to), _text(row.get("claim")), _text(row.get("article")), said)


def _words(iri: str) -> str:
    """Give `https://w3id.org/averment#lobbiedAgainst` as `lobbied against`."""
    name = re.split("[#/]", iri)[-1]
    return re.sub("(?<=[a-z])(?=[A-Z])", " ", name).lower() or iri


def _of_link(link: Link, things: Mapping[str, Mapping[str, object]], shown: Container[str]) -> dict[str, object]:
    """Give the attributes of a link; its claim's words are among them where the claim is not a node itself."""
    said = things.get(link.claim, {})
    return {
        "relation": link.relation,
        "stance": link.stance,
        "claim": link.claim,
        "words": said.get("label") if link.claim not in shown else None,
        "status": said.get("status"),
        "article": link.article,
        "published": things.get(link.article, {}).get("published"),
    }


def _things(rows: Iterable[Row], wanted: set[str]) -> dict[str, dict[str, Any]]:
    """Gather what rows say of the things wanted: where they say two things, both, one after the other."""
    found: dict[str, dict[str, Any]] = {}
    several: dict[tuple[str, str], set[object]] = {}
    for row in rows:
        name, kind = _text(row["thing"]), row["kind"]
        if name not in wanted or not isinstance(kind, NamedNode) or kind not in KINDS:
            continue
        data = found.setdefault(name, {"kind": KINDS[kind]})
        for key, given in _given(row):
            if data.setdefault(key, given) != given:
                several.setdefault((name, key), {data[key]}).add(given)
    for (name, key), givens in several.items():
        found[name][key] = "; ".join(sorted(map(str, givens)))
    return found


def _given(row: Row) -> Iterable[tuple[str, object]]:
    for key, term in row.items():
        if term is not None and key not in _NOT_ATTRIBUTES:
            yield key, _python(term)
    if row["begin"] is not None or row["end"] is not None:
        yield "times", f"{_day(_text(row['begin']), last=False)}/{_day(_text(row['end']), last=True)}"


def _python(term: NamedNode | Literal) -> object:
    if isinstance(term, NamedNode):
        local = term.value.removeprefix(SCHEMES_IRI)
        return intern(local.partition("-")[2] if local != term.value else local)
    try:
        if term.datatype == XSD.boolean:
            return term.value in ("true", "1")
        if term.datatype == XSD.integer:
            return int(term.value)
        if term.datatype == XSD.decimal:
            return float(term.value)
        if term.datatype == XSD.date:
            return date.fromisoformat(term.value)
    except ValueError:
        pass
    return term.value


def _day(moment: str, *, last: bool) -> str:
    """Give the first or last day of a year, month or day as ISO 8601 writes it; the open end of an interval is `..`.

    >>> _day("2020-02", last=True), _day("2014", last=False), _day("", last=True)
    ('2020-02-29', '2014-01-01', '..')
    """
    if re.fullmatch(r"[0-9]{4}", moment):
        return f"{moment}-12-31" if last else f"{moment}-01-01"
    if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", moment):
        year, month = map(int, moment.split("-"))
        return f"{moment}-{monthrange(year, month)[1] if last and year else 1:02}"
    return moment if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", moment) else ".."


def _text(term: object) -> str:
    """Give the text of a term; a name is one text in memory, however many links it has."""
    return intern(str(getattr(term, "value", "")))
