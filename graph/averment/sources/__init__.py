"""Reading: a file or standard input becomes a `Source`, its text as stored with nothing normalised away.

`reader` decides and refuses, `markdown` and `html` take the prose out of markup, `metadata` is what is known about a
text from itself or from the person who brings it, `raw` and `tags` are bytes and markup before they are text.
"""

from averment.sources.metadata import Metadata
from averment.sources.reader import STDIN, find_files, read

__all__ = ["STDIN", "Metadata", "find_files", "read"]
