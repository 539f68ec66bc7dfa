"""A folder with everything that a store holds: dumps in several formats, what they are, and their digests.

The description, `dataset.ttl`, is VoID and DCAT, https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/.
The files in it are named relative to it, so that the folder can be published anywhere.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from averment.bookkeeping import Triple, bookkeeping
from averment.errors import InputError, file_errors
from averment.exports.dumps import dump
from averment.resources import context_file
from averment.store import View, by_name
from averment.store.formats import RDF_FORMATS, Format
from averment.triples.frame import integer
from averment.vocabulary import DCAT, DCTERMS, PREFIXES, RDF, SPDX, VOID, XSD, Terms

__all__ = ["DESCRIPTION", "DUMPS", "SUMS", "Counts", "Dump", "count", "digests", "media_type", "write_dataset"]

DESCRIPTION = "dataset.ttl"
SUMS = "SHA256SUMS"
_CONTEXT = "context.jsonld"
_HERE = "folder://here/"
"""Stands for the folder while its description is written, and is left out then."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Dump:
    """One file with the graph."""

    format: Format

    @property
    def file(self) -> str:
        """Its name."""
        return f"graph.{self.format.ending}"

    @property
    def holds(self) -> str:
        """Say what of the graph it has."""
        return "everything" if self.format.datasets else "the bookkeeping, without what the claims say"


DUMPS = tuple(Dump(by_name(name, RDF_FORMATS)) for name in ("nquads", "trig", "turtle", "jsonld"))


@dataclass(slots=True)
class Counts:
    """How much there is in a dataset. A triple that stands in two graphs counts once, as a quad it counts twice."""

    quads: int = 0
    triples: int = 0
    subjects: int = 0
    properties: Counter[ox.NamedNode] = field(default_factory=Counter)
    """Triples by their property."""
    classes: Counter[ox.NamedNode] = field(default_factory=Counter)
    """Things by their class."""


def count(quads: Iterable[ox.Quad]) -> Counts:
    """Count quads that come in the order of their lines."""
    counts, last = Counts(), None
    for quad in quads:
        counts.quads += 1
        triple = quad.triple
        if triple == last:
            continue
        counts.triples += 1
        counts.subjects += last is None or last.subject != triple.subject
        counts.properties[triple.predicate] += 1
        if triple.predicate == RDF.type and isinstance(triple.object, ox.NamedNode):
            counts.classes[triple.object] += 1
        last = triple
    return counts


def write_dataset(view: View, folder: Path) -> Counts:
    """Write the dumps, `dataset.ttl`, the JSON-LD context and `SHA256SUMS` into a new folder, all of them or none.

    Raises InputError where the folder is there and not empty, or cannot be written.
    """
    with file_errors(folder):
        place = folder.resolve()
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise InputError("it is there already; name a new folder", folder)
        with _draft(place) as draft:
            for one in DUMPS:
                with (draft / one.file).open("wb") as file:
                    dump(view, one.format, file, draft.parent)
            shutil.copyfile(context_file(), draft / _CONTEXT)
            counts = count(ox.parse(path=str(draft / "graph.nq"), format=ox.RdfFormat.N_QUADS))
            (draft / DESCRIPTION).write_bytes(_description(draft, counts))
            sums = "".join(f"{_digest(path)}  {path.name}\n" for path in sorted(draft.iterdir()))
            (draft / SUMS).write_text(sums, encoding="utf-8")
            for path in draft.iterdir():
                _sync(path)
            if place.exists():
                place.rmdir()
            draft.rename(place)
            _sync(place.parent)
    return counts


def media_type(format_: Format) -> ox.NamedNode:
    """Give the IRI by which DCAT names the media type of a format."""
    return ox.NamedNode(f"https://www.iana.org/assignments/media-types/{format_.media_type}")


def digests(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of each file of a dataset by its name, but for the file that has them."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


@contextmanager
def _draft(place: Path) -> Iterator[Path]:
    """Give a new folder beside a place; it is gone when something fails."""
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    draft.mkdir(parents=True)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# ---- The description -------------------------------------------------------------------------------------------------


def _description(folder: Path, counts: Counts) -> bytes:
    said = list(_dataset(counts))
    for one in DUMPS:
        said += _distribution(folder / one.file, one)
    said.sort(key=lambda triple: triple[0] != _node("dataset"))
    triples = [quad.triple for quad in bookkeeping(said)]
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES, base_iri=_HERE)
    assert text is not None  # noqa: S101 - no output was named
    return text.replace(f"@base <{_HERE}> .\n".encode(), b"", 1)


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_HERE}{DESCRIPTION}#{name}")


def _dataset(counts: Counts) -> Iterator[Triple]:
    """The dataset and what is in it, the most frequent first."""
    dataset = _node("dataset")
    yield dataset, RDF.type, DCAT.Dataset
    yield dataset, RDF.type, VOID.Dataset
    yield dataset, DCTERMS.title, ox.Literal("Claims that news articles carry, and what is on record of them")
    yield dataset, VOID.triples, integer(counts.triples)
    yield dataset, VOID.distinctSubjects, integer(counts.subjects)
    yield dataset, VOID.classes, integer(len(counts.classes))
    yield dataset, VOID.properties, integer(len(counts.properties))
    for space in _vocabularies(counts):
        yield dataset, VOID.vocabulary, ox.NamedNode(space)
    for number, (class_, things) in enumerate(_ranked(counts.classes)):
        part = _node(f"class-{number}")
        yield dataset, VOID.classPartition, part
        yield part, VOID.class_, class_
        yield part, VOID.entities, integer(things)
    for number, (property_, uses) in enumerate(_ranked(counts.properties)):
        part = _node(f"property-{number}")
        yield dataset, VOID.propertyPartition, part
        yield part, VOID.property, property_
        yield part, VOID.triples, integer(uses)


def _ranked(counted: Counter[ox.NamedNode]) -> list[tuple[ox.NamedNode, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0].value))


def _vocabularies(counts: Counts) -> list[str]:
    used = [term.value for term in (*counts.properties, *counts.classes)]
    return [terms.iri for terms in Terms.__subclasses__() if any(iri.startswith(terms.iri) for iri in used)]


def _distribution(path: Path, one: Dump) -> Iterator[Triple]:
    format_ = one.format
    dataset, distribution, checksum = (_node(name) for name in ("dataset", format_.name, f"{format_.name}-sha256"))
    file = ox.NamedNode(_HERE + path.name)
    yield dataset, DCAT.distribution, distribution
    yield dataset, VOID.dataDump, file
    yield distribution, RDF.type, DCAT.Distribution
    yield distribution, DCTERMS.title, ox.Literal(f"{format_.label}: {one.holds}")
    yield distribution, DCAT.downloadURL, file
    yield distribution, DCAT.mediaType, media_type(format_)
    yield distribution, DCAT.byteSize, ox.Literal(str(path.stat().st_size), datatype=XSD.nonNegativeInteger)
    yield distribution, SPDX.checksum, checksum
    yield checksum, RDF.type, SPDX.Checksum
    yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
    yield checksum, SPDX.checksumValue, ox.Literal(_digest(path), datatype=XSD.hexBinary)
