"""A few changes and words after the first versions, so that history and notices have something."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import select

from wiki.accounts.actor import Actor
from wiki.pages.comments.services import add_comment
from wiki.pages.content import Content, FactValue
from wiki.pages.models import Page
from wiki.pages.revisions import content_of
from wiki.pages.saving import Desk, Draft, save_page, visible_revision
from wiki.pages.watching.services import watch_page

Change = Callable[[Content], Content]

PELMENI = "Пельмени «Домашние»"
PRICES = "Цены и скидки"


def live_a_little(desk: Desk, people: Mapping[str, Actor]) -> None:
    """The director raises a price, a manager adds what clients ask, the newcomer asks."""
    pelmeni = _page(desk, PELMENI)
    with desk.database.transaction() as session:
        watch_page(session, people["boris"].id, pelmeni)
    _change(desk, people["vera"], PELMENI, "Новая цена с января", _dearer)
    _change(desk, people["anna"], PELMENI, "Спрашивают в каждой второй сети", _question_added)
    _ask(desk, people["nina"], PRICES)


def _page(desk: Desk, title: str) -> int:
    with desk.database.reading() as session:
        return session.scalars(select(Page.id).where(Page.title == title)).one()


def _change(desk: Desk, actor: Actor, title: str, reason: str, change: Change) -> None:
    page_id = _page(desk, title)
    with desk.database.reading() as session:
        page, current = visible_revision(session, actor, page_id)
        content = content_of(current)
    save_page(desk, actor, page_id, Draft(change(content), page.current_number, reason))


def _dearer(content: Content) -> Content:
    price: FactValue = {"amount": "319.00", "currency": "RUB"}
    return replace(
        content,
        facts={**content.facts, "list_price": price},
        body=content.body.replace("312,00 ₽", "319,00 ₽"),
    )


def _question_added(content: Content) -> Content:
    added = (
        "\n## Спрашивают чаще всего\n\n"
        "**Почему дороже соседних на полке?** Мяса в начинке 88 %, воды и сои нет. "
        "Пачка за 319 ₽ выходит дешевле фарша, муки и часа работы.\n"
    )
    return replace(content, body=content.body + added)


def _ask(desk: Desk, actor: Actor, title: str) -> None:
    page_id = _page(desk, title)
    with desk.database.transaction() as session:
        add_comment(
            session, actor, page_id, "Если клиент просит скидку в первый день, кого спрашивать?"
        )
