"""How pressing a renewal is: too late, soon, calm or done. One rule for all lists."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.orm import aliased

from dossiers.renewals.kinds import OVER, RenewalState, Verdict
from dossiers.renewals.models import Contract, Opinion

#: In days: from then on a day that comes is "soon".
SOON = 30
#: In days: so much is "soon" when nobody knows how long the client needs.
SOON_WITHOUT_PATH = 90

#: The renewal has not begun inside the client, so its day can still be missed.
NOT_BEGUN = (RenewalState.FUTURE, RenewalState.AT_RISK)


class Colour(StrEnum):
    """How pressing a renewal is, the most pressing first."""

    LATE = "late"
    SOON = "soon"
    CALM = "calm"
    DONE = "done"


def colour_column(today: date) -> ColumnElement[str]:
    """The colour of each contract on that day, for a statement that reads contracts."""
    return case(
        (Contract.state.in_(OVER), Colour.DONE.value),
        (is_late(today), Colour.LATE.value),
        (or_(_is_soon(today), is_doubted()), Colour.SOON.value),
        else_=Colour.CALM.value,
    )


def is_late(today: date) -> ColumnElement[bool]:
    """It should have begun, or it ended and does not renew itself; of those that are not done."""
    missed = and_(Contract.start_by < today, Contract.state.in_(NOT_BEGUN))
    return or_(missed, and_(Contract.ends_on < today, Contract.renews_months.is_(None)))


def _is_soon(today: date) -> ColumnElement[bool]:
    near = today + timedelta(days=SOON)
    begins = and_(Contract.start_by <= near, Contract.state.in_(NOT_BEGUN))
    far = today + timedelta(days=SOON_WITHOUT_PATH)
    unknown = and_(Contract.start_by.is_(None), Contract.ends_on <= far)
    return or_(begins, Contract.ends_on <= near, unknown)


def is_doubted() -> ColumnElement[bool]:
    """It is said to be at risk, by its state or by a voice at its last checkpoint."""
    return or_(Contract.state == RenewalState.AT_RISK, Contract.id.in_(_doubted()))


def _doubted() -> Select[Any]:
    """The contracts that a voice doubts at the last checkpoint at which it was heard."""
    later = aliased(Opinion)
    overtaken = exists().where(
        later.contract_id == Opinion.contract_id,
        later.voice == Opinion.voice,
        later.is_newest.is_(True),
        later.days_before < Opinion.days_before,
    )
    doubts = Opinion.verdict.in_((Verdict.AT_RISK, Verdict.LOST))
    return select(Opinion.contract_id).where(doubts, Opinion.is_newest.is_(True), ~overtaken)
