"""When a sentence reports that nothing was said: `did not respond`, `refused to say how much`, `had no comment`."""

from spacy.tokens import Token

from averment.extract.lexicon import DOCUMENT_VERBS, NO_ANSWER_VERBS, SPEECH_VERBS
from averment.extract.tokens import has_dep

__all__ = ["is_silence", "no_comment", "phase_of"]

PHASES = {"continue", "refuse", "go", "appear", "seem", "come", "keep", "begin", "start", "decline", "proceed"}
_SAYING = SPEECH_VERBS | DOCUMENT_VERBS | NO_ANSWER_VERBS
_REFUSALS = {"refuse", "decline"}
_PHASE_WORDS = {"aux", "prt", "advmod", "neg", "prep"}


def phase_of(verb: Token) -> Token | None:
    """Give the verb that only says how something was said: `went on` of `went on to explain`, `refused to say`."""
    above = verb.head
    hangs = verb.dep_ == "xcomp" or (verb.dep_ == "advcl" and above.lemma_.lower() in {"go", "come"})
    if not hangs or above.lemma_.lower() not in PHASES or above.i > verb.i:
        return None
    between = verb.doc[above.i + 1 : verb.i]
    return above if all(token.dep_ in _PHASE_WORDS for token in between) else None


def is_silence(verb: Token) -> bool:
    """Say whether a verb of saying is denied or refused: what hangs on it was then not said."""
    if verb.lemma_.lower() not in _SAYING:
        return False
    phase = phase_of(verb)
    if phase is not None and phase.lemma_.lower() in _REFUSALS:
        return True
    return any(has_dep(part, "neg") is not None for part in (verb, phase) if part is not None)


def no_comment(verb: Token) -> bool:
    """`could not be reached for comment`, `was unavailable for comment`, `had no comment`: nobody answered."""
    lemma = verb.lemma_.lower()
    if lemma == "have":
        thing = has_dep(verb, "dobj")
        return thing is not None and thing.lower_ == "comment" and has_dep(thing, "det", "neg") is not None
    if lemma == "reach":
        return has_dep(verb, "neg") is not None and has_dep(verb, "auxpass") is not None and _for_comment(verb)
    state = has_dep(verb, "acomp") if lemma == "be" else None
    if state is None or not (_for_comment(state) or _for_comment(verb)):
        return False
    return state.lower_ == "unavailable" or (state.lower_ == "available" and has_dep(verb, "neg") is not None)


def _for_comment(token: Token) -> bool:
    links = [child for child in token.children if child.dep_ == "prep" and child.lower_ == "for"]
    return any(thing.lower_ in {"comment", "interview"} for link in links for thing in link.children)
