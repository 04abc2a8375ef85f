"""Deals of any sort, by chance but the same each time."""

import random
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dossiers.deals.closing.models import CloseReason
from dossiers.deals.closing.rules import Said
from dossiers.deals.closing.services import explain_deal
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealOwner
from dossiers.deals.record import Company, DealRecord, Line, Seller
from tests.conftest import Cast
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client

TODAY = date(2026, 3, 2)


def made_up(chance: random.Random, number: int) -> DealRecord:
    """A deal of any sort: with and without amount, price, currency, seller, company, products."""

    def maybe(value: object) -> object:
        return value if chance.random() < 0.85 else None

    price = Decimal(chance.randrange(0, 100_000)) / 100
    products = [
        Line(
            f"Product {chance.randrange(4)}",
            list_price=maybe(price),  # type: ignore[arg-type]
            quantity=maybe(Decimal(chance.randrange(1, 4))),  # type: ignore[arg-type]
        )
        for _line in range(chance.choice((0, 1, 1, 1, 2, 3)))
    ]
    seller, client = chance.randrange(5), chance.randrange(4)
    return says(
        f"D{number}",
        amount=maybe(price * chance.randrange(50, 130) / 100 - chance.choice((0, 0, 0, 500))),
        currency=chance.choice(("USD", "USD", "USD", "EUR", "")),
        kind=chance.choice((DealKind.WON, DealKind.WON, DealKind.LOST, DealKind.OPEN, None)),
        closed_on=maybe(TODAY - timedelta(days=chance.randrange(0, 500))),
        owner=maybe(Seller(name=f"Seller {seller}")),
        company=maybe(Company(name=f"Client {client}")),
        lines=tuple(products),
    )


def make_deals(session: Session, cast: Cast, seed: int, many: int = 250) -> None:
    chance = random.Random(seed)
    for number in range(4):
        client = make_client(session, cast.anna, f"Client {number}", restricted=number == 3)
        client.segment, client.region = ("", "banks", "banks", "shops")[number], f"r{number % 2}"
    records = [made_up(chance, number) for number in range(many)]
    apply(session, make_source(session), *records)
    session.execute(update(DealOwner).where(DealOwner.name > "Seller 2").values(manager="Zoe"))
    reasons = session.scalars(select(CloseReason)).all()
    for deal in session.scalars(select(Deal).where(Deal.kind.is_not(None))).all():
        # What is kept beside the deal is worked out elsewhere; here it is anything.
        deal.list_total = chance.choice((None, Decimal(0), Decimal("812.5"), deal.list_total))
        fitting = [one for one in reasons if one.kind in (None, deal.kind)]
        if deal.kind is not DealKind.OPEN and chance.random() < 0.7:
            said = Said(chance.choice(fitting).id)
            explain_deal(session, cast.vera, deal.id, said)
    session.flush()
