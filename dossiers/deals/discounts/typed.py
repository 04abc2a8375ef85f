"""A version of the policy as it was typed into the form: rows of text, and what they mean."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TypeVar

from slugify import slugify

from dossiers.approvals.amounts import amount_typed, check_currency
from dossiers.deals.discounts.documents import LONGEST_GROUND, MOST_GROUNDS, MOST_RULES, Ground
from dossiers.deals.discounts.policies import Draft
from dossiers.deals.discounts.policy import Rule, WhoKind
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.pages.facts import as_date, figure

_SPARE = 2
_LONGEST = 400
_CODE = re.compile(r"[a-z0-9_]{1,40}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class RuleTyped:
    """A row of the form; `who` is "everybody", "role:manager", "team:3" or "colleague:5"."""

    who: str = ""
    category: str = ""
    currency: str = ""
    amount: str = ""
    percent: str = ""
    since: str = ""
    until: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed that could be meant as a rule."""
        return not (self.percent or self.amount)


@dataclass(frozen=True, slots=True)
class GroundTyped:
    """A row of the list of grounds; `archived` is "1" for one that can no longer be chosen."""

    code: str = ""
    ru: str = ""
    en: str = ""
    archived: str = ""


_Row = TypeVar("_Row", RuleTyped, GroundTyped)


@dataclass(frozen=True, slots=True)
class PolicyTyped:
    """All of the form."""

    rules: Sequence[RuleTyped]
    grounds: Sequence[GroundTyped]
    valid_from: str = ""
    why: str = ""
    base: str = "0"

    @property
    def with_room(self) -> "PolicyTyped":
        """The same with a few empty rows at the end of each list."""
        rules = [one for one in self.rules if not one.is_empty]
        grounds = [one for one in self.grounds if one.ru or one.en]
        spare = [RuleTyped()] * _SPARE
        return PolicyTyped(
            [*rules, *spare], [*grounds, GroundTyped()], self.valid_from, self.why, self.base
        )


def typed_of(rules: Iterable[Rule], grounds: Iterable[Ground], base: int) -> PolicyTyped:
    """The form as it is opened first."""
    return PolicyTyped(
        [_row_of(rule) for rule in rules],
        [GroundTyped(g.code, g.name_ru, g.name_en, "1" if g.archived else "") for g in grounds],
        base=str(base),
    )


def typed_in(sent: Mapping[str, str]) -> PolicyTyped:
    """The form as it came in."""
    return PolicyTyped(
        list(_rows(sent, "rule", RuleTyped, MOST_RULES + _SPARE)),
        list(_rows(sent, "ground", GroundTyped, MOST_GROUNDS + _SPARE)),
        sent.get("valid_from", "")[:10],
        sent.get("why", "")[: 3 * _LONGEST],
        sent.get("base", "0")[:9],
    )


def draft_in(typed: PolicyTyped, kept: Sequence[Ground]) -> Draft:
    """What was typed means. Grounds that are kept and were left out stay, archived.

    Raises `Refusal` for a row that cannot be understood; `row` in its values is the number.
    """
    rows = [row for row in typed.rules if not row.is_empty]
    rules = [_rule(row, number) for number, row in enumerate(rows, 1)]
    base = int(typed.base) if _NUMBER.fullmatch(typed.base) else 0
    grounds = _grounds(typed.grounds, kept)
    return Draft(rules, grounds, as_date(typed.valid_from), typed.why, base)


def percent_in(typed: str) -> Decimal:
    """A percent such as 12.5 or 12,5 %. Raises `Refusal`."""
    plain = one_line(typed).replace("%", "").replace(",", ".").replace(" ", "")
    try:
        value = figure(plain)
    except ValueError:
        raise Refusal("A discount is a number such as 12.5.") from None
    if value * 10_000 != (value * 10_000).to_integral_value():
        raise Refusal("A discount has at most four decimals.")
    return value


def who_in(typed: str) -> tuple[WhoKind, str]:
    """Whom a choice of the form means. Raises `Refusal`."""
    kind, _mark, whom = typed.partition(":")
    if kind not in list(WhoKind):
        raise Refusal("Choose whom it is for.")
    return WhoKind(kind), whom


def _rule(row: RuleTyped, number: int) -> Rule:
    try:
        who, whom = who_in(row.who)
        amount, written = amount_typed(row.amount) if row.amount else (None, "")
        currency = check_currency(row.currency)
        if currency and written and currency != written:
            raise Refusal("The amount is in another currency than the rule.")
        return Rule(
            who,
            whom,
            percent_in(row.percent),
            int(row.category) if _NUMBER.fullmatch(row.category) else None,
            currency or written,
            amount or None,
            as_date(row.since),
            as_date(row.until),
        )
    except Refusal as refusal:
        refusal.values["row"] = number
        raise


def _row_of(rule: Rule) -> RuleTyped:
    return RuleTyped(
        f"{rule.who}:{rule.whom}" if rule.whom else rule.who.value,
        str(rule.category_id or ""),
        rule.currency,
        f"{rule.amount_from:f}" if rule.amount_from is not None else "",
        f"{rule.percent:f}",
        rule.since.isoformat() if rule.since else "",
        rule.until.isoformat() if rule.until else "",
    )


def _rows(sent: Mapping[str, str], name: str, row: type[_Row], most: int) -> Iterable[_Row]:
    """The rows `name-0-…`, `name-1-…` of a form, at most so many."""
    names = [one.name for one in fields(row)]
    for number in range(most):
        values = {one: sent.get(f"{name}-{number}-{one}") for one in names}
        if any(value is not None for value in values.values()):
            yield row(**{one: (value or "").strip()[:_LONGEST] for one, value in values.items()})


def _grounds(rows: Sequence[GroundTyped], kept: Sequence[Ground]) -> list[Ground]:
    found: dict[str, Ground] = {}
    for row in rows:
        ru, en = one_line(row.ru), one_line(row.en)
        if ru or en:
            code = row.code if _CODE.fullmatch(row.code) else _new_code(en or ru, found, kept)
            found[code] = Ground(code, ru or en, en or ru, row.archived == "1")
    left = (one for one in kept if one.code not in found)
    return [*found.values(), *(Ground(g.code, g.name_ru, g.name_en, True) for g in left)]


def _new_code(name: str, found: Mapping[str, Ground], kept: Iterable[Ground]) -> str:
    taken = {*found, *(one.code for one in kept)}
    base = slugify(name, separator="_")[:32] or "ground"
    free = (f"{base}_{number}" if number else base for number in range(LONGEST_GROUND))
    return next(code for code in free if code not in taken)
