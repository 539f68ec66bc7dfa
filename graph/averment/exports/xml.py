"""Text in XML: what attributes and elements need escaped, once for every format that is XML."""

import re

__all__ = ["attribute", "content"]

_SPECIAL = re.compile('[&<>"\r\n\t]')
"""To look for one of these takes a fraction of the time that replacing them does, and most texts have none."""

_CONTENT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_ATTRIBUTE = {**_CONTENT, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}
"""A reader would take a bare line break in an attribute for a space: https://www.w3.org/TR/xml/#AVNormalize"""


def attribute(text: str) -> str:
    """Give a text in quotation marks, as the value of an attribute."""
    return f'"{text.translate(_ATTRIBUTE)}"' if _SPECIAL.search(text) else f'"{text}"'


def content(text: str) -> str:
    """Give a text as the content of an element."""
    return text.translate(_CONTENT) if _SPECIAL.search(text) else text
