"""What hangs on a reporting verb and is what was said: a clause, an infinitive, a name that is given, a thing."""

from spacy.tokens import Token

from averment.extract.lexicon import DENIAL_VERBS
from averment.extract.tokens import has_dep, span_of, subtree, trim
from averment.model import Span

__all__ = ["CUE_PREPOSITIONS", "clause", "infinitive", "naming", "shown", "thing"]

_CLAUSE = ("ccomp", "parataxis")
# fmt: off
_OBJECT_VERBS = DENIAL_VERBS | {
    "accuse", "support", "oppose", "criticize", "criticise", "condemn", "praise", "blast", "slam", "denounce", "demand",
    "attack",
    "propose", "promise", "cite", "mention", "question", "discuss", "acknowledge", "announce", "endorse", "express",
    "reference", "recall", "ridicule", "tout", "unveil", "welcome", "applaud", "note", "claim", "emphasize", "stress",
    "declare", "outline", "highlight", "detail", "allege", "predict", "raise", "rip", "mock", "vow",
}
"""With them a noun phrase is content enough: `denied the accusation`."""

CUE_PREPOSITIONS = {
    "advocate": ("for",), "agree": ("with", "on", "to"), "argue": ("for", "against"), "ask": ("about",),
    "call": ("for", "on"),
    "comment": ("on",), "complain": ("about", "of"), "focus": ("on",), "object": ("to",), "point": ("to",),
    "push": ("for",), "rail": ("against",), "refer": ("to",), "speak": ("of",), "talk": ("about",), "tell": ("about",),
    "warn": ("of", "about", "against"), "worry": ("about",),
}
# fmt: on
"""With them it stands behind a preposition, which belongs to the cue: `called for a ban`."""

_CIRCUMSTANCES = {"after", "before", "when", "while", "because", "as", "since", "until"}
_CONCESSIONS = {"although", "though", "while", "whereas"}
_OBJECT_PREPOSITIONS = {"as", "for", "of"}
"""`blasted him for not paying`: what stands behind them belongs to the content too."""

_COMPARED_VERBS = {
    "say", "report", "note", "write", "state", "point", "put", "explain", "claim", "tell", "announce", "suggest",
    "predict", "argue", "show", "describe", "mention", "admit", "acknowledge", "reveal", "observe", "document",
}  # fmt: skip
"""`as Lind noted`: with them the clause around it is what was said."""

_SHOWING_VERBS = {"show", "reveal", "list", "detail", "document", "record", "describe", "indicate", "report", "find"}
_DIRECTING_VERBS = {"tell", "ask", "urge", "instruct", "order", "warn", "remind", "implore", "request"}
"""`told the crowd at the rally to go home`: with them an infinitive is what somebody is to do."""

_NAMING_VERBS = {"call", "label", "brand", "dub", "describe", "characterize", "characterise"}


def clause(token: Token) -> Span | None:
    """`said that ...`, `..., she said`, `as she said`: the clause below the verb, or the one that it hangs on."""
    clauses = [c for c in token.children if c.dep_ in _CLAUSE and not _is_circumstance(c)]
    if clauses:
        clause = max(clauses, key=lambda clause: clause.i > token.i)
        return _without_asides(clause) if clause.i > token.i else span_of(trim(subtree(clause)))
    if token.head == token or (token.dep_ != "parataxis" and not _is_comparison(token)):
        return None
    above = token.head if token.dep_ == "parataxis" else _nearest_clause(token)
    mine = {t.i for t in subtree(token)}
    return span_of(trim([t for t in subtree(above) if t.i not in mine]))


def _is_comparison(token: Token) -> bool:
    """`as she said`: a clause that says where another one comes from."""
    mark = has_dep(token, "mark")
    said = token.lemma_.lower() in _COMPARED_VERBS and has_dep(token, "dobj", "xcomp") is None
    adverbial = token.dep_ == "advcl" and said
    return adverbial and mark is not None and mark.lower_ == "as" and mark.i == token.left_edge.i


