"""Vouching for facts, taking that back, handing facts to colleagues."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.catalogue.care.lives import read_lives
from products.catalogue.care.models import FactCare, FactVerification
from products.catalogue.care.rules import VERIFICATION, VERIFY
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Missing, Refusal
from wiki.history.models import HistoryEntry
from wiki.history.services import record
from wiki.pages.content import one_line
from wiki.pages.models import Page
from wiki.pages.queries import possible_owners

CARE = "fact care"
"""What the history calls who looks after a fact; its number is the page's."""


def verify_facts(
    session: Session, actor: Actor, page_id: int, values: Mapping[str, str]
) -> list[int]:
    """Vouch for facts of a page, each with the value that the actor saw; the verifications.

    The page in the other language is vouched for as well where it says the same. Raises `Missing`
    for an unseen page, `Forbidden` when the role does not allow it, `Refusal` for an archived page
    or without facts, `Clash` when a fact says something else by now.
    """
    page = _seen(session, actor, page_id)
    require(actor, Permission.WRITE_PAGES)
    _check_living(page)
    if not values:
        raise Refusal("No fact was chosen, so nothing was verified. Choose one and send it again.")
    known = _cares(session, page_id, values)
    for key, value in values.items():
        _check_same(known.get(key), value)
    lives, now = read_lives(session), clock.now()
    done = []
    for home, row in [(page, row) for row in known.values()] + _same_of_twins(
        session, actor, page, values
    ):
        until = lives.until(home.category_id, row.key, row.value, now.date())
        done.append(_vouched(session, actor, home, row, until, now))
    return done


def take_back(session: Session, actor: Actor, verification_id: int) -> FactVerification:
    """Let a fact be as it was before somebody vouched for it; the verification.

    Raises `Missing` when the page is unseen, `Refusal` unless it is the actor's own (a director
    takes back any) and the fact still stands as it left it.
    """
    found = _verification(session, actor, verification_id)
    require(actor, Permission.WRITE_PAGES)
    if found.by != actor.id and not actor.is_director:
        raise Refusal(
            "Somebody else verified this fact, so only they or a director take that back. "
            "Nothing was changed."
        )
    if not _taken_back(session, actor, found):
        raise Refusal(
            "The fact was changed or verified again since, or this was taken back already. "
            "Nothing was changed."
        )
    for twin in _with_same_click(session, actor, found):
        _taken_back(session, actor, twin)
    return found


def _taken_back(session: Session, actor: Actor, found: FactVerification) -> bool:
    """Whether the fact still stood as the verification left it, and is as before now."""
    row = _cares(session, found.page_id, {found.key: ""}).get(found.key)
    entry = _entry(session, found.id)
    if row is None or entry is None or (row.verified_at, row.verified_by) != (found.at, found.by):
        return False
    after = _state(row)
    _set_back(row, entry.before or {})
    record(session, actor, "take back verification", VERIFICATION, found.id, after, _state(row))
    return True


def hand_fact(session: Session, actor: Actor, page_id: int, key: str, owner_id: int | None) -> None:
    """Let a colleague look after one fact of a page; `None`: whoever answers for the page.

    Raises `Missing` for an unseen page, `Forbidden` when the role does not allow it, `Refusal` for
    a fact that is not there or somebody who may not write pages.
    """
    _seen(session, actor, page_id)
    require(actor, Permission.WRITE_PAGES)
    row = _cares(session, page_id, {key: ""}).get(key)
    if row is None or row.verified_at is None:
        raise Refusal("The page has no such fact any more. Nothing was changed: load it again.")
    if owner_id is not None and owner_id not in dict(possible_owners(session)):
        raise Refusal(
            "Only a colleague who may write pages can look after a fact. Nothing was changed: "
            "choose somebody else."
        )
    if row.owner_id == owner_id:
        return
    before = {"key": key, "owner": row.owner_id}
    row.owner_id = owner_id
    record(session, actor, "hand fact", CARE, page_id, before, {"key": key, "owner": owner_id})


def _seen(session: Session, actor: Actor, page_id: int) -> Page:
    page = session.scalar(select(Page).where(Page.id == page_id, *_sight(actor)))
    if page is None:
        raise Missing()
    return page


