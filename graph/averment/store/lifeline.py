"""What ties a child process to the one that started it: a pipe on which nothing is ever said.

When that process is gone, however it went, the system closes its end and signals the child, which then dies in the
midst of whatever it evaluates. (A signal by the death of the parent, PR_SET_PDEATHSIG, goes by the thread that started
the child, and threads end before their time.)
"""

import fcntl
import os
import select
import signal
import sys
import threading

__all__ = ["hold_on_to", "leave_signals"]


def leave_signals() -> None:
    """Leave it to whoever started this process to end it.

    Ctrl-C at a terminal, and what stops a service, may signal every process of it: the first one then finishes what is
    at work, for which it needs the others.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def hold_on_to(pipe: int) -> None:
    """Have this process end when the other end of a pipe is closed, also where that is so already.

    On Linux by SIGIO, whose default is to end a process: https://man7.org/linux/man-pages/man7/signal.7.html. Elsewhere
    a thread waits, which comes to its turn when the engine lets it.
    """
    if sys.platform != "linux":
        threading.Thread(target=_wait, args=(pipe,), daemon=True).start()
        return
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
    closed = select.poll()
    closed.register(pipe, 0)  # that the other end is closed is told always
    if closed.poll(0):
        os._exit(0)


def _wait(pipe: int) -> None:
    os.read(pipe, 1)  # nothing is ever said, so this is the end
    os._exit(0)
