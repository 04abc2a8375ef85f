"""Deals as the rules of discounts take them: read in bulk, whoever is going to look at them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.discounts.figures import Figures, LineFigures, allowed_of, figures_of
from dossiers.deals.discounts.policy import Asked, Rule, Seller, Version, best_rule, version_on
from dossiers.deals.discounts.prices import PagePrice, Prices, prices_of
from dossiers.deals.discounts.versions import Parents, parents_of, upwards, versions_of
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealLine, DealOwner, ProductName
from wiki import clock
from wiki.accounts.models import User
from wiki.pages.models import Page


@dataclass(frozen=True, slots=True)
class LineRead:
    """A line as the source says it, with the page of its product."""

    name: str
    list_price: Decimal | None
    price: Decimal | None
    quantity: Decimal | None
    page_id: int | None
    category_id: int | None


@dataclass(frozen=True, slots=True)
class DealRead:
    """A deal with what its discount is worked out from."""

    id: int
    amount: Decimal | None
    currency: str
    kind: DealKind | None
    day: date
    seller: Seller
    kept: tuple[Decimal | None, Decimal | None, Decimal | None, bool]
    lines: Sequence[LineRead] = ()


@dataclass
class Bench:
    """All that is needed to judge deals: versions of the policy, categories, prices of pages."""

    versions: Sequence[Version]
    parents: Parents
    prices: Prices = field(default_factory=lambda: Prices({}))

    def page_price(self, deal: DealRead, line: LineRead) -> PagePrice | None:
        """The price of the product's page that stands in for a list price that is not said."""
        if line.list_price is not None:
            return None
        return self.prices.on(line.page_id, deal.day, deal.currency)

    def lines(self, deal: DealRead) -> list[LineFigures]:
        """The lines with their list prices."""
        return [self._line(deal, line) for line in deal.lines]

    def _line(self, deal: DealRead, line: LineRead) -> LineFigures:
        told = self.page_price(deal, line)
        price = told.amount if told else line.list_price
        return LineFigures(price, line.price, line.quantity, line.category_id)

    def figures(self, deal: DealRead) -> Figures:
        """What the deal comes to."""
        return figures_of(self.lines(deal), deal.amount, deal.kind is DealKind.WON)

    def rule(
        self, deal: DealRead, seller: Seller, total: Decimal | None, category: int | None
    ) -> Rule | None:
        """The rule for that seller and category on the deal's day."""
        version = version_on(self.versions, deal.day)
        if version is None:
            return None
        asked = Asked(seller, upwards(self.parents, category), deal.currency, total, deal.day)
        return best_rule(version.rules, asked)

    def allowed(self, deal: DealRead, seller: Seller, total: Decimal | None) -> Decimal | None:
        """How much that seller may give on this deal on its day."""
        return allowed_of(self.lines(deal), total, partial(self._percent, deal, seller, total))

    def _percent(
        self, deal: DealRead, seller: Seller, total: Decimal | None, category: int | None
    ) -> Decimal | None:
        rule = self.rule(deal, seller, total, category)
        return rule.percent if rule else None


def bench_for(session: Session, deals: Sequence[DealRead]) -> Bench:
    """What is needed to judge these deals, in three statements."""
    lacking = {
        line.page_id
        for deal in deals
        for line in deal.lines
        if line.list_price is None and line.page_id is not None
    }
    return Bench(versions_of(session), parents_of(session), prices_of(session, lacking))


def read_deals(session: Session, idents: Sequence[int]) -> list[DealRead]:
    """These deals with their lines, in two statements; at most some hundred at once."""
    lines, today = _lines(session, idents), clock.today()
    wanted = (
        select(
            Deal.id, Deal.amount, Deal.currency, Deal.kind, Deal.closed_on, Deal.list_total,
            Deal.discount, Deal.allowed, Deal.is_outside_policy, User.id, User.role, User.team_id,
        )
        .outerjoin(DealOwner, DealOwner.id == Deal.owner_id)
        .outerjoin(User, User.id == DealOwner.user_id)
        .where(Deal.id.in_(idents))
    )  # fmt: skip
    return [
        DealRead(
            ident, amount, currency, kind, closed_on or today,
            Seller(user, role, team), (total, discount, allowed, outside), lines[ident],
        )
        for (
            ident, amount, currency, kind, closed_on, total, discount, allowed, outside,
            user, role, team,
        ) in session.execute(wanted)
    ]  # fmt: skip


def _lines(session: Session, idents: Sequence[int]) -> Mapping[int, list[LineRead]]:
    wanted = (
        select(
            DealLine.deal_id, ProductName.name, DealLine.list_price, DealLine.price,
            DealLine.quantity, ProductName.page_id, Page.category_id,
        )
        .join(ProductName, ProductName.id == DealLine.product_id)
        .outerjoin(Page, Page.id == ProductName.page_id)
        .where(DealLine.deal_id.in_(idents))
        .order_by(DealLine.deal_id, DealLine.number)
    )  # fmt: skip
    found: dict[int, list[LineRead]] = defaultdict(list)
    for deal_id, name, listed, price, quantity, page, category in session.execute(wanted):
        found[deal_id].append(LineRead(name, listed, price, quantity, page, category))
    return found
