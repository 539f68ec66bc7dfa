"""Changing a store that is open: each change is one transaction, durable and published when its call returns."""

import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

import pyoxigraph as ox

from averment.errors import QueryRefusedError, StoreError, StoreUnpublishedError
from averment.iris import BASE
from averment.store.blocks import FUNCTIONS, operations
from averment.store.disk import disk_error
from averment.store.view import View
from averment.vocabulary import AV, PREFIXES

__all__ = ["ENGINE_ERRORS", "Follower", "Writer"]

ENGINE_ERRORS = (OSError, RuntimeError)
"""What the engine raises: OSError for what the system refuses, RuntimeError for files that are damaged."""

_MANY = 20_000
"""Quads that are rather added as files of their own, whole or not at all too: several times faster."""

_LAST_WORD = ox.NamedNode(f"urn:averment:last-word:{secrets.token_hex(16)}")
"""A function, and a graph, that no update from outside can name."""


class Follower(Protocol):
    """Who keeps something in the store up to date that follows from the rest of it."""

    def before(self, view: View, removed: Collection[ox.Quad]) -> None:
        """Look at the store before a change."""

    def after(self, view: View, added: Collection[ox.Quad]) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """Look at the store after it, and give what is to be removed and added with it."""


class Writer:
    """Writes to a store. Each call is one transaction: when it returns, the change is whole, durable and published."""

    def __init__(
        self,
        store: ox.Store,
        mark: Callable[[], None],
        publish: Callable[[ox.Store], None],
        follower: Follower | None = None,
    ) -> None:
        """Write to `store`; call `mark` before each commit, and `publish` with the store after it."""
        self._follower = follower
        self._open: ox.Store | None = store  # nowhere else: an error would keep it, and the engine's lock, in its trace
        self._mark = mark
        self._publish = publish

    @property
    def _store(self) -> ox.Store:
        if self._open is None:
            raise StoreError("this writer is closed")
        return self._open

    @property
    def view(self) -> View:
        """What is committed, this writer's own changes included. Not to be kept beyond the writer's end."""
        return View(self._store)

    def close(self) -> None:
        """Let go of the store; the engine gives up its lock when nobody holds it any more."""
        self._open = None

    def change(self, *, remove: Iterable[ox.Quad] = (), add: Iterable[ox.Quad] = ()) -> None:
        """Remove quads and add quads, both or neither.

        Raises StoreError where the disk refuses; its text says whether the store is as it was, or the change is written
        and not yet published, which the next writer then does first.
        """
        added, removed = list(add), set(remove)
        removed -= set(added)
        if self._follower is not None:
            self._follower.before(self.view, removed)
        self._commit(added, removed | self._stamps())
        try:
            if self._follower is not None:
                gone, come = self._follower.after(self.view, added)
                self._commit(come, set(gone))
        finally:
            self._make_visible()

    def add(self, quads: Sequence[ox.Quad], ready: Callable[[], None] = lambda: None) -> None:
        """Add quads, however many; `ready` is called before anything is, and where it raises, nothing is.

        Nobody follows this. Raises StoreError as `change` does.
        """
        added = [quad for quad in quads if not _is_stamp(quad)]
        ready()
        self._commit([], self._stamps())
        try:
            (self._store.bulk_extend if len(added) > _MANY else self._store.extend)(added)
        except ENGINE_ERRORS as error:
            raise _not_written(error) from error
        self._make_visible()

    def update(self, operations: str, ready: Callable[[], None] = lambda: None) -> None:
        """Carry out one or more operations of SPARQL Update; no semicolon stands at the end of their text.

        `ready` is called when all are evaluated and before anything is committed; where it raises, nothing is, and the
        same is raised here. Nobody follows this. Otherwise raises SyntaxError for what is no SPARQL, QueryRefusedError
        for what cannot be done to this store, and StoreError as `change` does.
        """
        stopped: list[Exception] = []

        def last_word() -> ox.Literal | None:
            try:
                ready()
                self._mark()
            except Exception as error:  # noqa: BLE001 - the engine would swallow it; it is raised below
                stopped.append(error)
                return None
            return ox.Literal("commit")

        try:
            self._store.update(
                f"{operations}{_TAKING_STAMPS}{_ASKING}",
                base_iri=BASE,
                prefixes=PREFIXES,
                custom_functions={_LAST_WORD: last_word},
            )
        except ENGINE_ERRORS as error:
            raise _reason(stopped[0] if stopped else error) from error
        self._make_visible()

    def _stamps(self) -> set[ox.Quad]:
        """Give what says that the results of validation are those of the store as it is: no change leaves that."""
        return set(self.view.described(None, AV.shapesSha256))

    def _commit(self, added: list[ox.Quad], removed: set[ox.Quad]) -> None:
        try:
            self._mark()
            if removed:
                together = ";\n".join([*operations("DELETE", removed), *operations("INSERT", added)])
                self._store.update(together, custom_functions=dict(FUNCTIONS))
            elif added:
                self._store.extend(added)
        except ENGINE_ERRORS as error:
            raise _not_written(error) from error

    def _make_visible(self) -> None:
        try:
            self._publish(self._store)
        except (*ENGINE_ERRORS, StoreError) as error:
            raise StoreUnpublishedError(
                "the change is written, but readers cannot see it yet; the next write or ingest makes it visible "
                f"({error})"
            ) from error


_TAKING_STAMPS = f"""
;
DELETE WHERE {{ ?report {AV.shapesSha256} ?digest }}"""

_ASKING = f"""
;
INSERT {{ GRAPH {_LAST_WORD} {{ {_LAST_WORD} {_LAST_WORD} ?said }} }} WHERE {{ BIND({_LAST_WORD}() AS ?said) }} ;
DROP GRAPH {_LAST_WORD}"""
"""Two operations at the end of the transaction. The first makes a graph if the function gives a value, which the second
drops; if it does not, there is nothing to drop, which is an error, and the engine takes everything back."""


def _is_stamp(quad: ox.Quad) -> bool:
    return quad.predicate == AV.shapesSha256 and quad.graph_name == ox.DefaultGraph()


def _reason(error: Exception) -> Exception:
    """Give what an update's failure means; what is none of the engine's errors stays as it is."""
    if isinstance(error, RuntimeError) and "graph" in str(error).lower():
        return QueryRefusedError(f"the update cannot be carried out: {str(error)[:1].lower()}{str(error)[1:]}")
    return _not_written(error) if isinstance(error, ENGINE_ERRORS) else error


def _not_written(error: Exception) -> StoreError:
    return disk_error(f"the change was not written: {error}")
