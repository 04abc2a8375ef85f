"""The shape of a question as it is typed."""

from dataclasses import dataclass

from flask import request

from products.onboarding.models import CheckQuestion
from products.onboarding.questions.rules.hand import MOST_ANSWERS, Typed
from wiki.pages.forms import whole_number


@dataclass(frozen=True, slots=True)
class Line:
    """One answer in the form."""

    number: int
    text: str = ""
    right: bool = False


def typed_question() -> Typed:
    """What the form of this request says."""
    form = request.form
    chosen = whole_number(form.get("right"))
    return Typed(
        form.get("words", ""),
        tuple(form.get(f"answer-{number}", "") for number in range(1, MOST_ANSWERS + 1)),
        chosen - 1 if 1 <= chosen <= MOST_ANSWERS else None,
        form.get("fact", ""),
        form.get("quote", ""),
    )


def typed_of(question: CheckQuestion) -> Typed:
    """A question by hand as somebody would type it."""
    answers = tuple(answer["text"] for answer in question.answers)
    right = next(place for place, one in enumerate(question.answers) if one.get("right"))
    quote = question.place.get("quote", "")
    return Typed(question.words, answers, right, question.fact_key or "", quote)


def lines_of(typed: Typed) -> list[Line]:
    """The lines of the form, as many as there may be answers."""
    texts = [*typed.answers, *[""] * MOST_ANSWERS][:MOST_ANSWERS]
    return [Line(place + 1, text, place == typed.right) for place, text in enumerate(texts)]
