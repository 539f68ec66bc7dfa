"""Which verbs state a direct relation between two things, as a table: verb, part of the clause, relation."""

from averment.model import Relation

__all__ = ["BETWEEN_AGENT_AND", "DOCUMENT_RELATIONS"]

BETWEEN_AGENT_AND: dict[tuple[str, str], Relation] = {
    ("lobby", "object"): Relation.LOBBIED,
    ("lobby", "against"): Relation.LOBBIED_AGAINST,
    ("lobby", "for"): Relation.LOBBIED_FOR,
    **{
        (verb, "object"): Relation.INSTRUCTED
        for verb in ("instruct", "order", "direct", "engage", "ask", "tell", "urge", "hire")
    },
    **{
        (verb, "object"): Relation.SUPPORTED
        for verb in ("support", "back", "endorse", "defend", "advocate", "favor", "favour")
    },
    **{(verb, "object"): Relation.OPPOSED for verb in ("oppose", "resist", "fight", "reject", "block")},
    ("fight", "against"): Relation.OPPOSED,
    ("vote", "against"): Relation.OPPOSED,
    ("vote", "for"): Relation.SUPPORTED,
    **{(verb, "for"): Relation.CALLED_FOR for verb in ("call", "push", "press", "campaign")},
    ("demand", "object"): Relation.CALLED_FOR,
    ("sign", "object"): Relation.SIGNED,
    **{(verb, "object"): Relation.ESTABLISHED for verb in ("establish", "create", "found", "form", "set up", "launch")},
    **{(verb, "object"): Relation.OBTAINED for verb in ("obtain", "acquire", "get", "receive")},
    **{(verb, "object"): Relation.REVIEWED for verb in ("review", "examine", "analyze", "analyse", "inspect")},
    **{(verb, "object"): Relation.WROTE for verb in ("write", "draft", "author", "compile", "send", "prepare")},
    **{(verb, "object"): Relation.DETAILED for verb in ("detail", "list", "describe", "itemize", "itemise")},
    ("cost", "object"): Relation.COST,
    **{(verb, "object"): Relation.KILLED for verb in ("kill", "murder", "slay")},
    ("arrest", "object"): Relation.ARRESTED,
}
"""By the verb and either `object` or the preposition before the other thing; the agent is the subject."""

DOCUMENT_RELATIONS = {Relation.OBTAINED, Relation.REVIEWED, Relation.WROTE, Relation.SIGNED}
"""They hold of documents only: who obtained a licence has no relation here."""
