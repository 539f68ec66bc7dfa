"""What people have decided about pairs, and what follows from it: nobody is asked the same question twice."""

from collections.abc import Iterable

__all__ = ["Decided"]

Pair = tuple[str, str]


class Decided:
    """Pairs that are confirmed or rejected. Confirmed ones reach further: who is A is also everybody that A is."""

    def __init__(self, confirmed: Iterable[Pair] = (), rejected: Iterable[Pair] = ()) -> None:
        """Join what is confirmed, and then part what is rejected."""
        self._parents: dict[str, str] = {}
        for one, other in confirmed:
            self._join(one, other)
        self._apart: dict[str, set[str]] = {}
        for one, other in rejected:
            self._apart.setdefault(self.root(one), set()).add(self.root(other))
            self._apart.setdefault(self.root(other), set()).add(self.root(one))

    def root(self, iri: str) -> str:
        """Give the entity that stands for all that are confirmed to be the same as this one: the least."""
        while (parent := self._parents.get(iri, iri)) != iri:
            self._parents[iri] = self._parents.get(parent, parent)
            iri = parent
        return iri

    def apart(self, iri: str) -> set[str]:
        """Give the roots of those that this entity is not."""
        return self._apart.get(self.root(iri), set())

    def is_open(self, one: str, other: str) -> bool:
        """Say whether nothing that was decided answers whether the two are the same."""
        return self.root(one) != self.root(other) and self.root(other) not in self.apart(one)

    def _join(self, one: str, other: str) -> None:
        least, most = sorted((self.root(one), self.root(other)))
        self._parents[most] = least
