"""A whole report: what was won and lost in a period, beside another, and what made the change."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.models import Deal
from dossiers.deals.reports.asking import Asked
from dossiers.deals.reports.change import Change, change_between
from dossiers.deals.reports.groups import Group, groups_visible_to
from dossiers.deals.reports.periods import Period, Span, Unit, period_of, row_of, spans_of
from dossiers.deals.reports.statements import DECIDED, cell, counted, decided, reported
from dossiers.deals.reports.tallies import NOTHING, Tally, total
from wiki.accounts.actor import Actor

_SHOWN = {Unit.MONTH: 13, Unit.QUARTER: 9, Unit.YEAR: 5}
"""How many periods the row has: one can see the same one of the year before."""


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to a question. `currencies` are all that occur, with their numbers of deals.

    `now` and `then` are the deals of the two spans, `row` whole periods up to the one asked for.
    """

    asked: Asked
    period: Period
    before: Period
    spans: tuple[Span, Span]
    currency: str
    currencies: Sequence[tuple[str, int]]
    now: Tally
    then: Tally
    change: Change
    row: Sequence[tuple[Period, Tally]]
    groups: Sequence[Group]

    @property
    def is_running(self) -> bool:
        """Whether the period is not over, so that only as many days are compared."""
        return self.spans[0].last < self.period.last


def report_visible_to(session: Session, actor: Actor, asked: Asked, today: date) -> Report:
    """The report over the deals that the actor may see; five statements at most."""
    period = asked.period or _last_with_deals(session, actor, asked, today)
    before = asked.compared_with(period)
    spans = spans_of(period, before, today)
    row = list(row_of(period, _SHOWN[asked.unit]))
    cells = _cells(session, actor, asked, Span(row[0].first, period.last))
    currencies = _currencies(cells, spans)
    currency = currencies[0][0] if asked.currency is None and currencies else asked.currency or ""
    mine = [one for one in cells if one.currency == currency]
    now, then = (total(one.tally for one in mine if one.day in span) for span in spans)
    groups = groups_visible_to(session, actor, asked.by, asked.wanted, spans, currency)
    return Report(
        asked, period, before, spans, currency, currencies, now, then,
        change_between(then, now), _since_the_first(_by_period(row, mine)), groups,
    )  # fmt: skip


class _Cell(NamedTuple):
    """Deals of one day and currency, won or lost."""

    day: date
    currency: str
    tally: Tally


def _cells(session: Session, actor: Actor, asked: Asked, window: Span) -> list[_Cell]:
    """All closed deals of the window. Put together in the order of an index, which is quickest."""
    statement = counted(Deal.closed_on, Deal.currency).where(*decided(actor, asked.wanted, window))
    found = (cell(row) for row in session.execute(statement))
    return [_Cell(day, currency, tally) for (day, currency), tally in found]


def _currencies(cells: Iterable[_Cell], spans: tuple[Span, Span]) -> list[tuple[str, int]]:
    """The currencies with their deals in the window; first the one that most of the compared have.

    They are never added up, and no rate is made up.
    """
    deals: Counter[str] = Counter()
    compared: Counter[str] = Counter()
    for day, currency, tally in cells:
        deals[currency] += tally.closed
        if any(day in span for span in spans):
            compared[currency] += tally.closed
    found = sorted(deals, key=lambda code: (-compared[code], -deals[code], code))
    return [(code, deals[code]) for code in found]


def _by_period(row: Sequence[Period], cells: Iterable[_Cell]) -> list[tuple[Period, Tally]]:
    sums: dict[Period, Tally] = dict.fromkeys(row, NOTHING)
    for day, _currency, tally in cells:
        sums[period_of(day, row[0].unit)] += tally
    return list(sums.items())


def _since_the_first(row: list[tuple[Period, Tally]]) -> list[tuple[Period, Tally]]:
    """The row without empty periods at its beginning; two periods stay in any case."""
    used = [place for place, (_period, tally) in enumerate(row) if tally != NOTHING]
    return row[min([*used, len(row) - 2]) :]


def _last_with_deals(session: Session, actor: Actor, asked: Asked, today: date) -> Period:
    """The last period that has ended and in which deals were decided, else the present one."""
    present = period_of(today, asked.unit)
    # One by one, each is the end of an index; asked for together, all deals are looked at.
    last = (
        select(Deal.closed_on)
        .where(Deal.kind == kind, Deal.closed_on < present.first, *reported(actor, asked.wanted))
        .order_by(Deal.closed_on.desc())
        .limit(1)
        .scalar_subquery()
        for kind in DECIDED
    )
    days = [day for day in session.execute(select(*last)).one() if day is not None]
    return period_of(max(days), asked.unit) if days else present
