"""The page of one person, organization, document or other entity of one article."""

from flask import render_template
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound

from averment_server import money
from averment_server.ask import first, records
from averment_server.identity_links import elsewhere
from averment_server.links import passage_address

__all__ = ["entity_page"]

_SHOWN = 500
"""Rows of each list; the queries ask for one more, so that the page knows whether it shows all."""


def entity_page(entity: NamedNode) -> str:
    """Show an entity."""
    found = first("entity", entity=entity)
    if found is None:
        raise NotFound("this entity is not described in full")
    spoken, named = records("entity-spoken", entity=entity), records("entity-claims", entity=entity)
    relations = records("entity-relations", entity=entity)
    return render_template(
        "entity.html",
        entity=found,
        descriptions=[record.description for record in records("entity-descriptions", entity=entity)],
        mentions=[
            (mention, passage_address(found.address, mention.words, found.note))
            for mention in records("entity-mentions", entity=entity)
        ],
        spoken=spoken[:_SHOWN],
        named=named[:_SHOWN],
        relations=[row for row in relations[:_SHOWN] if row.action != "true"],
        actions=[row for row in relations[:_SHOWN] if row.action == "true"],
        cut=max(len(spoken), len(named), len(relations)) > _SHOWN,
        sums=money.sums(records("payer-sums", payer=entity)),
        elsewhere=elsewhere(entity),
    )
