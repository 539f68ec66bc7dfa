"""Reporting verbs whose reported clause or subject hangs elsewhere."""

from spacy.tokens import Token

from averment.extract.lexicon import SPEECH_VERBS
from averment.extract.tokens import has_dep, subtree

__all__ = ["mend_report", "mend_verbless"]

_SUBJECTS = ("nsubj", "nsubjpass")
_THAT_NOUNS = {
    "fact", "claim", "idea", "belief", "concern", "evidence", "news", "view", "notion", "argument", "allegation",
    "hope", "fear", "sign", "suggestion", "possibility", "assertion", "promise", "statement", "way", "point",
}  # fmt: skip
"""A clause with `that` belongs to them: `told the court of the fact that ...`."""

_VERBS_OF_NOTHING_SAID = {"raise", "read", "sing", "celebrate", "calculate", "request", "order", "criticize", "attack"}
"""Reporting verbs behind which a clause is seldom what was said."""


_REPORTING = SPEECH_VERBS - _VERBS_OF_NOTHING_SAID


def mend_report(verb: Token) -> None:
    """Hang on a reporting verb what is said and who says it, where the parser hung them elsewhere."""
    if verb.lower_ in {"said", "asked", "added", "wrote"} and verb.is_sent_start:
        _mend_inverted(verb)
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in _REPORTING:
        return
    _mend_circumstance(verb)
    if verb.dep_ not in {"amod", "compound"} and has_dep(verb, "ccomp", "parataxis") is None:
        _mend_that_clause(verb) or _mend_bare_clause(verb)
        _mend_parenthesis(verb)
    if has_dep(verb, *_SUBJECTS) is None and verb.dep_ == "ROOT":
        _mend_apposed_subject(verb)


def mend_verbless(root: Token) -> None:
    """`Jo Lind, the mayor, called it “wrong”`: the sentence's verb was hung on the apposition before it.

    A sentence with a name for its root and a past tense below it that takes an object has its verb there.
    """
    if root.pos_ not in {"PROPN", "NOUN", "PRON", "NUM"} or root.dep_ != "ROOT":
        return
    for verb in subtree(root, {"relcl", "advcl", "ccomp"}):
        named = [child for child in verb.rights if child.dep_ in {"dobj", "oprd", "ccomp"}]
        finite = verb.tag_ == "VBD" or (verb.lemma_ == "call" and len(named) > 1)
        if verb.dep_ != "acl" or not finite or not named or has_dep(verb, "agent", *_SUBJECTS) is not None:
            continue
        for child in [child for child in root.rights if child.i > verb.i]:
            child.head = verb
        verb.head, verb.dep_ = verb, "ROOT"
        root.head, root.dep_ = verb, "nsubj"
        return


def _mend_inverted(verb: Token) -> None:
    """`Said Lind: “...”`: at the head of a sentence the verb was taken for a part of the name behind it."""
    name = verb.head
    if verb.dep_ == "compound" and name.i > verb.i and name.pos_ == "PROPN":
        verb.head, verb.dep_, verb.pos_, verb.tag_ = name.head, name.dep_, "VERB", "VBD"
        verb.lemma_ = {"said": "say", "asked": "ask", "added": "add", "wrote": "write"}[verb.lower_]
        if name.dep_ == "ROOT":
            verb.head = verb
        name.head, name.dep_ = verb, "nsubj"


def _mend_that_clause(verb: Token) -> bool:
    """`told a meeting of leaders that few understood`, `wrote at noon that ...`: the clause was hung on a noun.

    A `that` that opens a clause which lacks nothing is a conjunction, and the clause is what was said.
    """
    for that in verb.doc[verb.i + 1 : verb.right_edge.i]:
        clause = that.head
        opens = that.lower_ == "that" and that.dep_ in {"mark", "advmod"} and that.i == clause.left_edge.i
        if not opens or clause.dep_ not in {"relcl", "acl", "advcl"} or has_dep(clause, *_SUBJECTS) is None:
            continue
        above = clause.head
        if above.lemma_.lower() in _THAT_NOUNS or any(_is_clause_below(t, verb) for t in (above, *above.ancestors)):
            return False
        clause.head, clause.dep_, that.dep_ = verb, "ccomp", "mark"
        return True
    return False


def _is_clause_below(token: Token, verb: Token) -> bool:
    """Say whether a word is a verb of its own between a clause and the reporting verb."""
    return token != verb and verb in token.ancestors and token.pos_ in {"VERB", "AUX"}


def _mend_bare_clause(verb: Token) -> bool:
    """`said after the vote he would go`: a finite clause that nothing opens was taken for a circumstance."""
    clause = next((c for c in verb.rights if c.dep_ == "advcl" and c.tag_ != "VBG"), None)
    subject = has_dep(clause, *_SUBJECTS) if clause is not None else None
    if clause is None or subject is None or has_dep(clause, "mark") is not None:
        return False
    opening = [child for child in clause.lefts if child.i < subject.left_edge.i]
    if any(child.dep_ != "prep" or child.pos_ != "ADP" for child in opening) or subject.tag_ in {"WP", "WDT"}:
        return False
    if any(token.tag_ in {"WRB", "WDT", "WP"} for token in verb.doc[clause.left_edge.i : subject.i + 1]):
        return False
    if any(token.is_punct for token in verb.doc[verb.i + 1 : subject.left_edge.i]):
        return False
    for child in opening:
        child.head = verb
    clause.dep_ = "ccomp"
    return True


def _mend_circumstance(verb: Token) -> None:
    """`said after the vote she would go`: when something was said was taken for when it happens."""
    clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    if clause is None or clause.left_edge.i != verb.i + 1 or has_dep(clause, *_SUBJECTS) is None:
        return
    phrase = clause.left_edge
    if phrase.head == clause and phrase.dep_ == "prep" and phrase.pos_ == "ADP":
        phrase.head = verb


def _mend_parenthesis(verb: Token) -> None:
    """`These men, Lind explained at noon, were paid`: what is said stands around the words that report it.

    The parser took the first part for a time and the second for a further verb of the speaker's.
    """
    rest = next((c for c in verb.rights if c.dep_ == "conj"), None)
    first = next((c for c in verb.lefts if c.dep_ == "npadvmod"), None)
    subject = has_dep(verb, *_SUBJECTS)
    if rest is None or first is None or subject is None or has_dep(verb, "cc") is not None or verb.dep_ != "ROOT":
        return
    commas = verb.doc[subject.left_edge.i - 1].text == "," and rest.left_edge.nbor(-1).text == ","
    if commas and first.i < subject.i and rest.pos_ in {"VERB", "AUX"} and has_dep(rest, *_SUBJECTS) is None:
        rest.head, rest.dep_ = rest, "ROOT"
        verb.head, verb.dep_ = rest, "parataxis"
        first.head, first.dep_ = rest, "nsubj"


def _mend_apposed_subject(verb: Token) -> None:
    """`In Ostport, Jo Lind, the mayor, told ...`: who speaks was taken for a further thing in the phrase before."""
    for token in verb.lefts:
        if token.dep_ != "prep":
            continue
        names = [t for t in subtree(token) if t.dep_ == "conj" and t.pos_ == "PROPN" and has_dep(t, "appos")]
        name = names[0] if names else None
        if name is not None and has_dep(name.head, "cc") is None and name.left_edge.nbor(-1).text == ",":
            name.head, name.dep_ = verb, "nsubj"
            return
