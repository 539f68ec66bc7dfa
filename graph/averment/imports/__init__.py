"""Taking in what others, or other stores of averment, have written: RDF, reviews of claims, annotations.

Whatever is brought is written whole or not at all, and never replaces what is there.
"""

from averment.imports.rdf import Imported, import_rdf

__all__ = ["Imported", "import_rdf"]
