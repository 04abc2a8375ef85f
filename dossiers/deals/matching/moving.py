"""Writing who or what a company, product or seller is, and letting its deals follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from dossiers.deals.kinds import Matched
from dossiers.deals.matching.followers import tell_followers
from dossiers.deals.matching.kinds import SUBJECTS, Kind, Subject
from dossiers.deals.models import Deal, DealChange, DealCompany
from wiki import clock
from wiki.outbox import changed_many


@dataclass(frozen=True, slots=True)
class Held:
    """Who or what a row is: the number of the client, page or colleague, or nobody of ours.

    Without both it waits for a decision.
    """

    target: int | None = None
    matched: Matched | None = None
    is_nobody: bool = False

    @property
    def waits(self) -> bool:
        """Whether nobody knows yet."""
        return self.target is None and not self.is_nobody

    def means_what(self, other: "Held") -> bool:
        """Whether both say the same, however that was found."""
        return (self.target, self.is_nobody) == (other.target, other.is_nobody)

    def as_json(self) -> list[Any]:
        """As histories keep it."""
        return [self.target, self.matched.value if self.matched else None, self.is_nobody]


def held_from(kept: Sequence[Any]) -> Held:
    """What a history kept."""
    target, matched, is_nobody = kept
    return Held(target, Matched(matched) if matched else None, is_nobody)


def held_by(subject: Subject, row: Any) -> Held:
    """Who or what a row is now."""
    return Held(getattr(row, subject.column), row.matched, row.is_nobody)


def put(session: Session, actor_id: int, kind: Kind, rows: Mapping[Any, Held]) -> int:
    """Write what somebody decided of these rows; the number of deals that moved with them."""
    subject, now = SUBJECTS[kind], clock.now()
    for row, held in rows.items():
        setattr(row, subject.column, held.target)
        row.matched, row.is_nobody = held.matched, held.is_nobody
        row.decided_at, row.decided_by = now, actor_id
    session.flush()
    return follow(session, actor_id, kind, [row.id for row in rows])


def follow(session: Session, actor_id: int | None, kind: Kind, ids: Sequence[int]) -> int:
    """Let the deals of these rows follow, and all that is worked out; the number of deals moved."""
    moved = _move_deals(session, actor_id, ids) if kind is Kind.COMPANY else 0
    tell_followers(session, kind, ids)
    return moved


def _move_deals(session: Session, actor_id: int | None, companies: Sequence[int]) -> int:
    """All deals in one statement; each keeps whose it was before."""
    of_company = select(DealCompany.client_id).where(DealCompany.id == Deal.company_id)
    client = of_company.scalar_subquery()
    own = Deal.company_id.in_(companies), Deal.pinned.is_(False)
    to_move = (*own, Deal.client_id.is_distinct_from(client))
    moved = session.execute(select(Deal.id, Deal.client_id, client).where(*to_move)).all()
    if not moved:
        return 0
    now = clock.now()
    values = {"client_id": client, "changed_at": now}
    followed = update(Deal).where(*to_move).values(values)
    session.execute(followed.execution_options(synchronize_session=False))
    rows = [
        {"deal_id": deal, "at": now, "actor_id": actor_id, "fields": {"client": [was, becomes]}}
        for deal, was, becomes in moved
    ]
    session.execute(insert(DealChange), rows)
    changed_many(session, "deal", [deal for deal, _was, _becomes in moved])
    return len(moved)
