"""Reading the versions of the policy and the categories that its rules speak of."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.discounts.documents import GROUNDS, Ground, grounds_in, rules_in
from dossiers.deals.discounts.models import DiscountPolicy
from dossiers.deals.discounts.policy import Version
from wiki.pages.models import Category

Parents = Mapping[int, int | None]
"""Each category's own category."""


def versions_of(session: Session) -> list[Version]:
    """All versions, the newest first, in one statement."""
    wanted = select(DiscountPolicy).order_by(DiscountPolicy.number.desc())
    return [as_version(row) for row in session.scalars(wanted)]


def as_version(row: DiscountPolicy) -> Version:
    """A row as plain data."""
    return Version(row.number, row.valid_from, rules_in(row.rules))


def newest_policy(session: Session) -> DiscountPolicy | None:
    """The version saved last; it may hold only later."""
    return session.scalars(
        select(DiscountPolicy).order_by(DiscountPolicy.number.desc()).limit(1)
    ).first()


def grounds_of(session: Session) -> Sequence[Ground]:
    """The grounds of the version saved last, archived ones too; those of ours before the first."""
    newest = newest_policy(session)
    return (grounds_in(newest.rules) if newest else ()) or GROUNDS


def parents_of(session: Session) -> Parents:
    """The tree of categories, in one statement."""
    return dict(session.execute(select(Category.id, Category.parent_id)).all())


def upwards(parents: Parents, category_id: int | None) -> tuple[int, ...]:
    """The category and all above it, the nearest first; nothing for none."""
    found: list[int] = []
    while category_id is not None and category_id not in found:
        found.append(category_id)
        category_id = parents.get(category_id)
    return tuple(found)
