"""Reading who has confirmed what, and what changed since then."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from products.onboarding.models import PageToRead, Reading, RevisionWeight
from products.onboarding.weight.queries import Weighed, as_weighed
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.pages.models import Page

MOST_CHANGED = 200


class Changed(NamedTuple):
    """A page that changed since somebody confirmed version `confirmed` of it.

    `material` is the newest version that must be read, `current` the version of now.
    """

    id: int
    slug: str
    title: str
    language: str
    confirmed: int
    confirmed_at: datetime
    material: int
    material_at: datetime
    current: int
    seconds: int

    @property
    def url(self) -> str:
        """Where the page is read."""
        return f"/pages/{self.id}-{self.slug}"

    @property
    def difference(self) -> str:
        """Where the reader sees what changed."""
        return f"/reading/{self.id}"


class Standing(NamedTuple):
    """How somebody stands to a page: what they confirmed (0: nothing), and what must be read.

    `material` is the newest version that must be read, `current` the version of now.
    """

    confirmed: int
    confirmed_at: datetime | None
    by_questions: bool
    material: int
    current: int

    @property
    def read(self) -> bool:
        """Whether everything that must be read has been confirmed."""
        return self.confirmed >= self.material

    @property
    def changed(self) -> bool:
        """Whether it was read once and has to be read again."""
        return 0 < self.confirmed < self.material


def changed_visible_to(session: Session, actor: Actor, limit: int = MOST_CHANGED) -> list[Changed]:
    """Living pages that must be read again, those that changed last first; at most 200."""
    order = (PageToRead.material_at.desc(), Page.id.desc())
    statement = _changed(actor).order_by(*order).limit(limit)
    return [Changed(*row) for row in session.execute(statement)]


def count_changed_visible_to(session: Session, actor: Actor) -> int:
    """How many living pages must be read again."""
    rows = _changed(actor).with_only_columns(func.count())
    return session.scalar(rows) or 0


def weights_since(
    session: Session, user_id: int, page_ids: Sequence[int]
) -> Mapping[int, list[Weighed]]:
    """What the versions weigh that a person must read, by page, the oldest first; one statement.

    For pages that the person may see.
    """
    found: dict[int, list[Weighed]] = defaultdict(list)
    for row, name in session.execute(_weights(user_id, page_ids)):
        found[row.page_id].append(as_weighed(row, name))
    return found


def standing_of(session: Session, user_id: int, page_id: int) -> Standing:
    """How the person stands to a page they may see; one statement.

    A page that nobody has weighed yet has to be read in its first version.
    """
    return _standing(session, _STANDING, {"user_id": user_id, "page_id": page_id})


def standing_visible_to(session: Session, actor: Actor, page_id: int) -> Standing:
    """How the actor stands to a page. Raises `Missing` for absent, unseen and notes of clients."""
    values = {"user_id": actor.id, "page_id": page_id, "audiences": sorted(actor.audiences)}
    return _standing(session, _STANDING_SEEN, values)


def _standing(
    session: Session, statement: Select[*tuple[Any, ...]], values: Mapping[str, object]
) -> Standing:
    row = session.connection().execute(statement, values).first()
    if row is None:
        raise Missing()
    revision, at, by_questions, material, current = row
    return Standing(revision or 0, at, bool(by_questions), material or 1, current)


# Asked twice at every look at a page: plain tables, put together once.
_page, _mine, _wanted = (table.__table__.c for table in (Page, Reading, PageToRead))
_STANDING = (
    select(_mine.revision, _mine.at, _mine.by_questions, _wanted.material, _page.current_number)
    .select_from(Page.__table__)
    .outerjoin(
        Reading.__table__, (_mine.page_id == _page.id) & (_mine.user_id == bindparam("user_id"))
    )
    .outerjoin(PageToRead.__table__, _wanted.page_id == _page.id)
    .where(_page.id == bindparam("page_id"))
)
_STANDING_SEEN = _STANDING.where(
    _page.audience.in_(bindparam("audiences", expanding=True)), _page.room.is_(None)
)


def _weights(user_id: int, page_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(RevisionWeight, User.name)
        .join(Reading, Reading.page_id == RevisionWeight.page_id)
        .outerjoin(User, User.id == RevisionWeight.by)
        .where(
            Reading.user_id == user_id,
            Reading.page_id.in_(page_ids),
            RevisionWeight.number > Reading.revision,
            RevisionWeight.material,
        )
        .order_by(RevisionWeight.page_id, RevisionWeight.number)
    )


def has_confirmed(session: Session, actor: Actor) -> bool:
    """Whether the actor has ever confirmed a page."""
    return session.scalar(select(exists().where(Reading.user_id == actor.id))) or False


def _changed(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Page.id,
            Page.slug,
            Page.title,
            Page.language,
            Reading.revision,
            Reading.at,
            PageToRead.material,
            PageToRead.material_at,
            Page.current_number,
            PageToRead.seconds,
        )
        .join(Reading, Reading.page_id == Page.id)
        .join(PageToRead, PageToRead.page_id == Page.id)
        .where(
            Reading.user_id == actor.id,
            Reading.revision < PageToRead.material,
            Page.audience.in_(actor.audiences),
            Page.room.is_(None),
            Page.archived.is_(False),
        )
    )
