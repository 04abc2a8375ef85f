"""The care of facts kept in step with pages: whoever writes a value vouches for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from products.catalogue.care.lives import Lives, read_lives
from products.catalogue.care.models import FactCare, FactVerification
from products.catalogue.care.rules import value_of
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.models import Page, Revision

_AT_A_TIME = 100


class _Told(NamedTuple):
    """A version as far as its facts go."""

    number: int
    at: datetime
    by: int | None
    category_id: int | None
    facts: dict[str, Any]


_COLUMNS = (
    Revision.number,
    Revision.at,
    Revision.author_id,
    Revision.category_id,
    Revision.facts,
)


def keep_facts(
    session: Session, _actor: Actor, page: Page, before: Revision | None, revision: Revision
) -> None:
    """Let a changed fact be vouched for by whoever changed it; nothing when none is another."""
    moved = before is not None and before.category_id != revision.category_id
    if not moved and (before.facts if before else {}) == revision.facts:
        return
    lives = read_lives(session)
    known = _known(session, page.id)
    if before is not None and before.facts and not known:
        _take_in(session, lives, page.id, _versions(session, page.id, before.number))
        session.flush()
        known = _known(session, page.id)
    _keep(session, lives, page.id, known, _told(revision))


def take_in_known(database: Database) -> int:
    """Take in pages that were saved before facts had a life, a hundred at a time; how many.

    Whoever gave a fact the value that it has today vouched for it on that day.
    """
    missing = (
        select(Page.id, Page.current_number)
        .join(Revision, Revision.id == Page.current_revision_id)
        .where(Page.room.is_(None), cast(Revision.facts, String) != "{}")
        .where(~select(FactCare.key).where(FactCare.page_id == Page.id).exists())
        .order_by(Page.id)
        .limit(_AT_A_TIME)
    )
    with database.reading() as session:
        if session.execute(missing.limit(1)).first() is None:
            return 0
    with database.transaction() as session:
        found = session.execute(missing.with_for_update(of=Page, skip_locked=True)).all()
        lives = read_lives(session)
        for page_id, number in found:
            _take_in(session, lives, page_id, _versions(session, page_id, number))
        return len(found)


def _known(session: Session, page_id: int) -> dict[str, FactCare]:
    rows = session.scalars(select(FactCare).where(FactCare.page_id == page_id))
    return {row.key: row for row in rows}


def _versions(session: Session, page_id: int, number: int) -> Sequence[_Told]:
    """The versions of a page up to that number, the newest first."""
    wanted = select(*_COLUMNS).where(Revision.page_id == page_id, Revision.number <= number)
    rows = session.execute(wanted.order_by(Revision.number.desc()))
    return [_Told._make(row) for row in rows]


def _told(revision: Revision) -> _Told:
    return _Told(
        revision.number,
        revision.at,
        revision.author_id,
        revision.category_id,
        revision.facts,
    )


def _take_in(session: Session, lives: Lives, page_id: int, versions: Sequence[_Told]) -> None:
    newest = versions[0]
    for key, fact in newest.facts.items():
        row = FactCare(page_id=page_id, key=key)
        session.add(row)
        _vouch(session, lives, row, value_of(fact), _first_with(versions, key, fact), newest)


def _first_with(versions: Sequence[_Told], key: str, fact: Any) -> _Told:
    """The version in which the fact got the value that it has had since."""
    found = versions[0]
    for version in versions:
        if version.facts.get(key) != fact:
            break
        found = version
    return found


def _keep(
    session: Session, lives: Lives, page_id: int, known: dict[str, FactCare], told: _Told
) -> None:
    for key, fact in told.facts.items():
        row, value = known.pop(key, None), value_of(fact)
        if row is None:
            row = FactCare(page_id=page_id, key=key)
            session.add(row)
        if row.value != value or row.verified_at is None:
            _vouch(session, lives, row, value, told, told)
        else:
            day = row.verified_at.date()
            row.verified_until = lives.until(told.category_id, key, value, day)
    for row in known.values():
        _empty(row)


def _vouch(
    session: Session, lives: Lives, row: FactCare, value: str, told: _Told, newest: _Told
) -> None:
    row.value, row.verified_at, row.verified_by = value, told.at, told.by
    row.verified_until = lives.until(newest.category_id, row.key, value, told.at.date())
    session.add(
        FactVerification(
            page_id=row.page_id,
            key=row.key,
            revision=told.number,
            value=value,
            until=row.verified_until,
            at=told.at,
            by=told.by,
        )
    )


def _empty(row: FactCare) -> None:
    """A fact that was taken out keeps its owner, for when it comes back."""
    row.value, row.verified_until, row.verified_at, row.verified_by = "", None, None, None
