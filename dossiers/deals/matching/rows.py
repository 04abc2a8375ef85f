"""Finding the rows that somebody may decide about."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from dossiers.deals.matching.keys import are_other_firms
from dossiers.deals.matching.kinds import SUBJECTS, Kind
from dossiers.deals.models import Deal, DealCompany, DealLine, DealOwner, ProductName
from dossiers.deals.queries import seen_clients, visible_deals
from wiki.accounts.actor import Actor
from wiki.errors import Missing
from wiki.pages.models import Page
from wiki.rendering.titles import fold_title


def visible_rows(actor: Actor, kind: Kind) -> ColumnElement[bool]:
    """The condition under which a row may be named before the actor, who may edit dossiers.

    A company is seen by whoever sees its client. What no visible deal names is not seen, for a
    name that only deals of a restricted client have tells of them.
    """
    if kind is Kind.COMPANY:
        own = DealCompany.client_id
        return or_(and_(own.is_(None), _in_a_deal(actor, kind)), own.in_(seen_clients(actor)))
    if kind is Kind.PRODUCT:
        page = SUBJECTS[kind].target
        seen = select(Page.id).where(Page.audience.in_(actor.audiences))
        return and_(or_(page.is_(None), page.in_(seen)), _in_a_deal(actor, kind))
    return or_(_in_a_deal(actor, kind), ~_deals_naming(kind).exists())


def _in_a_deal(actor: Actor, kind: Kind) -> ColumnElement[bool]:
    return _deals_naming(kind).where(visible_deals(actor)).exists()


def _deals_naming(kind: Kind) -> Select[int]:
    """The deals that name a row of the statement around."""
    if kind is Kind.PRODUCT:
        lines = select(DealLine.deal_id).join(Deal, Deal.id == DealLine.deal_id)
        return lines.where(DealLine.product_id == ProductName.id)
    if kind is Kind.COMPANY:
        return select(Deal.id).where(Deal.company_id == DealCompany.id)
    return select(Deal.id).where(Deal.owner_id == DealOwner.id)


def locked_row(session: Session, actor: Actor, kind: Kind, ident: int) -> Any:
    """The row, locked until the transaction ends. Raises `Missing` for absent and unseen alike."""
    table = SUBJECTS[kind].table
    anew = select(table).where(table.id == ident, visible_rows(actor, kind)).with_for_update()
    row = session.scalar(anew.execution_options(populate_existing=True))
    if row is None:
        raise Missing()
    return row


def row_visible_to(session: Session, actor: Actor, kind: Kind, ident: int) -> Any:
    """The row for somebody who looks at the queue. Raises `Missing`, and says so."""
    table = SUBJECTS[kind].table
    row = session.scalar(select(table).where(table.id == ident, visible_rows(actor, kind)))
    if row is None:
        raise Missing("This is not in the queue any more. Nothing was changed.")
    return row


def locked_rows(session: Session, kind: Kind, idents: Iterable[int]) -> dict[int, Any]:
    """Rows that somebody decided about together, by their numbers."""
    table = SUBJECTS[kind].table
    anew = select(table).where(table.id.in_(list(idents))).order_by(table.id).with_for_update()
    rows = session.scalars(anew.execution_options(populate_existing=True))
    return {row.id: row for row in rows}


def same_names(session: Session, kind: Kind, row: Any) -> Sequence[Any]:
    """Rows of other sources that wait and bear the same name, and are not told to be another."""
    subject = SUBJECTS[kind]
    folded = fold_title(row.name)
    if not folded:
        return []
    table = subject.table
    waiting = select(table).where(
        subject.waits, table.decided_at.is_(None), table.source_id != row.source_id
    )
    if kind is Kind.COMPANY:
        waiting = waiting.where(table.name_folded == row.name_folded)
    found = session.scalars(waiting.order_by(table.id).with_for_update()).all()
    return [one for one in found if fold_title(one.name) == folded and _may_be(kind, row, one)]


def _may_be(kind: Kind, row: Any, other: Any) -> bool:
    """Whether no tax number or address says that the two are not one."""
    if kind is Kind.COMPANY:
        return not are_other_firms(row.tax_number, other.tax_number)
    if kind is Kind.SELLER:
        return not (row.email and other.email and row.email.casefold() != other.email.casefold())
    return True
