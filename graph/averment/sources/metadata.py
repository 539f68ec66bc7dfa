"""What is known about a text: from the person who brings it, or from the text's own front matter."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date

from averment.addresses import parse_address
from averment.errors import InputError

__all__ = ["Metadata", "parse_date", "parse_words", "split_front_matter"]

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ][0-9]{2}:[0-9]{2}[0-9:.+Zz -]*)?")
"""A day, and the time that front matter often adds to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known about a text; whatever is not known is None or empty."""

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    address: str | None = None
    archived: str | None = None
    note: str | None = None

    def over(self, other: "Metadata") -> "Metadata":
        """Give `other` with everything that is known here put in its place."""
        known = {field.name: value for field in fields(self) if (value := getattr(self, field.name))}
        return replace(other, **known)


def parse_words(written: str) -> str | None:
    """Read a title or a name, None where it is blank; raise InputError for what is not text."""
    try:
        written.encode()
    except UnicodeEncodeError:
        raise InputError(f"{written!r} is not UTF-8") from None
    return written.strip() or None


def parse_date(written: str, *, timed: bool = False) -> date:
    """Read a day as ISO 8601 writes it, 2021-05-07, which a time may follow if `timed`; raise InputError otherwise."""
    found = _DAY.fullmatch(written.strip())
    try:
        if found and (timed or not found[2]):
            return date.fromisoformat(found[1])
    except ValueError:
        pass
    raise InputError(f"{written!r} is not a date; write it as 2021-05-07")


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """Split `---`-fenced lines of `key: value` off the beginning of a text; give what they say and the rest.

    Keys that are not known here, and a mark of byte order, are passed over. Raises InputError for a
    date or address that is none.
    """
    text = text.removeprefix("\ufeff")
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].strip() != "---":
        return Metadata(), text
    fence = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if fence is None:
        return Metadata(), text
    pairs = (line.partition(":") for line in lines[1:fence])
    return _from_pairs({key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}), "".join(
        lines[fence + 1 :]
    )


def _from_pairs(pairs: dict[str, str]) -> Metadata:
    author = pairs.get("author") or pairs.get("authors") or ""
    published, address = pairs.get("published") or pairs.get("date"), pairs.get("address") or pairs.get("url")
    return Metadata(
        title=parse_words(pairs.get("title", "")),
        publisher=parse_words(pairs.get("publisher", "")),
        authors=tuple(name for part in author.strip("[]").split(",") if (name := part.strip().strip("\"'"))),
        published=parse_date(published, timed=True) if published else None,
        address=parse_address(address) if address else None,
        archived=parse_address(pairs["archived"]) if pairs.get("archived") else None,
        note=pairs.get("note") or None,
    )
