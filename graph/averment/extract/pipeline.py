"""From a source to everything that is read from it, kind by kind, each by its own module."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from averment.extract.amounts import amounts
from averment.extract.attribution import Reading, attributions
from averment.extract.boilerplate import boilerplate
from averment.extract.chains import chained
from averment.extract.claims import Known, claims
from averment.extract.clauses import clauses
from averment.extract.content import World
from averment.extract.coreference import PEOPLE
from averment.extract.dates import intervals
from averment.extract.documents import documents
from averment.extract.entities import clusters_of, entities_of
from averment.extract.parse import parse
from averment.extract.payouts import payouts
from averment.extract.referents import Referents
from averment.extract.tokens import overlapping, quoted_in
from averment.extract.topics import topics
from averment.model import EntityKind, Extraction, Source

__all__ = ["extract", "extract_all"]


def extract(source: Source) -> Extraction:
    """Read one source. Deterministic: the same source gives the same extraction."""
    return next(extract_all([source]))


def extract_all(sources: Iterable[Source]) -> Iterator[Extraction]:
    """Read sources one after another, in their order; faster than one by one, since parsing is done in batches."""
    listed = list(sources)
    for source, doc in zip(listed, parse(source.text for source in listed), strict=True):
        yield _read(source, doc)


def _read(source: Source, doc: Doc) -> Extraction:
    text, skipped, quoted = source.text, boilerplate(source.text), quoted_in(doc)
    money = tuple(amount for amount in amounts(text) if not overlapping(amount.span, skipped))
    times = tuple(time for time in intervals(text, source.published) if not overlapping(time.span, skipped))
    taken = (*(amount.span for amount in money), *(time.span for time in times))
    said = clauses(doc, skipped)

    clusters, guessed = clusters_of(doc, source.publisher, skipped)
    papers = documents(doc, clusters, skipped)
    named, _, likeliest = entities_of(doc, clusters, guessed)
    clusters += topics(said, Referents(doc, [*named, *papers], likeliest), taken)
    entities, anaphors, likeliest = entities_of(doc, clusters, guessed)
    referents = Referents(doc, [*entities, *papers], likeliest)

    people = frozenset(entity.id for entity in entities if entity.kind in PEOPLE)
    publisher = next((e.id for e in entities if source.publisher and e.rule == "publisher"), None)
    cited = [entity for entity in entities if entity.kind is EntityKind.OUTLET and entity.id != publisher]
    outlets = tuple((mention.start, outlet.id) for outlet in cited for mention in outlet.mentions)
    hops = chained(attributions(Reading(doc, quoted, skipped, referents, people, outlets)), publisher)
    world = World(referents, money, times, frozenset(e.id for e in entities if e.kind is EntityKind.PLACE))
    paid = payouts(doc, world, papers)
    return Extraction(
        source=source,
        entities=entities,
        anaphors=anaphors,
        documents=papers,
        amounts=money,
        intervals=times,
        attributions=hops,
        payouts=paid,
        claims=claims(said, Known(doc, world, entities, papers, hops, paid, quoted)),
        publisher=publisher,
    )
