"""Taking in what others, or other stores of averment, have written: RDF, reviews of claims, annotations.

Whatever is brought is written whole or not at all, and never replaces what is there. `kinds` tells what a file holds,
`json_files` reads JSON within limits, `rdf` puts a dump into a store.
"""
