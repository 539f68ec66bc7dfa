"""What a packet holds, as plain values: claims with their passages, chains, evidence and checks, and their sources."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from averment.evidence import Calculation, Evidence, calculations, evidence
from averment.model import AttributionKind, Stance
from averment.review import Reviewed
from averment.store import Texts, View
from averment.vocabulary import member

__all__ = ["Check", "Entry", "Hop", "Packet", "SourceNote", "contents"]

_SHOWN = {AttributionKind.PUBLISHER: "reports", AttributionKind.DOCUMENT: "shows", AttributionKind.ATTITUDE: "holds"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """What identifies a source."""

    iri: str
    label: str
    outlet: str | None
    published: str | None
    address: str | None
    archived: str | None
    sha256: str
    file_sha256: str
    length: int
    """Of its text, in code points."""
    media_type: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """Somebody through whom a claim comes."""

    who: str
    does: str
    """In the article's words, where it has some."""
    medium: str | None = None
    stance: str | None = None
    """None where the speaker just states the content."""

    def __str__(self) -> str:
        """Give the hop in a few words: `Jo Lind wrote (an email)`."""
        told = [f"({self.medium})" if self.medium else "", f"[{self.stance}]" if self.stance else ""]
        return " ".join(part for part in (self.who, self.does, *told) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a verification on record found of a passage."""

    outcome: str
    by: str
    at: str
    compared: str | None
    """The SHA-256 of the text that was looked in; None where there was none."""
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A claim with everything that another checker needs."""

    claim: Reviewed
    sha256: str
    """Of the words of its passage."""
    before: str
    after: str
    """The words around, where they are kept."""
    quotation: str
    polarity: str
    modality: str
    rule: str
    chain: tuple[Hop, ...]
    """The outermost first."""
    evidence: tuple[Evidence, ...]
    """The earliest first, what was removed too."""
    calculations: tuple[Calculation, ...]
    """The earliest first."""
    checks: tuple[Check, ...]
    """Of its own passage, the earliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """Claims, the sources that they and their evidence come from, and the checks of passages that are evidence."""

    entries: tuple[Entry, ...]
    sources: tuple[SourceNote, ...]
    evidence_checks: dict[str, tuple[Check, ...]]
    """By the IRI of the passage."""


_Record = tuple[list[Evidence], list[Calculation], list[Check]]


def contents(view: View, claims: Iterable[Reviewed]) -> Packet:
    """Gather what belongs to claims, in their order."""
    chosen = list(claims)
    known = {str(row["claim"]): row for row in view.texts("packet/claims")}
    chains, checks = _chains(view), _checks(view)
    links: defaultdict[str, list[Evidence]] = defaultdict(list)
    for link in evidence(view):
        links[link.claim].append(link)
    made: defaultdict[str, list[Calculation]] = defaultdict(list)
    for calculation in calculations(view):
        made[calculation.claim].append(calculation)
    entries = tuple(
        _entry(
            claim,
            known[claim.iri],
            chains[claim.iri],
            (links[claim.iri], made[claim.iri], checks[_passage(claim)]),
        )
        for claim in chosen
        if claim.iri in known
    )
    used = {claim.article for claim in chosen} | {link.source for claim in chosen for link in links[claim.iri]}
    return Packet(
        entries=entries,
        sources=tuple(one for one in _sources(view) if one.iri in used),
        evidence_checks={link.passage: tuple(checks[link.passage]) for entry in entries for link in entry.evidence},
    )


def _entry(claim: Reviewed, row: Texts, chain: list[Hop], record: _Record) -> Entry:
    links, made, checks = record
    return Entry(
        claim=claim,
        sha256=str(row["digest"]),
        before=row["before"] or "",
        after=row["after"] or "",
        quotation=_value("quotation", row["quotation"]),
        polarity=_value("polarity", row["polarity"]),
        modality=_value("modality", row["modality"]),
        rule=str(row["rule"]),
        chain=tuple(chain),
        evidence=tuple(links),
        calculations=tuple(made),
        checks=tuple(checks),
    )


def _passage(claim: Reviewed) -> str:
    return f"{claim.article}/passage/{claim.start}-{claim.end}"


def _sources(view: View) -> list[SourceNote]:
    found = {
        str(row["source"]): SourceNote(
            iri=str(row["source"]),
            label=str(row["label"]),
            outlet=row["outlet"],
            published=row["published"],
            address=row["address"],
            archived=row["archived"],
            sha256=str(row["digest"]),
            file_sha256=str(row["fileDigest"]),
            length=int(str(row["length"])),
            media_type=str(row["format"]),
            note=row["note"],
        )
        for row in view.texts("packet/sources")
    }
    return list(found.values())


def _chains(view: View) -> defaultdict[str, list[Hop]]:
    """Give the hops of each claim, the outermost first; should they form a ring, each is still given once."""
    rows: defaultdict[str, dict[str, Texts]] = defaultdict(dict)
    for row in view.texts("packet/hops"):
        rows[str(row["claim"])].setdefault(str(row["hop"]), row)
    chains: defaultdict[str, list[Hop]] = defaultdict(list)
    for claim, hops in rows.items():
        inside = {row["within"]: name for name, row in hops.items()}
        at = inside.pop(None, None)
        while at is not None:
            chains[claim].append(_hop(hops[at]))
            at = inside.pop(at, None)
    return chains


def _hop(row: Texts) -> Hop:
    kind, stance = AttributionKind(_value("kind", row["kind"])), Stance(_value("stance", row["stance"]))
    return Hop(
        who=row["speaker"] or row["words"] or "somebody who is not named",
        does=row["cue"] or _SHOWN.get(kind, "says"),
        medium=row["medium"],
        stance=None if stance is Stance.STATES else stance.value,
    )


def _checks(view: View) -> defaultdict[str, list[Check]]:
    rows: dict[str, list[Texts]] = {}
    for row in view.texts("packet/checks"):
        rows.setdefault(str(row["check"]), []).append(row)
    checks: defaultdict[str, list[Check]] = defaultdict(list)
    for found in rows.values():
        first = found[0]
        check = Check(
            outcome=_value("outcome", first["outcome"]),
            by=str(first["by"]),
            at=str(first["at"]),
            compared=first["compared"],
            changes=tuple(row["change"] for row in found if row["change"]),
        )
        checks[str(first["passage"])].append(check)
    return checks


def _value(scheme: str, concept: str | None) -> str:
    return str(concept).removeprefix(member(scheme, "").value)
