"""A store with the article of an invented city, and people who work on its claims."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from pyoxigraph import NamedNode

from averment import iris
from averment.extract.pipeline import extract
from averment.ingest import ingest
from averment.model import Extraction, Source
from averment.review import Status, Step
from averment.store import Store

NOON = datetime(2021, 5, 8, 12, tzinfo=UTC)


def step(status: Status, hours: int = 0, **given: str) -> Step:
    """Give a step of Kim Vale's, so many hours after noon."""
    return Step(status=status, by=given.pop("by", "Kim Vale"), at=NOON + timedelta(hours=hours), **given)


@pytest.fixture
def store(extraction: Extraction) -> Store:
    store = Store()
    ingest(store, [extraction])
    return store


@pytest.fixture
def listing(extraction: Extraction) -> NamedNode:
    """The claim that a spreadsheet lists a payout."""
    return iris.within(iris.source(extraction.source), extraction.claims[0].id)


@pytest.fixture
def denial(extraction: Extraction) -> NamedNode:
    """The claim that somebody did not lobby."""
    return iris.within(iris.source(extraction.source), extraction.claims[1].id)


@pytest.fixture(scope="session")
def read() -> Callable[[str], Extraction]:
    """Read a text as an article."""

    def reading(text: str) -> Extraction:
        digest = sha256(text.encode()).hexdigest()
        return extract(Source(text=text, sha256=digest, file_sha256=digest, media_type="text/plain"))

    return reading
