"""Reading reasons, what was said of deals, and which deals nobody has explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from dossiers.deals.closing.models import CloseReason, DealClosing
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal
from dossiers.deals.queries import visible_deals
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.locale import language


@dataclass(frozen=True, slots=True)
class Closing:
    """What was said of a deal, by whom and when; `is_newest` for what holds."""

    id: int
    reason: CloseReason
    words: str
    competitor: str
    at: datetime
    by: str | None
    is_newest: bool


def name_of_reason(reason: CloseReason) -> str:
    """What a reason is called in the reader's language."""
    return reason.name_ru if language() == "ru" else reason.name_en


def all_reasons(session: Session) -> list[CloseReason]:
    """Every reason in the director's order, archived ones too."""
    return list(session.scalars(select(CloseReason).order_by(CloseReason.rank, CloseReason.id)))


def reasons_for(session: Session, kind: DealKind | None) -> list[CloseReason]:
    """The reasons in use for deals of that kind."""
    fits = or_(CloseReason.kind == kind, CloseReason.kind.is_(None))
    wanted = select(CloseReason).where(fits, CloseReason.archived.is_(False))
    return list(session.scalars(wanted.order_by(CloseReason.rank, CloseReason.id)))


def reason_by_id(session: Session, reason_id: int) -> CloseReason:
    """The reason. Raises `Missing`."""
    reason = session.get(CloseReason, reason_id)
    if reason is None:
        raise Missing()
    return reason


def uses_visible_to(session: Session, actor: Actor) -> dict[int, int]:
    """By reason: of how many deals that one may see it holds."""
    wanted = (
        select(DealClosing.reason_id, func.count())
        .join(Deal, Deal.id == DealClosing.deal_id)
        .where(DealClosing.is_newest, visible_deals(actor))
    )
    return dict(session.execute(wanted.group_by(DealClosing.reason_id)).all())


def closings_of(session: Session, deal_id: int) -> list[Closing]:
    """All that was ever said of a deal, the newest first."""
    wanted = (
        select(DealClosing, CloseReason, User.name)
        .join(CloseReason, CloseReason.id == DealClosing.reason_id)
        .outerjoin(User, User.id == DealClosing.by)
        .where(DealClosing.deal_id == deal_id)
        .order_by(DealClosing.is_newest.desc(), DealClosing.id.desc())
    )
    return [
        Closing(one.id, reason, one.words, one.competitor, one.at, by, one.is_newest)
        for one, reason, by in session.execute(wanted)
    ]


def hinted_reason(
    session: Session, source_says: str, reasons: Sequence[CloseReason]
) -> CloseReason | None:
    """The reason that the source's words hint at: what was last chosen for the same words.

    Else the one that is called just so. It is offered, and never written by itself.
    """
    if not source_says:
        return None
    chosen = (
        select(DealClosing.reason_id)
        .join(Deal, Deal.id == DealClosing.deal_id)
        .where(Deal.loss_reason == source_says, DealClosing.is_newest)
        .order_by(DealClosing.at.desc(), DealClosing.id.desc())
        .limit(1)
    )
    last, said = session.scalar(chosen), source_says.strip().casefold()
    called = (
        one for one in reasons if said in (one.code, one.name_ru.casefold(), one.name_en.casefold())
    )
    return next((one for one in reasons if one.id == last), None) or next(called, None)
