"""Words that bear meaning: to change one of them is to change what is said.

Checkers that count letters let `$500 million` pass for `$600 million`, and an inserted `not` pass unseen. Here it is
asked of each word what it does. The lists are closed classes and what journalism turns on; a name is told by a capital.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from averment.citations.words import Word
from averment.extract.lexicon import HEDGES, SPEECH_VERBS, TITLES

__all__ = ["Critical", "are_numerals", "are_opposites", "counts", "critical_kinds", "is_a", "spelled_out"]


class Critical(StrEnum):
    """What a critical word does."""

    NUMBER = "number"
    CURRENCY = "currency"
    UNIT = "unit"
    COMPARATOR = "comparator"
    DATE = "date"
    NEGATION = "negation"
    MODAL = "modal"
    HEDGE = "hedge"
    ATTRIBUTION = "attribution"
    NAME = "name"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CARDINALS = _words("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
    millions billion billions trillion trillions dozen dozens half bn mn tn
""")
_LISTS: dict[Critical, frozenset[str]] = {
    Critical.NUMBER: _CARDINALS
    | _words("""
        quarter third thirds double triple twice thrice once first second fourth fifth sixth seventh eighth ninth tenth
        eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth
        fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth thousandth millionth billionth
        − all every each both some any many most much several few none no everyone everybody nobody somebody anyone
        majority minority always often sometimes seldom rarely never k m \u202e
    """),
    Critical.CURRENCY: _words("""
        kr zł $ € £ ¥ ₹ ₽ ₩ ₿ ¢ usd eur gbp jpy chf cad aud dollar dollars euro euros pound pounds yen yuan cent cents
        pence franc francs peso pesos rupee rupees
    """),
    Critical.UNIT: _words("""
        % ‰ ° ′ ″ mm cm ml mg µg μg kw mw gb tb percent percentage pct kilogram kilograms kilogrammes kg gram grams
        ton tons tonne tonnes ounce ounces mile miles kilometer kilometers kilometre kilometres km meter meters metre
        metres foot feet inch inches acre acres hectare hectares liter liters litre litres gallon gallons barrel
        barrels second seconds minute minutes hour hours day days week weeks month months year years decade decades
        century centuries degree degrees watt watts kilowatt kilowatts megawatt megawatts mph
    """),
    Critical.COMPARATOR: _words("""
        < > ≤ ≥ ~ ± = + × former ex majority minority more less fewer least over under above below nearly almost about
        around roughly approximately exactly precisely only just merely barely than between exceed exceeds exceeded
        exceeding maximum minimum least equal estimated fewer greater higher lower larger smaller bigger up rose fell
        increased decreased increase decrease increasing decreasing gained lost won doubled tripled halved
    """),
    Critical.DATE: _words("""
        january february march april june july august september october november december jan feb mar apr jun jul aug
        sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight
        spring summer autumn fall winter ago since until before after during last next early earlier late later
        recently previously formerly now currently a.m p.m am pm
    """),
    Critical.NEGATION: _words("""
        not no never none nobody nothing neither nor nowhere without cannot hardly scarcely barely deny denies denied
        denying fail fails failed failing refuse refuses refused refusing lack lacks lacked reject rejects rejected
        untrue false falsely wrong wrongly wrongful except unless
    """),
    Critical.MODAL: _words("can could may might must shall should will would ought need needs if whether wo ca sha"),
    Critical.HEDGE: HEDGES
    | _words("""
        alleged reported suspected purported supposed claimed apparent seeming probably possibly perhaps maybe likely
        unlikely potentially seems seemed appears appeared suggests suggested confirmed unconfirmed certainly clearly
        definitely certain sure accused convicted charged
    """),
    Critical.NAME: TITLES
    | _words("""
        i me my mine you your yours he him his she her hers it its we us our ours they them their theirs who whom
        whose spokesman spokeswoman spokesperson
    """),
}
_DIVISIONS = _words("""
    part parts chapter chapters article articles title titles section sections act scene volume book phase stage type
    class schedule annex appendix paragraph clause item level grade page
""")
_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
_SAID = _words("according told said says say wrote written spoke spoken quoted sources source anonymous knew thought")
_ABBREVIATED = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "'d": "'d"}
_WHOLE = {
    "won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not", "ain't": "is not",
    "let's": "let us",
}  # fmt: skip
_NEGATING = ("un", "in", "il", "im", "ir", "non", "dis", "mis", "anti", "counter", "de")
_TAIL = re.compile(r"(.+)(n't|'ll|'re|'ve|'m)\Z")
_ENDINGS = (("ied", "y"), ("ies", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("es", ""), ("s", ""))


def spelled_out(keys: Sequence[str]) -> tuple[str, ...]:
    """Give words without their contractions and capitals, for asking whether two stretches say the same.

    >>> spelled_out(["Didn't", "pay"])
    ('did', 'not', 'pay')
    """
    found: list[str] = []
    for key in keys:
        lower = key.lower()
        tail = _TAIL.match(lower)
        if lower in _WHOLE:
            found += _WHOLE[lower].split()
        elif tail:
            found += [tail[1], _ABBREVIATED[tail[2]]]
        else:
            found.append(lower)
    return tuple(found)


def are_opposites(one: str, other: str) -> bool:
    """Say whether a word is another one with a prefix or ending that negates it.

    >>> are_opposites("lawful", "unlawful"), are_opposites("Harmless", "harmful"), are_opposites("form", "inform")
    (True, True, True)
    """
    a, b = sorted((one.lower(), other.lower()), key=len)
    if any(b == prefix + a for prefix in _NEGATING):
        return True
    return a.endswith("ful") and b == a.removesuffix("ful") + "less"


def is_a(key: str, kind: Critical) -> bool:
    """Say whether a word, in small letters, is in the list of a kind."""
    return key in _LISTS[kind]


def counts(key: str) -> bool:
    """Say whether a word, in small letters, is a number that counts: in digits, spelled out, or by thousands."""
    return key in _CARDINALS or key[:1].isdigit()


def are_numerals(words: Sequence[Word], before: Word | None) -> bool:
    """Say whether one of some words is a Roman numeral: `part ii`, or whatever nothing but such numerals replaced."""
    found = [bool(_ROMAN.fullmatch(word.key.lower())) for word in words]
    is_part = before is not None and before.key.lower() in _DIVISIONS
    return any(found) and (is_part or (all(found) and len(found) > 1))


def critical_kinds(word: Word) -> frozenset[Critical]:
    """Say what a word does that makes it critical; nothing for most words."""
    found = {kind for part in spelled_out([word.key]) for kind, members in _LISTS.items() if part.strip(".") in members}
    plain = word.key.lower().removesuffix("'s")
    if any(character.isnumeric() for character in word.key):
        found.add(Critical.NUMBER)
    if plain in _SAID or any(_stem(plain, *ending) in SPEECH_VERBS for ending in _ENDINGS) or plain in SPEECH_VERBS:
        found.add(Critical.ATTRIBUTION)
    if plain in _LISTS[Critical.NAME] or _is_name(word):
        found.add(Critical.NAME)
    return frozenset(found)


def _stem(word: str, ending: str, instead: str) -> str:
    return word.removesuffix(ending) + instead if word.endswith(ending) else ""


def _is_name(word: Word) -> bool:
    """A capital that is not owed to the beginning of a sentence, or more than one, makes a name."""
    capitals = sum(character.isupper() or character.istitle() for character in word.key)
    return capitals > 1 or (bool(capitals) and not word.opens) or word.key in {"@", "#"}
