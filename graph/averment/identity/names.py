"""Names in the form in which they can be compared: without capitals, accents, titles, articles and legal forms.

Folding decides only what is worth a question. It throws away more than spelling, so two names that fold to the same
are candidates and nothing more.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from averment.extract.lexicon import GROUP_NOUNS, TITLES

__all__ = [
    "Body",
    "Person",
    "acronym",
    "body",
    "fold",
    "is_acronym",
    "is_distinguishing",
    "is_proper",
    "person",
    "roles",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys("'’‘ʼ`´.·")
    | dict.fromkeys("‐‑‒–", "-")
    | {"&": " and "}
)
"""Letters that Unicode does not take apart, and marks that writers set or leave out: O’Brien, J.B., Smith–Jones."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HONORIFICS = _words("mr mrs ms miss dr sir dame lord lady hon rev reverend")
_LEARNED = _words("phd md esq jd dds rn")
_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_PARTICLES = _words("van von der den ter de del della di da du dos bin ibn")
_LEGAL_FORMS = _words("inc incorporated corp corporation co company llc llp lp ltd limited plc gmbh ag sa")
_LINKING_WORDS = _words("a an and at for in of on the to")

_ROLES = {
    "gov": "governor", "sen": "senator", "rep": "representative", "congressman": "representative",
    "congresswoman": "representative", "ald": "alderman", "alderwoman": "alderman", "alderperson": "alderman",
    "councilman": "councilor", "councilwoman": "councilor", "councillor": "councilor", "chair": "chairman",
    "chairwoman": "chairman", "gen": "general", "col": "colonel", "capt": "captain", "lt": "lieutenant",
    "sgt": "sergeant", "prof": "professor", "spokeswoman": "spokesman", "spokesperson": "spokesman", "supt":
    "superintendent", "cmdr": "commander", "atty": "attorney", "pres": "president", "det": "detective",
}  # fmt: skip
"""Spellings of one role, and its forms for men and women."""

_DEPUTIES = _words("deputy vice assistant associate lieutenant under")
"""Whoever is deputy to a role does not have it."""

_GENERALS = re.compile(r"\b(attorney|solicitor|surgeon|secretary) general\b")
"""An attorney general is neither an attorney nor a general."""

_ROLE_WORDS = (TITLES | GROUP_NOUNS | _ROLES.keys()) - _HONORIFICS - _words("member people source victim family")


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """A person's name in its parts, folded; each is empty where the name does not have it."""

    surname: str
    given: str
    """The first name, or the initials in its place: `jb`."""
    middle: str
    generation: str

    @property
    def is_full(self) -> bool:
        """Whether there is more than a surname."""
        return bool(self.given)


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """The name of an organization, office or document, folded."""

    words: tuple[str, ...]


def fold(text: str) -> str:
    """Give a text without capitals, accents, apostrophes and full stops, its words divided by one space.

    >>> fold("  Gov. J.B.  O’Brién-Łuk ")
    'gov jb obrien-luk'
    """
    plain = _bare(_bare(text).translate(_LETTERS))
    return " ".join(_WORD.findall(plain))


def person(label: str) -> Person | None:
    """Give the name of a person in its parts, without titles; None where nothing is left, or where it is no name.

    >>> person("spokeswoman for the governor") is None
    True
    >>> person("Sen. George W. Bush Jr.")
    Person(surname='bush', given='george', middle='w', generation='jr')
    """
    if not any(word[0].isupper() for word in label.split()[:2]):
        return None
    written = _without_titles(_spaced(label).split())
    written = [word for word in written if fold(word) and fold(word) not in _LEARNED]
    generation = _GENERATIONS.get(fold(written[-1]), "") if len(written) > 1 else ""
    if generation:
        written = written[:-1]
    if not written:
        return None
    front, surname = _parted(written)
    initials = list(takewhile(_is_initial, front))
    given = "".join(initials) if len(initials) > 1 else "".join(front[:1])
    middle = front[len(initials) :] if len(initials) > 1 else front[1:]
    return Person(surname, given, " ".join(middle), generation)


