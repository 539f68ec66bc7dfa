"""Those who are described instead of named: groups, offices, cities as bodies, and `the publication`.

`Durbin's office` and `her staff` act and speak on their own, so they are entities apart from Durbin and from her.
"""

from spacy.tokens import Doc, Token

from averment.extract.aliases import Cluster
from averment.extract.anaphora import Guess
from averment.extract.coreference import covers, possessor
from averment.extract.lexicon import GROUP_NOUNS, OFFICE_NOUNS, OUTLET_NOUNS
from averment.extract.tokens import label_of, noun_phrase, overlapping, span_of
from averment.model import EntityKind, Span

__all__ = ["add_described"]

_COLLECTIVE = {"staff", "police", "bar", "people", "family"}
_BODIES = {"city", "county", "state", "town", "village", "government"}
_ACTING = {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative", "appos"}
_OPEN = {"all", "any", "every", "each", "no", "few"}


def add_described(doc: Doc, clusters: list[Cluster], pronouns: dict[int, Guess], boilerplate: tuple[Span, ...]) -> None:
    """Add to `clusters` those who are described, and to outlets the words that stand for them."""
    named = list(clusters)
    for token in doc:
        if token.pos_ not in {"NOUN", "PROPN"} or overlapping(Span(token.idx, token.idx + len(token)), boilerplate):
            continue
        lemma = token.lemma_.lower()
        if lemma in OUTLET_NOUNS and _stands_for_outlet(token):
            _add_to_outlet(token, named)
        elif token.dep_ in _ACTING and not any(covers(c, token) for c in named):
            _add_noun(token, lemma, clusters, named, pronouns)


def _add_noun(
    token: Token, lemma: str, clusters: list[Cluster], named: list[Cluster], pronouns: dict[int, Guess]
) -> None:
    owner = _owner(token, named, pronouns)
    if lemma in OFFICE_NOUNS and owner is not None:
        _add(clusters, token, f"{owner.label}’s {token.lower_}", EntityKind.OFFICE, "office")
    elif lemma in _BODIES and owner is not None and owner.kind is EntityKind.PLACE:
        _add(clusters, token, f"{token.lower_} of {owner.label}", EntityKind.ORGANIZATION, "city")
    elif lemma in _BODIES and _definite(token):
        _add_to_body(token, lemma, clusters)
    elif lemma in GROUP_NOUNS and (token.tag_ in {"NNS", "NNPS"} or lemma in _COLLECTIVE):
        label = (
            f"{owner.label}’s {token.lower_}"
            if owner is not None
            else label_of([t for t in noun_phrase(token) if t.tag_ != "VBG"])
        )
        _add(clusters, token, label, EntityKind.GROUP, "group")


def _owner(token: Token, named: list[Cluster], pronouns: dict[int, Guess]) -> Cluster | None:
    """Give the named one to whom a noun belongs, through a pronoun if need be."""
    owner = possessor(token)
    if owner is None:
        return None
    made = pronouns.get(owner.i)
    return made.best if made is not None else next((c for c in named if covers(c, owner)), None)


def _add(clusters: list[Cluster], token: Token, label: str, kind: EntityKind, rule: str) -> None:
    """Add a mention to the cluster with this label, or a new one."""
    span = span_of(noun_phrase(token))
    if span is None or not label or noun_phrase(token)[0].lower_ in _OPEN:
        return
    home = next((c for c in clusters if c.kind is kind and c.label.lower() == label.lower()), None)
    if home is None:
        clusters.append(home := Cluster(label, kind, rule))
    if span not in home.mentions:
        home.mentions.append(span)


def _definite(token: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ == "the" for child in token.children)


def _add_to_body(token: Token, lemma: str, clusters: list[Cluster]) -> None:
    """`the city` is the one city that the article speaks of as a body, if there is one."""
    bodies = [c for c in clusters if c.rule == "city" and c.label.lower().startswith(f"{lemma} of ")]
    span = span_of(noun_phrase(token))
    if len(bodies) == 1 and span is not None:
        bodies[0].mentions.append(span)


def _stands_for_outlet(token: Token) -> bool:
    """`the publication`, `the news outlet`, `the Weekly`: definite and in the singular."""
    return _definite(token) and token.tag_ in {"NN", "NNP"} and token.dep_ in _ACTING


def _add_to_outlet(token: Token, named: list[Cluster]) -> None:
    """Take it for the outlet that was named last before it."""
    if any(covers(c, token) for c in named):
        return
    before = [
        (mention.end, outlet)
        for outlet in named
        if outlet.kind is EntityKind.OUTLET
        for mention in outlet.mentions
        if mention.end <= token.idx
    ]
    span = span_of(noun_phrase(token))
    if before and span is not None:
        max(before, key=lambda item: item[0])[1].mentions.append(span)
