"""Candidates: which entities of different sources may be the same, and why.

Entities with the same folded name form a group. A group of n is worth n - 1 questions, not n(n - 1)/2: each member is
proposed with the first of those it may belong to, and with another once that is rejected. Groups meet only where a key
brings them together, so the work grows with the number of entities and not with its square.

The result depends on the entities and on what was decided, never on the order in which they come.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, product

from averment.identity.decided import Decided
from averment.identity.model import Named, Proposal, Reason, Sort
from averment.identity.names import (
    Body,
    Person,
    acronym,
    body,
    is_acronym,
    is_distinguishing,
    is_proper,
    person,
    roles,
)

__all__ = ["candidates"]

_Found = tuple[Named, Named, set[Reason]]
_Marked = dict[str, list[Named]]
"""The entities of a group by what distinguishes them: their roles, or what else their article names."""


def candidates(entities: Iterable[Named], decided: Decided | None = None) -> list[Proposal]:
    """Give what may be the same and is neither decided nor follows from what is, in the order of IRIs."""
    decided = decided or Decided()
    sorts: dict[Sort, list[Named]] = defaultdict(list)
    for entity in sorted(entities, key=lambda entity: entity.iri):
        sorts[entity.sort].append(entity)
    reasons: dict[tuple[str, str], set[Reason]] = defaultdict(set)
    for one, other, why in chain(
        _people(sorts[Sort.PERSON], decided),
        _bodies(sorts, decided),
        _namesakes(_by_name(sorts[Sort.OFFICE], is_proper), decided),
        _namesakes(_by_name(sorts[Sort.DOCUMENT], is_distinguishing), decided),
    ):
        reasons[min(one.iri, other.iri), max(one.iri, other.iri)] |= why
    return sorted(Proposal(*pair, tuple(sorted(why))) for pair, why in reasons.items())


# ---- People ----------------------------------------------------------------------------------------------------------


def _people(people: list[Named], decided: Decided) -> Iterator[_Found]:
    groups: dict[Person, list[Named]] = defaultdict(list)
    for entity in people:
        name = person(entity.label)
        if name is not None:
            groups[name].append(entity)
    held = {entity.iri: roles(entity.label, entity.described_as) for entity in people}
    for one, other in _of_one_full_name(groups, decided):
        shared = held[one.iri] & held[other.iri]
        yield one, other, {Reason.SAME_FULL_NAME, Reason.SAME_ROLE} if shared else {Reason.SAME_FULL_NAME}
    yield from _of_one_surname_and_role(groups, held, decided)


def _of_one_full_name(groups: dict[Person, list[Named]], decided: Decided) -> Iterator[tuple[Named, Named]]:
    """Pair whoever has the same first and last name, unless their middle names differ."""
    alike: dict[Person, list[Person]] = defaultdict(list)
    for name, members in groups.items():
        if name.is_full:
            yield from _spanning(members, decided)
            alike[Person(name.surname, name.given, "", name.generation)].append(name)
    for names in alike.values():
        for short, long in _pairs(names, lambda name: all(len(word) == 1 for word in name.middle.split())):
            if _middles_fit(short.middle, long.middle):
                yield from _bridge(groups[short], groups[long], decided)


def _of_one_surname_and_role(
    groups: dict[Person, list[Named]], held: dict[str, frozenset[str]], decided: Decided
) -> Iterator[_Found]:
    """Pair whoever shares surname and role where at least one has no more than an initial for a first name."""
    marked = {name: _by_mark(members, held) for name, members in groups.items()}
    surnames: dict[str, list[Person]] = defaultdict(list)
    for name in groups:
        surnames[name.surname].append(name)
        if not name.is_full:
            for holders in marked[name].values():
                for one, other in _spanning(holders, decided):
                    yield one, other, {Reason.SAME_SURNAME, Reason.SAME_ROLE}
    for alike in surnames.values():
        for short, long in _pairs(alike, lambda name: len(name.given) <= 1):
            if _may_be(short, long):
                why = {Reason.SAME_SURNAME, Reason.SAME_ROLE} | ({Reason.FITTING_INITIAL} if short.given else set())
                for role in marked[short].keys() & marked[long].keys():
                    yield from ((*pair, why) for pair in _bridge(marked[short][role], marked[long][role], decided))


def _may_be(short: Person, other: Person) -> bool:
    """Say whether a name with at most an initial in front may be short for another."""
    if short.given == other.given and short.generation == other.generation:
        return False  # the full names have been compared
    generations = {short.generation, other.generation} - {""}
    return other.given.startswith(short.given) and _middles_fit(short.middle, other.middle) and len(generations) < 2


def _middles_fit(one: str, other: str) -> bool:
    """Say whether middle names may be the same: `w` and `walker`, or one that is left out; not `w` and `h w`."""
    ones, others = one.split(), other.split()
    if not ones or not others:
        return True
    return len(ones) == len(others) and all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(ones, others, strict=True)
    )


# ---- Organizations, outlets, offices and documents -------------------------------------------------------------------


def _bodies(sorts: dict[Sort, list[Named]], decided: Decided) -> Iterator[_Found]:
    groups = _by_name(sorts[Sort.BODY], is_proper)
    yield from _namesakes(groups, decided)
    spelled_out: dict[str, list[Body]] = defaultdict(list)
    for name in groups:
        letters = acronym(name)
        if letters:
            spelled_out[letters].append(name)
    short = [name for name, members in groups.items() if any(is_acronym(entity.label) for entity in members)]
    ground = _grounds(chain.from_iterable(sorts.values())) if short else {}
    for name in short:
        for long in spelled_out["".join(name.words)]:
            for pair in _on_common_ground(groups[name], groups[long], ground, decided):
                yield *pair, {Reason.ACRONYM, Reason.COMMON_GROUND}


def _namesakes(groups: dict[Body, list[Named]], decided: Decided) -> Iterator[_Found]:
    for members in groups.values():
        for one, other in _spanning(members, decided):
            yield one, other, {Reason.SAME_NAME}


def _by_name(entities: Iterable[Named], is_name: Callable[[str], bool]) -> dict[Body, list[Named]]:
    groups: dict[Body, list[Named]] = defaultdict(list)
    for entity in entities:
        name = body(entity.label) if is_name(entity.label) else None
        if name is not None:
            groups[name].append(entity)
    return groups


def _grounds(entities: Iterable[Named]) -> dict[str, frozenset[str]]:
    """Give what each source names by a full name: people, places and bodies."""
    found: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        key = _ground(entity)
        if key is not None:
            found[entity.source].add(key)
    return {source: frozenset(keys) for source, keys in found.items()}


def _ground(entity: Named) -> str | None:
    if entity.sort is Sort.PERSON:
        name = person(entity.label)
        return f"person {name.given} {name.surname}" if name is not None and name.is_full else None
    if entity.sort in (Sort.BODY, Sort.PLACE) and is_proper(entity.label):
        named = body(entity.label)
        return f"{entity.sort} {' '.join(named.words)}" if named is not None else None
    return None


def _on_common_ground(
    short: list[Named], long: list[Named], ground: dict[str, frozenset[str]], decided: Decided
) -> Iterator[tuple[Named, Named]]:
    """Pair an acronym with a name spelled out where both articles also name something else that is the same."""
    if _met(short, long, decided):
        return
    own = {_ground(short[0]), _ground(long[0])}
    ones, others = ({e.iri: ground.get(e.source, frozenset()) - own for e in members} for members in (short, long))
    ones_by, others_by = _by_mark(short, ones), _by_mark(long, others)
    for mark in sorted(ones_by.keys() & others_by.keys()):
        for pair in _bridge(ones_by[mark], others_by[mark], decided):
            yield pair
            return


# ---- Groups ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Cluster:
    """Members of a group that may all be one: the first of them, and what they are confirmed to be."""

    head: Named
    roots: set[str]
    sources: set[str]


def _spanning(members: list[Named], decided: Decided) -> Iterator[tuple[Named, Named]]:
    """Pair each member with the first that it may be, so that all who may be one hang together."""
    clusters: list[_Cluster] = []
    for entity in members:
        root, apart = decided.root(entity.iri), decided.apart(entity.iri)
        home = next((c for c in clusters if root in c.roots), None)
        if home is None:
            fitting = (c for c in clusters if entity.source not in c.sources and apart.isdisjoint(c.roots))
            home = next(fitting, None)
            if home is not None:
                yield home.head, entity
        if home is None:
            clusters.append(home := _Cluster(entity, set(), set()))
        home.roots.add(root)
        home.sources.add(entity.source)


def _bridge(ones: list[Named], others: list[Named], decided: Decided) -> Iterator[tuple[Named, Named]]:
    """Pair the first of one group with the first of another that it may be, unless the two have met already."""
    if not _met(ones, others, decided):
        possible = ((a, b) for a, b in product(ones, others) if a.source != b.source and decided.is_open(a.iri, b.iri))
        yield from (pair for _, pair in zip(range(1), possible, strict=False))


def _met(ones: list[Named], others: list[Named], decided: Decided) -> bool:
    return not {decided.root(e.iri) for e in ones}.isdisjoint({decided.root(e.iri) for e in others})


def _by_mark(members: list[Named], marks: dict[str, frozenset[str]]) -> _Marked:
    found: _Marked = defaultdict(list)
    for entity in members:
        for mark in marks[entity.iri]:
            found[mark].append(entity)
    return found


def _pairs(names: list[Person], is_short: Callable[[Person], bool]) -> Iterator[tuple[Person, Person]]:
    """Give each short name with every other name, each pair once and the short one first."""
    for short in filter(is_short, names):
        yield from ((short, other) for other in names if other != short and (short < other or not is_short(other)))
