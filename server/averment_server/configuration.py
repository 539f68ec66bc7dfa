"""Every limit of the server by its name: what one configuration file may set, and what the page about it states.

The file says, too, what the server is known by.

[query]
seconds = 20
services = ["https://query.wikidata.org/sparql"]
[write]
body = 64
[site]
address = "https://facts.example"
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import reduce
from pathlib import Path
from typing import Any

from averment.addresses import parse_address
from averment.errors import InputError, file_errors
from averment.store.limits import Limits, WriteLimits
from averment_server.address import Site, parse_name, parse_root

__all__ = ["NAMED", "TEXTS", "Configuration", "DatasetLimits", "Named", "ServerLimits", "Text", "read"]

_MIB, _KIB = 1 << 20, 1 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLimits:
    """What the server's processes take upon themselves, beside queries and writes."""

    processes: int = 1
    connections: int = 512
    header: int = 128 << 10
    """Bytes."""
    header_seconds: float = 10.0
    body: int = 1 << 20
    """Bytes of a request without a token."""
    body_seconds: float = 30.0
    per_client: int = 0
    """0 is any number."""
    cache: int = 64 << 20
    """Bytes."""
    stop_seconds: int = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetLimits:
    """What it may take to make the files of the whole store."""

    seconds: float = 600.0
    memory: int = 512 << 20
    """Bytes beyond what the making process has mapped with the store open."""
    patience: float = 20.0
    """Seconds that a request waits for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """All limits in force, and what the server is known by."""

    query: Limits = field(default_factory=Limits)
    write: WriteLimits = field(default_factory=WriteLimits)
    server: ServerLimits = field(default_factory=ServerLimits)
    dataset: DatasetLimits = field(default_factory=DatasetLimits)
    site: Site = field(default_factory=Site)


@dataclass(frozen=True, slots=True)
class Named:
    """One limit: its name in the file, where it stands in a configuration, its unit, and what it is for."""

    name: str
    at: str
    unit: str
    said: str
    scale: int = 1
    """How many of what the configuration counts make one of the unit."""
    least: float = 1

    def value(self, configuration: Configuration) -> float:
        """Give it in its unit."""
        found: Any = reduce(getattr, self.at.split("."), configuration)
        return float(found) / self.scale

    def stated(self, configuration: Configuration) -> str:
        """Give it with its unit, for people."""
        value = self.value(configuration)
        singular = self.unit.removesuffix("es" if self.unit.endswith("sses") else "s")
        return f"{value:,.10g} {singular if value == 1 else self.unit}"

    @property
    def default(self) -> float:
        """What it is where nobody says, in its unit."""
        return self.value(Configuration())

    def put(self, configuration: Configuration, given: object) -> Configuration:
        """Give a configuration with it set; raise InputError for what it cannot be."""
        whole = isinstance(reduce(getattr, self.at.split("."), Configuration()), int) and self.scale == 1
        fits = isinstance(given, int) or (isinstance(given, float) and not whole)
        if isinstance(given, bool) or not fits or not self.least <= float(str(given)) <= _MOST:
            kind = "a whole number" if whole else "a number"
            raise InputError(f"{self.name} is {kind} of {self.unit}, {self.least:g} or more; not {given!r}")
        number = float(str(given)) * self.scale
        stays_float = isinstance(reduce(getattr, self.at.split("."), Configuration()), float)
        changed: Configuration = _put(configuration, self.at.split("."), number if stays_float else int(number))
        return changed


_MOST = 1e9
"""In any unit."""


@dataclass(frozen=True, slots=True)
class Text:
    """Something said in words: its name in the file and in a configuration, what it is for, and how it is read."""

    name: str
    said: str
    read: Callable[[str], str]

    def value(self, configuration: Configuration) -> str | None:
        """Give it; None where nobody has said it."""
        found: Any = reduce(getattr, self.name.split("."), configuration)
        return None if found is None else str(found)

    def put(self, configuration: Configuration, given: object) -> Configuration:
        """Give a configuration with it set; raise InputError for what it cannot be."""
        if not isinstance(given, str):
            raise InputError(f"{self.name} is a text in quotation marks; not {given!r}")
        try:
            changed: Configuration = _put(configuration, self.name.split("."), self.read(given))
        except InputError as error:
            raise InputError(f"{self.name}: {error}") from None
        return changed


class Services:
    """The addresses of other servers that queries may ask."""

    name = "query.services"

    def put(self, configuration: Configuration, given: object) -> Configuration:
        """Give a configuration with them set; raise InputError for what is no list of addresses."""
        if not isinstance(given, list):
            raise InputError(f'{self.name} is a list of addresses, such as ["https://query.wikidata.org/sparql"]')
        try:
            addresses = frozenset(parse_address(str(address)) for address in given)
        except InputError as error:
            raise InputError(f"{self.name}: {error}") from None
        changed: Configuration = _put(configuration, self.name.split("."), addresses)
        return changed


NAMED = (
    Named("query.seconds", "query.seconds", "seconds", "a query may take; then it is stopped", least=0.1),
    Named("query.memory", "query.memory", "MiB", "of memory that a query may take", _MIB, 16),
    Named("query.answer", "query.answer", "MiB", "an answer may have; a larger one is refused whole", _MIB, 0.001),
    Named("query.workers", "query.workers", "workers", "each process has for queries and pages"),
    Named("query.reserved", "query.reserved", "workers", "of these are for pages alone", least=0),
    Named("query.patience", "query.patience", "seconds", "a query waits for a worker", least=0),
    Named("query.quick", "query.quick", "seconds", "make a query a long one, which goes behind the others", least=0.01),
    Named("query.length", "query.text.length", "characters", "a query may have"),
    Named("query.nesting", "query.text.nesting", "brackets", "may stand within each other in a query"),
    Named(
        "query.operators", "query.text.operators", "operators", "a query may have: UNION, FILTER, signs and the like"
    ),
    Named("query.pieces", "query.text.pieces", "words and signs", "a query may have, with the spaces between them"),
    Named("write.seconds", "write.seconds", "seconds", "a write may take until it is ready", least=0.1),
    Named("write.memory", "write.memory", "MiB", "of memory that a write may take", _MIB, 16),
    Named("write.body", "write.body", "MiB", "a request with a token may have", _MIB, 0.001),
    Named("write.patience", "write.patience", "seconds", "a write waits for those before it", least=0),
    Named("write.waiting", "write.waiting", "writes", "may wait at a time in each process", least=0),
    Named("write.length", "write.text.length", "characters", "an update may have"),
    Named("write.nesting", "write.text.nesting", "brackets", "may stand within each other in an update"),
    Named("write.operators", "write.text.operators", "operators", "an update may have, its data aside"),
    Named("write.pieces", "write.text.pieces", "words and signs", "an update may have, with the spaces between them"),
    Named("server.processes", "server.processes", "processes", "answer requests, with another behind each"),
    Named("server.connections", "server.connections", "connections", "each process has at a time"),
    Named("server.header", "server.header", "KiB", "the head of a request may have", _KIB, 8),
    Named(
        "server.header_seconds", "server.header_seconds", "seconds", "the head of a request may take to come", least=0.1
    ),
    Named("server.body", "server.body", "KiB", "a request without a token may have", _KIB),
    Named("server.body_seconds", "server.body_seconds", "seconds", "the rest of a request may take to come", least=0.1),
    Named(
        "server.per_client",
        "server.per_client",
        "requests",
        "one address may have at work in each process; 0 is any number",
        least=0,
    ),
    Named("server.cache", "server.cache", "MiB", "of answers each process keeps for whoever asks again", _MIB, 0),
    Named(
        "server.stop_seconds",
        "server.stop_seconds",
        "seconds",
        "what is at work may take when the server is told to stop",
    ),
    Named(
        "dataset.seconds", "dataset.seconds", "seconds", "the dataset may take to be made, of all the store", least=0.1
    ),
    Named("dataset.memory", "dataset.memory", "MiB", "of memory that this may take", _MIB, 16),
    Named(
        "dataset.patience",
        "dataset.patience",
        "seconds",
        "a request waits for that; then it is told to come back",
        least=0,
    ),
)
"""In the order in which they are stated."""

TEXTS = (
    Text(
        "site.address",
        "where others reach this server, behind its proxy; in all addresses it gives of itself",
        parse_root,
    ),
    Text("site.publisher", "the newsroom whose reviews these are, in ClaimReview", parse_name),
    Text("site.publisher_address", "its own address there; without it, that of this server", parse_address),
)
"""In the order in which they are stated."""

_BY_NAME: dict[str, Named | Text | Services] = {known.name: known for known in (*NAMED, *TEXTS, Services())}


def read(path: Path) -> Configuration:
    """Read a file of limits; raise InputError, with the nearest name there is, for one that is none."""
    with file_errors(path):
        content = path.read_bytes()
    try:
        given = list(_flat(tomllib.loads(content.decode("utf-8"))))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"this is not TOML: {error}", path) from error
    configuration = Configuration()
    try:
        for name, value in given:
            configuration = _named(name).put(configuration, value)
        _check(configuration)
    except InputError as error:
        raise InputError(str(error), path) from None
    return configuration


def _check(configuration: Configuration) -> None:
    if configuration.query.reserved >= configuration.query.workers:
        raise InputError("query.reserved must be less than query.workers, or no query would ever be answered")


def _flat(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict) and not before:
            yield from _flat(value, f"{name}.")
        else:
            yield f"{before}{name}", value


def _named(name: str) -> Named | Text | Services:
    if name not in _BY_NAME:
        near = get_close_matches(name, _BY_NAME, n=1, cutoff=0.0)
        raise InputError(f"no limit is called {name}; the nearest name is {near[0]}")
    return _BY_NAME[name]


def _put(thing: Any, at: list[str], value: object) -> Any:
    """Give a dataclass with a field of it, or of one within it, set."""
    return replace(thing, **{at[0]: value if len(at) == 1 else _put(getattr(thing, at[0]), at[1:], value)})
