"""Where the graph is kept: an Oxigraph store in memory or in a folder, with published snapshots for its readers.

`store` writes and publishes, `view` reads, `formats` is the table of media types. Queries from outside pass `gate` and
run in the child processes of `guard`, each of which is a `worker`.
"""

from averment.store.formats import Format, by_name
from averment.store.store import Store
from averment.store.view import Texts, View

__all__ = ["Format", "Store", "Texts", "View", "by_name"]
