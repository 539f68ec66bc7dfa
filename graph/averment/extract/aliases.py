"""Which names of one article name the same: full names, surnames, acronyms, last words after `the`."""

from dataclasses import dataclass, field

from averment.extract.handles import Handles
from averment.extract.lexicon import OUTLET_WORDS
from averment.extract.names import Name
from averment.model import Entity, EntityKind, Span

__all__ = ["Cluster", "cluster", "to_entities"]

_BODIES = {EntityKind.ORGANIZATION, EntityKind.OUTLET}
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


@dataclass(slots=True)
class Cluster:
    """Mentions that name the same, while they are being gathered."""

    label: str
    kind: EntityKind
    rule: str
    mentions: list[Span] = field(default_factory=list)
    described_as: list[Span] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The words of the label, in lower case, without a suffix such as Jr."""
        words = [word.strip(".,").lower() for word in self.label.split()]
        return words[:-1] if len(words) > 1 and words[-1] in _SUFFIXES else words


def cluster(names: tuple[Name, ...]) -> list[Cluster]:
    """Gather names that name the same; the longest come first, so that a short name finds what it is short for."""
    clusters: list[Cluster] = []
    for name in sorted(names, key=lambda n: (-len(n.text.split()), n.span)):
        mine = Cluster(name.text, name.kind, name.rule)
        home = next((c for c in clusters if _same(c, mine)), None) or _short_for(clusters, name, mine)
        if home is None:
            clusters.append(home := mine)
        elif name.rule != "recognized" and home.rule == "recognized":
            home.kind, home.rule = name.kind, name.rule
        home.mentions.append(name.span)
        if name.described_as:
            home.described_as.append(name.described_as)
    return clusters


def _same(known: Cluster, new: Cluster) -> bool:
    """The same words, or a person's first and last name with or without what stands between."""
    if known.words == new.words:
        return True
    persons = known.kind is new.kind is EntityKind.PERSON and len(new.words) > 1
    return persons and (known.words[0], known.words[-1]) == (new.words[0], new.words[-1])


def _short_for(clusters: list[Cluster], name: Name, new: Cluster) -> Cluster | None:
    """Find the one longer name that a single word is short for: a surname, a first name, an acronym, `Weekly`."""
    if len(new.words) != 1:
        return None
    word = new.words[0]
    surnames = [c for c in clusters if c.kind is EntityKind.PERSON and len(c.words) > 1 and c.words[-1] == word]
    if surnames and new.kind is not EntityKind.OUTLET:
        return max(surnames, key=lambda c: (_before(c, name), len(c.mentions))) if len(surnames) > 1 else surnames[0]
    firsts = [c for c in clusters if c.kind is EntityKind.PERSON and len(c.words) > 1 and c.words[0] == word]
    if len(firsts) == 1 and new.kind is EntityKind.PERSON:
        return firsts[0]
    mistaken = [c for c in clusters if name.rule == "name-of-person" and _may_be_person(c) and c.words[-1] == word]
    if len(mistaken) == 1:
        mistaken[0].kind = EntityKind.PERSON
        return mistaken[0]
    bodies = [c for c in clusters if c.kind in _BODIES and (_acronym(c) == word or _is_last_word(c, word))]
    return bodies[0] if len(bodies) == 1 else None


def _may_be_person(known: Cluster) -> bool:
    """`Marcus Weaver`, of which the recognizer alone says that it is an organization."""
    return known.kind is EntityKind.ORGANIZATION and known.rule == "recognized" and 1 < len(known.words) < 4


def _before(known: Cluster, name: Name) -> int:
    """Give where `known` was last named before this name, so that the nearest of two namesakes is taken."""
    return max((span.start for span in known.mentions if span.start < name.span.start), default=-1)


def _acronym(known: Cluster) -> str:
    capitals = [word[0] for word in known.label.split() if word[0].isupper()]
    return "".join(capitals).lower() if len(capitals) > 1 else ""


def _is_last_word(known: Cluster, word: str) -> bool:
    return known.kind is EntityKind.OUTLET and len(known.words) > 1 and known.words[-1] == word and word in OUTLET_WORDS


def to_entities(clusters: list[Cluster]) -> tuple[Entity, ...]:
    """Give the clusters as entities in the order of their first mention, each with a handle of its own."""
    ordered = sorted(clusters, key=lambda c: (min(c.mentions) if c.mentions else Span(10**9, 10**9 + 1), c.label))
    handles = Handles()
    return tuple(
        Entity(
            name=handles.give(one.label),
            kind=one.kind,
            label=one.label,
            mentions=tuple(sorted(set(one.mentions))),
            described_as=tuple(sorted(set(one.described_as))),
            rule=one.rule,
        )
        for one in ordered
    )
