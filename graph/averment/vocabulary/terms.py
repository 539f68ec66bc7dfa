"""How a vocabulary is written down: a class whose annotated names are its terms."""

from pyoxigraph import NamedNode

__all__ = ["Terms"]


class Terms:
    """A namespace whose annotated attributes are its terms: `class AV(Terms, iri=...): Payout: NamedNode`."""

    iri: str

    def __init_subclass__(cls, *, iri: str) -> None:
        """Give each annotated name its IRI; one that Python keeps for itself has a line behind it: `class_`."""
        cls.iri = iri
        for name in cls.__annotations__:
            setattr(cls, name, NamedNode(iri + name.rstrip("_")))
