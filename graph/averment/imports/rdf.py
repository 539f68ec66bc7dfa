"""RDF that another store of averment has dumped, put into this one.

What both have is there once. What they disagree about is refused: an article that was read otherwise, a claim with
another status, evidence that stands in one and was removed in the other. Somebody has to decide first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from averment import iris
from averment.claims import short_name
from averment.errors import StoreError
from averment.exports.blank_nodes import renamed
from averment.review.standing import cited_passages
from averment.store import Store, View
from averment.store.blocks import has_blank
from averment.validate.files import read_quads
from averment.validate.stored import REPORT
from averment.vocabulary import ADMS, AV, PROV, RDF, RDFS

__all__ = ["Imported", "add_quads", "import_rdf"]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many quads came, and how many were there before."""

    added: int
    known: int


def import_rdf(store: Store, paths: Iterable[Path]) -> Imported:
    """Put the quads of RDF files into a store, all of them or none.

    Raises InputError where a file cannot be read, and StoreError, naming the thing, where a file disagrees with the
    store. Results of validation are left out: they are found anew.
    """
    return add_quads(store, read_quads(paths))


def add_quads(store: Store, quads: Iterable[ox.Quad]) -> Imported:
    """Put quads into a store, as `import_rdf` does."""
    brought = list(dict.fromkeys(_stably_named(quad for quad in quads if not _is_result(quad))))
    incoming = ox.Store()
    incoming.bulk_extend(brought)
    with store.writer() as writer:
        _refuse(writer.view, View(incoming))
        known = _known_blank(writer.view) if any(map(has_blank, brought)) else set()
        fresh = [quad for quad in incoming if quad not in writer.view.engine and quad not in known]
        if fresh:
            writer.change(add=fresh)
    return Imported(len(fresh), len(incoming) - len(fresh))


def _stably_named(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Name blank nodes by what is said of them, so that the same file again adds nothing."""
    known = list(quads)
    return [*(quad for quad in known if not has_blank(quad)), *renamed(filter(has_blank, known))]


def _known_blank(view: View) -> set[ox.Quad]:
    """Give the quads with blank nodes that a store has, named in the same way: it may call them otherwise."""
    return set(renamed(filter(has_blank, view.all_quads())))


def _is_result(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(REPORT.value)


# ---- What two stores cannot both be right about ----------------------------------------------------------------------


def _refuse(view: View, incoming: View) -> None:
    """Raise StoreError for the first thing that the store and what comes disagree about."""
    for source in _shared_sources(view, incoming):
        stored, fresh = set(view.quads(source)), set(incoming.quads(source))
        added = fresh - stored - cited_passages(incoming, fresh)
        if stored and added:
            raise StoreError(
                f"{_name(view, source)}: it is stored already, with another title, date or reading, and a store keeps "
                "one; import into a store of its own, or read the article again here with: averment ingest --replace"
            )
    for node, status in _statuses(incoming):
        statuses = view.values(node, ADMS.status)
        if statuses and status not in statuses:
            raise StoreError(
                f"{_name(view, node)}: it is {_local(statuses[0])} here and {_local(status)} in the file; "
                "decide on it in one of the two first"
            )
    for link in _decided_twice(view, incoming):
        raise StoreError(
            f"{_name(view, link)}: this evidence was removed in one of the two; remove it in the other too"
        )


def _statuses(incoming: View) -> list[tuple[ox.NamedNode, ox.NamedNode]]:
    """Give how far claims and identity links have come in a file, in a fixed order."""
    pairs = ((quad.subject, quad.object) for quad in incoming.described(None, ADMS.status))
    found = [(s, o) for s, o in pairs if isinstance(s, ox.NamedNode) and isinstance(o, ox.NamedNode)]
    return sorted(found, key=str)


def _shared_sources(view: View, incoming: View) -> list[ox.NamedNode]:
    """Give the sources of which something comes, and which the store has too."""
    found: set[object] = set(incoming.sources())
    for subject in {quad.subject for quad in incoming.all_quads()}:
        if isinstance(subject, ox.NamedNode):
            found.update(view.values(subject, AV.inSource), incoming.values(subject, AV.inSource))
    known = [source for source in found if isinstance(source, ox.NamedNode)]
    return sorted(known, key=lambda source: source.value)


def _decided_twice(view: View, incoming: View) -> Iterator[ox.NamedNode]:
    """Give the evidence links that both have, and one has removed."""
    for link in sorted(incoming.pointing(RDF.type, AV.EvidenceLink), key=str):
        here, there = (bool(one.pointing(PROV.invalidated, link)) for one in (view, incoming))
        if view.has_type(link, AV.EvidenceLink) and here != there:
            yield link


def _name(view: View, node: object) -> str:
    """Name a thing as people know it."""
    if not isinstance(node, ox.NamedNode):
        return str(node)
    labels = view.values(node, RDFS.label)
    short = short_name(node.value) if node.value.startswith(iris.BASE) else node.value
    return repr(labels[0].value) if labels else short


def _local(concept: ox.NamedNode) -> str:
    return concept.value.rpartition("-")[2]
