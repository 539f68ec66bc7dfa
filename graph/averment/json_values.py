"""JSON values that others have written: anything may stand anywhere, and nesting does not exhaust the stack."""

from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["first_text", "leaves", "listed", "rebuilt"]


def listed(value: Any) -> list[Any]:
    """Give a value as a list: itself, where it is one; nothing for None."""
    return value if isinstance(value, list) else [] if value is None else [value]


def first_text(value: Any) -> str | None:
    """Give the first text of a value that is not blank; one may be written with its language, which is left out."""
    for one in listed(value):
        inner = one.get("@value") if isinstance(one, dict) else one
        if isinstance(inner, str) and inner.strip():
            return inner
    return None


def rebuilt(value: Any, entry: Callable[[str, Any], tuple[str, Any]]) -> Any:
    """Give a value whose objects have their entries changed, and whose texts UTF-8 can hold."""
    done: list[Any] = []
    waiting: list[tuple[Any, bool]] = [(value, False)]
    while waiting:
        one, are_parts_done = waiting.pop()
        if not isinstance(one, (dict, list)) or not one:
            done.append(one.encode("utf-8", "replace").decode() if isinstance(one, str) else one)
        elif not are_parts_done:
            waiting.append((one, True))
            waiting += [(part, False) for part in (one.values() if isinstance(one, dict) else one)]
        else:
            parts = [done.pop() for _ in one]
            if isinstance(one, dict):
                keys = (key.encode("utf-8", "replace").decode() for key in one)
                done.append(dict(entry(key, part) for key, part in zip(keys, parts, strict=True)))
            else:
                done.append(parts)
    return done.pop()


def leaves(value: Any) -> Iterator[tuple[str, str]]:
    """Give the values within a value with their places, `itemReviewed.author.name`; a list is no place.

    Contexts are left out: they say how the rest is read.
    """
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        place, one = waiting.pop()
        if isinstance(one, dict):
            waiting += [(f"{place}.{key}".lstrip("."), item) for key, item in one.items() if key != "@context"]
        elif isinstance(one, list):
            waiting += [(place, item) for item in one]
        elif one is not None:
            is_number = isinstance(one, (int, float)) and not isinstance(one, bool)
            yield place, repr(float(one)) if is_number and abs(one) < 2**53 else repr(one)
