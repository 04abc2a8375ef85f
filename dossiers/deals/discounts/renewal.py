"""Working out deals anew after what their figures rest on has changed: by the worker, in parts.

What the last renewal has seen stands in the arguments of its job, so that nothing is forgotten
while the worker stands still: a page that was saved, a policy, a rule that begins on a day.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from dossiers.deals.discounts.models import DiscountPolicy
from dossiers.deals.discounts.policy import boundaries
from dossiers.deals.discounts.renewing import AT_ONCE, renew_figures
from dossiers.deals.discounts.versions import versions_of
from dossiers.deals.kinds import DealKind
from dossiers.deals.matching.kinds import Kind, links_of
from dossiers.deals.models import Deal, DealLine, ProductName
from dossiers.facts.writing import in_parts
from wiki import clock
from wiki.accounts.models import User
from wiki.database import Database
from wiki.jobs import Job, Work, enqueue
from wiki.pages.models import Revision

RENEW = "renew discounts"
RENEW_NAMED = "renew discounts of names"
#: More deals than these are not renewed within the decision on their product or seller.
FEW = 2 * AT_ONCE
Marks = Mapping[str, Any]
"""What there was to be seen: the newest of everything that figures rest on."""


def marks_of(session: Session) -> dict[str, Any]:
    """What there is to be seen now, in two statements."""
    pages = select(ProductName.page_id).where(ProductName.page_id.is_not(None))
    newest = select(func.max(Revision.id)).where(Revision.page_id.in_(pages))
    return {
        "policy": session.scalar(select(func.max(DiscountPolicy.number))) or 0,
        "page": session.scalar(newest) or 0,
        "day": clock.today().isoformat(),
    }


def want_renewal(session: Session, actor_id: int) -> Job:
    """Let the worker bring all that has changed since the last renewal into the figures."""
    last = last_renewal(session)
    was = last.arguments["now"] if last else {}
    if last is not None and last.state in ("waiting", "failed"):
        # It has done nothing of its own share yet.
        was = last.arguments["was"]
    return enqueue(session, actor_id, RENEW, {"was": was, "now": marks_of(session)})


def keep_in_step(database: Database) -> int:
    """Ask for a renewal when something has changed; how many were asked for."""
    with database.reading() as session:
        somebody = _somebody(session) if _is_needed(session) else None
    if somebody is None:
        return 0
    with database.transaction() as session:
        want_renewal(session, somebody)
    return 1


def last_renewal(session: Session) -> Job | None:
    """The renewal that was asked for last, to show how far it is."""
    wanted = select(Job).where(Job.kind == RENEW).order_by(Job.id.desc()).limit(1)
    return session.scalars(wanted).first()


def _somebody(session: Session) -> int | None:
    """Work belongs to a person; what nobody asked for, to the one who has been here longest."""
    return session.scalar(select(func.min(User.id)).where(User.deactivated_at.is_(None)))


def _is_needed(session: Session) -> bool:
    last = last_renewal(session)
    if last is None:
        return session.scalar(select(Deal.id).limit(1)) is not None
    before, now = last.arguments["now"], marks_of(session)
    if before["day"] != now["day"] and not _boundary_between(session, before, now):
        before = {**before, "day": now["day"]}
    return bool(before != now)


def _boundary_between(session: Session, before: Marks, now: Marks) -> bool:
    """Whether another rule holds today than on the day of the last renewal."""
    days = boundaries(versions_of(session))
    return any(before["day"] < day.isoformat() <= now["day"] for day in days)


def renew(work: Work) -> Mapping[str, Any]:
    """Do a renewal in parts, each in a transaction of its own; done again it changes nothing."""
    with work.database.reading() as session:
        reasons = _reasons(work.arguments["was"], work.arguments["now"])
        idents = {ident for wanted in reasons for ident in session.scalars(wanted)}
    return _renew_all(work, sorted(idents))


def renew_named(work: Work) -> Mapping[str, Any]:
    """The same for the deals of products or sellers of whom somebody has decided."""
    with work.database.reading() as session:
        idents = _deals_of(session, Kind(work.arguments["kind"]), work.arguments["ids"])
    return _renew_all(work, idents)


def follow_decision(session: Session, kind: Kind, ids: Sequence[int]) -> None:
    """A product or seller means another page or colleague now: their deals are judged anew."""
    if kind is Kind.COMPANY:
        return
    idents = _deals_of(session, kind, ids)
    somebody = _somebody(session)
    if len(idents) > FEW and somebody is not None:
        enqueue(session, somebody, RENEW_NAMED, {"kind": kind.value, "ids": list(ids)})
        return
    session.flush()
    for some in in_parts(idents, AT_ONCE):
        renew_figures(session, some)


def _deals_of(session: Session, kind: Kind, ids: Sequence[int]) -> list[int]:
    found: set[int] = set()
    links = links_of(kind).subquery()
    for some in in_parts(ids):
        found |= set(session.scalars(select(links.c.deal_id).where(links.c.ident.in_(some))))
    return sorted(found)


def _renew_all(work: Work, idents: Sequence[int]) -> Mapping[str, Any]:
    changed = 0
    for start in range(0, len(idents), AT_ONCE):
        work.progress(start, len(idents))
        with work.database.transaction() as session:
            changed += renew_figures(session, idents[start : start + AT_ONCE])
    work.progress(len(idents), len(idents))
    return {"deals": len(idents), "changed": changed}


def _reasons(was: Marks, now: Marks) -> Iterator[Select[int]]:
    """The deals whose figures may be other than before."""
    if not was or was["policy"] != now["policy"]:
        yield select(Deal.id)
        return
    if was["page"] != now["page"]:
        saved = exists().where(Revision.page_id == ProductName.page_id, Revision.id > was["page"])
        names = select(ProductName.id).where(saved)
        yield select(DealLine.deal_id).where(DealLine.product_id.in_(names))
    if was["day"] != now["day"]:
        # Those that are closed have a day of their own.
        is_lost = Deal.kind == DealKind.LOST
        yield select(Deal.id).where(Deal.closed_on.is_(None), or_(Deal.kind.is_(None), ~is_lost))
