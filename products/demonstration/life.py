"""A few changes and words after the first versions, so that history and notices have something."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from products.demonstration.learning.stage import Stage
from wiki.accounts.actor import Actor
from wiki.pages.comments.services import add_comment
from wiki.pages.content import Content, FactValue
from wiki.pages.revisions import content_of
from wiki.pages.saving import Draft, save_page, visible_revision
from wiki.pages.watching.services import watch_page

Change = Callable[[Content], Content]

PELMENI, PELMENI_IN_ENGLISH = "Пельмени «Домашние»", "Domashnie pelmeni"
PRICES = "Цены и скидки"
CONTRACT, CONTRACT_IN_ENGLISH = "Договор и документы", "Contract and documents"
_SLOWER = "Юрист теперь читает каждый договор"


def live_before(stage: Stage) -> None:
    """The director raised a price long ago, in both languages."""
    with stage.then(65):
        for title in (PELMENI, PELMENI_IN_ENGLISH):
            _change(stage, stage.people["vera"], title, "Новая цена с июля", _dearer)


def live_a_little(stage: Stage) -> None:
    """The director raises a price, a manager adds what clients ask, the newcomer asks.

    The price is raised in one language only: so the pages contradict each other.
    """
    people = stage.people
    with stage.desk.database.transaction() as session:
        watch_page(session, people["boris"].id, stage.pages[PELMENI])
    with stage.then(1.5):
        for title in (CONTRACT, CONTRACT_IN_ENGLISH):
            _change(stage, people["vera"], title, _SLOWER, _slower)
    with stage.then(1):
        _change(stage, people["vera"], PELMENI, "Новая цена с января", _dearer_again)
    with stage.then(0.8):
        _change(stage, people["anna"], PELMENI, "Спрашивают в каждой второй сети", _question_added)
    _ask(stage, people["nina"], PRICES)


def _change(stage: Stage, actor: Actor, title: str, reason: str, change: Change) -> None:
    page_id = stage.pages[title]
    with stage.desk.database.reading() as session:
        page, current = visible_revision(session, actor, page_id)
        content = content_of(current)
    save_page(stage.desk, actor, page_id, Draft(change(content), page.current_number, reason))


def _dearer(content: Content) -> Content:
    return _priced(content, "319.00", (("312.00", "319.00"), ("390.00", "398.75")))


def _dearer_again(content: Content) -> Content:
    return _priced(content, "335.00", (("319.00", "335.00"), ("398.75", "418.75")))


def _priced(content: Content, amount: str, changes: Iterable[tuple[str, str]]) -> Content:
    """The new price among the facts and in the text, as numbers are written in its language."""
    price: FactValue = {"amount": amount, "currency": "RUB"}
    body = content.body
    for old, new in changes:
        body = body.replace(old, new).replace(old.replace(".", ","), new.replace(".", ","))
    return replace(content, facts={**content.facts, "list_price": price}, body=body)


def _slower(content: Content) -> Content:
    slower = content.body.replace("выходит четыре рабочих дня", "выходит пять рабочих дней")
    return replace(content, body=slower.replace("takes four working", "takes five working"))


def _question_added(content: Content) -> Content:
    added = (
        "**«Почему дороже соседних на полке?»** Мяса в начинке 88 %, воды и сои нет. "
        "Пачка за 335 ₽ выходит дешевле фарша, муки и часа работы.\n\n"
    )
    before = "**«А если слипнутся?»**"
    return replace(content, body=content.body.replace(before, added + before))


def _ask(stage: Stage, actor: Actor, title: str) -> None:
    with stage.desk.database.transaction() as session:
        add_comment(
            session,
            actor,
            stage.pages[title],
            "Если клиент просит скидку в первый день, кого спрашивать?",
        )
