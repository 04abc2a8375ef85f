"""The discount policy as plain data: who may give how much on what, and which rule fits best.

Of the rules that fit, the one that names the seller most exactly holds; of several such, the one
with the nearest category of products; then one that names the currency; then the one for the
largest amounts; and of two that say the same of the same, the one that allows less.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from wiki.accounts.actor import Role


class WhoKind(StrEnum):
    """Whom a rule is for, the most general first."""

    EVERYBODY = "everybody"
    ROLE = "role"
    TEAM = "team"
    COLLEAGUE = "colleague"


class Miss(StrEnum):
    """Why a rule does not fit, or why another one was preferred."""

    SELLER = "seller"
    PRODUCT = "product"
    CURRENCY = "currency"
    AMOUNT = "amount"
    DAY = "day"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may give at most `percent` on products of a category, from an amount at list prices on.

    `whom` is the role, or the number of the team or colleague; no category means all products, no
    currency all of them. Both days belong to the time in which the rule holds.
    """

    who: WhoKind
    whom: str
    percent: Decimal
    category_id: int | None = None
    currency: str = ""
    amount_from: Decimal | None = None
    since: date | None = None
    until: date | None = None

    @property
    def matter(self) -> tuple[object, ...]:
        """All that it is about, without what it says of that: by this two rules are compared."""
        return (self.who, self.whom, self.category_id, self.currency, self.amount_from)


@dataclass(frozen=True, slots=True)
class Seller:
    """Whose deal it is: a colleague with role and team, or nobody that we know."""

    user_id: int | None = None
    role: Role | None = None
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A deal, or what somebody wants to try: `categories` lead from the product's own upwards.

    `total` is what it comes to at list prices.
    """

    seller: Seller
    categories: tuple[int, ...]
    currency: str
    total: Decimal | None
    day: date


@dataclass(frozen=True, slots=True)
class Answer:
    """The rule that holds (`None`: the policy says nothing), and why each other one does not."""

    rule: Rule | None
    others: Sequence[tuple[Rule, Miss]] = ()

    @property
    def percent(self) -> Decimal | None:
        """How much may be given."""
        return self.rule.percent if self.rule else None


def best_rule(rules: Iterable[Rule], asked: Asked) -> Rule | None:
    """The rule that holds; `None` when the policy says nothing of this."""
    fitting = (rule for rule in rules if miss_of(rule, asked) is None)
    return max(fitting, key=lambda rule: _rank(rule, asked), default=None)


def answer_of(rules: Sequence[Rule], asked: Asked) -> Answer:
    """The rule that holds, with the reason why each of the others does not."""
    best = best_rule(rules, asked)
    others = [(one, miss_of(one, asked) or _lost(one, best, asked)) for one in rules]
    return Answer(best, [pair for pair in others if pair[0] is not best])


def miss_of(rule: Rule, asked: Asked) -> Miss | None:
    """Why the rule does not fit; `None` when it fits."""
    if not _is_for(rule, asked.seller):
        return Miss.SELLER
    if rule.category_id is not None and rule.category_id not in asked.categories:
        return Miss.PRODUCT
    if rule.currency and rule.currency != asked.currency:
        return Miss.CURRENCY
    if rule.amount_from is not None and (asked.total is None or asked.total < rule.amount_from):
        return Miss.AMOUNT
    return None if holds_on(rule, asked.day) else Miss.DAY


def holds_on(rule: Rule, day: date) -> bool:
    """Whether the day is within those of the rule."""
    return (rule.since is None or rule.since <= day) and (rule.until is None or day <= rule.until)


def _is_for(rule: Rule, seller: Seller) -> bool:
    match rule.who:
        case WhoKind.COLLEAGUE:
            return seller.user_id is not None and rule.whom == str(seller.user_id)
        case WhoKind.TEAM:
            return seller.team_id is not None and rule.whom == str(seller.team_id)
        case WhoKind.ROLE:
            return seller.role is not None and rule.whom == seller.role
    return True


_WHO = {kind: place for place, kind in enumerate(WhoKind)}
_Rank = tuple[int, int, bool, Decimal, Decimal]


def _rank(rule: Rule, asked: Asked) -> _Rank:
    far = len(asked.categories)
    away = far if rule.category_id is None else asked.categories.index(rule.category_id)
    least = Decimal(-1) if rule.amount_from is None else rule.amount_from
    return _WHO[rule.who], -away, bool(rule.currency), least, -rule.percent


_BY_PLACE = (Miss.SELLER, Miss.PRODUCT, Miss.CURRENCY, Miss.AMOUNT, Miss.LESS)


def _lost(rule: Rule, best: Rule | None, asked: Asked) -> Miss:
    """In what the best rule is preferred to one that fits as well."""
    assert best is not None
    pairs = zip(_rank(rule, asked), _rank(best, asked), strict=True)
    differs = (place for place, (own, other) in enumerate(pairs) if own != other)
    return _BY_PLACE[next(differs, len(_BY_PLACE) - 1)]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the policy: its rules, and the day from which on they hold."""

    number: int
    valid_from: date
    rules: tuple[Rule, ...]


def version_on(versions: Iterable[Version], day: date) -> Version | None:
    """The version that held on a day: of those that hold by then, the one saved last."""
    begun = (one for one in versions if one.valid_from <= day)
    return max(begun, key=lambda one: one.number, default=None)


def boundaries(versions: Iterable[Version]) -> set[date]:
    """The days on which other rules begin to hold than the day before."""
    found: set[date] = set()
    for version in versions:
        found.add(version.valid_from)
        for rule in version.rules:
            found |= {rule.since} if rule.since else set()
            found |= {date.fromordinal(rule.until.toordinal() + 1)} if rule.until else set()
    return found
