"""The real sample of deals, where it is, applied as a source says it."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dossiers.deals.applying.naming import Names
from dossiers.deals.applying.writing import Written, apply_records
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealCompany, DealLine, DealOwner, DealSource
from dossiers.deals.record import Company, DealRecord, Line, Seller
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor

SAMPLE = Path(__file__).parents[5] / "shared" / "data" / "crm-sales-opportunities"
KINDS = {"Won": DealKind.WON, "Lost": DealKind.LOST}


def sample_folder() -> Path:
    """The folder of the sample; the test is skipped where it is absent."""
    if not SAMPLE.is_dir():
        pytest.skip("the sample of real deals is not beside this checkout")
    return SAMPLE


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="ascii", newline="") as file:
        return list(csv.DictReader(file))


def sample_records(folder: Path) -> Iterator[DealRecord]:
    """All 8,800 deals in US dollars, each at the list price of its product."""
    prices = {row["product"]: Decimal(row["sales_price"]) for row in rows(folder, "products.csv")}
    prices["GTXPro"] = prices["GTX Pro"]
    for row in rows(folder, "sales_pipeline.csv"):
        fields = {
            "amount": Decimal(row["close_value"]) if row["close_value"] else None,
            "currency": "USD",
            "stage": row["deal_stage"],
            "kind": KINDS.get(row["deal_stage"], DealKind.OPEN),
            "began_on": _day(row["engage_date"]),
            "closed_on": _day(row["close_date"]),
            "owner": Seller(name=row["sales_agent"]),
            "company": Company(name=row["account"]) if row["account"] else None,
            "lines": (Line(row["product"], list_price=prices[row["product"]]),),
        }
        yield DealRecord(row["opportunity_id"], frozenset(fields), **fields)  # type: ignore[arg-type]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def load_sample(session: Session, actor: Actor, source: DealSource) -> None:
    """The clients, sellers and deals of the sample."""
    folder = sample_folder()
    for row in rows(folder, "accounts.csv"):
        client = make_client(session, actor, row["account"])
        client.segment, client.region = row["sector"], row["office_location"]
    apply_records(session, Names(source), sample_records(folder), Written())
    for row in rows(folder, "sales_teams.csv"):
        owner = update(DealOwner).where(DealOwner.name == row["sales_agent"])
        session.execute(owner.values(manager=row["manager"], office=row["regional_office"]))
    at_list = select(DealLine.list_price).where(DealLine.deal_id == Deal.id, DealLine.number == 1)
    unlisted = update(Deal).where(Deal.list_total.is_(None))
    session.execute(unlisted.values(list_total=at_list.scalar_subquery()))
    assert session.scalar(select(DealCompany.id).where(DealCompany.client_id.is_(None))) is None
