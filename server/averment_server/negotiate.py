"""Which format a client gets: pure functions over the `Accept` header (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from averment.store.formats import Format

__all__ = ["choose", "choose_profile", "names_any", "prefers_html"]

_REMEMBERED, _SHORT = 200, 1_000
"""Headers whose meaning is kept, and the characters of what is worth it: most clients send one of very few."""

_RANGES = 30
"""Of a header that are read; nobody likes more."""

HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class _Range:
    """One media range of an Accept header; `*` stands for any."""

    kind: str
    subtype: str
    quality: float
    profiles: frozenset[str] = frozenset()
    """Of JSON-LD, which are IRIs (RFC 6906)."""

    def fit(self, media_type: str) -> int:
        """Say how closely this covers a media type: 0 not at all, 1 as anything, 2 by its kind, 3 exactly."""
        kind, _, subtype = media_type.partition("/")
        if (self.kind, self.subtype) == (kind, subtype):
            return 3
        if self.subtype == "*" and self.kind in ("*", kind):
            return 1 if self.kind == "*" else 2
        return 0


def choose(accept: str | None, formats: tuple[Format, ...]) -> tuple[Format, str] | None:
    """Give the format that the client likes best and the media type to call it by; None where it likes none.

    Between equals a format's own media type goes before its aliases, and then the first of `formats`.
    """
    return (_choose if len(accept or "") < _SHORT else _choose.__wrapped__)(accept, formats)


@lru_cache(_REMEMBERED)
def _choose(accept: str | None, formats: tuple[Format, ...]) -> tuple[Format, str] | None:
    ranges = _ranges(accept)
    offers = [(format_, name) for format_ in formats for name in (format_.media_type, *format_.aliases)]
    best = max(offers, key=lambda offer: (_quality(offer[1], ranges), offer[1] == offer[0].media_type), default=None)
    return best if best and _quality(best[1], ranges) > 0 else None


def prefers_html(accept: str | None, formats: tuple[Format, ...]) -> bool:
    """Say whether the client names HTML, and likes it at least as much as any of `formats`."""
    return (_prefers_html if len(accept or "") < _SHORT else _prefers_html.__wrapped__)(accept, formats)


@lru_cache(_REMEMBERED)
def _prefers_html(accept: str | None, formats: tuple[Format, ...]) -> bool:
    ranges = _ranges(accept)
    named = max((r.quality for r in ranges for html in HTML if r.fit(html) == 3), default=0.0)
    found = choose(accept, formats)
    return named > 0 and (found is None or named >= _quality(found[1], ranges))


def names_any(accept: str | None, formats: Sequence[Format]) -> bool:
    """Say whether the client names one of `formats`, or their kind, and not just anything."""
    media_types = [name for format_ in formats for name in (format_.media_type, *format_.aliases)]
    return any(r.quality > 0 and r.fit(name) > 1 for r in _ranges(accept) for name in media_types)


def choose_profile(accept: str | None, profiles: Collection[str], formats: tuple[Format, ...]) -> str | None:
    """Give the profile of JSON-LD that the client names and likes best, if it likes nothing else better.

    Else is HTML, which goes first where both are liked as much, and `formats`, which then do not.
    """
    ranges = _ranges(accept)
    named = [(r.quality, profile) for r in ranges if _is_jsonld(r) for profile in profiles if profile in r.profiles]
    quality, profile = max(named, key=lambda pair: pair[0], default=(0.0, ""))
    rest = [r for r in ranges if not r.profiles & set(profiles)]
    html = max((r.quality for r in rest for name in HTML if r.fit(name) == 3), default=0.0)
    other = max(
        (_quality(name, rest) for format_ in formats for name in (format_.media_type, *format_.aliases)), default=0
    )
    return profile if quality > html and quality >= other else None


def _is_jsonld(range_: _Range) -> bool:
    return (range_.kind, range_.subtype) == ("application", "ld+json")


def _quality(media_type: str, ranges: Sequence[_Range]) -> float:
    """Give the quality of the range that covers a media type most closely."""
    fits = [(range_.fit(media_type), range_.quality) for range_ in ranges]
    return max(((fit, quality) for fit, quality in fits if fit), default=(0, 0.0))[1]


def _ranges(accept: str | None) -> list[_Range]:
    """Read an Accept header; none, or an empty one, means anything. Parts that are not media ranges are skipped."""
    if not accept or not accept.strip():
        return [_Range("*", "*", 1.0)]
    return [range_ for part in accept.split(",", _RANGES)[:_RANGES] if (range_ := _range(part))]


_MEDIA_RANGE = re.compile(r"\s*([!#$%&'*+.^_`|~\w-]+)/([!#$%&'*+.^_`|~\w-]+)\s*(?:;(.*))?", re.ASCII)
_PROFILE = re.compile(r"""(?:^|;)\s*profile\s*=\s*(?:"([^"]*)"|([^;\s"]*))""", re.IGNORECASE)
_QUALITY = re.compile(r"(?:^|;)\s*q\s*=\s*([^;\s]*)", re.IGNORECASE)


def _range(part: str) -> _Range | None:
    match = _MEDIA_RANGE.fullmatch(part)
    if not match:
        return None
    stated = _QUALITY.search(match[3] or "")
    quality = _number(stated[1]) if stated else 1.0
    if quality is None:
        return None
    profile = _PROFILE.search(match[3] or "")
    profiles = (profile[1] or profile[2] or "").split() if profile else []
    return _Range(match[1].lower(), match[2].lower(), quality, frozenset(profiles))


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?", text) else None
