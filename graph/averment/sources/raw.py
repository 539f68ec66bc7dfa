"""Bytes as they come: from a file or standard input, within a limit, and whether they are text."""

import sys
from pathlib import Path

from averment.errors import InputError, file_errors

__all__ = ["STDIN", "decode", "name_of", "read_bytes", "standard_input"]

STDIN = Path("-")
"""The name that stands for standard input."""

_BYTE_ORDER_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
"""The longer ones first: UTF-32 may begin as UTF-16 does."""

_LOOKED_AT = 1_000
"""Bytes from the beginning by which UTF-16 without a mark is known."""


def standard_input(most: int = -1) -> bytes:
    """Read standard input, at most so many bytes; raise InputError where it is closed or cannot be read."""
    if sys.stdin is None:
        raise InputError("it is closed; give a file", "standard input")
    with file_errors("standard input"):
        return sys.stdin.buffer.read(most)


def read_bytes(path: Path, most: int) -> bytes:
    """Read a file, or standard input for `-`; raise InputError, naming it, where it is larger or cannot be read."""
    if path == STDIN:
        data = standard_input(most + 1)
    else:
        with file_errors(path), path.open("rb") as file:
            data = file.read(most + 1)
    if len(data) > most:
        size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most:,} bytes"
        raise InputError(f"it is larger than {size}; split it", name_of(path))
    return data


def name_of(path: Path) -> Path | str:
    """Give what people call a file, or standard input."""
    return "standard input" if path == STDIN else path


def decode(data: bytes) -> str:
    """Decode UTF-8 strictly; a mark of byte order stays in the text, since offsets count it.

    Raises InputError for everything else, with its encoding where that can be told.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), _without_mark(data))
    if encoding:
        raise InputError(f"it is {encoding}, not UTF-8; convert it with: iconv -f {encoding} -t UTF-8")
    if b"\x00" in data:
        raise InputError(f"it is a binary file (byte {data.index(0)} is zero); give its text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"it is not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start}, line {line}); "
            "convert it with: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None


def _without_mark(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zeros: nearly every second byte is one, and no other."""
    halves = {"UTF-16BE": data[:_LOOKED_AT:2], "UTF-16LE": data[1:_LOOKED_AT:2]}
    if not data or len(data) % 2:
        return None
    zeros = {name: half.count(0) / len(half) for name, half in halves.items()}
    most = max(zeros, key=lambda name: zeros[name])
    return most if zeros[most] > 0.8 and min(zeros.values()) == 0 else None
