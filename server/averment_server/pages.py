"""The front page, the lists, and what the server says of itself."""

from flask import Blueprint, current_app, render_template

from averment_server import money, query_page
from averment_server.ask import Record, first, records
from averment_server.configuration import NAMED, TEXTS
from averment_server.problems import MEANINGS
from averment_server.protocol import union_by_default

__all__ = ["LIMITS", "blueprint"]

LIMITS = "AVERMENT_LIMITS"
"""The setting that has the limits in force."""

blueprint = Blueprint("pages", __name__)

_SHOWN = 1_000
"""Rows of a list; its query asks for one more, so that the page knows whether it shows all."""


@blueprint.get("/")
def index() -> str:
    """What there is, the newest articles, and questions to begin with."""
    articles = records("articles")
    return render_template(
        "index.html",
        counts=first("counts"),
        articles=articles[:10],
        more=articles[10:],
        questions=query_page.questions(),
    )


@blueprint.get("/articles")
def articles() -> str:
    """Every article."""
    found = records("articles")
    return render_template("articles.html", articles=found[:_SHOWN], cut=len(found) > _SHOWN)


@blueprint.get("/people")
def people() -> str:
    """Every person that an article names."""
    return _entities("people", "People", "Everybody whom an article names, once for each article that does.")


@blueprint.get("/organizations")
def organizations() -> str:
    """Every organization, outlet, office and group."""
    return _entities(
        "organizations",
        "Organizations",
        "Outlets, offices and groups among them, once for each article that names them.",
    )


@blueprint.get("/documents")
def documents() -> str:
    """Every document that an article speaks of."""
    return _entities(
        "documents", "Documents", "What articles rest on or speak of: e-mails, spreadsheets, reports, bills."
    )


@blueprint.get("/payouts")
def payouts() -> str:
    """Every payout, with what they come to."""
    found = records("payouts")
    by_article: dict[str, list[Record]] = {}
    for row in records("payout-sums-by-article"):
        by_article.setdefault(row.article, []).append(row)
    groups = [(rows[0].articleName, article, money.sums(rows)) for article, rows in by_article.items()]
    return render_template(
        "payouts.html",
        payouts=found[:_SHOWN],
        cut=len(found) > _SHOWN,
        sums=money.sums(records("payout-sums")),
        groups=groups,
    )


@blueprint.get("/about")
def about() -> str:
    """What this is, its limits, and how to cite it."""
    configuration = current_app.config[LIMITS]
    stated = [(named, named.stated(configuration)) for named in NAMED]
    known = [(text, text.value(configuration)) for text in TEXTS]
    services = sorted(configuration.query.services)
    return render_template(
        "about.html", stated=stated, known=known, services=services, meanings=MEANINGS, union=union_by_default()
    )


def _entities(query: str, title: str, said: str) -> str:
    found = records(query)
    return render_template(
        "entities.html",
        title=title,
        said=said,
        entities=found[:_SHOWN],
        cut=len(found) > _SHOWN,
        counted="in claims" if query == "documents" else "claims attributed",
    )
