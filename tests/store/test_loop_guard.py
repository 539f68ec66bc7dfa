"""The guard on an event loop: long queries never take all workers, and whoever waits is told."""

import asyncio
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from averment.errors import BusyError, QueryTimeError
from averment.store import Store, loop_guard
from averment.store.formats import RESULT_FORMATS
from averment.store.guard import Scope
from averment.store.limits import Limits
from averment.store.loop_guard import LoopGuard
from averment.store.loop_worker import ClientGoneError

CROSS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(6)) + " }"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in which a cross product does not end."""
    store = Store(tmp_path / "store")
    with store.writer() as writer:
        writer.change(add=[Quad(NamedNode(f"a:{n}"), NamedNode("a:b"), NamedNode("a:c")) for n in range(100)])
    return store


async def ask(guard: LoopGuard, query: str) -> bytes:
    return (await guard.run(query, RESULT_FORMATS[0], None, Scope(), asyncio.Event().wait)).body


async def settled(guard: LoopGuard) -> None:
    """Wait until every worker is there and free."""
    async with asyncio.timeout(20):
        while guard.busy:  # noqa: ASYNC110 - the guard tells nobody
            await asyncio.sleep(0.05)


def test_one_worker_is_left_for_those_who_ask_for_little(store: Store) -> None:
    """Of two long queries one goes on until it is out of time, and the other is told that there is no place for it."""

    async def all_at_once() -> list[object]:
        guard = LoopGuard(store, Limits(seconds=3.0, workers=3, reserved=1, quick=0.2, patience=3.0))
        try:
            long = [asyncio.ensure_future(ask(guard, f"{CROSS} #{n}")) for n in range(2)]
            await asyncio.wait(long, return_when=asyncio.FIRST_COMPLETED)
            small = await ask(guard, "ASK { <a:1> ?b ?c }")
            assert not all(one.done() for one in long)
            return [small, *await asyncio.gather(*long, return_exceptions=True)]
        finally:
            await settled(guard)
            guard.close()
            await asyncio.sleep(0)

    small, *long = asyncio.run(all_at_once())
    assert b"true" in small
    assert {type(error) for error in long} == {QueryTimeError, BusyError}


def test_after_long_queries_there_are_as_many_workers_as_before(store: Store) -> None:
    """Also where they were stopped, or their client has gone."""

    async def again_and_again() -> int:
        guard = LoopGuard(store, Limits(seconds=0.4, workers=2, reserved=0, quick=0.1, patience=10.0))
        try:
            for _ in range(2):
                await asyncio.gather(*(ask(guard, CROSS) for _ in range(3)), return_exceptions=True)
            left = asyncio.Event()
            gone = asyncio.ensure_future(guard.run(CROSS, RESULT_FORMATS[0], None, Scope(), left.wait))
            await asyncio.sleep(0.05)
            left.set()
            with pytest.raises((ClientGoneError, QueryTimeError)):
                await gone
            await settled(guard)
            answers = await asyncio.gather(*(ask(guard, "ASK { }") for _ in range(5)))
            return len(answers) - guard.busy
        finally:
            await settled(guard)
            guard.close()
            await asyncio.sleep(0)

    assert asyncio.run(again_and_again()) == 5


def test_a_worker_that_comes_when_nobody_waits_any_more_is_not_lost(store: Store) -> None:
    """The client goes in the very moment in which a worker is free."""

    async def gone() -> None:
        guard = LoopGuard(store, Limits(seconds=10.0, workers=1, reserved=0, patience=20.0))
        try:
            await ask(guard, "ASK { }")
            held = guard._idle.pop()  # noqa: SLF001 - as if it were at work
            waiting = asyncio.ensure_future(ask(guard, "ASK { }"))
            await asyncio.sleep(0.05)
            guard._put_back(held)  # noqa: SLF001
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            assert guard.busy == 0
        finally:
            guard.close()
            await asyncio.sleep(0)

    asyncio.run(gone())


def test_a_worker_is_replaced_although_no_process_is_to_be_had_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refused = loop_guard.LoopWorker, []

    def scarce() -> object:
        if not refused:
            refused.append(True)
            raise OSError("Resource temporarily unavailable")
        return real()

    async def replaced() -> bytes:
        guard = LoopGuard(store, Limits(seconds=0.5, workers=1, reserved=0, quick=5.0, patience=20.0))
        monkeypatch.setattr(loop_guard, "LoopWorker", scarce)
        try:
            with pytest.raises(QueryTimeError):
                await ask(guard, CROSS)
            return await ask(guard, "ASK { <a:1> ?b ?c }")
        finally:
            guard.close()
            await asyncio.sleep(0)

    assert b"true" in asyncio.run(replaced())
    assert refused
