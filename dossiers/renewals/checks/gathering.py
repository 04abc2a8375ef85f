"""Gathering what the checks look at, for a list of clients in a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from dossiers.approvals.purchases import ZERO
from dossiers.deals.discounts.models import DiscountGround
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealLine, ProductName
from dossiers.facts.asking import Moment
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Promise
from dossiers.renewals.checks.ground import Discounted, Ground, Owed, Product
from dossiers.renewals.checks.members import homes_of_members
from dossiers.renewals.checks.paths_seen import paths_seen
from dossiers.renewals.checks.people_seen import (
    Homes,
    ages_of,
    attitudes_of,
    buyers_of,
    supporters_of,
)
from dossiers.renewals.kinds import OVER
from dossiers.renewals.models import Contract
from products.catalogue.care.models import FactCare
from wiki.accounts.actor import EVERYONE
from wiki.pages.models import Page

_CLOSED_COUNT_FOR = 730
"""Deals that were closed longer ago say nothing of how one sells now."""


def gather(
    session: Session, client_ids: Collection[int], day: date, contracts: Mapping[int, Contract]
) -> dict[int, Ground]:
    """By client what the checks look at on that day; `contracts` say whose path and products."""
    moment = Moment(day)
    homes = homes_of_members(session, client_ids)
    attitudes = attitudes_of(session, homes, moment)
    buyers = buyers_of(session, homes, moment)
    supporters = supporters_of(session, homes, attitudes, moment)
    paths = paths_seen(session, homes, contracts, attitudes, moment)
    owed, discounted = _owed(session, homes, day), _discounted(session, homes, day)
    products, ages = _products(session, homes, contracts, day), ages_of(session, homes, moment)
    return {
        ident: Ground(
            client_id=ident,
            day=day,
            contract_id=contracts[ident].id if ident in contracts else None,
            buyers=buyers.get(ident, ()),
            supporters=supporters.get(ident, ()),
            attitudes=attitudes.get(ident, {}),
            paths=paths.get(ident, ()),
            owed=tuple(owed.get(ident, ())),
            discounted=tuple(discounted.get(ident, ())),
            products=tuple(products.get(ident, ())),
            ages=ages.get(ident, {}),
        )
        for ident in client_ids
    }


def _owed(session: Session, homes: Homes, day: date) -> Mapping[int, list[Owed]]:
    wanted = select(Promise.client_id, Promise.id, Promise.what, Promise.due_on).where(
        Promise.client_id.in_(homes), Promise.by_us, Promise.state == PromiseState.OPEN
    )
    found: dict[int, list[Owed]] = defaultdict(list)
    overdue = wanted.where(Promise.due_on < day).order_by(Promise.due_on, Promise.id)
    for client, ident, what, due_on in session.execute(overdue):
        found[homes[client]].append(Owed(ident, what, due_on))
    return found


def _discounted(session: Session, homes: Homes, day: date) -> Mapping[int, list[Discounted]]:
    """Open deals, and those won within the last two years."""
    grounded = exists().where(DiscountGround.deal_id == Deal.id, DiscountGround.is_newest)
    since = date.fromordinal(day.toordinal() - _CLOSED_COUNT_FOR)
    wanted = select(
        Deal.client_id, Deal.id, Deal.title, Deal.external_id, Deal.discount, Deal.allowed, grounded
    ).where(
        Deal.client_id.in_(homes),
        Deal.is_outside_policy,
        Deal.gone_at.is_(None),
        (Deal.kind.is_(None)) | (Deal.kind != DealKind.LOST),
        (Deal.closed_on.is_(None)) | (Deal.closed_on >= since),
    )
    found: dict[int, list[Discounted]] = defaultdict(list)
    ordered = wanted.order_by(Deal.discount.desc(), Deal.id)
    for client, ident, title, number, given, allowed, has in session.execute(ordered):
        one = Discounted(ident, title or number, given or ZERO, allowed or ZERO, has)
        found[homes[client or 0]].append(one)
    return found


def _products(
    session: Session, homes: Homes, contracts: Mapping[int, Contract], day: date
) -> Mapping[int, list[Product]]:
    """What the contract names, else what running contracts name, else what was sold in deals."""
    named = _in_contracts(session, homes, contracts)
    sold = _in_deals(session, homes)
    pages = {home: named.get(home) or sold.get(home, set()) for home in set(homes.values())}
    shown = _pages(session, {ident for own in pages.values() for ident in own}, day)
    return {
        home: sorted((shown[i] for i in own if i in shown), key=lambda one: one.title)
        for home, own in pages.items()
    }


def _in_contracts(
    session: Session, homes: Homes, contracts: Mapping[int, Contract]
) -> Mapping[int, set[int]]:
    running = select(Contract.client_id, Contract.products).where(
        Contract.client_id.in_(homes), Contract.archived.is_(False), Contract.state.not_in(OVER)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for client, products in session.execute(running):
        found[homes[client]] |= page_ids_in(products)
    own = {home: page_ids_in(contract.products) for home, contract in contracts.items()}
    return {**found, **{home: ids for home, ids in own.items() if ids}}


def page_ids_in(products: list[Any]) -> set[int]:
    """The pages that the products of a contract lead to; what is only a name leads nowhere."""
    found = (one.get("page") if isinstance(one, dict) else one for one in products)
    return {ident for ident in found if isinstance(ident, int)}


def _in_deals(session: Session, homes: Homes) -> Mapping[int, set[int]]:
    wanted = (
        select(Deal.client_id, ProductName.page_id)
        .join(DealLine, DealLine.deal_id == Deal.id)
        .join(ProductName, ProductName.id == DealLine.product_id)
        .where(Deal.client_id.in_(homes), Deal.kind == DealKind.WON, Deal.gone_at.is_(None))
        .where(ProductName.page_id.is_not(None))
        .distinct()
    )
    found: dict[int, set[int]] = defaultdict(set)
    for client, page in session.execute(wanted):
        if client is not None and page is not None:
            found[homes[client]].add(page)
    return found


def _pages(session: Session, idents: Collection[int], day: date) -> dict[int, Product]:
    # What a check saw is kept for all who see the client: it names no page that some may not see.
    overdue = func.sum(case((FactCare.verified_until < day, 1), else_=0))
    counted = (
        select(
            FactCare.page_id, func.count(FactCare.verified_at).label("all"), overdue.label("old")
        )
        .group_by(FactCare.page_id)
        .subquery()
    )
    wanted = (
        select(Page.id, Page.title, Page.archived, counted.c.all, counted.c.old)
        .outerjoin(counted, counted.c.page_id == Page.id)
        .where(Page.id.in_(idents), Page.audience == EVERYONE)
    )
    return {
        row[0]: Product(row[0], row[1], row[2], row[3] or 0, int(row[4] or 0))
        for row in session.execute(wanted)
    }
