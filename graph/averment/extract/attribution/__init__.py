"""Who says what: a source, a cue and the attributed words, for every place where an article hands something on.

Each module has rules of one kind, functions from the parsed text to attributions, named in what they make: `verbs`,
`phrases` for other cues, `layout` for transcripts and credits, `quotes` for quotations without a cue. `complements`
and `content` find the attributed words, `reading` is what all of them read from. How hops nest is for
`averment.extract.chains`.
"""

from averment.extract.attribution.layout import by_layout
from averment.extract.attribution.phrases import by_according, by_hearsay, by_noun
from averment.extract.attribution.quotes import with_bare_quotations
from averment.extract.attribution.reading import Reading
from averment.extract.attribution.verbs import by_verb
from averment.extract.tokens import overlapping
from averment.model import Attribution, NodeId, Span

__all__ = ["Reading", "attributions"]


def attributions(reading: Reading) -> tuple[Attribution, ...]:
    """Give the attributions of a text in the order of their words, none nested yet."""
    found: dict[NodeId, Attribution] = {hop.id: hop for hop in by_layout(reading)}
    for token in reading.doc:
        if overlapping(Span(token.idx, token.idx + len(token)), reading.boilerplate):
            continue
        for rule in (by_verb, by_according, by_noun, by_hearsay):
            for attribution in rule(reading, token):
                found.setdefault(attribution.id, attribution)
    made = sorted(found.values(), key=lambda a: min([*a.cue, *a.source, *a.content]))
    return tuple(with_bare_quotations(reading, made))
