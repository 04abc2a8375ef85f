"""A category with facts of several kinds, and pages in it."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from products.catalogue.care.models import FactCare
from tests.conftest import Cast, SetClock
from tests.factories.pages import make_category, write_page
from wiki.database import Database
from wiki.pages.facts import Kind
from wiki.pages.models import FactField

PRICE = {"amount": "100", "currency": "RUB"}
OTHER_PRICE = {"amount": "120", "currency": "RUB"}
WEIGHT = {"value": "5", "unit": "kg"}
FACTS = {"price": PRICE, "weight": WEIGHT, "until": "2026-04-01", "note": "by hand"}

WritePage = Callable[..., int]
Cares = Callable[[int], dict[str, FactCare]]


@pytest.fixture
def shelf(database: Database, clock: SetClock) -> int:
    """The category «Ovens» with a price, a weight, a certificate's day and a note."""
    with database.transaction() as session:
        row = make_category(session, "Ovens")
        _field(session, row.id, "price", Kind.MONEY, 1)
        _field(session, row.id, "weight", Kind.NUMBER, 2)
        _field(session, row.id, "until", Kind.DATE, 3)
        _field(session, row.id, "note", Kind.TEXT, 4)
        return row.id


def _field(session: Session, category_id: int, key: str, kind: Kind, position: int) -> None:
    label = key.capitalize()
    session.add(
        FactField(
            category_id=category_id,
            key=key,
            label_ru=label,
            label_en=label,
            kind=kind.value,
            unit="kg" if kind is Kind.NUMBER else "",
            choices=[],
            position=position,
        )
    )


@pytest.fixture
def oven(app: Flask, cast: Cast, shelf: int) -> WritePage:
    """Write a page in the category; by default Anna's «Oven» with all four facts."""

    def write(title: str = "Oven", facts: Mapping[str, Any] = FACTS, **more: Any) -> int:
        author = more.pop("author", cast.anna)
        with app.app_context():
            return write_page(app, author, title, facts=dict(facts), category_id=shelf, **more)

    return write


@pytest.fixture
def cares(database: Database) -> Cares:
    """The care of the facts of a page, by key."""

    def read(page_id: int) -> dict[str, FactCare]:
        with database.reading() as session:
            rows = session.query(FactCare).filter_by(page_id=page_id).all()
            session.expunge_all()
            return {row.key: row for row in rows}

    return read
