"""Check questions, who has answered them, and who has read what."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.demonstration.learning.stage import Stage
from products.onboarding.models import CheckQuestion, QuestionAttempt
from products.onboarding.questions.editing import make_from_facts, write_question
from products.onboarding.questions.rules.hand import Typed
from products.onboarding.questions.services import answer_question, begin_attempt
from products.onboarding.reading.services import confirm_reading
from wiki.accounts.actor import Actor

HOME, CANTEEN, PRICES = "Пельмени «Домашние»", "Пельмени «Столовские»", "Цены и скидки"
_MISTAKEN = ("list_price", "meat_share", "pieces_per_kilo")
"""What the newcomer took for the facts of the dearer product."""
_LIMIT = Typed(
    "До какой скидки менеджер решает сам, никого не спрашивая?",
    ("до 7 %", "до 3 %", "до 12 %"),
    0,
    quote="Право дать 7 % не значит, что их надо дать.",
)
_READ: tuple[tuple[str, str, float], ...] = (
    ("anna", PRICES, 25),
    ("boris", PRICES, 24),
    ("anna", "Договор и документы", 20),
    ("anna", "Возражения и ответы", 15),
    ("boris", "Сервисный договор", 10),
    ("nina", "С чего начать новому менеджеру", 3.9),
)
"""Who read which page how many days ago."""


def read_and_answer(stage: Stage) -> None:
    """Managers and the newcomer read; she answers one page rightly, another with mistakes."""
    for name, title, ago in _READ:
        with stage.past(ago) as session:
            confirm_reading(session, stage.people[name], stage.pages[title], 1)
    _make_questions(stage)
    _answer(stage, HOME, 2.9)
    _answer(stage, PRICES, 2.2)
    _answer(stage, CANTEEN, 1.8, _MISTAKEN)


def _make_questions(stage: Stage) -> None:
    people, pages = stage.people, stage.pages
    with stage.past(14) as session:
        make_from_facts(session, people["anna"], pages[HOME])
        make_from_facts(session, people["boris"], pages[CANTEEN])
        write_question(session, people["vera"], pages[PRICES], _LIMIT)


def _answer(stage: Stage, title: str, ago: float, mistaken: Collection[str] = ()) -> None:
    nina = stage.people["nina"]
    with stage.past(ago) as session:
        attempt = begin_attempt(session, nina, stage.pages[title])
        wrong = _questions_of(session, mistaken)
        for place in range(len(attempt.asked)):
            _give(session, nina, attempt, place, wrong)


def _questions_of(session: Session, keys: Collection[str]) -> frozenset[int]:
    return frozenset(
        session.scalars(select(CheckQuestion.id).where(CheckQuestion.fact_key.in_(keys)))
    )


def _give(
    session: Session, actor: Actor, attempt: QuestionAttempt, place: int, wrong: Collection[int]
) -> None:
    asked = attempt.asked[place]
    right: int = asked["right"]
    given = (right + 1) % len(asked["answers"]) if asked["question"] in wrong else right
    answer_question(session, actor, attempt.id, place, given)
