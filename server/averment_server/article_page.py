"""The page of one article: its text with every claim marked, and what it names."""

from flask import render_template
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound

from averment_server.ask import first, records
from averment_server.passages import Mark, paragraphs, segments

__all__ = ["article_page"]


def article_page(article: NamedNode) -> str:
    """Show an article."""
    found = first("article", article=article)
    if found is None:
        raise NotFound("this article is not described in full")
    claims = records("article-claims", article=article)
    marks = [Mark(int(claim.start), int(claim.end), claim.claim) for claim in claims]
    return render_template(
        "article.html",
        article=found,
        authors=[record.author for record in records("article-authors", article=article)],
        claims=claims,
        titles={claim.claim: claim.speakerName for claim in claims},
        paragraphs=paragraphs(segments(found.text, marks)) if found.text else [],
        entities=records("article-entities", article=article),
        revisions=records("article-revisions", article=article),
        rated=records("article-rated", article=article),
    )
