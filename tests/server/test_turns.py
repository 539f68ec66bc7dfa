"""Taking turns: who comes too late is told so at once, and a turn is free again whatever has become of it."""

import threading

import pytest

from averment.errors import BusyError
from averment_server import turns
from averment_server.turns import Turns


def test_whoever_finds_no_place_to_wait_is_told_at_once() -> None:
    place = Turns(1, 0)
    with place.turn("others are"), pytest.raises(BusyError, match="others are"), place.turn("others are"):
        pytest.fail("two at a time")
    with place.turn("others are"):
        pass


def test_a_turn_is_free_again_after_an_error() -> None:
    place = Turns(1, 0)
    for _ in range(3):
        with pytest.raises(ValueError, match="x"), place.turn("others are"):
            raise ValueError("x")


def test_who_waits_comes_next() -> None:
    place, done = Turns(1, 1), threading.Event()

    def wait() -> None:
        with place.turn("others are"):
            done.set()

    with place.turn("others are"):
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not done.wait(0.05)
    assert done.wait(30)
    waiting.join()


def test_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 0.01)
    place = Turns(1, 1)
    for _ in range(3):
        with place.turn("others are"), pytest.raises(BusyError), place.turn("others are"):
            pytest.fail("two at a time")
