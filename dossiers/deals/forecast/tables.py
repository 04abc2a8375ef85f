"""The tables of a forecast: they say what its picture shows."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from dossiers.deals.figures import Cell, Figures, Line, count, money, share, text
from dossiers.deals.forecast.calibration import Calibration
from dossiers.deals.forecast.forecast import Forecast
from dossiers.deals.forecast.learning import Rate
from dossiers.deals.forecast.proving import Proved
from dossiers.deals.reports.wording import period_name
from wiki.locale import _
from wiki.templating import day


def tables_of(forecast: Forecast) -> list[Figures]:
    """Months to come, rates of stages, how it fared; managers' probabilities where there are any.

    What was really kept stands before what would have been said.
    """
    found = [_months(forecast), _stages(forecast)]
    if forecast.kept:
        title = _("What was said on the last day before each month")
        found.append(_proved("kept", title, forecast.kept, forecast.currency))
    if forecast.past:
        title = _("What this way would have said before each month")
        found.append(_proved("past", title, forecast.past, forecast.currency))
    if forecast.calibration is not None:
        found.append(_calibrated(forecast.calibration))
    return found


def _months(forecast: Forecast) -> Figures:
    lines = [
        Line(
            period_name(one.month),
            (_whole(one.low), _whole(one.likely), _whole(one.high), count(round(one.deals))),
        )
        for one in forecast.outlook.months
    ]
    headings = (
        _("Month"), _("At least"), _("Expected"),
        _("At most"), _("Deals won"),
    )  # fmt: skip
    title = _("What the open deals will bring")
    return Figures("months", title, headings, lines, forecast.currency)


def _whole(amount: int) -> Cell:
    return money(Decimal(amount))


def _stages(forecast: Forecast) -> Figures:
    rates = sorted(forecast.learnt.stages.items(), key=lambda one: (one[0][0], -one[1].chance))
    lines = [
        Line(" · ".join(filter(None, stage)), _rate(rate)) for stage, rate in rates if rate.ended
    ]
    lines.append(Line(_("All deals"), _rate(forecast.learnt.overall), is_sum=True))
    headings = (_("Stage"), _("Deals that ended"), _("of them won"), _("Counts with"))
    return Figures("stages", _("Learnt from own deals"), headings, lines)


def _rate(rate: Rate) -> tuple[Cell, ...]:
    return count(rate.ended), count(rate.won), share(Fraction(rate.chance).limit_denominator(10**6))


def _proved(code: str, title: str, proved: Sequence[Proved], currency: str) -> Figures:
    lines = [
        Line(
            period_name(one.month),
            (
                text(day(one.made_on)),
                *(_whole(sum_) for sum_ in (one.low, one.likely, one.high, one.came)),
                text(_("within the range") if one.is_within else _("outside of it")),
            ),
        )
        for one in reversed(proved)
    ]
    headings = (
        _("Month"), _("Said on"), _("At least"), _("Expected"), _("At most"), _("What came"),
        _("The range"),
    )  # fmt: skip
    return Figures(code, title, headings, lines, currency)


def _calibrated(calibration: Calibration) -> Figures:
    lines = [
        Line(
            _("%(low)d to %(high)d %%", low=band.low, high=band.high),
            (
                count(band.deals),
                share(_part(band.managers)),
                share(_part(band.ours)),
                share(Fraction(band.won, band.deals)),
            ),
        )
        for band in calibration.bands
    ]
    headings = (
        _("Managers said"), _("Deals"), _("Managers, on average"), _("Our rate"), _("Really won"),
    )  # fmt: skip
    return Figures("managers", _("Managers' own probabilities"), headings, lines)


def _part(percent: float) -> Fraction:
    return Fraction(percent).limit_denominator(10**6) / 100
