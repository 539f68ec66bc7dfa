"""What keeps shapes from being compiled."""

from averment.errors import InputError

__all__ = ["Unsound", "Unsupported"]


class Unsound(InputError):  # noqa: N818 - it is an InputError, with the beginning of its sentence
    """The shapes break a rule of SHACL, so that no engine could use them."""

    def __init__(self, problem: str) -> None:
        """Say what is wrong."""
        super().__init__(f"the shapes cannot be used: {problem}")


class Unsupported(Exception):  # noqa: N818 - nothing is wrong: another engine takes over
    """A shape is sound, but does not go into a query; the text says why."""
