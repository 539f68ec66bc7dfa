"""Proper names: what the pipeline's recognizer finds, mended by titles and by the words of outlets and organizations.

The recognizer alone takes a surname for a place and cuts "South Side Weekly" in two; the words around know better.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from averment.extract.lexicon import (
    FEMALE_NAMES,
    MALE_NAMES,
    ORGANIZATION_WORDS,
    OUTLET_WORDS,
    OUTLETS,
    PLACE_WORDS,
    TITLES,
)
from averment.extract.tokens import Coverage, text_of
from averment.model import EntityKind, Span

__all__ = ["Name", "names"]

_KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
}
_NO_NAMES = {"NORP", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "LANGUAGE"}
_BELONGING = {
    "attorney", "lawyer", "wife", "husband", "son", "daughter", "mother", "father", "brother", "sister", "widow",
    "death", "body", "arrest", "girlfriend", "boyfriend", "parent", "child", "home",
}  # fmt: skip
"""What a person has and an organization has not."""

_LINKS = {"of", "for", "and", "&", "the", "on"}
"""They may stand within an organization's name."""


@dataclass(frozen=True, slots=True)
class Name:
    """One proper name where it stands, with what it seems to name."""

    span: Span
    text: str
    kind: EntityKind
    described_as: Span | None
    rule: str


def names(doc: Doc, boilerplate: tuple[Span, ...]) -> tuple[Name, ...]:
    """Give the proper names of a text in order, none overlapping another, none within boilerplate."""
    found: list[Name] = []
    taken = Coverage(len(text_of(doc)), boilerplate)
    for rule in (_titled, _recognized, _runs, _repeated):
        for candidate in rule(doc, tuple(found)):
            if candidate and not taken.touches(candidate.span):
                taken.add(candidate.span)
                found.append(candidate)
    return tuple(sorted(found, key=lambda name: name.span))


def bare(token: Token) -> str:
    """Give a word as the lexicon has it: lower case, without the dot of an abbreviation."""
    return token.lower_.rstrip(".")


def _titled(doc: Doc, _found: tuple[Name, ...]) -> Iterator[Name | None]:
    """`Gov. J.B. Pritzker`: a title and the capitalised words after it are a person."""
    for token in doc:
        if bare(token) in TITLES and token.text[0].isupper() and token.i + 1 < len(doc):
            end = token.i + 1
            while end < len(doc) and _is_name_part(doc[end]) and not doc[end].is_sent_start:
                end += 1
            if end > token.i + 1:
                yield _name(doc[token.i + 1 : end], EntityKind.PERSON, "title-name")


def _is_name_part(token: Token) -> bool:
    """A capitalised word that is no title, no possessive and no punctuation."""
    return token.text[0].isupper() and token.is_alpha | ("." in token.text) | ("-" in token.text) | ("’" in token.text)


def _recognized(doc: Doc, _found: tuple[Name, ...]) -> Iterator[Name | None]:
    """What the recognizer found, stretched over the words that belong to it, and judged by them."""
    for found in doc.ents:
        if found.label_ in _KINDS:
            part = _without_edges(_stretched(found))
            if part is not None and _looks_like_a_name(part):
                yield _judged(part, _KINDS[found.label_])


def _looks_like_a_name(part: Slice) -> bool:
    return part.text[0].isupper() and any(c.isalpha() for c in part.text) and "\n" not in part.text


def _judged(part: Slice, kind: EntityKind) -> Name | None:
    certain = _kind_by_words(part)
    if kind is EntityKind.PERSON and part.start and len(part) == 1 and part.doc[part.start - 1].lower_ in {"in", "at"}:
        kind = EntityKind.PLACE
    if certain is None and kind is EntityKind.ORGANIZATION and _is_somebody(part):
        return _name(part, EntityKind.PERSON, "name-of-person")
    return _name(part, certain or kind, "name-words" if certain else "recognized")


def _is_somebody(part: Slice) -> bool:
    """`Smith, 42, ...`, `Weaver's attorney`, `Marcus Weaver`: an age, a lawyer or a first name belongs to a person."""
    doc, end = part.doc, part.end
    behind = [token.lower_ for token in doc[end : end + 3]]
    aged = len(behind) == 3 and behind[0] == behind[2] == "," and behind[1].isdigit() and len(behind[1]) < 3
    owned = part.root.dep_ == "poss" and part.root.head.lemma_.lower() in _BELONGING
    first = bare(part[0]) in FEMALE_NAMES | MALE_NAMES and 1 < len(part) < 4
    return aged or owned or first


