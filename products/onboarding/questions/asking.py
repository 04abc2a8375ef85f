"""Drawing questions up for somebody: words, answers in an order of their own, and the place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session

from products.onboarding.kinds import QuestionKind
from products.onboarding.models import CheckQuestion
from products.onboarding.questions.pages import AskedPage
from products.onboarding.questions.queries import sisters_visible_to
from products.onboarding.questions.rules.making import Answer, Known, Sister, answers_of
from products.onboarding.questions.rules.passing import MOST_ASKED
from products.onboarding.questions.wording import saying, words_about
from wiki.accounts.actor import Actor
from wiki.pages.categories import Tree, tree
from wiki.pages.facts import Field

_CHANCE = SystemRandom()
_FIRST = (QuestionKind.CHANGE, QuestionKind.HAND, QuestionKind.FACT)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question as somebody sees it."""

    question: CheckQuestion
    words: str
    answers: Sequence[Answer]
    place: Mapping[str, str]

    @property
    def right(self) -> str:
        """The right answer."""
        return next(answer.text for answer in self.answers if answer.right)


def drawn_visible_to(
    session: Session, actor: Actor, asked: AskedPage, questions: Sequence[CheckQuestion]
) -> list[Drawn]:
    """These questions of a page that the actor may see; without those that cannot be asked fairly.

    Two statements, however many questions there are.
    """
    shelves = tree(session)
    keys = {one.fact_key for one in questions if one.fact_key and one.kind is not QuestionKind.HAND}
    sisters = sisters_visible_to(session, actor, asked, keys)
    drawn = (_drawn(shelves, asked, one, sisters) for one in questions)
    return [one for one in drawn if one is not None]


def draw_attempt(drawn: Sequence[Drawn], chance: Random = _CHANCE) -> list[dict[str, Any]]:
    """What an attempt asks and keeps: at most `MOST_ASKED`, questions and answers shuffled."""
    chosen = sorted(drawn, key=lambda one: (_FIRST.index(one.question.kind), chance.random()))
    chosen = chosen[:MOST_ASKED]
    chance.shuffle(chosen)
    return [_as_asked(one, chance) for one in chosen]


def _as_asked(drawn: Drawn, chance: Random) -> dict[str, Any]:
    answers = list(drawn.answers)
    chance.shuffle(answers)
    return {
        "question": drawn.question.id,
        "kind": drawn.question.kind.value,
        "words": drawn.words,
        "answers": [answer.text for answer in answers],
        "pages": [answer.page_id for answer in answers],
        "right": next(place for place, answer in enumerate(answers) if answer.right),
        "place": dict(drawn.place),
    }


def _drawn(
    shelves: Tree,
    asked: AskedPage,
    question: CheckQuestion,
    sisters: Mapping[str, Sequence[Sister]],
) -> Drawn | None:
    about = _field(shelves, asked, question.fact_key)
    if question.kind is QuestionKind.HAND:
        answers = [Answer(one["text"], bool(one.get("right"))) for one in question.answers]
        return Drawn(question, question.words, answers, _place(asked, question, about))
    language = asked.page.language
    if about is None:
        return None
    known = _known(question, about, sisters.get(about.key, ()))
    seed = f"{question.id}:{question.answers[0]['value']}"
    answers = answers_of(known, saying(about, language), language, seed)
    words = words_about(about, question.kind, language)
    return Drawn(question, words, answers, _place(asked, question, about)) if answers else None


def _known(question: CheckQuestion, about: Field, sisters: Sequence[Sister]) -> Known:
    """The fact as the page has it; the first answer kept is right, the others are past values."""
    right, *past = (answer["value"] for answer in question.answers)
    return Known(about, right, past, sisters, changed=question.kind is QuestionKind.CHANGE)


def _field(shelves: Tree, asked: AskedPage, key: str | None) -> Field | None:
    fields = shelves.fields(asked.revision.category_id)
    return next((field for field in fields if field.key == key), None)


def _place(asked: AskedPage, question: CheckQuestion, about: Field | None) -> dict[str, str]:
    """Where the page holds the answer: a link, and the words that stand there."""
    cited = question.place.get("quote", "")
    if cited:
        return {"url": asked.url + _fragment(asked, cited), "quote": cited}
    if about is None:
        return {"url": asked.url, "quote": ""}
    language = asked.page.language
    value = asked.revision.facts.get(about.key)
    text = "" if value is None else saying(about, language)(value)
    said = f"{about.label(language)}: {text}"
    return {"url": f"{asked.url}#fact-{quote(about.key)}", "quote": said}


def _fragment(asked: AskedPage, cited: str) -> str:
    """To the heading above the sentence, and in browsers that can to the sentence itself."""
    text = asked.revision.plain_text
    before = text[: max(0, text.find(cited))]
    above = [anchor for _level, anchor, heading in asked.revision.toc if heading in before]
    words = quote(cited, safe="").replace("-", "%2D")
    return f"#{above[-1] if above else ''}:~:text={words}"