def body(label: str) -> Body | None:
    """Give the name of an organization, office or document without its article and legal form.

    >>> body("The Acme Widget Co., Inc.") == body("ACME Widget")
    True
    """
    words = fold(label).replace("-", " ").split()
    while len(words) > 1 and words[0] in {"the", "a", "an"}:
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words = words[:-1]
    return Body(tuple(words)) if words else None


def acronym(name: Body) -> str | None:
    """Give the initials of a name of several words, leaving out `of`, `the` and their like.

    >>> acronym(Body(("american", "civil", "liberties", "union")))
    'aclu'
    """
    letters = [word[0] for word in name.words if word not in _LINKING_WORDS]
    return "".join(letters) if len(letters) > 1 else None


def is_acronym(label: str) -> bool:
    """Say whether a name is written as an acronym: one word of two to eight capitals.

    >>> is_acronym("the U.S."), is_acronym("Cpd")
    (True, False)
    """
    word = re.sub(r"^the\s+", "", label.strip(), flags=re.IGNORECASE).replace(".", "")
    return 2 <= len(word) <= 8 and word.isalpha() and word.isupper()


def is_proper(label: str) -> bool:
    """Say whether a name has anything but lower case; `the police department` names no one department."""
    return not label.islower()


def is_distinguishing(label: str) -> bool:
    """Say whether a document has a name and not only a noun: a number, or a capital beyond that of a first word.

    >>> is_distinguishing("SAFE-T Act"), is_distinguishing("The e-mails")
    (True, False)
    """
    named = re.sub(r"^(the|an?)\s+", "", label.strip(), flags=re.IGNORECASE)
    return any(c.isdigit() for c in named) or any(c.isupper() for c in named[1:])


def roles(label: str, described_as: Iterable[str]) -> frozenset[str]:
    """Give the roles in the titles before a name and in descriptions, each in one spelling.

    >>> sorted(roles("Gov. J.B. Pritzker", ["deputy mayor", "former Illinois lawyer"]))
    ['deputy mayor', 'governor', 'lawyer']
    """
    words = _spaced(label).split()
    titles = words[: len(words) - len(_without_titles(words))]
    return frozenset(role for text in [" ".join(titles), *described_as] for role in _roles_in(text))


def _roles_in(text: str) -> Iterator[str]:
    plain = _GENERALS.sub(r"\1-general", fold(text).replace("-", " "))
    words = [_ROLES.get(word, word) for word in plain.split()]
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if _is_role(word) and not (word in _DEPUTIES and _is_role(after)):
            yield f"{before} {word}" if before in _DEPUTIES else word


def _is_role(word: str) -> bool:
    return word in _ROLE_WORDS or word.endswith("-general")


def _bare(text: str) -> str:
    """Take a text apart by compatibility, without case, and drop what is set above and below its letters."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in text if not unicodedata.combining(c))


def _spaced(label: str) -> str:
    """Part what is written together: `J.B.` is two initials."""
    return re.sub(r"(?<=[^\W_]\.)(?=[^\W_])", " ", label.replace(",", " "))


def _without_titles(words: list[str]) -> list[str]:
    """Leave out what stands before a name; the last word is always the name's."""
    while len(words) > 1 and fold(words[0]) in TITLES | _ROLES.keys():
        words = words[1:]
    return words


def _parted(written: list[str]) -> tuple[list[str], str]:
    """Part the words of a name into those before the surname, and the surname with its particles: `de blasio`."""
    at = len(written) - 1
    while at and fold(written[at - 1]) in _PARTICLES and (at > 1 or written[at - 1].islower()):
        at -= 1
    return [fold(word) for word in written[:at]], " ".join(fold(word) for word in written[at:])


def _is_initial(word: str) -> bool:
    return len(word) == 1
