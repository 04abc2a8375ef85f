"""Directors say for how many days the facts of a field are good."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.catalogue.care.lives import read_lives
from products.catalogue.care.models import FactCare, FieldLife
from products.catalogue.care.rules import days_typed
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.history.services import record
from wiki.pages.categories import as_field
from wiki.pages.models import FactField, Page

KIND = "fact field"
"""What the history calls it; its number is the field's."""


def set_lives(session: Session, actor: Actor, typed: Mapping[int, str]) -> int:
    """Set the lives of fields as typed: days, «0» for ever, nothing for what is usual; how many.

    All facts of a changed field are good for that long after they were last verified. Raises
    `Forbidden` when the role does not allow it, `Refusal` for what is no number of days.
    """
    require(actor, Permission.EDIT_CATEGORIES)
    _lock(session, typed)
    wanted = select(FactField, FieldLife).outerjoin(FieldLife, FieldLife.field_id == FactField.id)
    rows = session.execute(wanted.where(FactField.id.in_(typed), FactField.archived_at.is_(None)))
    changed = {
        field.key
        for field, life in rows.all()
        if _set_life(session, actor, field, life, typed[field.id])
    }
    if changed:
        session.flush()
        _renew(session, changed)
    return len(changed)


def _lock(session: Session, field_ids: Collection[int]) -> None:
    """Let two clicks at once wait for each other: the second one finds what the first one wrote."""
    fields = select(FactField.id).where(FactField.id.in_(field_ids)).order_by(FactField.id)
    session.execute(fields.with_for_update()).all()


def _set_life(
    session: Session, actor: Actor, field: FactField, life: FieldLife | None, typed: str
) -> bool:
    before = _told(life)
    if not typed.strip():
        if life is None:
            return False
        session.delete(life)
        life = None
    else:
        days = days_typed(typed, as_field(field).label(actor.language))
        if life is not None and life.days == days:
            return False
        life = life or FieldLife(field_id=field.id)
        life.days = days
        session.add(life)
    record(session, actor, "set life", KIND, field.id, before, _told(life))
    return True


def _told(life: FieldLife | None) -> dict[str, object] | None:
    return {"days": life.days} if life is not None else None


def _renew(session: Session, keys: Collection[str]) -> None:
    lives = read_lives(session)
    wanted = (
        select(FactCare, Page.category_id)
        .join(Page, Page.id == FactCare.page_id)
        .where(FactCare.key.in_(keys), FactCare.verified_at.is_not(None))
    )
    for row, category_id in session.execute(wanted):
        if row.verified_at is not None:
            day = row.verified_at.date()
            row.verified_until = lives.until(category_id, row.key, row.value, day)
