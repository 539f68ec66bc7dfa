"""The views: which part of the graph a picture or a file for other tools shows, each one query in `queries/views/`."""

from dataclasses import dataclass

from averment.errors import InputError
from averment.exports.near import near

__all__ = ["VIEWS", "GraphView", "view_called"]


@dataclass(frozen=True, slots=True)
class GraphView:
    """One view, with what it shows in words."""

    name: str
    title: str
    shows: str

    @property
    def query(self) -> str:
        """The name of its query."""
        return f"views/{self.name}"


VIEWS = (
    GraphView(
        "who-says-what",
        "Who says what",
        "people, organizations and documents, the claims they make, and whom these name",
    ),
    GraphView(
        "relations",
        "What claims say of whom",
        "what claims say that people, organizations and documents did to each other",
    ),
    GraphView(
        "money", "Who paid, how much, over what", "payers, payees, payouts, amounts, and the incidents behind them"
    ),
    GraphView("sources", "What rests on what", "articles and documents, who rests on whom, evidence and revisions"),
    GraphView("everything", "Everything", "all of it, with topics, places, actions and times"),
)
"""The first is the default. Things that somebody has confirmed to be the same are linked in each."""


def view_called(name: str) -> GraphView:
    """Give the view of that name; raise InputError naming those there are."""
    found = next((view for view in VIEWS if view.name == name), None)
    if found is None:
        names = [view.name for view in VIEWS]
        raise InputError(f"no view is called {name!r}{near(name, names)}; there are {', '.join(names)}")
    return found
