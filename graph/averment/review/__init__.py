"""The review of claims: what somebody accepts, rejects, corrects or reopens, and what follows from it.

`desk` reads and decides, `steps` are its quads, `table` takes the claims to a spreadsheet and back, and `standing` says
what an article that is read anew must leave as it is.
"""

from averment.review.desk import decide, reviewed, told
from averment.review.model import Rating, Reviewed, Status, Step

__all__ = ["Rating", "Reviewed", "Status", "Step", "decide", "reviewed", "told"]
