"""The attributed words: the clause that hangs on a cue, and the quotations beside it, whole."""

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from averment.extract.attribution.reading import Reading
from averment.extract.lexicon import DENIAL_VERBS
from averment.extract.quotations import free_standing, quoted_at
from averment.extract.tokens import has_dep, overlapping, span_of, subtree, trim
from averment.model import AttributionKind, Span

__all__ = ["CUE_PREPOSITIONS", "content_of", "whole", "without"]

_MARKS = '"“”„«»' + "'’"
_PARAGRAPH_BELOW = re.compile(r":[ \t\xa0]*\n\s*(?P<below>\S[^\n]*[^\s])")
_ENDING = re.compile(r"\n|[.!?]\s*$")
_RESUMING = re.compile(r",? (?:but|and|or) ")
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
    "say",
    "report",
    "note",
    "write",
    "state",
    "point",
    "put",
    "explain",
    "claim",
    "tell",
    "announce",
    "suggest",
    "predict",
    "argue",
    "show",
    "describe",
    "mention",
    "admit",
    "acknowledge",
    "reveal",
    "observe",
    "document",
}
"""`as Lind noted`: with them the clause around it is what was said."""

_SHOWING_VERBS = {"show", "reveal", "list", "detail", "document", "record", "describe", "indicate", "report", "find"}
_DIRECTING_VERBS = {"tell", "ask", "urge", "instruct", "order", "warn", "remind", "implore", "request"}
"""`told the crowd at the rally to go home`: with them an infinitive is what somebody is to do."""

_NAMING_VERBS = {"call", "label", "brand", "dub", "describe", "characterize", "characterise"}


def content_of(
    reading: Reading, token: Token, kind: AttributionKind, source: tuple[Span, ...], cue: Span
) -> tuple[str, tuple[Span, ...]]:
    """Give the attributed words, and the name of what they hang on the cue as: a clause, an object, a quotation ..."""
    forms = (("naming", _naming), ("clause", _clause), ("infinitive", _infinitive), ("object", _object))
    frame = [*source, cue]
    found = ((name, span) for name, form in forms if (span := form(token)) is not None)
    form, main = next(found, ("quotation", None))
    if main is not None and main.start > cue.end and _is_tag(reading, frame) and not _resumes(reading.text, main, cue):
        form, main = "quotation", None
    spans = [main] if main is not None else []
    if kind is AttributionKind.DOCUMENT and main is None and (shown := _shown(token)) is not None:
        form, spans = "object", [shown]
    if kind is not AttributionKind.ATTITUDE:
        beside = [q for q in _quotations_beside(reading, token, frame) if main is None or _goes_with(main, q, cue)]
        beside += [q for q in reading.quoted if main is not None and _continues(reading.text, main, q)]
        spans += [q if free_standing(reading.text, q) else _argument_around(token, q) for q in beside]
    if not spans and kind is not AttributionKind.ATTITUDE:
        form, spans = "clause", [*_before(token, frame), *_next_line(reading.text, cue)][:1]
    return form, tuple(without(whole(reading, spans, cue), frame))


def _is_tag(reading: Reading, frame: list[Span]) -> bool:
    """Say whether a quotation ends with the comma before source and cue: `“We paid,” Lind told him, after ...`."""
    start, text = min(span.start for span in frame), reading.text
    ahead = next((q for q in reversed(reading.near(start, start)) if q.end <= start), None)
    ordered = sorted(frame)
    gaps = [text[a.end : b.start] for a, b in pairwise([ahead, *ordered])] if ahead is not None else ["-"]
    if ahead is None or any(gap.strip(" ,") for gap in gaps):
        return False
    return ahead.of(text).rstrip(_MARKS)[-1:] in {",", "?", "!"}


def _resumes(text: str, main: Span, cue: Span) -> bool:
    """`“We paid,” she said that day, and that ...`: what is said goes on in the writer's words."""
    return main.of(text).startswith("that ") and text[cue.end : main.start].strip() in {"", "and", ", and"}


def _shown(token: Token) -> Span | None:
    """`The records show payments to two men`: what a document shows may be a thing."""
    noun = has_dep(token, "dobj") if token.lemma_.lower() in _SHOWING_VERBS else None
    return _without_asides(noun) if noun is not None and noun.tag_ not in {"WDT", "WP"} else None


def _before(token: Token, frame: list[Span]) -> Iterator[Span]:
    """`Language unclear, experts say.`: what the sentence has before the comma, where it ends with the cue."""
    sentence = token.sent
    start, end = min(span.start for span in frame), max(span.end for span in frame)
    ahead = [t for t in sentence if t.idx < start and not t.is_space]
    behind = [t for t in sentence if t.idx >= end and t.is_alpha]
    if len(ahead) > 2 and not behind and ahead[-1].text == ",":
        yield from (span for span in [span_of(trim(ahead))] if span is not None)


def _next_line(text: str, cue: Span) -> Iterator[Span]:
    """`Lind added:` at the end of a line: the paragraph below it."""
    match = _PARAGRAPH_BELOW.match(text, cue.end)
    if match:
        yield Span(match.start("below"), match.end("below"))


def _continues(text: str, main: Span, quotation: Span) -> bool:
    """`said she had one quality: “...”`: the quotation spells out the clause before it."""
    return (
        main.end <= quotation.start
        and text[main.end : quotation.start].strip() in {":", ","}
        and ("\n" not in text[main.end : quotation.start])
    )


