"""Shapes held against one node after the other, by the letter of SHACL: for what does not go into queries.

`facts` holds the triples with every literal as it was written, `values` what a value is held against, `literals` what
literals are worth, `queries` runs those of SPARQL constraints, and `examiner` puts the constraints together. It is
slower than queries that ask for all nodes at once, and it has no limits of a store's.
"""
