"""Product pages with facts that can be asked about."""

from typing import Any

from flask import Flask

from tests.factories.pages import write_page
from wiki.accounts.actor import EVERYONE, Actor
from wiki.database import Database
from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.shelving import Plan, add_category

FIELDS = (
    Field("price", "Цена", "Price", Kind.MONEY, "RUB"),
    Field("weight", "Масса", "Weight", Kind.NUMBER, "g"),
    Field("share", "Доля мяса", "Meat share", Kind.NUMBER, "%"),
    Field("halal", "Халяль", "Halal", Kind.YES_NO),
    Field("until", "Декларация до", "Declaration until", Kind.DATE),
    Field("pack", "Упаковка", "Pack", Kind.CHOICE, choices=(
        Choice("bag", "Пакет", "Bag"), Choice("box", "Короб", "Box"),
        Choice("sack", "Мешок", "Sack"), Choice("tray", "Лоток", "Tray"))),
    Field("article", "Артикул", "Article", Kind.TEXT),
    Field("maker", "Цех", "Maker", Kind.TEXT),
    Field("sheet", "Лист данных", "Data sheet", Kind.LINK),
)  # fmt: skip


def facts_of(price: str = "312.00", **others: Any) -> dict[str, Any]:
    """The facts of a product; other facts by their keys."""
    return {"price": {"amount": price, "currency": "RUB"}, **others}


def whole_facts() -> dict[str, Any]:
    """A fact of each kind."""
    return facts_of(
        weight={"value": "850", "unit": "g"},
        share={"value": "88", "unit": "%"},
        halal=False,
        until="2028-04-14",
        pack="bag",
        article="PL-101",
        sheet={"url": "https://example.com/sheet.pdf"},
    )


def product_category(database: Database, director: Actor) -> int:
    """A category with these fields; its number."""
    with database.transaction() as session:
        return add_category(session, director, Plan("Пельмени", "Dumplings", fields=FIELDS)).id


def product(
    app: Flask,
    author: Actor,
    category_id: int,
    title: str,
    facts: dict[str, Any],
    audience: str = EVERYONE,
    language: str = "en",
    body: str = "Made in the old hall. Kept at minus eighteen.",
) -> int:
    """A page of a product; its number."""
    return write_page(
        app, author, title, body, language, audience, facts=facts, category_id=category_id
    )
