"""The fields of a step in the reader's words: when it is needed, who must agree, how long."""

from collections.abc import Mapping
from decimal import Decimal

from babel.dates import get_month_names

from dossiers.approvals.purchases import Condition
from dossiers.approvals.steps import Duration, Step
from dossiers.approvals.working_days import DayOfYear, Frozen, Meetings
from wiki.locale import _, _l, language, ngettext
from wiki.templating import day, number

WEEKDAYS = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)
_EVERY = (
    _l("every Monday"),
    _l("every Tuesday"),
    _l("every Wednesday"),
    _l("every Thursday"),
    _l("every Friday"),
    _l("every Saturday"),
    _l("every Sunday"),
)
_EVERY_SECOND = (
    _l("every second Monday"),
    _l("every second Tuesday"),
    _l("every second Wednesday"),
    _l("every second Thursday"),
    _l("every second Friday"),
    _l("every second Saturday"),
    _l("every second Sunday"),
)


def money_words(amount: Decimal, currency: str) -> str:
    """An amount with its currency: `3,000,000 RUB`."""
    return f"{number(amount)}\u00a0{currency}".strip("\u00a0")


def condition_words(condition: Condition, category_names: Mapping[int, str]) -> str:
    """When a step is needed, such as "from 3,000,000 RUB, new vendor"; empty for always."""
    return ", ".join(condition_parts(condition, category_names))


def condition_parts(condition: Condition, category_names: Mapping[int, str]) -> list[str]:
    """Each thing that must hold; `category_names` are by id, and one that is gone is not there."""
    parts = [_amounts(condition), _categories(condition, category_names)]
    if condition.new_vendor is not None:
        parts.append(_("new vendor") if condition.new_vendor else _("known vendor"))
    if condition.personal_data is not None:
        parts.append(_("personal data") if condition.personal_data else _("no personal data"))
    parts += [_("«%(tag)s»", tag=tag) for tag in sorted(condition.tags)]
    return [part for part in parts if part]


def _amounts(condition: Condition) -> str:
    low, high, currency = condition.amount_from, condition.amount_to, condition.currency
    if low is not None and high is not None:
        return _(
            "from %(low)s to less than %(high)s",
            low=number(low),
            high=money_words(high, currency),
        )
    if low is not None:
        return _("from %(amount)s", amount=money_words(low, currency))
    return _("less than %(amount)s", amount=money_words(high, currency)) if high is not None else ""


def _categories(condition: Condition, names: Mapping[int, str]) -> str:
    gone = _("a product category that is gone")
    return _(" or ").join(sorted(names.get(ident, gone) for ident in condition.categories))


def meetings_words(meetings: Meetings | None) -> str:
    """When a committee meets, such as "every second Tuesday"; empty when it does not matter."""
    if meetings is None:
        return ""
    parts = [str((_EVERY_SECOND if meetings.counted_from else _EVERY)[meetings.weekday])]
    if meetings.nths:
        numbers = _(" and ").join(str(nth) for nth in sorted(meetings.nths))
        if not meetings.counted_from:
            parts = [str(WEEKDAYS[meetings.weekday])]
        parts.append(_("No. %(numbers)s in the month", numbers=numbers))
    if meetings.counted_from:
        parts.append(_("counted from %(day)s", day=day(meetings.counted_from)))
    return ", ".join(parts)


def frozen_words(frozen: tuple[Frozen, ...]) -> str:
    """The days of each year on which nothing is decided: "20 December – 10 January"."""
    return ", ".join(f"{_day_of_year(one.start)} – {_day_of_year(one.end)}" for one in frozen)


def _day_of_year(value: DayOfYear) -> str:
    month, number_of_day = value
    return f"{number_of_day} {get_month_names('wide', 'format', language())[month]}"


def signers_words(step: Step) -> str:
    """How many of those who act must agree; empty when at most one acts."""
    acting = len(step.positions)
    if acting < 2:
        return ""
    if step.needed is None or step.needed >= acting:
        return _("all %(count)d", count=acting)
    if step.needed == 1:
        return _("any one of %(count)d", count=acting)
    return _("any %(needed)d of %(count)d", needed=step.needed, count=acting)


def duration_words(duration: Duration) -> str:
    """How long a step usually takes and how long at most: "3–5 working days"."""
    slow = max(duration.median, duration.slow)
    days = str(slow) if duration.median == slow else f"{duration.median}–{slow}"
    return str(ngettext("%(days)s working day", "%(days)s working days", slow, days=days))
