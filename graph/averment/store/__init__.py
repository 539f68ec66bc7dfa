"""Where the graph is kept: an Oxigraph store in memory or in a folder, with published snapshots for its readers.

`store` opens and publishes, `writer` changes, `view` reads, `formats` is the table of media types. Queries from outside
pass `gate` and run in the child processes of `guard`, each of which is a `worker`. Writes from outside go to the one
child of `write_guard`, a `scribe`: an update passes `updates`, RDF is parsed by `rdf`.
"""

from averment.store.formats import Format, by_name
from averment.store.store import Store
from averment.store.view import Texts, View

__all__ = ["Format", "Store", "Texts", "View", "by_name"]