def _runs(doc: Doc, _found: tuple[Name, ...]) -> Iterator[Name | None]:
    """Capitalised proper nouns that the recognizer passed over, where their words say what they are."""
    start = None
    for token in [*doc, None]:
        inside = token is not None and token.pos_ == "PROPN" and token.text[0].isupper()
        inside = inside and token.ent_type_ not in _NO_NAMES and not (token.is_sent_start and start is not None)
        if inside and start is None:
            start = token.i
        elif not inside and start is not None:
            part = _without_edges(doc[start : token.i if token is not None else len(doc)])
            start = token.i if token is not None and token.pos_ == "PROPN" and token.text[0].isupper() else None
            if part is not None and (kind := _kind_by_words(part)):
                yield _name(part, kind, "name-words")


def _repeated(doc: Doc, found: tuple[Name, ...]) -> Iterator[Name]:
    """Names that were found once and missed elsewhere: the whole name, or a person's surname."""
    known = {name.text: name.kind for name in found if " " in name.text}
    known |= {text.split()[-1]: kind for text, kind in known.items() if kind is EntityKind.PERSON}
    if not known:
        return
    pattern = "|".join(re.escape(text) for text in sorted(known, key=lambda text: (-len(text), text)))
    for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text_of(doc)):
        yield Name(Span(match.start(), match.end()), match.group(), known[match.group()], None, "name-repeated")


def _stretched(part: Slice) -> Slice:
    """Take in the capitalised words beside a name that make it an outlet's or an organization's."""
    doc, start, end = part.doc, part.start, part.end
    while end < len(doc) and _continues(doc[end]) and not doc[end].is_sent_start:
        end += 1
    if bare(doc[end - 1]) in OUTLET_WORDS | ORGANIZATION_WORDS:
        while start > 0 and _is_compound(doc[start - 1], doc[end - 1]) and not doc[start].is_sent_start:
            start -= 1
    return doc[start:end]


def _continues(token: Token) -> bool:
    return token.text[0].isupper() and (bare(token) in OUTLET_WORDS or bare(token) in ORGANIZATION_WORDS)


def _is_compound(token: Token, head: Token) -> bool:
    return token.pos_ == "PROPN" and token.head == head and token.dep_ == "compound" and bare(token) not in TITLES


_NO_NAME = {"the", "a", "an", "said", "asked", "added", "wrote"}
"""Words before a name, at the head of a sentence: `Said Lind: ...`."""


def _without_edges(part: Slice) -> Slice | None:
    """Leave off what is no part of a name: articles, titles, punctuation at its ends, what a colon parts from it."""
    doc, start = part.doc, part.start
    end = next((token.i for token in part if token.text == ":"), part.end)
    while start < end and (
        not doc[start].text[0].isalnum() or doc[start].lower_ in _NO_NAME or _is_title(doc, start, end)
    ):
        start += 1
    while end > start and (
        doc[end - 1].lower_ in {"'s", "’s", "’", "'"} or doc[end - 1].is_space or doc[end - 1].is_punct
    ):
        end -= 1
    return doc[start:end] if start < end else None


def _is_title(doc: Doc, start: int, end: int) -> bool:
    return bare(doc[start]) in TITLES and end - start > 1 and not _kind_by_words(doc[start:end])


def _kind_by_words(part: Slice) -> EntityKind | None:
    """Judge a name by its words: `South Side Weekly` is an outlet, `Department of Justice` an organization."""
    words = [bare(token) for token in part if token.text.strip()]
    if not words:
        return None
    if (
        " ".join(words) in OUTLETS
        or (len(words) > 1 and words[-1] in OUTLET_WORDS)
        or (words[0] in OUTLETS and len(words) < 3)
    ):
        return EntityKind.OUTLET
    if words[-1] in ORGANIZATION_WORDS or (words[0] in ORGANIZATION_WORDS and _LINKS & set(words)):
        return EntityKind.ORGANIZATION
    return EntityKind.PLACE if len(words) > 1 and words[-1] in PLACE_WORDS else None


def _name(part: Slice, kind: EntityKind, rule: str) -> Name | None:
    part = _without_edges(part) or part
    span = Span(part.start_char, part.end_char)
    description = _description(part)
    if description is not None and kind in {EntityKind.PLACE, EntityKind.ORGANIZATION} and rule == "recognized":
        kind = EntityKind.PERSON
    name = Name(span, " ".join(part.text.split()), kind, None, rule)
    return replace(name, described_as=description) if kind is EntityKind.PERSON else name


def _description(part: Slice) -> Span | None:
    """Give the title directly before a name with the words that belong to it: `Chicago Mayor`, `Democratic Gov.`."""
    doc, start = part.doc, part.start
    if start == 0 or bare(doc[start - 1]) not in TITLES or doc[start].is_sent_start:
        return None
    first = start - 1
    while (
        first > 0
        and not doc[first].is_sent_start
        and doc[first - 1].dep_ in {"compound", "amod"}
        and doc[first - 1].text[0].isupper()
    ):
        first -= 1
    return Span(doc[first].idx, doc[start - 1].idx + len(doc[start - 1]))
