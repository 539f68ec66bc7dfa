"""Lines that are no part of the article: calls to click, advertisements, credits. Nothing is read from them."""

import re

from averment.model import Span

__all__ = ["boilerplate"]

_LINE = re.compile(r"[^\n]*\S[^\n]*")

_CALL = re.compile(
    r"""^\W*(?:
        click\ (?:here|to)\b | tap\ here\b | subscribe\b | share\ this\b | newsletter\b | story\ continues\ below\b |
        sign(?:ing)?\ up\b.{0,60}\b(?:newsletter|alerts?|updates?|e-?mails?)\b | advertisement\b | sponsored\b |
        read\ (?:more|also|next)\b | (?:related|see\ also|watch)\s*: | scroll\ (?:down|to)\b |
        (?:download|get)\ (?:the|our)\b.{0,40}\bapps?\b | follow\ (?:us|him|her|them|@)\b.{0,60}$ |
        (?:copyright|©|\(c\)\ \d{4})\b | all\ rights\ reserved\b | this\ story\ (?:has\ been|was)\ updated\b |
        photo\s*(?:credit|by)?\s*:
    )""",
    re.IGNORECASE | re.VERBOSE,
)

_SHOUTED_CALL = re.compile(r"\b(?:CLICK|APP|SUBSCRIBE|NEWSLETTER|DOWNLOAD|SIGN UP|READ MORE|WATCH LIVE)\b")


def boilerplate(text: str) -> tuple[Span, ...]:
    """Give the lines of a text that advertise, credit or direct instead of reporting."""
    return tuple(Span(m.start(), m.end()) for m in _LINE.finditer(text) if _is_boilerplate(m.group()))


def _is_boilerplate(line: str) -> bool:
    shouted = not any(c.islower() for c in line)
    return bool(_CALL.match(line)) or (shouted and bool(_SHOUTED_CALL.search(line)))
