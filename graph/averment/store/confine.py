"""What a child process gives up: memory beyond a limit, and on Linux the right to make a connection, for good.

The latter is a filter of system calls, seccomp's (https://docs.kernel.org/userspace-api/seccomp_filter.html), a
classic BPF program of seven instructions: another architecture's calls and `socket` are refused with EPERM, everything
else is allowed. What is open stays open, and threads that are begun later inherit it.
"""

import ctypes
import platform
import resource
import struct
import sys
from pathlib import Path

__all__ = ["deny_sockets", "set_limit", "set_memory"]

_USUALLY_MAPPED = 1 << 29
"""Bytes of address space, where the system does not say how much it is."""

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER_OFFSET, _ARCHITECTURE_OFFSET = 0, 4
"""Of the call's number and of its architecture in `struct seccomp_data`, in bytes."""

_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001
"""SECCOMP_RET_ALLOW, and SECCOMP_RET_ERRNO with EPERM."""

_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: the audit number of its architecture, and that of the call `socket`."""


class _Program(ctypes.Structure):
    """`struct sock_fprog`: how many instructions there are, and where."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def deny_sockets() -> bool:
    """Refuse every later `socket` call of this process; give False where the system has no such filter."""
    machine = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if machine is None:
        return False
    instructions = b"".join(struct.pack("=HBBI", *instruction) for instruction in _filter(*machine))
    program = _Program(len(instructions) // 8, instructions)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    calls = ((_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0))
    return all(prctl(*call) == 0 for call in calls)


def set_limit(what: int, soft: int | None) -> None:
    """Set a limit of this process, one of `resource.RLIMIT_*`, or lift it as far as it may be lifted."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (hard if soft is None else soft, hard))


def set_memory(more: int) -> None:
    """Let this process take so many bytes beyond what it has mapped."""
    set_limit(resource.RLIMIT_AS, _mapped() + more)


def _mapped() -> int:
    """Give the size of this process's address space, most of which the engine's threads have reserved and never use."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return _USUALLY_MAPPED
    return int(pages) * resource.getpagesize()


def _filter(architecture: int, socket_call: int) -> tuple[tuple[int, int, int, int], ...]:
    """Give the instructions, each with its code, the steps to jump if true and if false, and its operand."""
    return (
        (_LOAD, 0, 0, _ARCHITECTURE_OFFSET),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER_OFFSET),
        (_JUMP_IF_EQUAL, 0, 1, socket_call),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
