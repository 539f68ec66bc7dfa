"""The picture as PNG, by the renderer of the extra `pictures`."""

from collections.abc import Iterator
from importlib.util import find_spec

from averment.errors import InputError
from averment.exports.svg import picture
from averment.exports.values import Network

__all__ = ["has_renderer", "to_png"]

_SCALE = 2.0
"""Pixels of the PNG for each of the SVG, for screens and paper that show more."""

_LARGEST = 16_000
"""Pixels of a side; beyond it pictures are drawn smaller."""


def has_renderer() -> bool:
    """Say whether the renderer is installed."""
    return find_spec("resvg_py") is not None


def to_png(network: Network) -> Iterator[bytes]:
    """Give the picture as PNG; raise InputError where the renderer is not installed.

    The same graph gives the same bytes on a machine with the same fonts.
    """
    try:
        import resvg_py  # noqa: PLC0415 - an extra that most do without
    except ImportError:
        raise InputError(
            "PNG needs the package resvg-py: pip install 'averment[pictures]'; SVG and HTML need nothing"
        ) from None
    drawing = picture(network)
    sides = [int(drawing.split(f' {side}="', 1)[1].split('"', 1)[0]) for side in ("width", "height")]
    scale = min(_SCALE, _LARGEST / max(sides))
    yield bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=round(sides[0] * scale), dpi=96))
