"""Usual groups of a sales department, to begin with."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from search.glossary.models import SynonymGroup
from search.glossary.services import add_group
from wiki.accounts.actor import Actor

USUAL = (
    (("КП", "коммерческое предложение", "quote", "quotation"), "Письмо с ценами для клиента."),
    (("ТЗ", "техническое задание", "terms of reference"), ""),
    (("ЛПР", "лицо, принимающее решение", "decision maker"), "Тот, чья подпись решает."),
    (("НДС", "налог на добавленную стоимость", "VAT"), ""),
    (("ЭДО", "электронный документооборот", "electronic documents"), ""),
    (("ИНН", "идентификационный номер налогоплательщика", "tax number"), ""),
)


def add_usual_groups(session: Session, actor: Actor) -> int:
    """Fill an empty glossary as that director; how many groups were added."""
    if session.scalar(select(SynonymGroup.id).limit(1)) is not None:
        return 0
    for expressions, note in USUAL:
        add_group(session, actor, expressions, note)
    return len(USUAL)