def _goes_with(main: Span, quotation: Span, cue: Span) -> bool:
    """`“...,” Lind said, adding that ...`: a quotation across the cue from a clause belongs to another cue."""
    return (main.end <= cue.start) == (quotation.end <= cue.start)


def _argument_around(token: Token, quotation: Span) -> Span:
    """`stressed the need for “peace”`: words quoted within a sentence count with the phrase that they are in."""
    for child in token.rights:
        phrase = subtree(child)
        span = span_of(trim(phrase[1:] if child.dep_ == "prep" and child.lower_ != "as" else phrase))
        if child.dep_ in {"dobj", "prep", "oprd", "attr"} and span is not None and span.contains(_inside(quotation)):
            return span
    return quotation


def _inside(quotation: Span) -> Span:
    """Give a quotation without its marks, which the parser may hang elsewhere."""
    return Span(quotation.start + 1, quotation.end - 1) if quotation.end - quotation.start > 2 else quotation


def _clause(token: Token) -> Span | None:
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


def _infinitive(token: Token) -> Span | None:
    """`wants to ...`, `urged him to ...`, with what is coordinated: `to triple the corps and create a new one`."""
    clause = has_dep(token, "xcomp") or (has_dep(token, "advcl") if token.lemma_.lower() in _DIRECTING_VERBS else None)
    if clause is None or clause.tag_ != "VB" or has_dep(clause, "aux") is None or clause.i < token.i:
        return None
    further = [c for c in token.rights if c.dep_ == "conj" and c.tag_ == "VB" and has_dep(c, "nsubj", "aux") is None]
    return span_of(trim([*subtree(clause), *(t for c in further for t in subtree(c))]))


def _naming(token: Token) -> Span | None:
    """`called the senator a “nasty guy”`: all that follows is how the speaker names it."""
    if token.lemma_.lower() not in _NAMING_VERBS or has_dep(token, "dobj", "oprd", "ccomp", "nsubjpass") is None:
        return None
    named = [t for child in token.rights if child.dep_ in {"dobj", "oprd", "ccomp", "attr"} for t in subtree(child)]
    as_what = [t for c in token.rights if c.dep_ == "prep" and c.lower_ == "as" for t in subtree(c)]
    return span_of(trim([*named, *as_what])) if named or as_what else None


def _object(token: Token) -> Span | None:
    if token.lemma_.lower() in _OBJECT_VERBS:
        noun = has_dep(token, "dobj") or (has_dep(token, "nsubjpass") if has_dep(token, "agent") else None)
        about = [t for c in token.rights if c.dep_ == "prep" and c.lower_ in _OBJECT_PREPOSITIONS for t in subtree(c)]
        if noun is None:
            return None
        return span_of(trim([*subtree(noun), *about])) if about else _without_asides(noun)
    wanted = [link for link in CUE_PREPOSITIONS.get(token.lemma_.lower(), ()) if link != "on" or token.lemma_ != "call"]
    link = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ in wanted), None)
    return span_of(trim(subtree(link)[1:])) if link is not None and has_dep(link, "pobj", "pcomp") else None


def _quotations_beside(reading: Reading, token: Token, frame: list[Span]) -> Iterator[Span]:
    """Give the quotations that only punctuation parts from source and cue; after a colon, in the next paragraph too."""
    text = reading.text
    start, end = min(span.start for span in frame), max(span.end for span in frame)
    sentence = Span(token.sent.start_char, max(token.sent.end_char, token.sent.start_char + 1))
    for quotation in reading.near(start, end):
        if overlapping(quotation, frame):
            continue
        between = text[quotation.end : start] if quotation.end <= start else text[end : quotation.start]
        beside = not any(c.isalnum() or c == "\n" for c in between)
        announced = quotation.start >= end and between.strip() == ":"
        resumed = quotation.start >= end and bool(_RESUMING.fullmatch(between))
        near = end <= quotation.start <= sentence.end + 2 and not _ENDING.search(between)
        adjunct = near and _only_adjuncts(token, quotation)
        if beside or announced or resumed or adjunct:
            yield quotation


def _only_adjuncts(token: Token, quotation: Span) -> bool:
    """`said on Monday in Ostport, “...”`: what stands between hangs on the verb as time, place or addressee."""
    doc = token.doc
    between = [t for t in doc[token.i + 1 : token.sent.end] if t.idx < quotation.start]
    loose = {"prep", "npadvmod", "advmod", "dobj", "dative", "punct", "prt"}
    tops = [t for t in between if t.head.i <= token.i]
    return len(between) < 16 and all(t.head == token and (t.dep_ in loose or t.is_punct) for t in tops)


def whole(reading: Reading, spans: list[Span], cue: Span) -> list[Span]:
    """Stretch a span that cuts into a quotation, or is cut out of one, to the whole; not for a cue that is in it."""
    stretched = []
    for span in spans:
        touched = (q for q in quoted_at(span, reading.quoted) if not q.overlaps(cue))
        crossing = [q for q in touched if not span.contains(q)]
        stretched.append(
            Span(min([span.start, *(q.start for q in crossing)]), max([span.end, *(q.end for q in crossing)]))
        )
    return _merged(stretched)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def without(spans: list[Span], frame: list[Span]) -> Iterator[Span]:
    """Cut the source and the cue out of content that runs around them."""
    for span in spans:
        inner = [f for f in frame if f.overlaps(span)]
        if not inner:
            yield span
            continue
        start, end = min(f.start for f in inner), max(f.end for f in inner)
        if start - span.start > 1:
            yield Span(span.start, start - 1)
        if span.end - end > 1:
            yield Span(end + 1, span.end)
