"""The guard on an event loop: long queries never take all workers, and whoever waits is told."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import uvloop
from pyoxigraph import Literal, NamedNode, Quad

from averment.errors import BusyError, QueryMemoryError, QuerySyntaxError, QueryTimeError
from averment.store import Store, loop_pool
from averment.store.formats import RESULT_FORMATS
from averment.store.gate import checked
from averment.store.guard import Scope
from averment.store.limits import Limits
from averment.store.loop_guard import LoopGuard
from averment.store.loop_worker import ClientGoneError, LoopWorker

CROSS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(6)) + " }"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in which a cross product does not end."""
    store = Store(tmp_path / "store")
    with store.writer() as writer:
        writer.change(add=[Quad(NamedNode(f"a:{n}"), NamedNode("a:b"), NamedNode("a:c")) for n in range(100)])
    return store


async def ask(guard: LoopGuard, query: str) -> bytes:
    return (
        await guard.run(checked(query, guard.limits.text), RESULT_FORMATS[0], None, Scope(), asyncio.Event().wait)
    ).body


@asynccontextmanager
async def guarding(store: Store, limits: Limits, processors: int = 1) -> AsyncIterator[LoopGuard]:
    """Give a guard; at the end every worker is to be there and free."""
    guard = LoopGuard(store, limits, processors)
    try:
        yield guard
        await settled(guard)
    finally:
        guard.close()
        await asyncio.sleep(0)


async def settled(guard: LoopGuard) -> None:
    """Wait until every worker is there and free."""
    async with asyncio.timeout(20):
        while guard.pool.busy:  # noqa: ASYNC110 - the guard tells nobody
            await asyncio.sleep(0.05)


def test_one_worker_is_left_for_those_who_ask_for_little(store: Store) -> None:
    """Of two long queries one goes on until it is out of time, and the other is told that there is no place for it."""

    async def all_at_once() -> list[object]:
        async with guarding(store, Limits(seconds=3.0, workers=3, reserved=1, quick=0.2, patience=3.0)) as guard:
            long = [asyncio.ensure_future(ask(guard, f"{CROSS} #{n}")) for n in range(2)]
            await asyncio.wait(long, return_when=asyncio.FIRST_COMPLETED)
            small = await ask(guard, "ASK { <a:1> ?b ?c }")
            assert not all(one.done() for one in long)
            return [small, *await asyncio.gather(*long, return_exceptions=True)]

    small, *long = asyncio.run(all_at_once())
    assert b"true" in small
    assert {type(error) for error in long} == {QueryTimeError, BusyError}


def test_after_long_queries_there_are_as_many_workers_as_before(store: Store) -> None:
    """Also where they were stopped, or their client has gone."""

    async def again_and_again() -> int:
        async with guarding(store, Limits(seconds=0.4, workers=2, reserved=0, quick=0.1, patience=10.0)) as guard:
            for _ in range(2):
                await asyncio.gather(*(ask(guard, CROSS) for _ in range(3)), return_exceptions=True)
            left = asyncio.Event()
            gone = asyncio.ensure_future(
                guard.run(checked(CROSS, guard.limits.text), RESULT_FORMATS[0], None, Scope(), left.wait)
            )
            await asyncio.sleep(0.05)
            left.set()
            with pytest.raises((ClientGoneError, QueryTimeError)):
                await gone
            await settled(guard)
            answers = await asyncio.gather(*(ask(guard, "ASK { }") for _ in range(5)))
            return len(answers) - guard.pool.busy

    assert asyncio.run(again_and_again()) == 5


def test_whoever_waits_no_more_is_asked_for_no_more(store: Store) -> None:
    """Neither is a query begun for them, nor is a worker lost."""

    async def gone() -> None:
        async with guarding(store, Limits(seconds=2.0, workers=1, reserved=0, quick=5.0, patience=20.0)) as guard:
            await ask(guard, "ASK { }")
            long = asyncio.ensure_future(ask(guard, CROSS))
            waiting = [asyncio.ensure_future(ask(guard, f"{CROSS} #{n}")) for n in range(20)]
            await asyncio.sleep(0.2)
            for one in waiting:
                one.cancel()
            *_, error = await asyncio.gather(*waiting, long, return_exceptions=True)
            assert isinstance(error, QueryTimeError)
            assert b"true" in await ask(guard, "ASK { }")
            await settled(guard)

    asyncio.run(gone())


def test_what_comes_to_stand_behind_a_long_query_is_answered_by_another_worker(store: Store) -> None:
    """Queries are sent to a worker that is at work while all are short; then one is not."""

    async def all_at_once() -> list[bool]:
        async with guarding(store, Limits(seconds=10.0, workers=2, reserved=0, quick=5.0, patience=20.0)) as guard:
            for _ in range(5):
                await asyncio.gather(*(ask(guard, f"ASK {{ }} #{n}") for n in range(50)))
            long = asyncio.ensure_future(ask(guard, CROSS))
            small = [asyncio.ensure_future(ask(guard, f"ASK {{ <a:{n}> ?b ?c }}")) for n in range(40)]
            answers = await asyncio.gather(*small)
            assert not long.done()
            long.cancel()
            return [b"true" in answer for answer in answers]

    assert asyncio.run(all_at_once()) == [True] * 40


