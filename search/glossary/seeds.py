"""Usual groups of a sales department, to begin with."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from search.glossary.models import SynonymGroup
from search.glossary.rules import Explanations
from search.glossary.services import add_group
from wiki.accounts.actor import Actor

USUAL = (
    (
        ("КП", "коммерческое предложение", "quote", "quotation"),
        "Письмо с ценами для клиента.",
        Explanations(
            "Письмо клиенту, в котором стоят цены, сроки и условия. Пока клиент его не принял, "
            "оно ни к чему не обязывает.",
            "A letter to a client with prices, dates and terms. It binds nobody until the client "
            "accepts it.",
        ),
    ),
    (
        ("ТЗ", "техническое задание", "terms of reference"),
        "",
        Explanations(
            "Документ, в котором клиент пишет, что ему нужно: состав, сроки, требования.",
            "A paper in which a client writes what is needed: scope, dates, requirements.",
        ),
    ),
    (
        ("ЛПР", "лицо, принимающее решение", "decision maker"),
        "Тот, чья подпись решает.",
        Explanations(
            "Человек у клиента, чьё слово последнее: он говорит «да» или «нет» покупке.",
            "The person at a client who has the last word on a purchase.",
        ),
    ),
    (
        ("НДС", "налог на добавленную стоимость", "VAT"),
        "",
        Explanations(
            "Налог, который входит в цену или добавляется к ней. Всегда говорите, с ним цена "
            "или без него.",
            "A tax within a price or on top of it. Always say whether a price includes it.",
        ),
    ),
    (
        ("ЭДО", "электронный документооборот", "electronic documents"),
        "",
        Explanations(
            "Обмен счетами, актами и договорами в электронном виде с подписью, без бумаги.",
            "Signed invoices, acts and contracts that are exchanged without paper.",
        ),
    ),
    (
        ("ИНН", "идентификационный номер налогоплательщика", "tax number"),
        "",
        Explanations(
            "Номер организации у налоговой: 10 цифр, у предпринимателя 12. По нему клиента "
            "не спутать с другим.",
            "An organisation's number at the tax office: 10 digits, 12 for a sole trader. It "
            "tells clients of one name apart.",
        ),
    ),
)


def add_usual_groups(session: Session, actor: Actor) -> int:
    """Fill an empty glossary as that director; how many groups were added."""
    if session.scalar(select(SynonymGroup.id).limit(1)) is not None:
        return 0
    for expressions, note, explanations in USUAL:
        add_group(session, actor, expressions, note, explanations)
    return len(USUAL)
