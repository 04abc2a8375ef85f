"""What deals tell of a product: how often it was won and lost, at which discount, how fast, why.

Only deals that the reader may see are counted.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, func, select, type_coerce
from sqlalchemy.orm import Session

from dossiers.deals.closing.models import CloseReason, DealClosing
from dossiers.deals.days import days_between
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealLine, ProductName
from dossiers.deals.queries import visible_deals
from wiki.accounts.actor import Actor

MOST_REASONS = 5
_THOUSAND = 1000
_LARGEST = 10**15
"""List prices above it (in ten-thousandths) are left out: their thousandfold is no number."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why deals were lost, and how many; `names` are those of our list, in both languages."""

    text: str
    names: Mapping[str, str]
    deals: int


@dataclass(frozen=True, slots=True)
class Sold:
    """What deals tell of a product. `discount` (percent) and `days` are medians of won deals.

    `priced` and `timed` say of how many they are the median; `None` without any.
    """

    won: int
    lost: int
    open: int
    other: int
    discount: Decimal | None
    priced: int
    days: int | None
    timed: int
    reasons: Sequence[Reason]

    @property
    def total(self) -> int:
        """In how many deals it stands."""
        return self.won + self.lost + self.open + self.other


def sold_visible_to(session: Session, actor: Actor, page_ids: Sequence[int]) -> Sold | None:
    """What deals tell of the product of these pages (twins of each other).

    `None` when it stands in no deal that the actor may see: mostly after one statement, else
    after five.
    """
    names = session.scalars(select(ProductName.id).where(ProductName.page_id.in_(page_ids))).all()
    if not names:
        return None
    here = and_(_sells(names), visible_deals(actor))
    counted = dict(
        session.execute(select(Deal.kind, func.count()).where(here).group_by(Deal.kind)).all()
    )
    if not counted:
        return None
    discounts = _discounts(session, names, here)
    days = _days(session, here)
    return Sold(
        counted.get(DealKind.WON, 0),
        counted.get(DealKind.LOST, 0),
        counted.get(DealKind.OPEN, 0),
        counted.get(None, 0),
        _as_percent(_median(discounts)),
        discounts.total(),
        _median(days),
        days.total(),
        _reasons(session, here) if counted.get(DealKind.LOST) else (),
    )


def _sells(names: Sequence[int]) -> ColumnElement[bool]:
    deals = select(DealLine.deal_id).where(DealLine.product_id.in_(names))
    return Deal.id.in_(deals)


def _discounts(session: Session, names: Sequence[int], here: ColumnElement[bool]) -> Counter[int]:
    """Discounts on the product in won deals, in thousandths of its list price."""
    listed, given = (type_coerce(c, BigInteger) for c in (DealLine.list_price, DealLine.price))
    share: ColumnElement[Any] = (listed - given) * _THOUSAND // listed
    wanted = (
        select(share, func.count())
        .join(Deal, Deal.id == DealLine.deal_id)
        .where(DealLine.product_id.in_(names), Deal.kind == DealKind.WON, here)
        .where(listed > 0, listed < _LARGEST, given >= 0, given < _LARGEST)
        .group_by(share)
    )
    return Counter(dict(session.execute(wanted).all()))


def _days(session: Session, here: ColumnElement[bool]) -> Counter[int]:
    """Days from the beginning to the close of won deals."""
    took = days_between(session, Deal.began_on, Deal.closed_on)
    wanted = select(took, func.count()).where(
        here, Deal.kind == DealKind.WON, Deal.closed_on >= Deal.began_on
    )
    return Counter(dict(session.execute(wanted.group_by(took)).all()))


def _reasons(session: Session, here: ColumnElement[bool]) -> list[Reason]:
    """Why deals were lost: as ours closed them, else in the words of the source."""
    newest = and_(DealClosing.deal_id == Deal.id, DealClosing.is_newest.is_(True))
    wanted = (
        select(CloseReason.name_ru, CloseReason.name_en, Deal.loss_reason, func.count())
        .select_from(Deal)
        .outerjoin(DealClosing, newest)
        .outerjoin(CloseReason, CloseReason.id == DealClosing.reason_id)
        .where(here, Deal.kind == DealKind.LOST)
        .group_by(CloseReason.name_ru, CloseReason.name_en, Deal.loss_reason)
    )
    found: Counter[tuple[str, str, str]] = Counter()
    for ru, en, text, deals in session.execute(wanted):
        if en or text:
            found[("", ru, en) if en else (text, "", "")] += deals
    return [
        Reason(text, {"ru": ru, "en": en} if en else {}, deals)
        for (text, ru, en), deals in found.most_common(MOST_REASONS)
    ]


def _median(counted: Counter[int]) -> int | None:
    """The lower one of the two in the middle, so that it is one that there was."""
    left = (counted.total() + 1) // 2
    for value in sorted(counted):
        left -= counted[value]
        if left <= 0:
            return value
    return None


def _as_percent(thousandths: int | None) -> Decimal | None:
    return Decimal(thousandths) / 10 if thousandths is not None else None
