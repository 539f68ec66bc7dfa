"""Reviews that others have published, found in JSON-LD as it is met on the web.

schema.org with http, https or as a prefix; one review, a list, a `@graph`, or one within something else; single values
or lists, texts instead of objects. What cannot be carried is counted by its place.
"""

from collections.abc import Iterator
from typing import Any

from averment.claimreviews.model import Appearance, ClaimReview, Number, Party, Rated
from averment.claimreviews.written import as_json
from averment.json_values import first_text, leaves, listed, rebuilt
from averment.losses import Losses, lost_leaves

__all__ = ["holds_reviews", "read_reviews"]

_SPACES = ("https://schema.org/", "http://schema.org/", "https://www.schema.org/", "http://www.schema.org/", "schema:")

_DEEPEST = 8
"""Objects within each other in a review in which references are looked for."""

_MOST_COPIED = 1_000_000
"""Values that references bring from elsewhere in a file: a small file can refer to a large object very often."""

_Object = dict[str, Any]


def holds_reviews(value: Any) -> bool:
    """Say whether there is a review of a claim anywhere in a JSON value."""
    return next(_reviews(_plain(value)), None) is not None


def read_reviews(value: Any) -> tuple[list[ClaimReview], Losses]:
    """Give the reviews in a JSON value, and what of them could not be carried, by its place.

    A review that does not say what was claimed is lost whole.
    """
    plain = _plain(value)
    references = _References(plain)
    found, lost = [], Losses()
    for one in _reviews(plain):
        given = references.resolved(one)
        review = _review(given)
        if review is not None:
            found.append(review)
        lost += lost_leaves(given, as_json(review) if review else {})
    return found, lost


def _reviews(value: Any) -> Iterator[_Object]:
    """Give the reviews within a JSON value; what is within a review belongs to it."""
    return (one for one in _objects(value, stop="ClaimReview") if _is(one, "ClaimReview"))


def _plain(value: Any) -> Any:
    """Give a JSON value with the names of schema.org in their short form."""
    return rebuilt(value, _entry)


def _entry(key: str, value: Any) -> tuple[str, Any]:
    name = _name(key)
    if name != "@type":
        return name, value
    types = [_name(one) if isinstance(one, str) else one for one in listed(value)]
    return name, types if isinstance(value, list) else types[0] if types else None


def _name(term: str) -> str:
    """Give the short form of a term."""
    short = next((term.removeprefix(space) for space in _SPACES if term.startswith(space)), term)
    return {"type": "@type", "id": "@id"}.get(short, short)


def _objects(value: Any, stop: str = "") -> Iterator[_Object]:
    """Give the objects within a JSON value in their order, without those within an object of the type `stop`."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += reversed(list(one.values())) if not _is(one, stop) else []
        elif isinstance(one, list):
            waiting += reversed(one)


def _is(one: _Object, kind: str) -> bool:
    types = one.get("@type")
    return kind in types if isinstance(types, list) else types == kind


class _References:
    """What other objects of a file name by their `@id`, to be put where they are named."""

    def __init__(self, value: Any) -> None:
        self._by_id = {one["@id"]: one for one in _objects(value) if isinstance(one.get("@id"), str) and len(one) > 1}
        self._sizes: dict[str, int] = {}
        self._room = _MOST_COPIED

    def resolved(self, one: _Object, deep: int = _DEEPEST) -> _Object:
        """Give an object with what it refers to in place of the references."""
        return {key: self._in_place(item, deep) for key, item in one.items()} if deep else one

    def _in_place(self, item: Any, deep: int) -> Any:
        if isinstance(item, list):
            return [self._in_place(part, deep - 1) if deep > 1 else part for part in item]
        if isinstance(item, dict):
            return self.resolved(self._target(item) if len(item) == 1 else item, deep - 1)
        return item

    def _target(self, item: _Object) -> _Object:
        """Give what a reference names, as long as all copies together stay within a limit."""
        name = item.get("@id")
        target = self._by_id.get(name) if isinstance(name, str) else None
        if target is None or not isinstance(name, str):
            return item
        size = self._sizes.setdefault(name, 0) or sum(1 for _ in leaves(target))
        self._sizes[name] = size
        if size > self._room:
            return item
        self._room -= size
        return target


# ---- Values ----------------------------------------------------------------------------------------------------------


def _review(given: _Object) -> ClaimReview | None:
    claim = first_text(given.get("claimReviewed"))
    if claim is None:
        return None
    item = _object(given.get("itemReviewed")) or {}
    appearances = [_appearance(one) for one in listed(item.get("appearance"))]
    rating = _object(given.get("reviewRating"))
    return ClaimReview(
        claim=claim,
        url=first_text(given.get("url")),
        published=first_text(given.get("datePublished")),
        author=_party(given.get("author")),
        body=first_text(given.get("reviewBody")),
        claimant=_party(item.get("author")),
        claimed=first_text(item.get("datePublished")),
        appearances=tuple(one for one in appearances if one is not None),
        rated=_rated(rating) if rating else None,
    )


def _object(value: Any) -> _Object | None:
    return next((one for one in listed(value) if isinstance(one, dict)), None)


def _party(value: Any) -> Party | None:
    """Give who it is, from an object or only a name."""
    for one in listed(value):
        if isinstance(one, str) and one.strip():
            return Party(one)
        if isinstance(one, dict):
            party = Party(first_text(one.get("name")), first_text(one.get("url")), is_person=_is(one, "Person"))
            if party.name or party.url:
                return party
    return None


def _appearance(value: Any) -> Appearance | None:
    """Give where a claim was made, from an object or only an address."""
    if isinstance(value, str):
        return Appearance(url=value) if value.strip() else None
    if not isinstance(value, dict):
        return None
    publisher = _party(value.get("publisher"))
    one = Appearance(
        url=first_text(value.get("url")) or first_text(value.get("@id")),
        headline=first_text(value.get("headline")),
        published=first_text(value.get("datePublished")),
        publisher=publisher.name if publisher else None,
    )
    return one if one != Appearance() else None


def _rated(rating: _Object) -> Rated | None:
    one = Rated(
        label=first_text(rating.get("alternateName")),
        value=_number(rating.get("ratingValue")),
        best=_number(rating.get("bestRating")),
        worst=_number(rating.get("worstRating")),
    )
    return one if one != Rated() else None


def _number(value: Any) -> Number | None:
    for one in listed(value):
        if isinstance(one, (int, float)) and not isinstance(one, bool):
            return one
        if isinstance(one, str) and one.strip():
            return one
    return None
