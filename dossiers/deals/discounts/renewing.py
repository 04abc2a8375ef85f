"""Keeping the figures of deals in step: after they are written, and after what they rest on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from dossiers.deals.discounts.figures import is_outside
from dossiers.deals.discounts.reading import Bench, DealRead, bench_for, read_deals
from dossiers.deals.models import Deal

AT_ONCE = 400


def renew_figures(session: Session, idents: Sequence[int]) -> int:
    """Work out list total, discount, what was allowed, and the mark of these deals anew.

    At most `AT_ONCE` of them; a constant number of statements. How many are other than before.
    """
    if not idents:
        return 0
    deals = read_deals(session, idents)
    bench = bench_for(session, deals)
    rows = [row for deal in deals if (row := _changed(bench, deal)) is not None]
    if rows:
        session.execute(update(Deal), rows)
    return len(rows)


def _changed(bench: Bench, deal: DealRead) -> dict[str, Any] | None:
    """The figures of a deal, when they are other than those that are kept."""
    found = bench.figures(deal)
    allowed = bench.allowed(deal, deal.seller, found.list_total)
    outside = is_outside(found.discount, allowed)
    if (found.list_total, found.discount, allowed, outside) == deal.kept:
        return None
    return {
        "id": deal.id,
        "list_total": found.list_total,
        "discount": found.discount,
        "allowed": allowed,
        "is_outside_policy": outside,
    }
