"""One deal judged by the policy of its day, with all that a reader needs to understand why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.discounts.documents import Ground
from dossiers.deals.discounts.figures import Figures, LineFigures, figures_of, is_outside
from dossiers.deals.discounts.models import DiscountGround
from dossiers.deals.discounts.policy import Rule, Seller, Version, version_on
from dossiers.deals.discounts.prices import PagePrice
from dossiers.deals.discounts.reading import Bench, DealRead, bench_for, read_deals
from dossiers.deals.discounts.versions import grounds_of
from dossiers.deals.models import Deal
from wiki.accounts.models import User
from wiki.accounts.queries import names_of


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a discount, and how much they may give on this deal themselves.

    `may` is `None` when the policy says nothing of them, or nothing is known of the discount.
    """

    name: str
    allowed: Decimal | None
    may: bool | None


@dataclass(frozen=True, slots=True)
class GroundShown:
    """A ground with the names in it; `by` is who wrote it down."""

    row: DiscountGround
    name: str
    approval: Approval | None
    by: str


@dataclass(frozen=True, slots=True)
class PriceTaken:
    """A list price that stands on the page of a product, for a line that says none."""

    product: str
    page_id: int
    price: PagePrice


@dataclass(frozen=True, slots=True)
class Judged:
    """The figures of a deal, the rules that hold for its products, and its grounds.

    `lines_come_to` is what the prices of its lines make when that is not the deal's amount. `rules`
    are those for all categories; `unpriced` names the products without a list price.
    """

    day: date
    version: Version | None
    figures: Figures
    allowed: Decimal | None
    rules: Sequence[Rule | None]
    prices: Sequence[PriceTaken]
    unpriced: Sequence[str]
    without_quantity: bool
    lines_come_to: Decimal | None
    grounds: Sequence[GroundShown]

    @property
    def is_outside(self) -> bool:
        """Whether more was given than was allowed."""
        return is_outside(self.figures.discount, self.allowed)

    @property
    def ground(self) -> GroundShown | None:
        """The ground that holds."""
        return next((one for one in self.grounds if one.row.is_newest), None)


def judged(session: Session, deal: Deal, language: str) -> Judged:
    """The deal judged, in a constant number of statements; the caller has checked sight."""
    read = read_deals(session, [deal.id])[0]
    bench = bench_for(session, [read])
    figures = bench.figures(read)
    allowed = bench.allowed(read, read.seller, figures.list_total)
    lines = bench.lines(read)
    categories = dict.fromkeys(line.category_id for line in read.lines)
    return Judged(
        day=read.day,
        version=version_on(bench.versions, read.day),
        figures=figures,
        allowed=allowed,
        rules=list(
            dict.fromkeys(
                bench.rule(read, read.seller, figures.list_total, one) for one in categories
            )
        ),
        prices=list(_prices(bench, read)),
        unpriced=[
            one.name for one, line in zip(read.lines, lines, strict=True) if line.list_price is None
        ],
        without_quantity=any(line.quantity is None for line in read.lines),
        lines_come_to=_other_sum(lines, deal),
        grounds=_grounds(session, bench, read, figures, language),
    )


def _prices(bench: Bench, deal: DealRead) -> list[PriceTaken]:
    pairs = [(line, bench.page_price(deal, line)) for line in deal.lines]
    return [PriceTaken(line.name, line.page_id or 0, price) for line, price in pairs if price]


def _other_sum(lines: Sequence[LineFigures], deal: Deal) -> Decimal | None:
    priced = figures_of(lines, None, True).given
    return priced if deal.amount is not None and priced != deal.amount else None


def _grounds(
    session: Session, bench: Bench, deal: DealRead, figures: Figures, language: str
) -> list[GroundShown]:
    wanted = select(DiscountGround).where(DiscountGround.deal_id == deal.id)
    rows = session.scalars(wanted.order_by(DiscountGround.id.desc())).all()
    if not rows:
        return []
    names = ground_names(grounds_of(session), language)
    approvers = _sellers(session, [row.approved_by_id for row in rows])
    people = names_of(session, [ident for row in rows for ident in (row.by, row.approved_by_id)])
    shown = []
    for row in rows:
        approver = approvers.get(row.approved_by_id or 0)
        given = bench.allowed(deal, approver, figures.list_total) if approver else None
        approval = _approval(people.get(row.approved_by_id or 0, ""), given, figures.discount)
        shown.append(
            GroundShown(
                row,
                names.get(row.ground, row.ground),
                approval if approver else None,
                people.get(row.by or 0, ""),
            )
        )
    return shown


def _approval(name: str, allowed: Decimal | None, discount: Decimal | None) -> Approval:
    known = allowed is not None and discount is not None
    return Approval(name, allowed, not is_outside(discount, allowed) if known else None)


def ground_names(grounds: Sequence[Ground], language: str) -> Mapping[str, str]:
    """Code → name of all grounds."""
    return {one.code: one.name(language) for one in grounds}


def _sellers(session: Session, idents: Sequence[int | None]) -> Mapping[int, Seller]:
    wanted = select(User.id, User.role, User.team_id).where(
        User.id.in_({ident for ident in idents if ident is not None})
    )
    return {ident: Seller(ident, role, team) for ident, role, team in session.execute(wanted)}
