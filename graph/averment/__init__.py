"""averment: the claims of news articles as a graph, each tied to its words and to who said it.

The packages are the stages that an article passes, in this order, and each imports earlier ones only:
`sources` reads, `extract` finds, `triples` states, `store` keeps, `validate` checks, `exports` hands on. `cli` is the
edge. This module imports nothing, so that a part can be used, or a worker started, without paying for the others.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
