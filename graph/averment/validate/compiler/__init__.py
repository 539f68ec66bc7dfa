"""Shapes compiled to SPARQL: `read` reads them, `plan` holds them, `checks` writes the queries, `run` asks.

`paths` has property paths, `values` what one value is held against, `conformance` whether a node keeps to a shape,
`sparql` the queries that people write themselves, `components` what there is to be read, and `lexical` how literals are
written. `sieve` asks first who breaks anything at all. `targets` tells what a shape is about, and `trails`, with
`patterns` for queries, where it looks: a change there may matter to it. `custom` and `prebinding` have what others
declare and must keep to, and `messages` the words. What does not go into a query raises `Unsupported`, and is left to
`direct`.
"""
