"""The page of one claim: its words in context, through whom they come, and what they say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound

from averment.vocabulary import AV, RDF, RDFS, member
from averment_server.ask import Record, first, records
from averment_server.links import passage_address
from averment_server.parts import embedded
from averment_server.passages import Mark, Segment, paragraphs, segments

__all__ = ["Hop", "chain", "claim_page"]

_AROUND = 400
"""Characters of the article on either side of the claim."""

_SPACE = re.compile(r"\s+")
_NUMBER_LAST = re.compile(r"\d\S*\Z")
"""A word with a digit: `$2` of `$2 million`."""

_NAMING = (RDF.type.value, RDFS.label.value, AV.verb.value)

_VERBS = {
    member("kind", "publisher").value: "reports",
    member("kind", "document").value: "shows",
    member("kind", "attitude").value: "holds",
    member("kind", "speech").value: "says",
}
"""For a hop that no words mark."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop of the chain, with the words that the article has for it."""

    record: Record
    speaker_words: str
    cue: str
    hedges: tuple[str, ...]

    @property
    def who(self) -> str:
        """Name the speaker, by the article's words where it has no name."""
        return self.record.speakerName or self.speaker_words or "somebody who is not named"

    @property
    def does(self) -> str:
        """Say what the speaker does, in the article's words where it has some."""
        return self.cue or _VERBS.get(self.record.kind, "says")

    @property
    def goes_before(self) -> bool:
        """Whether its words stand before the speaker: `according to emails`, `the mayor said`."""
        return self.cue.lower().startswith("according to")

    def joined(self, before: "Hop | None") -> str:
        """Give what parts it from the hop before it in a sentence."""
        if before is None:
            return ""
        if self.goes_before:
            return ", "
        return ", that " if before.goes_before else " that "

    @property
    def takes_a_stance(self) -> bool:
        """Whether the speaker does more with the content than to state it."""
        return bool(self.record.stance != member("stance", "states").value)

    @property
    def has_details(self) -> bool:
        """Whether there is more to show than who it is."""
        return bool(self.cue or self.speaker_words or self.record.medium or self.hedges or self.takes_a_stance)


def claim_page(claim: NamedNode) -> str:
    """Show a claim."""
    found = first("claim", claim=claim)
    if found is None:
        raise NotFound("this claim is not described in full")
    words = records("claim-words", claim=claim)
    steps = records("review/steps", claim=claim)
    return render_template(
        "claim.html",
        claim=found,
        context=_context(found),
        hops=chain(records("claim-hops", claim=claim), words),
        hedges=_words(words, claim.value, AV.hedge),
        content=groups(records("claim-content", claim=claim)),
        guesses=_guesses(records("claim-guesses", claim=claim)),
        mentions=records("claim-mentions", claim=claim),
        amounts=records("claim-amounts", claim=claim),
        times=records("claim-times", claim=claim),
        source_address=passage_address(found.address, found.text, found.note) if found.articleText else None,
        steps=steps,
        review=embedded(claim) if any(step.rating for step in steps) else None,
        evidence=records("evidence/links", claim=claim),
        calculations=records("evidence/calculations", claim=claim),
        checks=records("claim-checks", claim=claim),
        notes=records("claim-notes", claim=claim),
    )


def chain(hops: Iterable[Record], words: list[Record]) -> list[Hop]:
    """Put the hops of a chain in order, the outermost first; should they form a ring, each is still shown once."""
    inside = {hop.within: hop for hop in hops}
    ordered: list[Hop] = []
    at = inside.pop(None, None) or next(iter(inside.values()), None)
    while at is not None:
        ordered.append(_hop(at, words))
        at = inside.pop(at.hop, None)
    return ordered


def _guesses(found: Iterable[Record]) -> list[list[Record]]:
    """Gather those whom a pronoun or role may stand for, the likeliest first, by its place in the text."""
    gathered: dict[str, list[Record]] = {}
    for record in found:
        gathered.setdefault(record.anaphor, []).append(record)
    return list(gathered.values())


@dataclass(frozen=True, slots=True)
class Group:
    """What a claim says of one thing."""

    subject: str
    name: str | None
    kind: str | None
    statements: tuple[Record, ...]
    """Without those that only give the name and the kind."""


def groups(content: Iterable[Record]) -> list[Group]:
    """Gather the statements of a claim by their subject."""
    gathered: dict[str, list[Record]] = {}
    for record in content:
        gathered.setdefault(record.subject, []).append(record)
    return [_group(records) for records in gathered.values()]


def _group(said: list[Record]) -> Group:
    kind = next((record.object for record in said if record.predicate == RDF.type.value), None)
    rest = tuple(record for record in said if record.predicate not in _NAMING)
    return Group(said[0].subject, said[0].subjectName, kind, rest)


def _hop(record: Record, words: list[Record]) -> Hop:
    return Hop(
        record,
        " … ".join(_words(words, record.hop, AV.speakerPassage)),
        " … ".join(_words(words, record.hop, AV.cue)),
        _words(words, record.hop, AV.hedge),
    )


def _words(words: list[Record], node: str, part: NamedNode) -> tuple[str, ...]:
    """Give the words that play a part at a node, in the order of the text."""
    return tuple(record.words for record in words if (record.node, record.part) == (node, part.value))


def _context(claim: Record) -> list[list[Segment]]:
    """Give the claim's passage, marked, with some of the text around it; nothing where the text is not kept."""
    if claim.articleText is None:
        return []
    start, end = int(claim.start), int(claim.end)
    begin = _word_start(claim.articleText, start - _AROUND, start)
    stop = _word_end(claim.articleText, end + _AROUND, end)
    text = claim.articleText[begin:stop]
    shown = paragraphs(segments(text, [Mark(start - begin, end - begin, claim.claim)]))
    if shown and begin:
        shown[0].insert(0, Segment("… "))
    if shown and stop < len(claim.articleText):
        shown[-1].append(Segment(" …"))
    return shown


def _word_start(text: str, at: int, last: int) -> int:
    """Give the beginning of the first whole word from `at` on, at most `last`; of the text, where `at` lies before."""
    if at <= 0:
        return 0
    space = _SPACE.search(text, at - 1, last)
    return space.end() if space else at


def _word_end(text: str, at: int, first: int) -> int:
    """Give the end of the last whole word up to `at`, at least `first`; no number is left without its next word."""
    if at >= len(text):
        return len(text)
    ends = [space.start() for space in _SPACE.finditer(text, first, at + 1)]
    whole = (end for end in reversed(ends) if not _NUMBER_LAST.search(text, first, end))
    return next(whole, first if ends else at)
