"""Who looks after a category: whoever answers for most of its living pages."""

from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from wiki.accounts.actor import EVERYONE, Role
from wiki.accounts.models import User
from wiki.pages.models import Page


class Keeper(NamedTuple):
    """A colleague and how many pages of the category they answer for."""

    id: int
    name: str
    pages: int


def keeper_of(session: Session, category_ids: list[int]) -> Keeper | None:
    """Who answers for most living pages of these categories; `None`: nobody, so the directors.

    Only pages that everybody may read are counted, only colleagues who are here and write pages.
    Of two with as many pages it is the one who comes first in the alphabet.
    """
    row = session.execute(_keepers().where(Page.category_id.in_(category_ids)).limit(1)).first()
    return Keeper._make(row) if row else None


def keepers_by_category(session: Session) -> dict[int, Keeper]:
    """For each category the colleague with most of its own pages, in one statement."""
    statement = _keepers().add_columns(Page.category_id).group_by(Page.category_id)
    found: dict[int, Keeper] = {}
    for ident, name, pages, category_id in session.execute(statement):
        found.setdefault(category_id, Keeper(ident, name, pages))
    return found


def _keepers() -> Select[int, str, int]:
    return (
        select(User.id, User.name, func.count())
        .join(Page, Page.owner_id == User.id)
        .where(
            Page.category_id.is_not(None),
            Page.archived.is_(False),
            Page.room.is_(None),
            Page.audience == EVERYONE,
            User.deactivated_at.is_(None),
            User.role != Role.NEWCOMER,
        )
        .group_by(User.id, User.name)
        .order_by(func.count().desc(), User.name, User.id)
    )
