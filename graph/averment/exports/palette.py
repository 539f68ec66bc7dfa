"""How each kind of thing looks, in every format that has colours."""

from math import sqrt

__all__ = ["CLAIM", "COLOURS", "OTHER", "colour", "rgb", "size"]

COLOURS = {
    "claim": "#8a6d1f",
    "person": "#b8400a",
    "organization": "#1d4ed8",
    "outlet": "#6d28d9",
    "office": "#0e7490",
    "group": "#15803d",
    "unnamed": "#6b7280",
    "document": "#92590b",
    "article": "#1e293b",
    "payout": "#be123c",
    "amount": "#9d174d",
    "incident": "#7f1d1d",
    "place": "#4d7c0f",
    "topic": "#3f3f46",
    "action": "#57534e",
    "time": "#57606f",
}
"""White text stands out on each by at least 4.5 to 1."""

OTHER = "#52525b"
"""For kinds that are not in the table."""

CLAIM = "#fdf6dc"
"""What a claim's words stand on: they are many, and read better dark on light."""


def colour(kind: object) -> str:
    """Give the colour of a kind as `#rrggbb`."""
    return COLOURS.get(str(kind), OTHER)


def rgb(kind: object) -> tuple[int, int, int]:
    """Give the colour of a kind as red, green and blue from 0 to 255."""
    red, green, blue = (int(colour(kind)[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def size(degree: int) -> float:
    """Give the size of a node by its links: the area grows with their number."""
    return round(8 + 4 * sqrt(degree), 2)
