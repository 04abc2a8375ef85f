"""What was unclear to somebody, and what nobody found."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.demonstration.learning.stage import Stage
from products.onboarding.gaps.services import Asked, answer_with_page
from products.onboarding.gaps.services import ask as ask_keeper
from products.onboarding.unclear.rules import Chosen
from products.onboarding.unclear.services import answer
from products.onboarding.unclear.services import ask as ask_about
from wiki.pages.models import Category

_CONTRACT, _PRICES, _DELIVERY = "Договор и документы", "Цены и скидки", "Доставка с холодом"


def ask_around(stage: Stage, base: str) -> None:
    """The newcomer asks about two sentences, a manager about two things that no page says.

    `base` is the address of the wiki, for the letters.
    """
    _unclear(stage)
    _gaps(stage, base)


def _unclear(stage: Stage) -> None:
    nina, vera, pages = stage.people["nina"], stage.people["vera"], stage.pages
    promised = Chosen("Обещайте клиенту неделю.")
    with stage.past(3.4) as session:
        question = "Неделя считается в рабочих днях или в календарных?"
        mark_id = ask_about(session, nina, pages[_CONTRACT], promised, question).id
    with stage.past(3.2) as session:
        words = "В календарных: семь дней. Рабочие дни клиенты понимают по-разному."
        answer(session, vera, pages[_CONTRACT], mark_id, words)
    with stage.past(2.1) as session:
        added = Chosen("Скидки складываются, а не перемножаются.")
        question = "Чем это отличается для клиента? Можно пример с 8 % и 2 %?"
        ask_about(session, nina, pages[_PRICES], added, question)


def _gaps(stage: Stage, base: str) -> None:
    boris, anna, pages = stage.people["boris"], stage.people["anna"], stage.pages
    with stage.past(11) as session:
        kept = "Сколько пельмени пролежат в обычной морозилке при −10?"
        gap_id = ask_keeper(session, boris, Asked(kept, _category(session, "pelmeni"), base)).id
    with stage.past(10.5) as session:
        answer_with_page(session, anna, gap_id, pages[_DELIVERY])
    with stage.past(0.9) as session:
        label = "Пельмени с этикеткой клиента: от какого объёма?"
        ask_keeper(session, boris, Asked(label, _category(session, "pelmeni"), base))


def _category(session: Session, slug: str) -> int:
    return session.scalars(select(Category.id).where(Category.slug == slug)).one()
