"""Markup without its tags, for the HTML that stands in Markdown."""

import re
from html.parser import HTMLParser

__all__ = ["WITHIN_WORDS", "parseable", "without_tags"]

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LOOSE = re.compile(r"<(?=[^<>]*(?:<|\Z))")
"""What begins no tag. The parser would look for its end again and again, and fall over `<![`, a comment to browsers."""

_UNSEEN = {"script", "style"}
WITHIN_WORDS = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q"),
        *("s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr"),
    )
)
"""Tags that do not part the words around them."""


def without_tags(markup: str, separator: str = "\n") -> str:
    r"""Give the text of HTML, with `separator` where a tag parts words; scripts and styles are left out.

    >>> without_tags("<div>H<sub>2</sub>O<br>is <i>wet</i></div><script>x()</script>").split("\n")
    ['', 'H2O', 'is wet', '', '']
    """
    parser = _Text(separator)
    parser.feed(parseable(markup))
    parser.close()
    return "".join(parser.parts)


def parseable(markup: str) -> str:
    """Give HTML without comments, and without what the parser would be slow at or fall over."""
    return _LOOSE.sub("&lt;", _COMMENT.sub("", markup).replace("<![", "<!"))


class _Text(HTMLParser):
    def __init__(self, separator: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._separator = separator
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its signature
        self._part(tag)
        self._unseen = tag in _UNSEEN

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        self._unseen = False

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)

    def _part(self, tag: str) -> None:
        if tag not in WITHIN_WORDS:
            self.parts.append(self._separator)
