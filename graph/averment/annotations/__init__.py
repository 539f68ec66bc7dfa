"""Web annotations, https://www.w3.org/TR/annotation-model/: ours for other tools, and notes that others have made.

`written` gives the JSON of what a store holds; `read` finds notes in JSON, `anchors` their words in a stored text, and
`stored` are their quads.
"""

from averment.annotations.bring import Brought, bring_notes
from averment.annotations.written import annotation_page

__all__ = ["Brought", "annotation_page", "bring_notes"]
