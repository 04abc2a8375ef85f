"""The JSON of forecasts: what programs are given, and what the picture is drawn from."""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel

from dossiers.deals.forecast.calibration import Band
from dossiers.deals.forecast.forecast import Forecast
from dossiers.deals.forecast.learning import Rate
from dossiers.deals.forecast.outlook import MonthOutlook
from dossiers.deals.forecast.proving import Proved
from dossiers.deals.reports.shapes import CurrencyOut
from dossiers.deals.reports.wording import period_name


class MonthOut(BaseModel):
    """A month to come: in eight of ten cases between `low` and `high`; `deals` won, on average."""

    month: str
    label: str
    low: Decimal
    likely: Decimal
    high: Decimal
    deals: float


class ProvedOut(BaseModel):
    """A month that is over: what was expected on the day `made`, and what came of those deals."""

    month: str
    label: str
    made: date
    low: Decimal
    likely: Decimal
    high: Decimal
    came: Decimal


class RateOut(BaseModel):
    """How many of the ended deals that were at a stage were won, and the chance counted with."""

    pipeline: str
    stage: str
    ended: int
    won: int
    chance: float


class BandOut(BaseModel):
    """Deals to which managers gave from `low` to `high` percent, beside ours and what came."""

    low: int
    high: int
    deals: int
    managers: float
    ours: float
    won: int


class ForecastOut(BaseModel):
    """What the open deals of a currency will bring. Amounts are whole units, in strings.

    `past` is what this way of forecasting would have said; `kept` what was really said, of the
    whole company (directors only). `stale` deals are older than all that ever ended.
    """

    made: date
    currency: str
    currencies: list[CurrencyOut]
    deals: int
    without_amount: int
    stale: int
    months: list[MonthOut]
    overall: RateOut
    stages: list[RateOut]
    past: list[ProvedOut]
    kept: list[ProvedOut]
    managers: list[BandOut]


def forecast_out(forecast: Forecast) -> ForecastOut:
    """The forecast as JSON values."""
    outlook, learnt, calibration = forecast.outlook, forecast.learnt, forecast.calibration
    stages = sorted(learnt.stages.items())
    return ForecastOut(
        made=forecast.day,
        currency=forecast.currency,
        currencies=[CurrencyOut(currency=code, deals=deals) for code, deals in forecast.currencies],
        deals=outlook.deals,
        without_amount=outlook.unsaid,
        stale=outlook.stale,
        months=[_month(one) for one in outlook.months],
        overall=_rate("", "", learnt.overall),
        stages=[_rate(pipeline, stage, rate) for (pipeline, stage), rate in stages],
        past=[_proved(one) for one in forecast.past],
        kept=[_proved(one) for one in forecast.kept],
        managers=[_band(band) for band in calibration.bands] if calibration else [],
    )


def _month(one: MonthOutlook) -> MonthOut:
    return MonthOut(
        month=one.month.code,
        label=period_name(one.month, short=True),
        low=Decimal(one.low),
        likely=Decimal(one.likely),
        high=Decimal(one.high),
        deals=round(one.deals, 2),
    )


def _proved(one: Proved) -> ProvedOut:
    return ProvedOut(
        month=one.month.code,
        label=period_name(one.month, short=True),
        made=one.made_on,
        low=Decimal(one.low),
        likely=Decimal(one.likely),
        high=Decimal(one.high),
        came=Decimal(one.came),
    )


def _rate(pipeline: str, stage: str, rate: Rate) -> RateOut:
    chance = round(rate.chance, 4)
    return RateOut(pipeline=pipeline, stage=stage, ended=rate.ended, won=rate.won, chance=chance)


def _band(band: Band) -> BandOut:
    return BandOut(
        low=band.low,
        high=band.high,
        deals=band.deals,
        managers=round(band.managers, 1),
        ours=round(band.ours, 1),
        won=band.won,
    )
