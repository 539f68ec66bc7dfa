"""Extraction: a text becomes entities, documents, amounts, times, attributions, payouts and claims, as plain values.

Each kind has a module with one pure function from the parsed text, or from the text alone, to dataclasses of `model`;
`pipeline` calls them in order. No RDF is known here.
"""
