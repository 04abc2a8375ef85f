"""Reading questions, which of them wait for whom, and what sister products say."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from products.onboarding.models import CheckQuestion, PageToRead, Reading
from products.onboarding.questions.pages import AskedPage
from products.onboarding.questions.rules.making import Sister
from products.onboarding.questions.rules.passing import MOST_ASKED
from wiki.accounts.actor import EVERYONE, Actor
from wiki.pages.content import FactValue
from wiki.pages.models import Page, Revision

MOST_SISTERS = 60
MOST_QUESTIONS = 200
_PAST_VERSIONS = 50


def count_due(session: Session, user_id: int, page_ids: Sequence[int]) -> Mapping[int, int]:
    """How many questions wait for a person on each of these pages that has any; one statement.

    Whoever never confirmed the page is asked all, at most `MOST_ASKED` at once; whoever did only
    what a material change has made new since then.
    """
    rows = session.execute(_COUNT_DUE, {"user_id": user_id, "page_ids": list(page_ids)}).all()
    return {page_id: min(number, MOST_ASKED) for page_id, number in rows}


def due_of(session: Session, actor: Actor, page_id: int) -> list[CheckQuestion]:
    """The questions of one page that wait for the actor, who may see it."""
    statement = (
        select(CheckQuestion)
        .join(Page, Page.id == CheckQuestion.page_id)
        .outerjoin(
            Reading, and_(Reading.page_id == CheckQuestion.page_id, Reading.user_id == actor.id)
        )
        .outerjoin(PageToRead, PageToRead.page_id == CheckQuestion.page_id)
        .where(CheckQuestion.page_id == page_id, *_due())
        .order_by(CheckQuestion.id)
        .limit(MOST_QUESTIONS)
    )
    return list(session.scalars(statement))


def _due() -> tuple[ColumnElement[bool], ...]:
    confirmed = func.coalesce(Reading.revision, 0)
    changed = and_(
        CheckQuestion.revision > confirmed, func.coalesce(PageToRead.material, 1) > confirmed
    )
    living = (CheckQuestion.archived.is_(False), Page.archived.is_(False), Page.room.is_(None))
    return (*living, or_(confirmed == 0, changed))


# Asked at every look at a page: put together once, for that takes longer than to run it.
_COUNT_DUE = (
    select(CheckQuestion.page_id, func.count())
    .join(Page, Page.id == CheckQuestion.page_id)
    .outerjoin(
        Reading,
        and_(Reading.page_id == CheckQuestion.page_id, Reading.user_id == bindparam("user_id")),
    )
    .outerjoin(PageToRead, PageToRead.page_id == CheckQuestion.page_id)
    .where(CheckQuestion.page_id.in_(bindparam("page_ids", expanding=True)), *_due())
    .group_by(CheckQuestion.page_id)
)


def questions_of(
    session: Session, page_id: int, living: bool | None = None
) -> Sequence[CheckQuestion]:
    """The questions of a page, in the order in which they were made; `None`: also those at rest."""
    statement = (
        select(CheckQuestion)
        .where(CheckQuestion.page_id == page_id)
        .order_by(CheckQuestion.id)
        .limit(MOST_QUESTIONS)
    )
    if living is not None:
        statement = statement.where(CheckQuestion.archived.is_not(living))
    return session.scalars(statement).all()


def sisters_visible_to(
    session: Session, actor: Actor, asked: AskedPage, keys: Collection[str]
) -> Mapping[str, list[Sister]]:
    """What other living products of the category say for these facts; one statement.

    Only pages that every reader of this page may see: an answer must not tell of a page that is
    not there for the one who reads it, now or later in the results of somebody else.
    """
    if asked.revision.category_id is None or not keys:
        return {}
    statement = (
        select(Page.id, Revision.facts)
        .join(Revision, Revision.id == Page.current_revision_id)
        .where(
            Page.category_id == asked.revision.category_id,
            Page.language == asked.page.language,
            Page.id != asked.page.id,
            Page.archived.is_(False),
            Page.room.is_(None),
            Page.audience.in_({EVERYONE, asked.page.audience} & actor.audiences),
        )
        .order_by(Page.id)
        .limit(MOST_SISTERS)
    )
    found: dict[str, list[Sister]] = defaultdict(list)
    for page_id, facts in session.execute(statement):
        for key in keys & facts.keys():
            found[key].append(Sister(page_id, facts[key]))
    return found


def past_of(session: Session, page_id: int) -> list[tuple[int, dict[str, FactValue]]]:
    """Number and facts of the newest versions of a page, the newest first."""
    statement = (
        select(Revision.number, Revision.facts)
        .where(Revision.page_id == page_id)
        .order_by(Revision.number.desc())
        .limit(_PAST_VERSIONS)
    )
    return [(number, facts) for number, facts in session.execute(statement)]
