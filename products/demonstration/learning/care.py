"""Who vouched for which price, how long prices are good, and who looks after a certificate."""

from sqlalchemy import select

from products.catalogue.care.life_saving import set_lives
from products.catalogue.care.models import FactCare
from products.catalogue.care.services import hand_fact, verify_facts
from products.demonstration.learning.stage import Stage
from wiki.pages.models import Category, FactField

PRICE = "list_price"
_FOOD_DAYS = "60"
_VERIFIED: tuple[tuple[str, str, float], ...] = (
    ("anna", "Пельмени «Домашние»", 30),
    ("boris", "Сервисный договор", 25),
    ("boris", "Доставка с холодом", 25),
    ("boris", "Пельменеварка ПВ-40", 25),
    ("boris", "Пельмени «Столовские»", 20),
    ("boris", "Котлеты «Школьные»", 20),
    ("anna", "Пельмени «Халяль с говядиной»", 12),
    ("anna", "Вареники с картофелем и грибами", 12),
)
"""Whoever is left out has a price that nobody has verified for too long."""


def care_for_facts(stage: Stage) -> None:
    """Prices of food are good for two months; most are verified, two are not any more."""
    with stage.past(60) as session:
        fields = (
            select(FactField.id)
            .join(Category, Category.id == FactField.category_id)
            .where(Category.slug == "frozen-food", FactField.key == PRICE)
        )
        set_lives(session, stage.people["vera"], dict.fromkeys(session.scalars(fields), _FOOD_DAYS))
    for name, title, ago in _VERIFIED:
        _verify(stage, name, stage.pages[title], ago)
    with stage.past(9) as session:
        papers, vera = stage.pages["Пельмени «Столовские»"], stage.people["vera"]
        hand_fact(session, stage.people["boris"], papers, "certificate_until", vera.id)


def _verify(stage: Stage, name: str, page_id: int, ago: float) -> None:
    with stage.past(ago) as session:
        kept = select(FactCare.value).where(FactCare.page_id == page_id, FactCare.key == PRICE)
        price = session.scalars(kept).one()
        verify_facts(session, stage.people[name], page_id, {PRICE: price})
