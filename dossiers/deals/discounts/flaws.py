"""What is wrong with a set of rules: two that contradict each other, and what none speaks of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from dossiers.deals.discounts.policy import Rule, WhoKind
from wiki.accounts.actor import Role

#: The roles that have deals of their own, so the policy must speak of them.
SELLING = (Role.MANAGER, Role.DIRECTOR)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clashing:
    """Two rules for the same deals; `differ` when they allow different percents."""

    first: Rule
    second: Rule

    @property
    def differ(self) -> bool:
        """Whether they contradict each other, or say the same twice."""
        return self.first.percent != self.second.percent


class Lack(StrEnum):
    """Of what nothing is said."""

    ANYTHING = "anything"
    PRODUCTS = "products"
    CURRENCIES = "currencies"
    AMOUNTS = "amounts"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Gap:
    """Of what no rule speaks for people of a role.

    `currency` is empty for those that no rule names. `below` is the amount from which on there is
    a rule; `since` and `until` are the first days without one, `until` is `None` for ever.
    """

    role: Role
    lack: Lack
    currency: str = ""
    below: Decimal | None = None
    since: date | None = None
    until: date | None = None


def clashes_of(rules: Sequence[Rule]) -> list[Clashing]:
    """The pairs that fit the same deals equally well."""
    return [
        Clashing(one, other)
        for one, other in combinations(rules, 2)
        if one.matter == other.matter and _overlap(one, other)
    ]


def gaps_of(rules: Sequence[Rule], valid_from: date) -> list[Gap]:
    """Of what nothing is said from that day on, for each role that sells.

    Teams and colleagues are exceptions: what is said of them alone does not fill a gap.
    """
    return [gap for role in SELLING for gap in _gaps_of_role(role, rules, valid_from)]


def _gaps_of_role(role: Role, rules: Sequence[Rule], valid_from: date) -> Iterator[Gap]:
    mine = [rule for rule in rules if _speaks_of(rule, role)]
    general = [rule for rule in mine if rule.category_id is None]
    if not mine:
        yield Gap(role, Lack.ANYTHING)
    elif not general:
        yield Gap(role, Lack.PRODUCTS)
    else:
        for currency in sorted({rule.currency for rule in rules} | {""}):
            yield from _gaps_in(role, currency, general, valid_from)


def _speaks_of(rule: Rule, role: Role) -> bool:
    return rule.who is WhoKind.EVERYBODY or (rule.who is WhoKind.ROLE and rule.whom == role)


def _gaps_in(role: Role, currency: str, rules: Sequence[Rule], valid_from: date) -> Iterator[Gap]:
    """A rule that names no currency speaks of this one, too."""
    mine = [rule for rule in rules if rule.currency in ("", currency)]
    whole = [rule for rule in mine if rule.amount_from is None or rule.amount_from <= 0]
    if not mine:
        yield Gap(role, Lack.CURRENCIES, currency)
    elif not whole:
        least = min(rule.amount_from for rule in mine if rule.amount_from is not None)
        yield Gap(role, Lack.AMOUNTS, currency, below=least)
    else:
        for since, until in _uncovered(whole, valid_from):
            yield Gap(role, Lack.DAYS, currency, since=since, until=until)


def _uncovered(rules: Iterable[Rule], start: date) -> Iterator[tuple[date, date | None]]:
    """The stretches of days from `start` on in which none of the rules holds."""
    free = start
    for since, until in sorted((r.since or start, r.until or date.max) for r in rules):
        if until < free:
            continue
        if since > free:
            yield free, since - _DAY
        if until == date.max:
            return
        free = max(free, until + _DAY)
    yield free, None


def _overlap(one: Rule, other: Rule) -> bool:
    begins = max(one.since or date.min, other.since or date.min)
    return begins <= min(one.until or date.max, other.until or date.max)
