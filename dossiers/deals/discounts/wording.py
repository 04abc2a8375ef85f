"""Rules, gaps and reasons of the discount policy in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_date
from flask_babel import LazyString
from sqlalchemy.orm import Session

from dossiers.approvals.condition_words import money_words
from dossiers.deals.discounts.columns import By
from dossiers.deals.discounts.flaws import Clashing, Gap, Lack
from dossiers.deals.discounts.listed import State
from dossiers.deals.discounts.policy import Miss, Rule, WhoKind
from wiki.accounts.actor import Role
from wiki.accounts.queries import people_of_history, team_names
from wiki.locale import _, _l, language
from wiki.pages.categories import tree
from wiki.templating import day

#: For whom a rule is that names a role.
ROLE_PEOPLE: Mapping[str, LazyString] = {
    Role.NEWCOMER: _l("newcomers"),
    Role.MANAGER: _l("managers"),
    Role.DIRECTOR: _l("directors"),
    Role.ADMIN: _l("administrators"),
}
MISSES: Mapping[Miss, LazyString] = {
    Miss.SELLER: _l("it is for somebody else, or names them less exactly"),
    Miss.PRODUCT: _l("it is for other products, or names them less exactly"),
    Miss.CURRENCY: _l("it is for another currency, or names none"),
    Miss.AMOUNT: _l("it is for larger amounts, or for smaller ones than another"),
    Miss.DAY: _l("it does not hold on that day"),
    Miss.LESS: _l("another one says less of the same, and that holds"),
}
BY_NAMES: Mapping[By, LazyString] = {
    By.MANAGER: _l("By manager"),
    By.CLIENT: _l("By client"),
    By.PRODUCT: _l("By product"),
    By.GROUND: _l("By ground"),
    By.MONTH: _l("Over time"),
}
STATE_NAMES: Mapping[State, LazyString] = {
    State.WITHOUT: _l("outside the policy, without a ground"),
    State.UNAPPROVED: _l("outside the policy, approved by nobody"),
    State.OUTSIDE: _l("all outside the policy"),
    State.ALL: _l("all with a known discount"),
}


NOBODY: Mapping[By, LazyString] = {
    By.MANAGER: _l("no seller"),
    By.CLIENT: _l("no client"),
    By.PRODUCT: _l("a product without a name"),
    By.GROUND: _l("no ground needed"),
}


def group_name(by: By, key: int, name: str) -> str:
    """What a group of the report is called, also the one of nobody."""
    if by is By.GROUND and key < 0:
        return str(_("no ground, outside the policy"))
    return name or str(NOBODY.get(by, ""))


def step_name(first: date, months: int) -> str:
    """What a month, quarter or year is called."""
    if months == 12:
        return str(first.year)
    if months == 3:
        return str(
            _("quarter %(number)d of %(year)d", number=first.month // 3 + 1, year=first.year)
        )
    return str(format_date(first, "LLL y", locale=language()))


@dataclass(frozen=True)
class Names:
    """What the numbers in rules stand for, in the reader's language."""

    people: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[int, str] = field(default_factory=dict)

    def whom(self, rule: Rule) -> str:
        """Whom the rule is for."""
        if rule.who is WhoKind.EVERYBODY:
            return str(_("everybody"))
        if rule.who is WhoKind.ROLE:
            return str(ROLE_PEOPLE.get(rule.whom, rule.whom))
        if rule.who is WhoKind.TEAM:
            return str(_("team %(name)s", name=self.teams.get(rule.whom, "…")))
        return self.people.get(rule.whom, "…")

    def products(self, rule: Rule) -> str:
        """On which products."""
        if rule.category_id is None:
            return str(_("all products"))
        return self.categories.get(rule.category_id, "…")

    def amounts(self, rule: Rule) -> str:
        """From which amount, in which currency."""
        if rule.amount_from is not None:
            return str(_("from %(amount)s", amount=money_words(rule.amount_from, rule.currency)))
        return rule.currency or str(_("any amount"))

    def days(self, rule: Rule) -> str:
        """When it holds; empty for always."""
        if rule.since and rule.until:
            return str(_("%(since)s to %(until)s", since=day(rule.since), until=day(rule.until)))
        if rule.since:
            return str(_("since %(day)s", day=day(rule.since)))
        return str(_("until %(day)s", day=day(rule.until))) if rule.until else ""

    def told(self, rule: Rule) -> str:
        """The whole rule on one line, without its percent."""
        parts = [self.whom(rule), self.products(rule), self.amounts(rule), self.days(rule)]
        return ", ".join(part for part in parts if part)

    def clash(self, clash: Clashing) -> str:
        """Two rules for the same deals."""
        said = {"rule": self.told(clash.first), "one": percent_words(clash.first.percent)}
        if not clash.differ:
            return str(_("Two rules say the same: %(rule)s, %(one)s.", **said))
        return str(
            _(
                "Two rules contradict: %(rule)s, %(one)s, %(other)s. The lesser holds.",
                **said,
                other=percent_words(clash.second.percent),
            )
        )


def names_of(session: Session) -> Names:
    """All names that rules may need, in two statements and those of the categories."""
    people = {str(ident): name for ident, name in people_of_history(session)}
    teams = {str(ident): name for ident, name in team_names(session).items()}
    shelves, code = tree(session).shelves, language()
    return Names(people, teams, {ident: shelf.name(code) for ident, shelf in shelves.items()})


def percent_words(percent: object) -> str:
    """A percent: `12.5 %`."""
    return money_words(percent, "%")  # type: ignore[arg-type]


def gap_words(gap: Gap) -> str:
    """Of what nothing is said for a role."""
    role, currency = str(ROLE_PEOPLE[gap.role]), gap.currency or str(_("other currencies"))
    match gap.lack:
        case Lack.ANYTHING:
            return str(_("No rule is for %(role)s: their deals are not judged.", role=role))
        case Lack.PRODUCTS:
            return str(
                _("For %(role)s nothing is said of products of other categories.", role=role)
            )
        case Lack.CURRENCIES:
            return str(
                _("For %(role)s nothing is said of all products in %(currency)s.", role=role,
                  currency=currency)
            )  # fmt: skip
        case Lack.AMOUNTS:
            below = money_words(gap.below, gap.currency) if gap.below is not None else ""
            return str(_("For %(role)s nothing is said below %(amount)s.", role=role, amount=below))
    return _days_words(role, currency, gap)


def _days_words(role: str, currency: str, gap: Gap) -> str:
    said = {"role": role, "currency": currency, "since": day(gap.since), "until": day(gap.until)}
    if gap.until is None:
        return str(_("For %(role)s nothing is said in %(currency)s from %(since)s on.", **said))
    return str(
        _("For %(role)s nothing is said in %(currency)s from %(since)s to %(until)s.", **said)
    )
