"""How fast averment is, against what it is built on, measured side by side in one run. Reports; asserts nothing.

usage: make bench, or: python tests/bench/bench.py [articles]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from averment import triples
from averment.extract.parse import parse
from averment.extract.pipeline import extract_all
from averment.ingest import ingest
from averment.model import Source
from averment.sources import find_files, read
from averment.store import Store
from averment.store.guard import QueryGuard
from averment.store.view import query_text
from averment.validate import load_shapes, validate_view

CASE = Path(__file__).parents[2] / "graph" / "averment" / "cases" / "chicago"


def seconds(work: Callable[[], object]) -> float:
    """Give the processor time of one run, child processes not counted."""
    began = time.process_time()
    work()
    return time.process_time() - began


def wall(work: Callable[[], object], times: int) -> float:
    """Give the mean time of a run by the clock, since other processes do the work."""
    began = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - began) / times


def articles(count: int) -> list[Source]:
    """Give that many articles: those of the demonstration case over and over, each from another publisher."""
    case = [read(path) for path in find_files([CASE])]
    return [replace(case[n % len(case)], publisher=f"Outlet {n}") for n in range(count)]


def report(name: str, figure: str, ratio: str = "") -> None:
    print(f"{name:44} {figure:>24}   {ratio}")  # noqa: T201 - this is its output


def main(count: int) -> None:
    sources = articles(count)
    words = sum(len(source.text.split()) for source in sources)
    list(extract_all(sources[:1]))
    parsing = seconds(lambda: list(parse(source.text for source in sources)))
    extracting = seconds(lambda: list(extract_all(sources)))
    report(f"parsing alone, {words:,} words", f"{words / parsing:,.0f} words/s")
    report(
        "extraction, parsing included", f"{words / extracting:,.0f} words/s", f"{extracting / parsing:.2f} × parsing"
    )

    extractions = list(extract_all(sources))
    quads = [triples.quads(extraction) for extraction in extractions]
    total = sum(map(len, quads))
    stating = seconds(lambda: [triples.quads(extraction) for extraction in extractions])
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        ingesting = seconds(lambda: ingest(store, extractions))
        report(f"stating {total:,} quads", f"{total / stating:,.0f} quads/s")
        report(
            "ingest of what was extracted", f"{total / ingesting:,.0f} quads/s", f"{ingesting / stating:.2f} × stating"
        )
        query = query_text("info")
        with QueryGuard(store) as guard:
            guard.run(query)
            guarded = wall(lambda: guard.run(query), 50)
        view = store.view()
        direct = wall(lambda: view.rows("info"), 50)
        report("counting everything, in this process", f"{1000 * direct:,.2f} ms")
        report("the same, guarded and serialized", f"{1000 * guarded:,.2f} ms", f"{guarded / direct:.2f} × in process")

    few = Store()
    ingest(few, extractions[:3])
    shapes = load_shapes()
    validate_view(few.view(), shapes)
    validating = seconds(lambda: validate_view(few.view(), shapes))
    report("validation, an article of the case", f"{1000 * validating / 3:,.0f} ms")
    report("memory at most", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:,.2f} GB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 150)
