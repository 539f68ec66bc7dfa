"""Which extractor reads: averment's own rules, or one that an installed package offers, held against the text.

A package offers one by an entry point in the group `averment.extractors`: a callable from a `Source` to the claims that
it proposes, in quotations. What is not found verbatim is dropped and reported; see `averment.extract.grounding`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import entry_points

from averment.errors import InputError
from averment.extract.grounding import grounded
from averment.extract.pipeline import extract_all
from averment.extract.proposals import Extractor, Grounded
from averment.model import Source

__all__ = ["GROUP", "RULES", "Reader", "reader"]

GROUP = "averment.extractors"
"""The entry points by which a package offers an extractor."""

RULES = "rules"
"""The name of averment's own."""

Reader = Callable[[Iterable[Source]], Iterator[Grounded]]

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""The name of an extractor is that of the rule that its claims name."""


def reader(name: str = RULES) -> Reader:
    """Give what reads sources one after another by the extractor of that name.

    Raises InputError where no installed package offers it, or the package that does cannot be loaded.
    """
    if name == RULES:
        return lambda sources: (Grounded(extraction) for extraction in extract_all(sources))
    offered = {entry.name: entry for entry in entry_points(group=GROUP) if _NAME.fullmatch(entry.name)}
    if name not in offered:
        raise InputError(f"no extractor is called {name!r}; installed: {', '.join(sorted({RULES, *offered}))}")
    try:
        propose: Extractor = offered[name].load()
    except (ImportError, AttributeError) as error:
        raise InputError(f"the extractor {name!r} cannot be loaded: {error}") from error
    return lambda sources: (grounded(source, propose(source), name) for source in sources)
