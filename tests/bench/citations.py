"""How strict averment is about changed words, beside two rules that other tools go by, on the same seeded changes.

usage: make bench, or: python tests/bench/citations.py [article...]

The rules, restated: *edit distance* takes a passage for found where it stands with at most half of its letters changed,
as web annotation tools do; *normalized substring* takes it for found where it stands once capitals, spacing and
punctuation are levelled, as quote checkers do. Reports; asserts nothing.
"""

import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from averment.citations import Outcome, Revision
from averment.extract.pipeline import extract_all
from averment.model import Span
from averment.sources import find_files, read

CASE = Path(__file__).parents[2] / "graph" / "averment" / "cases" / "chicago"
PER_KIND = 6


@dataclass(frozen=True)
class Kind:
    """A way to change a text: what is replaced, by what, and whether the meaning changes with it."""

    name: str
    pattern: str
    change: Callable[[str], str]
    is_critical: bool = True


def other(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """Exchange each word of a pair for the other one."""
    table = dict(pairs) | {b: a for a, b in pairs}
    return lambda word: table[word]


KINDS = [
    Kind("number", r"(?<![\w.,])[1-8]\d*", lambda old: str(int(old[0]) + 1) + old[1:]),
    Kind("scale", r"\b(?:million|billion|thousand)\b", other(("million", "billion"), ("thousand", "hundred"))),
    Kind("currency", r"\$(?=\d)", lambda _: "€"),
    Kind("comparator", r"\b(?:more than|about)\b(?= [$\d])", other(("more than", "nearly"), ("about", "over"))),
    Kind("negation put in", r"\b(?:was|were|has|have|did|is|are|could|will|would)\b(?! not)", lambda old: f"{old} not"),
    Kind("negation left out", r"\b(?:not|never) ", lambda _: ""),
    Kind("hedge left out", r"\b(?:allegedly|reportedly) ", lambda _: ""),
    Kind("name", r"(?<=[a-z] )[A-Z][a-z]{3,}(?= [a-z])", lambda _: "Dalton"),
    Kind("year", r"\b20\d\d\b", lambda old: str(int(old) - 1)),
    Kind("spacing", r"(?<=[a-z]) (?=[a-z])", lambda _: "  ", is_critical=False),
    Kind("line break", r"(?<=[a-z]) (?=[a-z])", lambda _: "\n", is_critical=False),
    Kind("quotation marks", r"[“”]", lambda _: '"', is_critical=False),
    Kind("Unicode form", r"é|’", lambda old: {"é": "e\u0301", "’": "'"}[old], is_critical=False),
]


def by_averment(old: str, new: str, span: Span) -> bool:
    return Revision(old, new).finding(span).outcome.is_sound


def by_edit_distance(old: str, new: str, span: Span) -> bool:
    """Sellers' algorithm: the fewest edits that turn the passage into any stretch of the text."""
    words = span.of(old)
    row = list(range(len(words) + 1))
    best = row[-1]
    for letter in new:
        above, row = row, [0]
        for i, wanted in enumerate(words):
            row.append(min(above[i] + (letter != wanted), above[i + 1] + 1, row[i] + 1))
        best = min(best, row[-1])
    return best <= len(words) // 2


def by_substring(old: str, new: str, span: Span) -> bool:
    return _levelled(span.of(old)) in _levelled(new)


def _levelled(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text.lower()).split())


RULES = {"averment": by_averment, "edit distance": by_edit_distance, "normalized substring": by_substring}


def cases(paths: list[Path]) -> Iterator[tuple[Kind, str, str, Span]]:
    """Seed changes into articles: give the kind, both texts, and the passage of each claim that is touched."""
    dice = random.Random(11)  # noqa: S311 - the same cases every time
    sources = [read(path) for path in paths]
    for extraction in extract_all(sources):
        text = extraction.source.text
        for kind in KINDS:
            places = list(re.finditer(kind.pattern, text))
            for match in dice.sample(places, min(PER_KIND, len(places))):
                new = text[: match.start()] + kind.change(match.group()) + text[match.end() :]
                holding = (c.span for c in extraction.claims if c.span.contains(Span(*match.span())))
                yield from ((kind, text, new, span) for span in holding)


def compare(paths: list[Path]) -> None:
    found = list(cases(paths))
    critical = sum(kind.is_critical for kind, *_ in found)
    show("rule", f"of {critical} critical changes, unseen", f"of {len(found) - critical} harmless ones, refused")
    for name, rule in RULES.items():
        kept = [(kind.is_critical, rule(old, new, span)) for kind, old, new, span in found]
        show(name, str(sum(is_critical and ok for is_critical, ok in kept)), str(kept.count((False, False))))


def scale() -> None:
    """Find passages again in 100,000 words, one of them changed, and many passages at once."""
    line = "The city paid {0} officers $1,{0:03} in 20{1:02} after case {0}, said clerk number {0}.\n"
    text = "".join(line.format(n, n % 100) for n in range(7_000))
    new = "Corrected.\n" + text.replace("case 3500,", "case 3501,", 1)
    starts = [m.start() for m in re.finditer("The city|said clerk", text)]
    for count in (1, 1_000, 5_000, 10_000):
        spans = [Span(at, at + 20) for at in starts[:: len(starts) // count][:count]]
        began = time.perf_counter()
        revision = Revision(text, new)
        outcomes = [revision.finding(span).outcome for span in spans]
        took = time.perf_counter() - began
        sound = sum(outcome in {Outcome.EXACT, Outcome.MOVED} for outcome in outcomes)
        show(f"{count:,} passages in {len(text.split()):,} words", f"{took:.2f} s", f"{sound:,} found as they were")


def show(name: str, *figures: str) -> None:
    print(f"{name:36}" + "".join(f"{figure:>44}" for figure in figures))  # noqa: T201 - this is its output


if __name__ == "__main__":
    compare([Path(name) for name in sys.argv[1:]] or find_files([CASE]))
    scale()
