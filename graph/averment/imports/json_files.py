"""JSON that people bring, in files or in the scripts of web pages, read within limits and never followed anywhere."""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from averment.errors import InputError
from averment.sources.raw import decode, name_of, read_bytes
from averment.store.rdf import refuse_depth

__all__ = ["read_json", "scripts"]

_LARGEST = 64 * 1024 * 1024
"""Bytes of one file; what is read from it takes some ten times as much memory."""

_LONGEST_TAG = 1_000
"""Characters of an opening tag that is looked at."""

_OPENING = re.compile(r"<!--|<script(?=[\s>])", re.IGNORECASE)
_CLOSING = re.compile(r"</script(?=[\s/>])", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<")


def read_json(path: Path) -> list[Any]:
    """Give the JSON value of a file, or those of the `application/ld+json` scripts of a page.

    A script that is no JSON is passed over, as browsers do. Raises InputError where there is nothing to be read, or it
    is too large or nested too deeply.
    """
    try:
        return _values(decode(read_bytes(path, _LARGEST)).removeprefix("\ufeff"))
    except InputError as error:
        raise error if error.path else InputError(str(error), name_of(path)) from error


def _values(text: str) -> list[Any]:
    if not _MARKUP.match(text):
        return [_parsed(text)]
    found = [value for script in scripts(text) if (value := _lenient(script)) is not None]
    if not found:
        raise InputError("this page has no JSON-LD")
    return found


def scripts(markup: str) -> Iterator[str]:
    """Give the contents of the scripts of a page whose type is JSON-LD, but for those in comments."""
    at = 0
    while opening := _OPENING.search(markup, at):
        if opening[0] == "<!--":
            at = markup.find("-->", opening.end())
            if at < 0:
                return
            continue
        end = markup.find(">", opening.end(), opening.end() + _LONGEST_TAG)
        closing = _CLOSING.search(markup, end) if end >= 0 else None
        if end >= 0 and closing is None:
            return
        if closing is not None and "ld+json" in markup[opening.end() : end].lower():
            yield markup[end + 1 : closing.start()]
        at = opening.end() if closing is None else closing.end()


def _lenient(text: str) -> Any:
    try:
        return _parsed(text)
    except InputError:
        return None


def _parsed(text: str) -> Any:
    refuse_depth(text.encode())
    try:
        return json.loads(text, parse_constant=_refuse_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise InputError(f"line {error.lineno}, column {error.colno}: this is not JSON ({error.msg})") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is not JSON that can be read: {error}") from error


def _refuse_number(name: str) -> Any:
    raise InputError(f"{name} is no number in JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise InputError(f"{text[:20]} is too large a number")
    return number
