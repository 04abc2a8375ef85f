"""The tables of a report: they say what its pictures show."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from dossiers.deals.figures import Cell, Figures, Line, count, money, part, rounded, share
from dossiers.deals.reports.change import Factor
from dossiers.deals.reports.report import Report
from dossiers.deals.reports.tallies import Tally, in_money
from dossiers.deals.reports.wording import BY_NAMES, FACTOR_NAMES, group_name, period_name
from wiki.locale import _

Address = Callable[..., str]
"""The address of the same report with other values; a value of "" takes one away."""


def tables_of(report: Report, address: Address) -> tuple[Figures, Figures, Figures]:
    """What made the change; period by period; by reason, product and so on."""
    return change_table(report), row_table(report, address), groups_table(report, address)


def change_table(report: Report) -> Figures:
    """Each factor then and now, and its part in the change; the last line is their sum."""
    lines = [
        Line(str(FACTOR_NAMES[factor]), (*_sides(report, factor), part(in_money(amount))))
        for factor, amount in report.change.parts.items()
    ]
    sums = (money(in_money(tally.amount)) for tally in (report.then, report.now))
    whole = Line(_("Won in all"), (*sums, part(in_money(report.change.difference))), is_sum=True)
    headings = (
        _("What changed"), period_name(report.before), period_name(report.period),
        _("Part in the change"),
    )  # fmt: skip
    return Figures("change", _("What made the change"), headings, [*lines, whole], report.currency)


def _sides(report: Report, factor: Factor) -> tuple[Cell, Cell]:
    figure = _FIGURES[factor]
    return figure(report.then), figure(report.now)


_FIGURES: dict[Factor, Callable[[Tally], Cell]] = {
    Factor.COUNT: lambda tally: count(tally.closed),
    Factor.WIN_RATE: lambda tally: share(tally.win_rate),
    Factor.SAID: lambda tally: share(Fraction(tally.said, tally.won) if tally.won else None),
    Factor.LIST: lambda tally: money(_cents(tally.average_list)),
    Factor.DISCOUNT: lambda tally: share(tally.discount),
}


def _cents(amount: Fraction | None) -> Decimal | None:
    return None if amount is None else rounded(amount, 2)


def row_table(report: Report, address: Address) -> Figures:
    """Whole periods up to the one asked for, the latest first."""
    lines = [
        Line(period_name(period), _cells(tally), address(period=period.code))
        for period, tally in reversed(report.row)
    ]
    return Figures("periods", _("Period by period"), _headings(_("Period")), lines, report.currency)


def groups_table(report: Report, address: Address) -> Figures:
    """The period asked for by reason, product and so on, with the change of each sum."""
    by = report.asked.by
    lines = [
        Line(
            group_name(by, group.name),
            (*_cells(group.now), part(in_money(group.difference))),
            address(**{by.value: group.key}) if group.key else "",
        )
        for group in report.groups
    ]
    whole = (*_cells(report.now), part(in_money(report.change.difference)))
    headings = (*_headings(str(BY_NAMES[by])), _("Difference"))
    title = _("%(period)s by: %(what)s", period=period_name(report.period), what=BY_NAMES[by])
    lines.append(Line(_("All"), whole, is_sum=True))
    return Figures("groups", title, headings, lines, report.currency)


def _headings(first: str) -> tuple[str, ...]:
    figures = (_("Won"), _("Lost"), _("Win rate"), _("Won for"), _("Average"), _("Discount"))
    return first, *figures


def _cells(tally: Tally) -> tuple[Cell, ...]:
    return (
        count(tally.won),
        count(tally.lost),
        share(tally.win_rate),
        money(in_money(tally.amount)),
        money(_cents(tally.average)),
        share(tally.discount),
    )
