"""The files of a packet: a page for people, a table for spreadsheets, a graph for programs, and their digests."""

import os
import shutil
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from pyoxigraph import NamedNode

from averment import __version__
from averment.claims import short_name
from averment.errors import InputError, file_errors
from averment.evidence import Calculation
from averment.packet.contents import Check, Entry, Packet, contents
from averment.packet.rdf import claim_quads
from averment.paper import page
from averment.review import Reviewed, told
from averment.spreadsheets import write_table
from averment.store import View, by_name
from averment.store.formats import RDF_FORMATS
from averment.store.view import serialized
from averment.times import instant

__all__ = ["files_of", "write_folder"]

_SUMS = "SHA256SUMS"
_COLUMNS = (
    "claim", "outlet", "article", "published", "address", "archived", "text sha256", "chain", "words", "start", "end",
    "words sha256", "quotation", "polarity", "modality", "status", "review", "evidence for", "evidence against",
    "calculations", "checks",
)  # fmt: skip


def files_of(view: View, claims: Iterable[Reviewed]) -> dict[str, bytes]:
    """Give the files of a packet by their names; the same claims in the same graph give the same bytes."""
    chosen = list(claims)
    packet = contents(view, chosen)
    quads = claim_quads(view, (NamedNode(claim.iri) for claim in chosen))
    files = {
        "claims.csv": _table(packet),
        "packet.html": _page(packet),
        "packet.trig": serialized(quads, by_name("trig", RDF_FORMATS)),
    }
    sums = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    return {**files, _SUMS: sums.encode()}


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder, or in place of an earlier packet: all of them or none.

    Raises InputError where the folder holds anything else, or cannot be written.
    """
    with file_errors(folder):
        place = folder.resolve()  # a link stays a link, and the folder behind it is written
        if not place.name or (place.exists() and not _may_be_replaced(place, files)):
            raise InputError("it is not empty and holds no packet; name another folder", folder)
        draft, old = (place.with_name(f".{place.name}.{os.getpid()}.{part}") for part in ("new", "old"))
        try:
            draft.mkdir(parents=True)
            for name, data in files.items():
                (draft / name).write_bytes(data)
            _exchange(place, draft, old)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _exchange(place: Path, draft: Path, old: Path) -> None:
    """Put a folder where another is; should that fail, the other is there again."""
    if not place.exists():
        draft.rename(place)
        return
    place.rename(old)
    try:
        draft.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _may_be_replaced(folder: Path, files: Mapping[str, bytes]) -> bool:
    if not folder.is_dir():
        return False
    names = {path.name for path in folder.iterdir()}
    return not names or (_SUMS in names and names <= files.keys())


def _table(packet: Packet) -> bytes:
    sources = {source.iri: source for source in packet.sources}
    rows = []
    for entry in packet.entries:
        claim, source = entry.claim, sources[entry.claim.article]
        rows.append([
            claim.iri, claim.outlet or "", claim.article_name, source.published or "", source.address or "",
            source.archived or "", source.sha256, " > ".join(map(str, entry.chain)), claim.words or "",
            str(claim.start), str(claim.end), entry.sha256, entry.quotation, entry.polarity, entry.modality,
            claim.status.value, "\n".join(_review_lines(claim)), *_evidence_cells(entry),
            "\n".join(map(_calculation_line, entry.calculations)),
            "\n".join(map(_check_line, entry.checks)),
        ])  # fmt: skip
    return write_table(_COLUMNS, rows)


def _review_lines(claim: Reviewed) -> list[str]:
    return [
        told(step)
        + (f", as “{step.correction}”" if step.correction else "")
        + (f": {step.note}" if step.note else "")
        + (f", rated {step.rating.value}" if step.rating else "")
        + (f" (the speaker is not named because: {step.anonymity})" if step.anonymity else "")
        for step in claim.steps
    ]


def _evidence_cells(entry: Entry) -> list[str]:
    cells: dict[str, list[str]] = {"supports": [], "disputes": []}
    for link in entry.evidence:
        removed = f" [removed by {link.removed.by}]" if link.removed else ""
        page = f", page {link.page}" if link.page else ""
        kind = f", {link.kind.value}" if link.kind else ""
        words = f"“{link.words}”" if link.words else f"characters {link.start} to {link.end}"
        cells[link.how.value].append(
            f"{words} ({link.source_name}{page}{kind}; put forward by {link.added.by}){removed}"
        )
    return ["\n".join(lines) for lines in cells.values()]


def _calculation_line(made: Calculation) -> str:
    return f"{made.expected:f} claimed, {made.result:f} by {made.formula}, {made.act.by}, {instant(made.act.at)}"


def _check_line(check: Check) -> str:
    changes = f": {'; '.join(check.changes)}" if check.changes else ""
    return f"{check.outcome}, {check.by}, {check.at}{changes}"


def _page(packet: Packet) -> bytes:
    return page(
        "averment.packet",
        "packet.html",
        filters={"instant": instant, "short": short_name},
        packet=packet,
        version=__version__,
        review=_review_lines,
        articles=list(dict.fromkeys(entry.claim.article for entry in packet.entries)),
        sources={source.iri: source for source in packet.sources},
        numbers={source.iri: number for number, source in enumerate(packet.sources, 1)},
    )
