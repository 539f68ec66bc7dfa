"""Source documents that quotations and evidence come from: text, Markdown, HTML, e-mail and PDF.

`reading` reads each kind, `messages` takes e-mail apart, `voices` says whose words its parts are.
"""

from averment.citations.documents.reading import SourceText, depths, find_documents, read_document, read_source
from averment.citations.documents.voices import Voice

__all__ = ["SourceText", "Voice", "depths", "find_documents", "read_document", "read_source"]
