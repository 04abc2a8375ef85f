"""What the stages of well-known programs mean: whether the deal goes on, was won, or was lost."""

from collections.abc import Mapping
from functools import lru_cache

from dossiers.deals.kinds import DealKind
from wiki.rendering.titles import fold_title

Kinds = Mapping[str, DealKind | None]
"""Folded stage → its kind as somebody decided; `None` when they said that it has none."""

_WORDS: Mapping[DealKind, tuple[str, ...]] = {
    DealKind.WON: (
        "won", "closed won", "closedwon", "win", "sold", "выиграна", "выиграно", "выигрыш",
        "успешно реализовано", "успешно", "успешна", "успех", "сделка успешна", "сделка выиграна",
        "успешно завершена", "закрыта успешно", "продано", "реализовано", "закрыто и реализовано",
        "сделка заключена", "yes",
    ),
    DealKind.LOST: (
        "lost", "closed lost", "closedlost", "lose", "проиграна", "проиграно", "проигрыш",
        "закрыто и не реализовано", "не реализовано", "сделка провалена", "сделка проиграна",
        "провалена", "провал", "отказ", "отказ клиента", "отклонена", "анализ причины провала",
        "потеряна", "закрыта неуспешно", "неуспешно", "abandoned", "cancelled", "canceled",
        "отменена", "dead", "сделка потеряна",
    ),
    DealKind.OPEN: (
        "open", "new", "prospecting", "engaging", "qualification", "needs analysis", "in progress",
        "value proposition", "id. decision makers", "perception analysis", "proposal",
        "proposal/price quote", "negotiation/review", "negotiation", "appointmentscheduled",
        "appointment scheduled", "qualifiedtobuy", "qualified to buy", "presentationscheduled",
        "presentation scheduled", "decisionmakerboughtin", "decision maker bought-in",
        "contractsent", "contract sent", "qualified", "contact made", "demo scheduled",
        "proposal made", "negotiations started", "lead", "opportunity", "offer", "under way",
        "неразобранное", "первичный контакт", "переговоры", "принимают решение",
        "согласование договора", "новая", "новый", "новые", "подготовка документов", "в работе",
        "cчет на предоплату", "счет на предоплату", "финальный счет", "открыта", "открыто",
        "подготовка кп", "коммерческое предложение", "квалификация", "презентация", "встреча",
        "договор", "выставлен счет", "предложение", "заявка", "лид",
    ),
}  # fmt: skip
_KNOWN = {fold_title(word): kind for kind, words in _WORDS.items() for word in words}


def kind_known(stage: str) -> DealKind | None:
    """What a stage of that name is known to mean; `None` when it is not."""
    return _KNOWN.get(fold_title(stage))


# A file has few stages and many rows.
@lru_cache(maxsize=1_024)
def _folded(stage: str) -> str:
    return fold_title(stage)


def kind_of(stage: str, decided: Kinds) -> DealKind | None:
    """What the stage means: as somebody decided, else as it is known."""
    folded = _folded(stage)
    return decided[folded] if folded in decided else _KNOWN.get(folded)
