"""Annotations as others write them: one, a page, a collection, a list; single values or lists."""

from collections.abc import Iterator
from typing import Any

from averment.annotations.model import Body, Motivation, Note, Place
from averment.json_values import first_text, listed, rebuilt

__all__ = ["annotations_in", "note_of", "place_of", "plain"]

_LONGEST_CONTEXT = 1_000
"""Characters of prefix and suffix that are compared."""

_Object = dict[str, Any]


def plain(value: Any) -> Any:
    """Give a JSON value with the keywords of the annotation context."""
    return rebuilt(value, lambda key, item: ({"@id": "id", "@type": "type"}.get(key, key), item))


def annotations_in(value: Any) -> Iterator[_Object]:
    """Give the annotations in a JSON value, in their order; nothing is fetched that it only names."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            if _is_annotation(one):
                yield one
            else:
                waiting += reversed([one.get(name) for name in ("first", "items", "@graph", "rows")])


def _is_annotation(one: _Object) -> bool:
    types = one.get("type", one.get("@type"))
    return any(kind in ("Annotation", "oa:Annotation") for kind in listed(types))


def note_of(given: _Object) -> Note:
    """Give what an annotation says."""
    creator = next(iter(listed(given.get("creator"))), None)
    return Note(
        id=first_text(given.get("id")),
        creator=first_text(creator.get("name") if isinstance(creator, dict) else creator),
        created=first_text(given.get("created")),
        motivations=tuple(found for one in listed(given.get("motivation")) if (found := _motivation(one)) is not None),
        bodies=tuple(_bodies(given)),
    )


def _bodies(given: _Object) -> Iterator[Body]:
    for one in listed(given.get("bodyValue")):
        if isinstance(one, str) and one.strip():
            yield Body(one)
    for one in listed(given.get("body")):
        value = first_text(one.get("value")) if isinstance(one, dict) else None
        if value is not None:
            yield Body(value, _motivation(one.get("purpose")))


def _motivation(value: Any) -> Motivation | None:
    name = first_text(value)
    short = name.removeprefix("oa:").rpartition("#")[2] if name else ""
    return next((one for one in Motivation if one.value == short), None)


def place_of(given: _Object) -> Place:
    """Give where an annotation says that its words are: the first of its targets."""
    target = next(iter(listed(given.get("target"))), None)
    if not isinstance(target, dict):
        return Place(source=first_text(target))
    source = next(iter(listed(target.get("source"))), None)
    selectors = [one for one in listed(target.get("selector")) if isinstance(one, dict)]
    quote = next((one for one in selectors if _kind(one) == "TextQuoteSelector"), {})
    position = next((one for one in selectors if _kind(one) == "TextPositionSelector"), {})
    return Place(
        source=first_text(source.get("id") if isinstance(source, dict) else source) or first_text(target.get("id")),
        passage=first_text(target.get("id")),
        exact=first_text(quote.get("exact")),
        prefix=(first_text(quote.get("prefix")) or "")[-_LONGEST_CONTEXT:],
        suffix=(first_text(quote.get("suffix")) or "")[:_LONGEST_CONTEXT],
        start=_offset(position.get("start")),
        end=_offset(position.get("end")),
    )


def _kind(selector: _Object) -> str:
    return str(next(iter(listed(selector.get("type"))), "")).removeprefix("oa:")


def _offset(value: Any) -> int | None:
    is_offset = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    return value if is_offset else None
