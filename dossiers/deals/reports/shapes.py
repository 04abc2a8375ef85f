"""The JSON of reports: what programs are given, and what the pictures are drawn from.

Amounts are decimals in strings, shares are parts of 1. Labels are in the reader's language.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from pydantic import BaseModel

from dossiers.deals.figures import rounded
from dossiers.deals.reports.asking import By
from dossiers.deals.reports.change import Change, Factor
from dossiers.deals.reports.groups import Group
from dossiers.deals.reports.periods import Period, Span, Unit
from dossiers.deals.reports.report import Report
from dossiers.deals.reports.tallies import Tally, in_money
from dossiers.deals.reports.wording import FACTOR_NAMES, group_name, period_name


class PeriodOut(BaseModel):
    """A period, and the days of it that are counted."""

    code: str
    label: str
    first: date
    last: date


class TallyOut(BaseModel):
    """Decided deals. `amount` is the sum of the won ones that say theirs.

    `discount` is the part of the list price not paid; deals without a known list price count there
    as sold without discount.
    """

    won: int
    lost: int
    win_rate: float | None
    amount: Decimal
    average: Decimal | None
    average_list: Decimal | None
    discount: float | None
    without_amount: int
    without_list_price: int


class PartOut(BaseModel):
    """What one factor adds to the change."""

    factor: Factor
    label: str
    amount: Decimal


class ChangeOut(BaseModel):
    """The difference of the two sums; the parts are exactly that sum."""

    difference: Decimal
    parts: list[PartOut]


class CurrencyOut(BaseModel):
    """A currency in which there are decided deals. Each has a report of its own."""

    currency: str
    deals: int


class RowOut(TallyOut):
    """A whole period of the row."""

    period: str
    label: str


class GroupOut(BaseModel):
    """The deals of one reason, product …; `key` is what a filter of the address takes."""

    key: str
    name: str | None
    label: str
    now: TallyOut
    then: TallyOut
    difference: Decimal


class ReportOut(BaseModel):
    """A report: what was decided in a period, beside another, and what made the change."""

    unit: Unit
    period: PeriodOut
    compared: PeriodOut
    running: bool
    currency: str
    currencies: list[CurrencyOut]
    now: TallyOut
    then: TallyOut
    change: ChangeOut
    periods: list[RowOut]
    by: By
    groups: list[GroupOut]


def report_out(report: Report) -> ReportOut:
    """The report as JSON values."""
    now, then = report.spans
    return ReportOut(
        unit=report.asked.unit,
        period=_period(report.period, now),
        compared=_period(report.before, then),
        running=report.is_running,
        currency=report.currency,
        currencies=[CurrencyOut(currency=code, deals=deals) for code, deals in report.currencies],
        now=tally_out(report.now),
        then=tally_out(report.then),
        change=_change(report.change),
        periods=[_row(period, tally) for period, tally in report.row],
        by=report.asked.by,
        groups=[_group(report.asked.by, group) for group in report.groups],
    )


def _period(period: Period, span: Span) -> PeriodOut:
    label = period_name(period)
    return PeriodOut(code=period.code, label=label, first=span.first, last=span.last)


def tally_out(tally: Tally) -> TallyOut:
    """The figures of some deals as JSON values."""
    return TallyOut(
        won=tally.won,
        lost=tally.lost,
        win_rate=_share(tally.win_rate),
        amount=in_money(tally.amount),
        average=_cents(tally.average),
        average_list=_cents(tally.average_list),
        discount=_share(tally.discount),
        without_amount=tally.unsaid,
        without_list_price=tally.unpriced,
    )


def _share(share: Fraction | None) -> float | None:
    return None if share is None else float(rounded(share, 4))


def _cents(amount: Fraction | None) -> Decimal | None:
    return None if amount is None else rounded(amount, 2)


def _change(change: Change) -> ChangeOut:
    return ChangeOut(
        difference=in_money(change.difference),
        parts=[
            PartOut(factor=factor, label=str(FACTOR_NAMES[factor]), amount=in_money(part))
            for factor, part in change.parts.items()
        ],
    )


def _row(period: Period, tally: Tally) -> RowOut:
    label = period_name(period, short=True)
    return RowOut(period=period.code, label=label, **tally_out(tally).model_dump())


def _group(by: By, group: Group) -> GroupOut:
    return GroupOut(
        key=group.key,
        name=group.name,
        label=group_name(by, group.name),
        now=tally_out(group.now),
        then=tally_out(group.then),
        difference=in_money(group.difference),
    )
