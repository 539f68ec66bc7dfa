"""Verbs that were taken for something else, or hung on the wrong one."""

from spacy.tokens import Token

from averment.extract.lexicon import GROUP_NOUNS, PERSON_NOUNS, ROLE_NOUNS, SPEECH_VERBS
from averment.extract.quotations import quoted_at
from averment.extract.tokens import has_dep, part_of, quoted_in
from averment.model import Span

__all__ = ["mend_coordinated", "mend_participle", "mend_quoted_noun", "mend_reduced_relative", "mend_relative"]


_SOMEBODY = GROUP_NOUNS | ROLE_NOUNS | PERSON_NOUNS


def mend_coordinated(verb: Token) -> None:
    """Mend a verb that the parser coordinates with another."""
    if verb.dep_ == "conj" and verb.pos_ in {"VERB", "AUX"}:
        _mend_omitted_that(verb)
        _mend_second_report(verb)


def mend_quoted_noun(noun: Token) -> None:
    """`prepare for “the push, and efforts here”`: a noun in a quotation was coordinated with a verb outside.

    It goes on with the quotation's first noun that stands for itself.
    """
    if noun.dep_ != "conj" or noun.pos_ != "NOUN" or noun.head.pos_ != "VERB":
        return
    around = quoted_at(_place(noun), quoted_in(noun.doc))
    part = part_of(noun.doc, around[0]) if around and not around[0].overlaps(_place(noun.head)) else None
    first = next((t for t in part or () if t.pos_ == "NOUN" and t.dep_ in {"pobj", "dobj", "nsubj"}), None)
    if first is None or first.i >= noun.i:
        return
    for child in [
        child for child in noun.head.children if first.i < child.i < noun.i and child.dep_ in {"cc", "punct"}
    ]:
        child.head = first
    noun.head = first


def _place(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))


def mend_relative(verb: Token) -> None:
    """`people familiar with the matter, who said ...`: `who` is a person, not the thing that was named last.

    And `a practice that shields officers`: the verb of a relative clause was taken for a noun.
    """
    who = has_dep(verb, "nsubj", "nsubjpass") if verb.dep_ == "relcl" else None
    if who is not None and who.lower_ == "who" and verb.head.pos_ == "NOUN" and not _is_somebody(verb.head):
        person = next((above for above in verb.head.ancestors if _is_somebody(above)), None)
        if person is not None and person.sent == verb.sent and person.i < verb.head.i:
            verb.head = person
    if verb.dep_ == "relcl" and verb.tag_ == "NNS" and has_dep(verb, "nsubj") is not None:
        verb.pos_, verb.tag_ = "VERB", "VBZ"
        verb.lemma_ = verb.lower_.removesuffix("s")


def _is_somebody(token: Token) -> bool:
    return token.lemma_.lower() in _SOMEBODY


def mend_participle(verb: Token) -> None:
    """`said he would win, arguing that ...`: who said it goes on arguing, not whom it was said of."""
    below = verb.head
    report = below.head
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or below.dep_ != "ccomp":
        return
    if verb.lemma_.lower() not in SPEECH_VERBS or report.lemma_.lower() not in SPEECH_VERBS:
        return
    if report.i < below.i < verb.i and verb.left_edge.i and verb.left_edge.nbor(-1).text == ",":
        verb.head = report


def mend_reduced_relative(noun: Token) -> None:
    """`A spreadsheet obtained by the Weekly detailed payouts`: the sentence's verb was taken for an adjective.

    A sentence with a noun for its root, a participle with an agent below it, and in that agent a name followed by a
    form in `-ed` has its verb there.
    """
    participle = has_dep(noun, "acl") if noun.pos_ in {"NOUN", "PROPN"} else None
    by = has_dep(participle, "agent") if participle is not None and participle.tag_ == "VBN" else None
    thing = has_dep(by, "pobj") if by is not None else None
    if participle is None or by is None or thing is None:
        return
    left = [child for child in thing.lefts if child.dep_ in {"amod", "compound", "nmod"}]
    verb = next((child for child in left if child.text.endswith("ed") and child.text.islower()), None)
    name = next(
        (child for child in left if verb is not None and child.i == verb.i - 1 and child.text[0].isupper()), None
    )
    if verb is None or name is None:
        return
    for child in [child for child in thing.lefts if child.i < name.i]:
        child.head = name
    name.head, name.dep_ = by, "pobj"
    verb.head, verb.dep_, verb.pos_, verb.tag_ = verb, "ROOT", "VERB", "VBD"
    verb.lemma_ = verb.lower_.removesuffix("ed")
    noun.head, noun.dep_ = verb, "nsubj"
    thing.head, thing.dep_ = verb, "dobj"
    for child in [child for child in participle.rights if child.i > thing.i]:
        child.head = verb


def _mend_omitted_that(verb: Token) -> None:
    """`convince him immunity was no barrier`: a clause without its `that` was taken for a second verb.

    Verbs are coordinated by a conjunction or a comma; where there is neither, and an object stands directly before the
    second verb, that object is its subject.
    """
    above = verb.head
    first = min([verb, *(child for child in verb.lefts if child.dep_ in {"aux", "neg", "advmod"})], key=lambda t: t.i)
    if first.i == 0 or above.pos_ not in {"VERB", "AUX"} or has_dep(above, "cc") or has_dep(verb, "nsubj", "nsubjpass"):
        return
    objects = [
        child for child in above.children if child.dep_ in {"dobj", "oprd"} and child.right_edge.i == first.i - 1
    ]
    if objects and objects[0].i > above.i:
        objects[0].head, objects[0].dep_ = verb, "nsubj"
        verb.dep_ = "ccomp"


def _mend_second_report(verb: Token) -> None:
    """`said it was opposed and warned the North`: the second report was taken for a part of what was said.

    A reporting verb without a subject, coordinated with the verb of what another reporting verb reports and in that
    one's tense, goes on with the reporting.
    """
    below = verb.head
    report = below.head
    if below.dep_ != "ccomp" or verb.lemma_.lower() not in SPEECH_VERBS or report.lemma_.lower() not in SPEECH_VERBS:
        return
    if verb.tag_ == report.tag_ and report.i < below.i < verb.i and not has_dep(verb, "nsubj", "nsubjpass", "aux"):
        verb.head = report
