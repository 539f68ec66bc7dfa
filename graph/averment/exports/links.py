"""Where a thing in a picture leads: its page, its own address, or the address that its name is."""

from urllib.parse import quote, urlsplit

from averment.exports.values import Network
from averment.iris import BASE

__all__ = ["link"]


def link(node: str, network: Network) -> str | None:
    """Give an address of the web, None where there is none; `pages` of a graph is where its server has its pages."""
    pages = network.graph.get("pages")
    if isinstance(pages, str) and node.startswith(BASE):
        return pages + quote(node.removeprefix(BASE))
    address = network.nodes[node].get("address")
    return next((one for one in (address, node) if isinstance(one, str) and _is_web(one)), None)


def _is_web(text: str) -> bool:
    """Say whether a text is an address of the web, with nothing in it that a browser reads otherwise."""
    if any(c <= " " or c in '\\"<>' for c in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
