"""The prose of Markdown: what a reader sees, a line a paragraph, without the marks."""

from markdown_it import MarkdownIt
from markdown_it.token import Token

from averment.sources.metadata import Metadata, split_front_matter

__all__ = ["read_markdown"]

_SHOWN = {"text", "code_inline"}


def read_markdown(text: str) -> tuple[str, Metadata]:
    """Give the prose of a Markdown text and what its front matter or first heading says of it."""
    metadata, body = split_front_matter(text)
    blocks: list[str] = []
    heading = False
    for token in MarkdownIt("commonmark").parse(body):
        heading = token.type == "heading_open" and token.tag == "h1" if token.type.endswith("_open") else heading
        if token.type == "inline":
            line = _shown(token)
            if heading and not metadata.title and not blocks:
                metadata = Metadata(title=line).over(metadata)
            blocks.append(line)
    return "\n".join(block for block in blocks if block.strip()) + "\n", metadata


def _shown(inline: Token) -> str:
    """Give what a reader sees of one paragraph; a line break within it is a space."""
    parts = (child.content if child.type in _SHOWN else " " for child in inline.children or () if _visible(child))
    return "".join(parts).strip()


def _visible(child: Token) -> bool:
    return child.type in _SHOWN or child.type in {"softbreak", "hardbreak"}