def _nearest_clause(token: Token) -> Token:
    """Give the innermost clause that ends where `, as she said` begins; one that opens a sentence says it of all."""
    above, edge = token.head, token.left_edge.i
    while edge > above.i:
        inner = next((c for c in above.rights if c.dep_ == "ccomp" and c.right_edge.i in {edge - 1, edge - 2}), None)
        if inner is None:
            break
        above = inner
    return above


def _is_circumstance(clause: Token) -> bool:
    """`told him after he admitted it`: when something was said, not what."""
    return any(child.dep_ in {"mark", "advmod"} and child.lower_ in _CIRCUMSTANCES for child in clause.lefts)


def _without_asides(head: Token) -> Span | None:
    """Give a phrase or clause without what the writer adds behind a comma at its end: a concession, `who ...`."""
    tokens = trim(subtree(head))
    aside = next((t for t in reversed(tokens) if t.i > head.i and _is_aside(t)), None)
    if aside is not None and subtree(aside)[-1].i >= tokens[-1].i:
        tokens = [t for t in tokens if t.i < aside.left_edge.i]
    return span_of(trim(tokens))


def _is_aside(token: Token) -> bool:
    """Say whether a comma parts a relative clause or a concession from what it hangs on."""
    before = token.left_edge.i - 1
    if before < 0 or token.doc[before].text not in {",", "—", "–", "--"}:
        return False
    concession = any(child.dep_ == "mark" and child.lower_ in _CONCESSIONS for child in token.children)
    return token.dep_ == "relcl" or (token.dep_ == "advcl" and concession)


def infinitive(token: Token) -> Span | None:
    """`wants to ...`, `urged him to ...`, with what is coordinated: `to triple the corps and create a new one`."""
    clause = has_dep(token, "xcomp") or (has_dep(token, "advcl") if token.lemma_.lower() in _DIRECTING_VERBS else None)
    if clause is None or clause.tag_ != "VB" or has_dep(clause, "aux") is None or clause.i < token.i:
        return None
    further = [c for c in token.rights if c.dep_ == "conj" and c.tag_ == "VB" and has_dep(c, "nsubj", "aux") is None]
    return span_of(trim([*subtree(clause), *(t for c in further for t in subtree(c))]))


def naming(token: Token) -> Span | None:
    """`called the senator a “nasty guy”`: all that follows is how the speaker names it."""
    if token.lemma_.lower() not in _NAMING_VERBS or has_dep(token, "dobj", "oprd", "ccomp", "nsubjpass") is None:
        return None
    named = [t for child in token.rights if child.dep_ in {"dobj", "oprd", "ccomp", "attr"} for t in subtree(child)]
    as_what = [t for c in token.rights if c.dep_ == "prep" and c.lower_ == "as" for t in subtree(c)]
    return span_of(trim([*named, *as_what])) if named or as_what else None


def thing(token: Token) -> Span | None:
    """`denied the accusation`, `called for a ban`: a noun phrase is what is said, with a preposition or without."""
    if token.lemma_.lower() in _OBJECT_VERBS:
        noun = has_dep(token, "dobj") or (has_dep(token, "nsubjpass") if has_dep(token, "agent") else None)
        about = [t for c in token.rights if c.dep_ == "prep" and c.lower_ in _OBJECT_PREPOSITIONS for t in subtree(c)]
        if noun is None:
            return None
        return span_of(trim([*subtree(noun), *about])) if about else _without_asides(noun)
    wanted = [link for link in CUE_PREPOSITIONS.get(token.lemma_.lower(), ()) if link != "on" or token.lemma_ != "call"]
    link = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ in wanted), None)
    return span_of(trim(subtree(link)[1:])) if link is not None and has_dep(link, "pobj", "pcomp") else None


def shown(token: Token) -> Span | None:
    """`The records show payments to two men`: what a document shows may be a thing."""
    noun = has_dep(token, "dobj") if token.lemma_.lower() in _SHOWING_VERBS else None
    return _without_asides(noun) if noun is not None and noun.tag_ not in {"WDT", "WP"} else None