def _sight(actor: Actor) -> tuple[Any, ...]:
    return Page.audience.in_(actor.audiences), Page.room.is_(None)


def _check_living(page: Page) -> None:
    if page.archived:
        raise Refusal(
            "The page is archived, so its facts need no care. Nothing was changed: bring the page "
            "back first if it is sold again."
        )


def _cares(session: Session, page_id: int, keys: Mapping[str, str]) -> dict[str, FactCare]:
    # No key holds what a database could not be asked for, like half of a surrogate pair.
    asked = [key for key in keys if one_line(key) == key]
    wanted = select(FactCare).where(FactCare.page_id == page_id, FactCare.key.in_(asked))
    return {row.key: row for row in session.scalars(wanted.with_for_update())}


def _same_of_twins(
    session: Session, actor: Actor, page: Page, values: Mapping[str, str]
) -> list[tuple[Page, FactCare]]:
    """The facts of the same product's page in the other language that say just the same."""
    if page.twin_group is None:
        return []
    wanted = (
        select(Page, FactCare)
        .join(FactCare, FactCare.page_id == Page.id)
        .where(Page.twin_group == page.twin_group, Page.id != page.id, *_sight(actor))
        .where(Page.archived.is_(False), FactCare.key.in_(values))
        .with_for_update(of=FactCare)
    )
    rows = [(twin, row) for twin, row in session.execute(wanted)]
    return [(twin, row) for twin, row in rows if row.value == values[row.key]]


def _with_same_click(
    session: Session, actor: Actor, found: FactVerification
) -> Sequence[FactVerification]:
    """The verification of the same fact in the other language that came with the same click."""
    group = select(Page.twin_group).where(Page.id == found.page_id).scalar_subquery()
    wanted = (
        select(FactVerification)
        .join(Page, Page.id == FactVerification.page_id)
        .where(Page.twin_group == group, Page.id != found.page_id, *_sight(actor))
        .where(
            FactVerification.key == found.key,
            FactVerification.at == found.at,
            FactVerification.by == found.by,
        )
    )
    return session.scalars(wanted).all()


def _check_same(row: FactCare | None, value: str) -> None:
    if row is None or row.verified_at is None or row.value != value:
        raise Clash(
            "Somebody changed this fact since you saw it. Nothing was verified: look at what it "
            "says now, and verify that."
        )


def _vouched(
    session: Session, actor: Actor, page: Page, row: FactCare, until: date | None, now: datetime
) -> int:
    before = _state(row)
    row.verified_until, row.verified_at, row.verified_by = until, now, actor.id
    verification = FactVerification(
        page_id=page.id,
        key=row.key,
        revision=page.current_number,
        value=row.value,
        until=until,
        at=now,
        by=actor.id,
    )
    session.add(verification)
    session.flush()
    record(session, actor, VERIFY, VERIFICATION, verification.id, before, _state(row))
    return verification.id


def _verification(session: Session, actor: Actor, verification_id: int) -> FactVerification:
    wanted = (
        select(FactVerification)
        .join(Page, Page.id == FactVerification.page_id)
        .where(FactVerification.id == verification_id, *_sight(actor))
    )
    found = session.scalar(wanted)
    if found is None:
        raise Missing()
    return found


def _entry(session: Session, verification_id: int) -> HistoryEntry | None:
    """How the fact stood before; none for what came with a change of the page."""
    return session.scalar(
        select(HistoryEntry).where(
            HistoryEntry.subject_kind == VERIFICATION,
            HistoryEntry.subject_id == verification_id,
            HistoryEntry.action == VERIFY,
        )
    )


def _state(row: FactCare) -> dict[str, Any]:
    return {
        "page": row.page_id,
        "key": row.key,
        "until": row.verified_until.isoformat() if row.verified_until else None,
        "at": row.verified_at.isoformat() if row.verified_at else None,
        "by": row.verified_by,
    }


def _set_back(row: FactCare, state: Mapping[str, Any]) -> None:
    until, at = state.get("until"), state.get("at")
    row.verified_until = date.fromisoformat(until) if until else None
    row.verified_at = datetime.fromisoformat(at) if at else None
    row.verified_by = state.get("by")
