"""A graph that can be published without republishing an article: everything but the words.

What stays are positions and digests, by which whoever has the text can check every passage; names, titles, and amounts
and times as written, which are facts.
"""

from collections.abc import Iterable

from pyoxigraph import Literal, Quad

from averment.vocabulary import AV, OA, RDF, RDFS, SDO

__all__ = ["without_text"]

_WORDS = frozenset({SDO.articleBody, SDO.text, OA.exact, OA.prefix, OA.suffix})
_DIGITS = 8


def without_text(quads: Iterable[Quad]) -> list[Quad]:
    """Give quads without the text of any source, its claims' words and its passages' quotes, in the same order."""
    known = list(quads)
    of_kind = {
        kind: {quad.subject for quad in known if (quad.predicate, quad.object) == (RDF.type, kind)}
        for kind in (OA.TextQuoteSelector, AV.Incident, AV.ReviewStep)
    }
    quotes, labelled = of_kind[OA.TextQuoteSelector], of_kind[AV.Incident] | of_kind[AV.ReviewStep]
    digests = {
        quad.subject: quad.object.value
        for quad in known
        if quad.predicate == AV.sha256 and isinstance(quad.object, Literal)
    }
    titled = {quad.subject for quad in known if quad.predicate == SDO.headline}
    kept: list[Quad] = []
    for quad in known:
        if quad.predicate in _WORDS or quad.subject in quotes or quad.object in quotes:
            continue
        if quad.predicate == RDFS.label and quad.subject in labelled:
            if quad.subject in of_kind[AV.Incident]:
                kept.append(_relabelled(quad, f"characters {str(quad.subject).rpartition('/')[2].rstrip('>')}"))
        elif quad.predicate == RDFS.label and quad.subject in digests and quad.subject not in titled:
            kept.append(_relabelled(quad, f"untitled, {digests[quad.subject][:_DIGITS]}"))
        else:
            kept.append(quad)
    return kept


def _relabelled(quad: Quad, label: str) -> Quad:
    return Quad(quad.subject, quad.predicate, Literal(label), quad.graph_name)
