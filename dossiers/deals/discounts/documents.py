"""The policy as it is kept: a document of rules and grounds, and back; and what it must fulfil."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dossiers.deals.discounts.policy import Rule, WhoKind
from wiki.errors import Refusal

MOST_RULES = 100
MOST_GROUNDS = 30
LONGEST_GROUND = 100
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason for which a deal may be outside the policy. Codes of archived ones stay."""

    code: str
    name_ru: str
    name_en: str
    archived: bool = False

    def name(self, language: str) -> str:
        """Its name in that language."""
        return self.name_ru if language == "ru" else self.name_en


#: The grounds until a director writes others.
GROUNDS = (
    Ground("volume", "Объём", "Volume"),
    Ground("first_order", "Первый заказ", "First order"),
    Ground("long_contract", "Долгий договор", "Long contract"),
    Ground("competitor", "Предложение конкурента", "A competitor's offer"),
    Ground("compensation", "Компенсация", "Compensation"),
    Ground("promotion", "Акция", "Promotion"),
    Ground("other", "Другое", "Other"),
)


def document_of(rules: Iterable[Rule], grounds: Iterable[Ground]) -> list[dict[str, Any]]:
    """What is kept of a version: its rules, and the grounds that one may choose from then on."""
    found = [
        {
            "who": rule.who.value,
            "whom": rule.whom,
            "category": rule.category_id,
            "currency": rule.currency,
            "amount_from": _text(rule.amount_from),
            "percent": _text(rule.percent),
            "since": rule.since.isoformat() if rule.since else None,
            "until": rule.until.isoformat() if rule.until else None,
        }
        for rule in rules
    ]
    kept = [
        {"ground": g.code, "ru": g.name_ru, "en": g.name_en, "archived": g.archived}
        for g in grounds
    ]
    return [*found, *kept]


def rules_in(document: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules of a kept document, in its order."""
    return tuple(
        Rule(
            who=WhoKind(one["who"]),
            whom=one["whom"],
            percent=Decimal(one["percent"]),
            category_id=one["category"],
            currency=one["currency"],
            amount_from=Decimal(one["amount_from"]) if one["amount_from"] else None,
            since=date.fromisoformat(one["since"]) if one["since"] else None,
            until=date.fromisoformat(one["until"]) if one["until"] else None,
        )
        for one in document
        if "who" in one
    )


def grounds_in(document: Iterable[Mapping[str, Any]]) -> tuple[Ground, ...]:
    """The grounds of a kept document, in its order."""
    return tuple(
        Ground(one["ground"], one["ru"], one["en"], one["archived"])
        for one in document
        if "ground" in one
    )


def check_rules(rules: Sequence[Rule]) -> None:
    """Raise `Refusal` for rules that say nothing that could be meant, with the number as `row`."""
    if len(rules) > MOST_RULES:
        raise Refusal(
            "A policy has at most %(limit)d rules. Nothing was saved. Join some of them.",
            limit=MOST_RULES,
        )
    for number, rule in enumerate(rules, 1):
        _check_rule(rule, number)


def _check_rule(rule: Rule, number: int) -> None:
    if not 0 <= rule.percent <= _HUNDRED:
        raise Refusal("A discount is 0 to 100 percent.", row=number)
    if rule.amount_from is not None and not rule.currency:
        raise Refusal("An amount needs its currency.", row=number)
    if rule.since and rule.until and rule.until < rule.since:
        raise Refusal("The last day is before the first.", row=number)


def check_grounds(grounds: Sequence[Ground]) -> None:
    """Raise `Refusal` when nothing is left to choose from, or there is too much."""
    if len(grounds) > MOST_GROUNDS:
        raise Refusal("There are at most %(limit)d grounds.", limit=MOST_GROUNDS)
    if all(ground.archived for ground in grounds):
        raise Refusal("At least one ground must be left to choose.")
    for ground in grounds:
        if not (ground.name_ru and ground.name_en):
            raise Refusal("A ground needs its name in both languages.")
        if max(len(ground.name_ru), len(ground.name_en)) > LONGEST_GROUND:
            raise Refusal(
                "The name of a ground has at most %(limit)d characters.", limit=LONGEST_GROUND
            )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
