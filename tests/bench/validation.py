"""Validation: what is found in seeded graphs, and how fast, side by side with pySHACL. Reports; asserts nothing.

usage: make bench, or: python tests/bench/validation.py [quads] [quads]

The two sizes are 100,000 and 1,000,000 unless told; pySHACL works on the first one, which takes it minutes.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import seeded

from averment.store.view import View
from averment.validate import Shapes, load_shapes, reference
from averment.validate.compiler.plan import Plan
from averment.validate.compiler.run import run
from averment.validate.compiler.sieve import batches, questions
from averment.validate.compiler.targets import target_pattern
from averment.validate.union import Union
from averment.validate.upkeep import Upkeep

TIMES = 3

LIMIT = 15
"""How many times as long a query may take on ten times as much."""
ARTICLES = 100
"""Articles added one by one, to measure how long each is looked at."""

NEW = 10_000_000
"""The number of the first one; no graph has as many."""


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def seconds(work: Callable[[], object]) -> float:
    """Give the processor time of one run."""
    began = time.process_time()
    work()
    return time.process_time() - began


@dataclass(frozen=True)
class Ground:
    """The rules, and what graphs are made of."""

    shapes: Shapes
    sound: list[list[ox.Quad]]
    broken: list[seeded.Fault]

    def store(self, size: int, folder: Path | None = None) -> ox.Store:
        """Fill a store in memory, or in a folder."""
        store = ox.Store() if folder is None else ox.Store(str(folder))
        store.bulk_extend(seeded.quads(size, self.sound, self.broken))
        store.optimize()
        return store


def whole(ground: Ground, store: ox.Store, size: int) -> float:
    """Validate everything, compare it with what is to be found, and give the time."""
    found: set[seeded.Fact] = set()
    taken = seconds(lambda: found.update(map(seeded.fact, run(ground.shapes.plan, Union(store)))))
    wanted = seeded.expected(size, ground.broken)
    say(
        f"{len(store):>9,} quads: {taken:.2f} s; {len(wanted):,} results to be found, "
        f"{len(wanted - found)} missing, {len(found - wanted)} spurious"
    )
    return taken


def queries(plan: Plan, store: ox.Store) -> dict[str, float]:
    """Give the time of every query that a full run asks, the best of some, by its text."""
    graph = Union(store)
    return {text: min(_asked(graph, text) for _ in range(TIMES)) for text in _texts(plan)}


def _asked(graph: Union, text: str) -> float:
    return seconds(lambda: graph.select(text))


def _texts(plan: Plan) -> Iterator[str]:
    """Give what is asked of every target; whatever is asked more, is asked of the few that break something."""
    for roots in batches(plan.roots):
        yield from questions([(root, target_pattern(root.targets, "?this")) for root in roots])
        for root in roots:
            told = {id(check) for part in root.parts for check in part.checks}
            start = target_pattern(root.targets, "?this")
            yield from (f"{it.before} {start} {it.after}" for it in root.checks if id(it) not in told)


def one_article(ground: Ground, stores: Sequence[ox.Store]) -> list[float]:
    """Give, for each store, the 95th percentile of looking at one article that is added, in seconds.

    Affected nodes are included. The stores take turns, so that whatever else this process does falls on each alike.
    """
    upkeep = Upkeep(lambda: ground.shapes)
    for store in stores:
        view = View(store)
        upkeep.before(view, [])
        store.extend(upkeep.after(view, [])[1])
    taken: list[list[float]] = [[] for _ in stores]
    for number in range(ARTICLES):
        quads = list(seeded.renamed(ground.sound[number % len(ground.sound)], NEW + number))
        for store, times in zip(stores, taken, strict=True):
            view = View(store)
            upkeep.before(view, [])
            store.extend(quads)
            began = time.process_time()
            store.extend(upkeep.after(view, quads)[1])
            times.append(time.process_time() - began)
    return [quantiles(times, n=20)[-1] for times in taken]


def main(small: int, large: int) -> None:
    """Measure and print."""
    shapes = load_shapes()
    say(f"compiling {len(shapes.names)} rules: {seconds(lambda: shapes.plan):.2f} s")
    ground = Ground(shapes, seeded.articles(), seeded.faults(shapes))
    whole(ground, ground.store(small // 10), small // 10)

    store = ground.store(small)
    asked = queries(shapes.plan, store)
    beside_pyshacl(ground, store, whole(ground, store, small))

    smaller, store = store, ground.store(large)
    taken = whole(ground, store, large)
    asked_more = queries(shapes.plan, store)
    say(f"a full run takes {taken / sum(asked_more.values()):.2f} times as long as its queries alone")
    growth("in memory", asked, asked_more)
    few, many = (1000 * within for within in one_article(ground, (smaller, store)))
    say(f"one article: 95 % within {few:.0f} ms among {small:,} quads, {many:.0f} ms among {large:,}")
    say(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB, pySHACL's share included")
    del store, smaller
    with TemporaryDirectory() as folder:
        asked, asked_more = (
            queries(shapes.plan, ground.store(size, Path(folder) / str(size))) for size in (small, large)
        )
        growth("on disk", asked, asked_more)


def beside_pyshacl(ground: Ground, store: ox.Store, taken: float) -> None:
    """Let pySHACL do the same on an rdflib graph."""
    quads = list(store)
    slow = seconds(lambda: list(reference.of_quads(quads, ground.shapes.graph)))
    say(f"{len(quads):>9,} quads, pySHACL on rdflib: {slow:.1f} s, {slow / taken:.0f} times as long")


def growth(where: str, before: dict[str, float], after: dict[str, float]) -> None:
    """Say how the queries of a full run have grown."""
    ratio, text = max((after[text] / before[text], text) for text in before)
    over = sum(after[text] / before[text] > LIMIT for text in before)
    say(f"{where}, {over} of {len(before)} queries take more than {LIMIT} times as long; at most {ratio:.1f} times:")
    say(f"  {' '.join(text.split())[-110:]}, {before[text] * 1000:.1f} ms before")


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:]]
    main(*(sizes + [100_000, 1_000_000][len(sizes) :]))
