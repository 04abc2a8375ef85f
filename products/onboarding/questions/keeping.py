"""Keeping questions in step with their page: a changed fact makes its question anew.

It happens at every saving, and costs nothing when no fact and no text changed, else one statement
and one more for what is to be changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.onboarding.kinds import QuestionKind
from products.onboarding.models import CheckQuestion
from products.onboarding.questions.rules.hand import still_fits
from products.onboarding.questions.rules.making import Known, answers_of
from products.onboarding.questions.rules.sameness import read_the_same
from products.onboarding.questions.rules.states import Rest, rest_of, resting
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.history.services import record
from wiki.pages.categories import load_tree
from wiki.pages.content import FactValue
from wiki.pages.facts import Field, typed_form
from wiki.pages.models import Page, Revision

KIND = "check questions"
"""What the history calls the questions of a page; its number is the page's."""

MOST_PAST = 5
Answers = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Saving:
    session: Session
    actor: Actor
    page: Page
    before: Revision
    revision: Revision


def keep_in_step(
    session: Session, actor: Actor, page: Page, before: Revision | None, revision: Revision
) -> None:
    """Renew the questions whose facts changed, and let those rest that the page no longer bears."""
    if before is None or _says_the_same(before, revision):
        return
    known = session.scalars(
        select(CheckQuestion).where(CheckQuestion.page_id == page.id).order_by(CheckQuestion.id)
    ).all()
    for question in known:
        if question.kind is QuestionKind.HAND:
            _check_hand(question, revision)
    changes = _changes(before, revision)
    if changes:
        _renew(_Saving(session, actor, page, before, revision), known, changes)


def answers_kept(right: FactValue, past: Sequence[FactValue]) -> Answers:
    """What a made question keeps: the right value, and those it had before, the newest first."""
    values: list[FactValue] = []
    for value in past:
        if value not in (right, *values):
            values.append(value)
    old: Answers = [{"value": value} for value in values[:MOST_PAST]]
    return [{"value": right, "right": True}, *old]


def can_be_asked(about: Field, answers: Answers, changed: bool) -> bool:
    """Whether a fair question can be made of a fact without the help of other pages."""
    right, *past = (answer["value"] for answer in answers)
    return bool(answers_of(Known(about, right, past, changed=changed), typed_form, "en", ""))


def _says_the_same(before: Revision, revision: Revision) -> bool:
    return before.facts == revision.facts and before.plain_text == revision.plain_text


def _check_hand(question: CheckQuestion, revision: Revision) -> None:
    """Let a question rest that speaks of something the page no longer says, or ask it again."""
    rest = rest_of(question.place)
    if rest is Rest.REMOVED:
        return
    fits = still_fits(question.place, question.fact_key, revision.plain_text, revision.facts)
    why = None if fits else Rest.OUTDATED
    if why is not rest:
        question.place, question.archived = resting(question.place, why), why is not None


def _changes(before: Revision, revision: Revision) -> dict[str, FactValue | None]:
    """The facts that read otherwise now; `None` for those that are gone."""
    old, new = before.facts, revision.facts
    keys = [key for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
    return {key: new.get(key) for key in keys if not _alike(old.get(key), new.get(key))}


def _alike(old: FactValue | None, new: FactValue | None) -> bool:
    return type(old) is type(new) and read_the_same(typed_form(old), typed_form(new), "en")


def _renew(
    saving: _Saving, known: Sequence[CheckQuestion], changes: Mapping[str, FactValue | None]
) -> None:
    made = {one.fact_key: one for one in known if one.kind is not QuestionKind.HAND}
    used = any(not one.archived for one in made.values())
    fields = fields_of(saving.session, saving.revision.category_id)
    renewed = []
    for key, value in changes.items():
        question = made.get(key)
        if value is None or key not in fields:
            _let_go(question)
        elif question or used or key in saving.before.facts:
            question = question or _new(saving, key)
            if _made_anew(saving, question, fields[key], value):
                renewed.append(key)
    if renewed:
        after = {"number": saving.revision.number, "facts": renewed}
        record(saving.session, saving.actor, "renew", KIND, saving.page.id, None, after)


def fields_of(session: Session, category_id: int | None) -> dict[str, Field]:
    """The fact fields of a category and of those above it, by key.

    Read anew each time, for pages are also saved where no application is at hand.
    """
    return {field.key: field for field in load_tree(session, 0).fields(category_id)}


def _let_go(question: CheckQuestion | None) -> None:
    if question is not None and rest_of(question.place) is None:
        question.place = resting(question.place, Rest.GONE)
        question.archived = True


def _new(saving: _Saving, key: str) -> CheckQuestion:
    return CheckQuestion(
        page_id=saving.page.id,
        fact_key=key,
        answers=[],
        place={},
        created_at=clock.now(),
        created_by=saving.actor.id,
    )


def _made_anew(saving: _Saving, question: CheckQuestion, about: Field, value: FactValue) -> bool:
    """Ask for the new value from now on; not when an editor took the question out."""
    old = saving.before.facts.get(about.key)
    past = [] if old is None else [old]
    past += [answer["value"] for answer in question.answers]
    question.kind = QuestionKind.CHANGE if past else QuestionKind.FACT
    question.answers = answers_kept(value, past)
    question.words = about.label(saving.page.language)
    question.revision = saving.revision.number
    rest = rest_of(question.place)
    if rest is not Rest.REMOVED:
        fair = can_be_asked(about, question.answers, question.kind is QuestionKind.CHANGE)
        rest = None if fair else Rest.UNFAIR
    question.place, question.archived = resting(question.place, rest), rest is not None
    saving.session.add(question)
    return rest is None