def test_a_worker_that_dies_takes_no_query_along_but_the_one_at_hand(store: Store) -> None:
    """Those sent after it are answered by another."""

    async def all_at_once() -> list[object]:
        async with guarding(store, Limits(seconds=20.0, workers=1, reserved=0, quick=20.0, patience=20.0)) as guard:
            for _ in range(5):
                await asyncio.gather(*(ask(guard, f"ASK {{ }} #{n}") for n in range(50)))
            asked = [asyncio.ensure_future(ask(guard, query)) for query in (CROSS, *["ASK { <a:1> ?b ?c }"] * 5)]
            await asyncio.sleep(0)  # all are asked now
            worker = guard.pool._at_work[0]  # noqa: SLF001 - who is to die
            assert len(worker.asked) > 1
            worker.child.stop()
            return await asyncio.gather(*asked, return_exceptions=True)

    died, *others = asyncio.run(all_at_once())
    assert isinstance(died, QueryMemoryError)
    assert all(isinstance(answer, bytes) and b"true" in answer for answer in others)


def test_workers_that_die_of_their_start_are_tried_again_in_peace(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not as fast as can be; and when one can be started again, whoever waits is answered."""
    started: list[float] = []

    def dying(told: Any) -> LoopWorker:
        started.append(time.monotonic())
        return LoopWorker(told, *([] if len(started) > 4 else ["averment.no_such_module"]))

    async def asked() -> bytes:
        monkeypatch.setattr(loop_pool, "LoopWorker", dying)
        async with guarding(store, Limits(workers=2, reserved=0, patience=1.0)) as guard:
            answer = await ask(guard, "ASK { <a:1> ?b ?c }")
            await settled(guard)
            return answer

    assert b"true" in asyncio.run(asked())
    assert len(started) <= 7


def test_a_worker_that_somebody_kills_costs_no_query(store: Store) -> None:
    """The loop may hear of it later than it has something to ask."""

    async def asked() -> bytes:
        async with guarding(store, Limits(workers=2, reserved=0, patience=20.0)) as guard:
            await ask(guard, "ASK { }")
            await settled(guard)
            for worker in guard.pool._idle:  # noqa: SLF001 - those who may be killed
                worker.child.stop()
            time.sleep(0.2)  # noqa: ASYNC251 - in which the loop hears of nothing
            return await ask(guard, "ASK { <a:1> ?b ?c }")

    assert b"true" in asyncio.run(asked())


def test_a_loop_that_was_held_up_blames_no_query_for_it(store: Store) -> None:
    """The answers are there, and are to be read before anybody is out of time."""

    async def asked() -> list[bytes]:
        async with guarding(store, Limits(seconds=1.0, workers=2, reserved=0, quick=0.1, patience=20.0)) as guard:
            await ask(guard, "ASK { }")
            answers = asyncio.gather(*(ask(guard, f"ASK {{ <a:{n}> ?b ?c }}") for n in range(30)))
            await asyncio.sleep(0)
            asyncio.get_running_loop().call_soon(time.sleep, 1.2)
            return await answers

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert all(b"true" in answer for answer in runner.run(asked()))


def test_whoever_waits_while_others_write_is_answered_from_the_newest(store: Store) -> None:
    """Not from what was the newest when the question came, which is gone by then."""

    async def asked() -> bytes:
        async with guarding(store, Limits(seconds=1.0, workers=1, reserved=0, quick=5.0, patience=20.0)) as guard:
            long = asyncio.ensure_future(ask(guard, CROSS))
            await asyncio.sleep(0.3)
            waiting = asyncio.ensure_future(ask(guard, "ASK { <a:new> ?b 3 }"))
            await asyncio.sleep(0.1)
            for number in range(1, 4):
                with store.writer() as writer:
                    writer.change(add=[Quad(NamedNode("a:new"), NamedNode("a:b"), Literal(number))])
            answer = await waiting
            await asyncio.gather(long, return_exceptions=True)
            return answer

    assert b"true" in asyncio.run(asked())


def test_a_guard_that_is_closed_says_so(store: Store) -> None:
    async def asked() -> None:
        guard = LoopGuard(store, Limits(workers=2, reserved=0))
        guard.close()
        with pytest.raises(BusyError, match="closing down"):
            await ask(guard, "ASK { }")

    asyncio.run(asked())


def test_everybody_gets_the_answer_to_their_own_question(store: Store) -> None:
    """However many ask at a time, among them some who leave, and some whose query is no query or takes long."""

    async def ask_for(guard: LoopGuard, number: int) -> bool:
        if number % 7 == 0:
            with pytest.raises(QuerySyntaxError):
                await ask(guard, f"SELECT {number}")
            return True
        if number % 61 == 0:
            return (await asyncio.gather(ask(guard, f"{CROSS} #{number}"), return_exceptions=True))[0] is not None
        if number % 5 == 0:
            asyncio.get_running_loop().call_later(
                number % 3 / 1_000, asyncio.ensure_future(ask(guard, "ASK {}")).cancel
            )
        body = await ask(guard, f"SELECT ({number} AS ?n) {{ {'?s ?p ?o .' if number % 11 == 0 else ''} }}")
        return {row["n"]["value"] for row in json.loads(body)["results"]["bindings"]} == {str(number)}

    async def all_at_once() -> list[bool]:
        async with guarding(store, Limits(seconds=0.3, workers=3, reserved=0, quick=0.1, patience=30.0), 2) as guard:
            return await asyncio.gather(*(ask_for(guard, number) for number in range(600)))

    assert all(asyncio.run(all_at_once()))


def test_a_worker_is_replaced_although_no_process_is_to_be_had_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[bool] = []

    def scarce(told: Any) -> object:
        if not refused:
            refused.append(True)
            raise OSError("Resource temporarily unavailable")
        return LoopWorker(told)

    async def replaced() -> bytes:
        async with guarding(store, Limits(seconds=0.5, workers=1, reserved=0, quick=5.0, patience=20.0)) as guard:
            monkeypatch.setattr(loop_pool, "LoopWorker", scarce)
            with pytest.raises(QueryTimeError):
                await ask(guard, CROSS)
            return await ask(guard, "ASK { <a:1> ?b ?c }")

    assert b"true" in asyncio.run(replaced())
    assert refused
