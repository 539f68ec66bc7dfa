"""Clauses: the stretches of a sentence that say one thing each, and are therefore worth a claim each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from averment.extract.silence import is_silence
from averment.extract.tokens import has_dep, overlapping, part_of, span_of, subtree, text_of, trim
from averment.model import Span

__all__ = ["Clause", "clause_of", "clauses"]

_MIN_WORDS = 3
_PURPOSE_NOUNS = {"effort", "bid", "attempt", "order", "plan", "move"}
_LIGHT_VERBS = {"come", "follow", "occur", "happen", "arise"}
_PREDICATES = {"VERB", "AUX"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with the words that are its own, those of clauses below it left out at both ends."""

    head: Token
    tokens: tuple[Token, ...]
    span: Span
    rule: str


def clauses(doc: Doc, boilerplate: tuple[Span, ...]) -> tuple[Clause, ...]:
    """Give the clauses of a text in order, nothing from boilerplate, no two with the same words."""
    found: dict[Span, Clause] = {}
    for sentence in doc.sents:
        heads = {head.i: rule for head, rule in _heads(list(sentence))}
        for token in sentence:
            clause = _clause(token, heads) if token.i in heads else None
            if clause is not None and not overlapping(clause.span, boilerplate):
                found.setdefault(clause.span, clause)
    return tuple(found[span] for span in sorted(found))


def clause_of(doc: Doc, words: Span) -> Clause | None:
    """Take a stretch of text for a clause, such as attributed words in which the parser found none."""
    part = part_of(doc, words)
    tokens = trim(list(part), quotes=True) if part is not None else []
    span = span_of(tokens)
    if span is None or not any(token.is_alpha or token.like_num for token in tokens) or "\n" in span.of(text_of(doc)):
        return None
    return Clause(doc[tokens[0].i : tokens[-1].i + 1].root, tuple(tokens), span, "attributed-words")


def _heads(sentence: list[Token]) -> Iterator[tuple[Token, str]]:
    """Give the predicates on which clauses hang, with the name of the rule that says so."""
    for token in sentence:
        rule = _rule(token)
        if rule:
            yield token, rule


def _rule(token: Token) -> str | None:
    if token.lower_ == "according":
        return None
    if token.dep_ == "ROOT":
        return "main-clause" if token.pos_ in _PREDICATES else "fragment"
    rule = _RULES.get(token.dep_) if token.pos_ in _PREDICATES else None
    return rule(token) if rule else None


def _is_infinitive(token: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def _rule_of_clause(token: Token) -> str | None:
    if token.dep_ == "ccomp" and is_silence(token.head):
        return None  # `refused to say how much it paid`: nobody says how much
    return "purpose-clause" if _is_infinitive(token) else "subordinate-clause"


def _rule_of_conjunct(token: Token) -> str | None:
    """A coordinated verb says something of its own where the verb that it hangs on does."""
    above = token.head
    return "coordinate-clause" if above.dep_ != "acl" and not _is_infinitive(above) and _rule(above) else None


def _rule_of_relative(_token: Token) -> str | None:
    return "relative-clause"


def _rule_of_modifier(token: Token) -> str | None:
    """`a bill signed by ...` says who signed it; `in an effort to ...` says what for."""
    held = token.head.dep_ == "dobj" and token.head.head.lemma_.lower() in {"have", "get"}
    if (
        token.tag_ == "VBN"
        and not held
        and any(child.dep_ in {"agent", "prep", "npadvmod"} for child in token.children)
    ):
        return "participle-clause"
    purpose = (
        token.head.lemma_.lower() in _PURPOSE_NOUNS and token.head.dep_ == "pobj" and token.head.head.lower_ == "in"
    )
    return "purpose-clause" if purpose and _is_infinitive(token) else None


_RULES: dict[str, Callable[[Token], str | None]] = {
    "ccomp": _rule_of_clause,
    "advcl": _rule_of_clause,
    "parataxis": _rule_of_clause,
    "conj": _rule_of_conjunct,
    "relcl": _rule_of_relative,
    "acl": _rule_of_modifier,
}
"""By how a predicate hangs on another word."""


def _clause(head: Token, heads: dict[int, str]) -> Clause | None:
    """Take the words below a predicate without those of other clauses, and the noun that it says something of."""
    rule = heads[head.i]
    tokens = _own(head, heads)
    if rule in {"relative-clause", "participle-clause"}:
        tokens = sorted([*_antecedent(head), *tokens], key=lambda t: t.i)
    tokens = trim(tokens, quotes=True)
    span = span_of(tokens)
    words = sum(token.is_alpha or token.like_num for token in tokens)
    complete = has_dep(head, "nsubj", "nsubjpass") is not None and rule in {"main-clause", "subordinate-clause"}
    if (
        span is None
        or words < _MIN_WORDS - complete + (rule == "purpose-clause")
        or "\n" in span.of(text_of(head.doc)).strip()
    ):
        return None
    if rule == "fragment" and not any(token.pos_ in _PREDICATES for token in tokens):
        return None
    return Clause(head, tuple(tokens), span, rule)


def _own(head: Token, heads: dict[int, str]) -> list[Token]:
    """Give the words below a predicate that are not another's.

    `came after ...` says nothing without its cause; `according to ...` says who is behind the clause, not what it says.
    """
    light = head.lemma_.lower() in _LIGHT_VERBS
    own, waiting = [], [head]
    while waiting:
        token = waiting.pop()
        own.append(token)
        below = [c for c in token.children if c.lower_ != "according" and not _only_leads_to_purpose(c, heads)]
        waiting += [c for c in below if c.i not in heads or (light and (token != head or c.dep_ == "advcl"))]
    return sorted(own, key=lambda t: t.i)


def _only_leads_to_purpose(token: Token, heads: dict[int, str]) -> bool:
    """`in an effort to ...`: without its purpose it says nothing."""
    noun = has_dep(token, "pobj") if token.lower_ == "in" else None
    purpose = [child for child in noun.children if child.i in heads] if noun is not None else []
    return bool(purpose) and noun is not None and noun.lemma_.lower() in _PURPOSE_NOUNS


def _antecedent(head: Token) -> list[Token]:
    """Give the noun before a relative or participle clause, with what stands before it."""
    noun = head.head
    return [
        token for token in subtree(noun, {"relcl", "acl", "prep", "appos", "conj", "cc", "punct"}) if token.i <= noun.i
    ]
