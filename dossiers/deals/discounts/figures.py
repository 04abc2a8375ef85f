"""The discount of a deal, exactly, from plain values. What is not known stays `None`, never zero.

The list total is the list price of each line times its quantity; a line that says no quantity is
one piece. What was given for it is the deal's amount, or the prices of its lines where the deal
says none. A discount below zero means a price above the list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

#: Prices and quantities have up to eighteen figures each, so that no product is ever rounded.
EXACT = Context(prec=120, rounding=ROUND_HALF_EVEN)
_PARTS = Decimal("0.0001")
_LARGEST = Decimal(10) ** 14


@dataclass(frozen=True, slots=True)
class LineFigures:
    """One product of a deal: its prices for one piece, how many, and the product's category."""

    list_price: Decimal | None = None
    price: Decimal | None = None
    quantity: Decimal | None = None
    category_id: int | None = None

    @property
    def pieces(self) -> Decimal:
        """How many there are."""
        return Decimal(1) if self.quantity is None else self.quantity


@dataclass(frozen=True, slots=True)
class Figures:
    """What the deal comes to at list prices, what was given for it, and the discount in percent.

    Each to four decimals, `None` when it is not known or too large to be kept.
    """

    list_total: Decimal | None = None
    given: Decimal | None = None
    discount: Decimal | None = None


def figures_of(lines: Sequence[LineFigures], amount: Decimal | None, is_won: bool) -> Figures:
    """The figures of a deal of these lines.

    A deal that is not won has no discount while it comes to nothing: many programs write zero for
    an offer that nobody has made yet, or that was lost.
    """
    with localcontext(EXACT):
        total = _sum_of(lines, lambda line: line.list_price)
        given = amount if amount is not None else _sum_of(lines, lambda line: line.price)
        if given == 0 and not is_won:
            given = None
        discount, whole, part = None, kept(total), kept(given)
        # Without them beside it, no report can put it together with others.
        is_known = whole is not None and part is not None
        if is_known and total is not None and total > 0 and given is not None:
            discount = (total - given) * 100 / total
        return Figures(whole, part, kept(discount))


def allowed_of(
    lines: Sequence[LineFigures],
    total: Decimal | None,
    percent_of: Callable[[int | None], Decimal | None],
) -> Decimal | None:
    """How many percent may be given on the whole deal, when each category has its own percent.

    It is the money that may be given on all lines, against the list total. `None` when that is not
    known, or nothing is said of one of the lines.
    """
    if total is None or total <= 0:
        return None
    percents = {line.category_id: percent_of(line.category_id) for line in lines}
    known = {ident: percent for ident, percent in percents.items() if percent is not None}
    if len(known) < len(percents):
        return None
    with localcontext(EXACT):
        money = sum(
            (line.list_price or Decimal(0)) * line.pieces * known[line.category_id]
            for line in lines
        )
        whole = _sum_of(lines, lambda line: line.list_price)
        return kept(money / whole) if whole else None


def is_outside(discount: Decimal | None, allowed: Decimal | None) -> bool:
    """Whether more was given than was allowed; both are compared as they are kept and shown."""
    return discount is not None and allowed is not None and discount > allowed


def kept(value: Decimal | None) -> Decimal | None:
    """The value to four decimals; `None` when it is too large to be kept."""
    if value is None or abs(value) >= _LARGEST:
        return None
    rounded = EXACT.quantize(value, _PARTS)
    if abs(rounded) >= _LARGEST:
        return None
    whole = rounded.to_integral_value()
    return whole if rounded == whole else rounded.normalize(EXACT)


def _sum_of(
    lines: Sequence[LineFigures], price_of: Callable[[LineFigures], Decimal | None]
) -> Decimal | None:
    """What all lines come to at that price; `None` without lines, or when one is not known."""
    prices = [(price_of(line), line.pieces) for line in lines]
    known = [price * pieces for price, pieces in prices if price is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(prices) else None
