"""What a question written by hand must have, and whether it still fits the page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from products.onboarding.questions.rules.sameness import reading_of
from search.lemmas import fold_text
from wiki.errors import Refusal
from wiki.pages.content import FactValue, one_line
from wiki.pages.facts import typed_form

SHORTEST_WORDS = 5
LONGEST_WORDS = 300
LONGEST_ANSWER = 200
LONGEST_QUOTE = 500
MOST_ANSWERS = 6
FEWEST_ANSWERS = 2
MOST_BY_HAND = 40
_TELLING_LENGTH = 30
_TELLING_SHARE = 1.8


class Typed(NamedTuple):
    """What an editor typed. `right` is the place of the right answer among `answers`.

    `fact_key` or `quote` (a sentence of the page) says where the page holds the answer.
    """

    words: str
    answers: tuple[str, ...]
    right: int | None
    fact_key: str = ""
    quote: str = ""


def check_typed(typed: Typed, language: str, text: str, facts: Mapping[str, FactValue]) -> Typed:
    """The question without blank lines. Raises `Refusal` with what is to be mended.

    `text` and `facts` are those of the page: a place that it does not have helps nobody.
    """
    clean = _clean(typed)
    _check_words(clean.words)
    _check_answers(clean, language)
    _check_place(clean, text, facts)
    return clean


def check_not_asked(words: str, known: Iterable[str]) -> None:
    """Raise `Refusal` when the page asks the same already: a form that was sent twice."""
    if fold_text(words) in map(fold_text, known):
        raise Refusal(
            "This page asks this question already. Nothing was saved a second time; what you "
            "typed is still here."
        )


def gives_itself_away(typed: Typed) -> bool:
    """Whether the right answer is known by its length: much longer than all others."""
    lengths = [len(answer) for answer in typed.answers]
    right = lengths.pop(typed.right or 0)
    return right > _TELLING_LENGTH and right > _TELLING_SHARE * max(lengths)


def place_of(typed: Typed, facts: Mapping[str, FactValue]) -> dict[str, Any]:
    """What is kept of the place: the quote, and the value that the fact had."""
    kept: dict[str, Any] = {}
    if typed.quote:
        kept["quote"] = typed.quote
    if typed.fact_key:
        kept["value"] = typed_form(facts.get(typed.fact_key))
    return kept


def still_fits(
    place: Mapping[str, Any], fact_key: str | None, text: str, facts: Mapping[str, FactValue]
) -> bool:
    """Whether the page still says what a question by hand was written about."""
    quote, value = place.get("quote"), place.get("value")
    if quote and not holds(text, quote):
        return False
    return value is None or typed_form(facts.get(fact_key or "")) == value


def holds(text: str, quote: str) -> bool:
    """Whether a text has this sentence, whatever the blanks and capitals."""
    return _flat(quote) in _flat(text)


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _clean(typed: Typed) -> Typed:
    """On one line each; blank answers are left out and the place of the right one moves along."""
    lines = [one_line(answer[: 3 * LONGEST_ANSWER]) for answer in typed.answers]
    kept = [place for place, line in enumerate(lines) if line]
    right = kept.index(typed.right) if typed.right in kept else None
    return Typed(
        one_line(typed.words[: 3 * LONGEST_WORDS]),
        tuple(lines[place] for place in kept),
        right,
        typed.fact_key[:60],
        one_line(typed.quote[: 3 * LONGEST_QUOTE]),
    )


def _check_words(words: str) -> None:
    if not SHORTEST_WORDS <= len(words) <= LONGEST_WORDS:
        raise Refusal(
            "A question has %(least)d to %(most)d letters. Nothing was saved; what you typed is "
            "still here.",
            least=SHORTEST_WORDS,
            most=LONGEST_WORDS,
        )


def _check_answers(typed: Typed, language: str) -> None:
    if not FEWEST_ANSWERS <= len(typed.answers) <= MOST_ANSWERS:
        raise Refusal(
            "A question needs two to six answers. Nothing was saved; what you typed is still here."
        )
    if typed.right is None:
        raise Refusal(
            "Mark which answer is right. Nothing was saved; what you typed is still here."
        )
    if any(len(answer) > LONGEST_ANSWER for answer in typed.answers):
        raise Refusal(
            "An answer has more than %(most)d letters. Nothing was saved: shorten it.",
            most=LONGEST_ANSWER,
        )
    _check_all_differ(typed.answers, language)


def _check_all_differ(answers: Sequence[str], language: str) -> None:
    known: dict[str, str] = {}
    for answer in answers:
        reading = reading_of(answer, language)
        if reading in known:
            raise Refusal(
                "Two answers say the same: “%(one)s” and “%(other)s”. Nothing was saved: change "
                "one of them.",
                one=known[reading],
                other=answer,
            )
        known[reading] = answer


def _check_place(typed: Typed, text: str, facts: Mapping[str, FactValue]) -> None:
    if typed.fact_key and typed.fact_key not in facts:
        raise Refusal("The page does not have this fact. Nothing was saved: choose another.")
    if len(typed.quote) > LONGEST_QUOTE:
        raise Refusal(
            "The sentence has more than %(most)d letters. Nothing was saved: one sentence is "
            "enough.",
            most=LONGEST_QUOTE,
        )
    if typed.quote and not holds(text, typed.quote):
        raise Refusal(
            "This sentence does not stand in the page. Nothing was saved: copy it from the page "
            "as it stands there."
        )
    if not (typed.quote or typed.fact_key):
        raise Refusal(
            "Say where the page holds the answer: choose a fact or copy the sentence. Whoever "
            "answers wrongly is shown this place. Nothing was saved."
        )
