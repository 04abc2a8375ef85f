"""Deals by product. The amount of a deal with several products is divided among them.

Each gets its share by price and quantity as said, else by list price, else all the same; the parts
are whole and their sum is the amount. Such a deal counts once under each of its products.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, select, type_coerce
from sqlalchemy.orm import Session

from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealLine
from dossiers.deals.reports.statements import cell, counted, plain_columns
from dossiers.deals.reports.tallies import NOTHING, PARTS, Tally, tally_of

Found = dict[tuple[int, int | None], Tally]
"""By "is of the later period" and product (`None`: no product)."""


class Line(NamedTuple):
    """A product in a deal; prices and quantity in ten-thousandths."""

    product: int
    price: int | None
    list_price: int | None
    quantity: int | None


def by_product(
    session: Session, later: ColumnElement[int], conditions: Sequence[ColumnElement[bool]]
) -> Found:
    """The deals by product in two statements; `later` says of which period a deal is."""
    several = Deal.id.in_(select(DealLine.deal_id).where(DealLine.number == 2))
    alone = (
        counted(later, DealLine.product_id)
        .outerjoin(DealLine, (DealLine.deal_id == Deal.id) & (DealLine.number == 1))
        .where(*conditions, ~several)
    )
    found: Found = defaultdict(lambda: NOTHING)
    for key, tally in map(cell, session.execute(alone)):
        found[key] += tally
    for key, tally in _shared(session, later, [*conditions, several]):
        found[key] += tally
    return dict(found)


def _shared(
    session: Session, later: ColumnElement[int], conditions: Sequence[ColumnElement[bool]]
) -> Iterable[tuple[tuple[int, int], Tally]]:
    raw = (type_coerce(column, BigInteger) for column in _LINE)
    wanted = (
        select(Deal.id, later, Deal.kind, *plain_columns(), DealLine.product_id, *raw)
        .join(DealLine, DealLine.deal_id == Deal.id)
        .where(*conditions)
    )
    deals: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
    for ident, flag, kind, amount, listed, *line in session.execute(wanted):
        deals[ident, flag, kind, amount, listed].append(Line(*line))
    for (_ident, flag, kind, amount, listed), lines in deals.items():
        for product, part in divided(kind is DealKind.WON, amount, listed, lines).items():
            yield (flag, product), part


_LINE = (DealLine.price, DealLine.list_price, DealLine.quantity)


def divided(
    won: bool, amount: int | None, listed: int | None, lines: Sequence[Line]
) -> Mapping[int, Tally]:
    """What each product of a deal has of it; the amounts are together those of the deal."""
    whole = tally_of(won, amount, listed)
    if not won or amount is None:
        return {line.product: whole for line in lines}
    weights = weights_of(lines)
    amounts, lists = (_parts(figure, weights) for figure in (whole.amount, whole.at_list))
    return {
        product: Tally(1, 0, 1, whole.priced, amounts[product], lists[product])
        for product in weights
    }


def _parts(figure: int, weights: Mapping[int, int]) -> dict[int, int]:
    """The figure by weight; what rounding down leaves goes to the largest remainders."""
    whole = sum(weights.values())
    found = {product: figure * weight // whole for product, weight in weights.items()}
    left = figure - sum(found.values())
    rests = {product: figure * weight % whole for product, weight in weights.items()}
    for product in sorted(rests, key=lambda one: (-rests[one], one))[:left]:
        found[product] += 1
    return found


def weights_of(lines: Sequence[Line]) -> dict[int, int]:
    """How much each product weighs in a deal."""
    weights = _weights(lines, "price") or _weights(lines, "list_price") or [1] * len(lines)
    found: dict[int, int] = defaultdict(int)
    for line, weight in zip(lines, weights, strict=True):
        found[line.product] += weight
    return found


def _weights(lines: Sequence[Line], price: str) -> list[int]:
    """Price by quantity of each line; nothing unless all of them have a price above zero."""
    quantities = (PARTS if line.quantity is None else line.quantity for line in lines)
    prices = (getattr(line, price) or 0 for line in lines)
    found = [one * count for one, count in zip(prices, quantities, strict=True)]
    return found if min(found) > 0 else []
