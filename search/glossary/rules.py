"""What a group of expressions must be, and how an expression is compared with another."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from search.analysis import chains
from search.parsing.slots import is_code
from wiki.errors import Refusal
from wiki.pages.content import one_line

FEWEST, MOST = 2, 20
LONGEST_EXPRESSION = 80
LONGEST_NOTE = 300
LONGEST_EXPLANATION = 600
MOST_GROUPS = 500
_LONGEST_TYPED = 100_000

Terms = tuple[str, ...]


class Explanations(NamedTuple):
    """What a group means, in both languages; either may be empty."""

    ru: str = ""
    en: str = ""


UNEXPLAINED = Explanations()


def terms_of_expression(expression: str) -> Terms:
    """The terms by which an expression is compared and found, equal for all its word forms.

    As in questions, a code or an address is one term; other things written together are several.
    """
    asked = (chain.wholes[:1] if is_code(chain) else chain.parts for chain in chains(expression))
    return tuple(token.term for tokens in asked for token in tokens)


def typed_expressions(typed: str) -> tuple[str, ...]:
    """One expression a line; empty lines are left out."""
    lines = (one_line(line) for line in typed[:_LONGEST_TYPED].split("\n"))
    return tuple(line for line in lines if line)


def check_expressions(expressions: Iterable[str]) -> tuple[str, ...]:
    """The different expressions of a group, in the order typed.

    Of two forms of the same words the first stays. Raises `Refusal` for too few, too many, too
    long ones and for those without a word.
    """
    different: dict[Terms, str] = {}
    for expression in expressions:
        different.setdefault(_checked_terms(expression), expression)
    if len(different) < FEWEST:
        raise Refusal(
            "A group needs at least two different expressions. Nothing was saved. Forms of one "
            "word are the same expression and are found without the glossary; add another."
        )
    if len(different) > MOST:
        raise Refusal(
            "A group holds at most %(limit)d expressions. Nothing was saved. Make two groups.",
            limit=MOST,
        )
    return tuple(different.values())


def _checked_terms(expression: str) -> Terms:
    if len(expression) > LONGEST_EXPRESSION:
        raise Refusal(
            "«%(expression)s…» is longer than %(limit)d characters. Nothing was saved. Shorten it.",
            expression=expression[:40],
            limit=LONGEST_EXPRESSION,
        )
    terms = terms_of_expression(expression)
    if not terms:
        raise Refusal(
            "There is no word in «%(expression)s». Nothing was saved. Write letters or digits.",
            expression=expression,
        )
    return terms


def check_note(typed: str) -> str:
    """The note on one line; refuses long ones."""
    note = one_line(typed[:_LONGEST_TYPED])
    if len(note) > LONGEST_NOTE:
        raise Refusal(
            "The note is longer than %(limit)d characters. Nothing was saved. Shorten it.",
            limit=LONGEST_NOTE,
        )
    return note


def check_explanations(typed: Explanations) -> Explanations:
    """Both explanations on one line each; refuses long ones."""
    checked = Explanations(*(one_line(text[:_LONGEST_TYPED]) for text in typed))
    if max(map(len, checked)) > LONGEST_EXPLANATION:
        raise Refusal(
            "The explanation is longer than %(limit)d characters. Nothing was saved. Shorten it, "
            "or write a page about it.",
            limit=LONGEST_EXPLANATION,
        )
    return checked


def check_free(expressions: Iterable[str], others: Mapping[int, Sequence[str]]) -> None:
    """Refuse an expression that stands in one of the other groups already."""
    taken = {terms_of_expression(one): group for group in others.values() for one in group}
    for expression in expressions:
        group = taken.get(terms_of_expression(expression))
        if group is not None:
            raise Refusal(
                "«%(expression)s» already stands in the group «%(group)s». Nothing was saved. "
                "Add to that group, or take the expression out of one of the two.",
                expression=expression,
                group=" = ".join(group[:3]),
            )


def check_room(groups: int) -> None:
    """Refuse more groups than every search can look through in no time."""
    if groups >= MOST_GROUPS:
        raise Refusal(
            "The glossary holds %(limit)d groups, and no more fit in. Nothing was saved. "
            "Archive what nobody needs.",
            limit=MOST_GROUPS,
        )
