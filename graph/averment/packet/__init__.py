"""The packet: what another checker needs to replicate the work, as a page, a table and a graph.

`contents` gathers it as plain values, `rdf` as quads, `files` makes the files; nothing in them depends on the clock.
"""

from averment.packet.files import files_of, write_folder

__all__ = ["files_of", "write_folder"]
