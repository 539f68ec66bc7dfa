"""What is said where a shape has no words of its own."""

from averment.validate.compiler.plan import Constraint, Query, Shape

__all__ = ["NO_WORDS", "TEMPLATES", "message_of"]

NO_WORDS = "The query of the shape has found something wrong."

TEMPLATES = {
    "Class": "“{value}” is not an instance of {expected}. Give it that class, or name another thing as {path}.",
    "Datatype": "“{value}” is not a well-formed literal of the datatype {expected}. Correct {path}.",
    "NodeKind": "“{value}” is not of the kind {expected}. Correct {path}.",
    "MinExclusive": "“{value}” is not greater than {expected}. Correct {path}.",
    "MinInclusive": "“{value}” is not {expected} or greater. Correct {path}.",
    "MaxExclusive": "“{value}” is not less than {expected}. Correct {path}.",
    "MaxInclusive": "“{value}” is not {expected} or less. Correct {path}.",
    "MinLength": "“{value}” is shorter than {expected} characters. Correct {path}.",
    "MaxLength": "“{value}” is longer than {expected} characters. Correct {path}.",
    "Pattern": "“{value}” does not match the pattern {expected}. Correct {path}.",
    "LanguageIn": "“{value}” is in none of the languages {expected}. Correct {path}.",
    "In": "“{value}” is none of: {expected}. Correct {path}.",
    "MinCount": "Values of {path}: {count} found, at least {expected} needed. Add what is missing.",
    "MaxCount": "Values of {path}: {count} found, at most {expected} allowed. Remove what is too much.",
    "QualifiedMinCount": "Of the values of {path}, {count} in all, fewer than {expected} are as the shape asks.",
    "QualifiedMaxCount": "Of the values of {path}, {count} in all, more than {expected} are as the shape describes.",
    "Node": "“{value}” does not keep to the shape {expected}. Correct it, or {path}.",
    "Not": "“{value}” is what it must not be: {expected}. Correct it, or {path}.",
    "And": "“{value}” does not keep to all of: {expected}. Correct it, or {path}.",
    "Or": "“{value}” keeps to none of: {expected}. Correct it, or {path}.",
    "Xone": "“{value}” does not keep to exactly one of: {expected}. Correct it, or {path}.",
    "Equals": "“{value}” is not a value of both {path} and {expected}. Give both the same values.",
    "Disjoint": "“{value}” is a value of {path}, and of {expected} too. Remove one of them.",
    "LessThan": "“{value}” is not less than every value of {expected}. Correct {path}, or the other.",
    "LessThanOrEquals": "“{value}” is greater than some value of {expected}, or cannot be compared with it. "
    "Correct {path}, or the other.",
    "HasValue": "{expected} is not among the values of {path}, {count} in all. Add it.",
    "Closed": "“{value}” is a value of {path}, which the shape does not allow. Remove it.",
    "UniqueLang": "Several values of {path}, {count} in all, are in one language. Keep one in each.",
}
"""By SHACL's own constraint components; `wording` fills the blanks."""


def message_of(shape: Shape, constraint: Constraint) -> str:
    """Give the words for what the query of a constraint finds: the constraint's, else the shape's, else ours.

    `{?variable}` stands for what the query selects (https://www.w3.org/TR/shacl/#sparql-constraints). For SHACL's own
    components `wording` chooses them, for every engine alike.
    """
    own = constraint.messages if isinstance(constraint, Query) else ()
    return next(iter((*own, *shape.messages)), NO_WORDS)
