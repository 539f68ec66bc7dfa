"""Reviews of claims as schema.org has them, https://schema.org/ClaimReview: ours to publish, those of others to keep.

`model` has the plain values, `written` and `read` are their JSON, `own` finds those of a newsroom in its store, and
`stored` are the quads of those that others have published.
"""

from averment.claimreviews.model import ClaimReview, Publisher
from averment.claimreviews.own import own_reviews
from averment.claimreviews.read import read_reviews
from averment.claimreviews.stored import review_quads
from averment.claimreviews.written import as_json, embeddable

__all__ = ["ClaimReview", "Publisher", "as_json", "embeddable", "own_reviews", "read_reviews", "review_quads"]
