"""The prose of Markdown: what a reader sees, a line a paragraph, without the marks."""

from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from averment.sources.metadata import Metadata, split_front_matter
from averment.sources.tags import without_tags

__all__ = ["read_markdown"]

_SHOWN = {"text", "code_inline"}
_BREAKS = {"softbreak", "hardbreak"}
_CODE = {"fence", "code_block"}


def read_markdown(text: str) -> tuple[str, Metadata]:
    """Give the prose of a Markdown text and what its front matter or first heading says of it."""
    metadata, body = split_front_matter(text)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    lines = (line for line in _lines(tokens) if line.strip())
    return "\n".join(lines) + "\n", metadata.over(Metadata(title=_title(tokens)))


def _title(tokens: list[Token]) -> str | None:
    """Give the heading that a text begins with, where that is of the first rank."""
    first = next((i for i, token in enumerate(tokens) if token.type == "inline"), 0)
    return _shown(tokens[first]) or None if first and tokens[first - 1].tag == "h1" else None


def _lines(tokens: list[Token]) -> Iterator[str]:
    """Give a line a paragraph; a row of a table is one line, and code has the lines that it has."""
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield ", ".join(cell for cell in row or () if cell)
            row = None
        elif token.type == "inline" and row is not None:
            row.append(_shown(token))
        else:
            yield from _block(token)


def _block(token: Token) -> Iterator[str]:
    if token.type == "inline":
        yield _shown(token)
    elif token.type in _CODE:
        yield from token.content.split("\n")
    elif token.type == "html_block":
        text = without_tags(" ".join(token.content.split()))
        yield from (" ".join(line.split()) for line in text.split("\n"))


def _shown(inline: Token) -> str:
    """Give what a reader sees of one paragraph; a line break within it is a space."""
    children = inline.children or []
    if any(child.type == "html_inline" for child in children):
        markup = "".join(c.content if c.type == "html_inline" else escape(_words(c), quote=False) for c in children)
        return without_tags(markup, " ").strip()
    return "".join(map(_words, children)).strip()


def _words(child: Token) -> str:
    return child.content if child.type in _SHOWN else " " if child.type in _BREAKS else ""
