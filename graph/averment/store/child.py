"""One child process as its guard sees it: started, asked, and killed."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import averment
from averment.store.wire import Change, Go, Reply, Request, receive_reply, send

__all__ = ["FEDERATED", "START_SECONDS", "Child"]

_SOURCE_ROOT = str(Path(averment.__file__).parents[1])


FEDERATED = "averment.store.federated"
"""The module of a child that may ask other servers."""

START_SECONDS = 30.0
"""That a child may take to start."""

_BEHIND = 10
"""How nice a process is that goes behind others: it gets a tenth of what each of them gets."""

_LAST_BREATH = 1.0
"""Seconds between the end of a worker's connection and that of its process, at most."""


class Child:
    """A running child. Used by one thread at a time."""

    def __init__(self, module: str = "averment.store.worker") -> None:
        """Start it, by its module; the first thing that it says is that it is there."""
        self._channel, theirs = socket.socketpair()
        their_end, our_end = os.pipe()
        self._lifeline = os.fdopen(our_end, "wb")
        with theirs, os.fdopen(their_end, "rb"):
            self._process = subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
                [sys.executable, "-m", module, str(theirs.fileno()), str(their_end)],
                pass_fds=[theirs.fileno(), their_end],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # the engine's last words; what they mean is said in the error
                process_group=0,  # Ctrl-C at the terminal is for the server, which then ends its workers
                env={**os.environ, "PYTHONPATH": _SOURCE_ROOT},
            )
        self.alive = True
        self._begun = False

    def ask(self, request: Request | Change | Go, seconds: float) -> Reply:
        """Have a request answered; where that fails, the child is dead and the reply's kind is `time` or `died`.

        It has so many seconds from when it is there: what it takes to start is not of anybody's time.
        """
        try:
            if not self._begun:
                self._begun = receive_reply(self._channel, time.monotonic() + START_SECONDS) is not None
            deadline = time.monotonic() + seconds
            send(self._channel, request, deadline)
            reply = receive_reply(self._channel, deadline)
        except TimeoutError:
            self.kill()
            return Reply(kind="time")
        except OSError:
            reply = None
        except BaseException:
            self.kill()
            raise
        return reply or self.died()

    @property
    def channel(self) -> socket.socket:
        """Its connection, for those who ask without waiting."""
        return self._channel

    def died(self) -> Reply:
        """Say how it ended: by a signal where the engine fell over the query, by itself where averment is broken."""
        try:
            status = self._process.wait(_LAST_BREATH)
        except subprocess.TimeoutExpired:
            status = 0
        self.kill()
        if status > 0:
            return Reply(kind="failed", message=f"a child process ended with status {status}")
        return Reply(kind="died")

    @property
    def running(self) -> bool:
        """Whether its process is there, as far as the system has noticed."""
        return self.alive and self._process.poll() is None

    def go_behind(self) -> None:
        """Have the system let other processes go before it, for good."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _BEHIND)

    def stop(self) -> None:
        """Have the system end it, and do not wait for that."""
        self._process.kill()

    def kill(self) -> None:
        """End it at once."""
        self.alive = False
        self._channel.close()
        self._process.kill()
        self._process.wait()
        self._lifeline.close()
