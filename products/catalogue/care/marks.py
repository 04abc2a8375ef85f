"""The marks of stale facts, wherever pages are read."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.catalogue.care.models import FactCare
from wiki.pages.fact_marks import FactMark
from wiki.pages.models import Page


def stale_marks(
    session: Session, page_ids: Collection[int], day: date
) -> dict[int, dict[str, FactMark]]:
    """The facts that nobody has verified for that day, by page and key; none of archived pages."""
    wanted = (
        select(FactCare.page_id, FactCare.key, FactCare.verified_until, FactCare.value)
        .join(Page, Page.id == FactCare.page_id)
        .where(FactCare.page_id.in_(page_ids), FactCare.verified_until < day)
        .where(Page.archived.is_(False))
        .order_by(FactCare.page_id, FactCare.key)
    )
    found: dict[int, dict[str, FactMark]] = {}
    for page_id, key, until, value in session.execute(wanted):
        if until is not None:
            mark = FactMark(until, value, f"/pages/{page_id}/care/verify")
            found.setdefault(page_id, {})[key] = mark
    return found
