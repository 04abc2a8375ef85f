"""What a step says besides its title, as short sentences for pages, prints and exports."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from babel.dates import format_date, get_day_names
from babel.numbers import format_currency, format_decimal

from dossiers.approvals.purchases import Condition
from dossiers.approvals.steps import Duration, Step
from dossiers.approvals.working_days import DayOfYear, Frozen, Meetings
from wiki.locale import _, language, ngettext

CategoryNames = Mapping[int, str]
_A_LEAP_YEAR = 2024


def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency in the reader's language: 3 000 000 ₽."""
    if not currency:
        return format_decimal(amount, locale=language())
    form = "#,##0.##\u00a0¤"
    return format_currency(amount, currency, format=form, locale=language(), currency_digits=False)


def condition_said(condition: Condition, categories: CategoryNames) -> str:
    """When the step is needed, in one line; empty for a step that always is."""
    return ", ".join(_conditions(condition, categories))


def _conditions(condition: Condition, categories: CategoryNames) -> Iterator[str]:
    if condition.is_about_amount:
        yield _amounts(condition)
    if condition.new_vendor is not None:
        yield _("for a new vendor") if condition.new_vendor else _("for a known vendor")
    if condition.personal_data is not None:
        yield _("with personal data") if condition.personal_data else _("without personal data")
    if condition.categories:
        named = [categories.get(one, f"№ {one}") for one in sorted(condition.categories)]
        yield _("product: %(categories)s", categories=_any_of(named))
    yield from (f"«{tag}»" for tag in sorted(condition.tags))


def _amounts(condition: Condition) -> str:
    start, end = condition.amount_from, condition.amount_to
    if start is not None and end is not None:
        low, high = money(start, condition.currency), money(end, condition.currency)
        return _("from %(low)s to below %(high)s", low=low, high=high)
    if start is not None:
        return _("from %(amount)s", amount=money(start, condition.currency))
    return _("below %(amount)s", amount=money(end or Decimal(0), condition.currency))


def _any_of(names: Iterable[str]) -> str:
    return f" {_('or')} ".join(names)


def duration_said(duration: Duration) -> str:
    """How long a step usually takes."""
    usual, slow = duration.median, duration.slow
    if usual >= slow:
        return ngettext("%(num)d working day", "%(num)d working days", usual)
    return ngettext(
        "usually %(usual)d, slow %(num)d working day",
        "usually %(usual)d, slow %(num)d working days",
        slow,
        usual=usual,
    )


def meetings_said(meetings: Meetings) -> str:
    """On which days a committee meets."""
    weekday = get_day_names("wide", "stand-alone", language())[meetings.weekday]
    if meetings.nths:
        numbers = ", ".join(str(number) for number in sorted(meetings.nths))
        return _("%(weekday)s, number %(numbers)s of the month", weekday=weekday, numbers=numbers)
    if meetings.counted_from:
        day = format_date(meetings.counted_from, "d MMMM y", locale=language())
        return _("%(weekday)s, every second week from %(day)s", weekday=weekday, day=day)
    return _("%(weekday)s, every week", weekday=weekday)


def frozen_said(stretches: Iterable[Frozen]) -> str:
    """The days of each year on which nothing is decided."""
    return "; ".join(f"{_day(one.start)} – {_day(one.end)}" for one in stretches)


def _day(place: DayOfYear) -> str:
    month, number = place
    last = monthrange(_A_LEAP_YEAR, month)[1]
    day = date(_A_LEAP_YEAR, month, min(number, last))
    return format_date(day, "d MMMM", locale=language())


def needed_said(step: Step) -> str:
    """How many of those who act must say yes; empty for a single one."""
    number = len(step.positions)
    if number < 2:
        return ""
    if step.needed is None or step.needed >= number:
        return _("all of them")
    if step.needed == 1:
        return _("one of them is enough")
    return _("any %(needed)d of %(number)d", needed=step.needed, number=number)
