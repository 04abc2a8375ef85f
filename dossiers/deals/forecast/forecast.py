"""A whole forecast: the months to come, what it was learnt from, and how earlier ones fared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dossiers.deals.forecast.calibration import Calibration, calibration_of
from dossiers.deals.forecast.learning import Learnt, learn
from dossiers.deals.forecast.outlook import Outlook, months_from, outlook_of
from dossiers.deals.forecast.proving import Proved, backtest, brought, misses_of
from dossiers.deals.forecast.queries import (
    Conditions,
    kept_forecasts,
    month_of,
    open_currencies,
    proved_of,
    said_by_managers,
    stories_of,
)
from dossiers.deals.forecast.stories import Standing, Story, standing_on
from dossiers.deals.reports.asking import Wanted
from dossiers.deals.reports.statements import reported
from wiki.accounts.actor import Actor

AHEAD, BACK = 6, 12


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the open deals of one currency will bring, as known on a day.

    `past` is what this way would have said of months that are over; `kept` what was really said
    before each of them (of the whole company, so only directors have it).
    """

    day: date
    currency: str
    currencies: Sequence[tuple[str, int]]
    outlook: Outlook
    learnt: Learnt
    past: Sequence[Proved]
    kept: Sequence[Proved]
    calibration: Calibration | None


@dataclass(frozen=True, slots=True)
class Made:
    """A forecast by itself, with the deals from which it was made."""

    outlook: Outlook
    learnt: Learnt
    past: Sequence[Proved]
    stories: Sequence[Story]


def make(session: Session, seen: Conditions, currency: str, day: date, zone: str) -> Made:
    """The forecast of the deals of one currency that fit the conditions."""
    stories = stories_of(session, seen, currency, day, zone)
    standing: Standing = standing_on(stories, day)
    learnt, past = learn(standing), backtest(stories, day, BACK)
    months = months_from(day, AHEAD)
    return Made(outlook_of(standing, learnt, months, misses_of(past)), learnt, past, stories)


def forecast_visible_to(
    session: Session, actor: Actor, wanted: Wanted, asked: str | None, today: date
) -> Forecast:
    """The forecast of the deals that the actor may see; `asked` is a currency, `None` the usual."""
    seen = reported(actor, wanted)
    codes = open_currencies(session, seen)
    currency = codes[0][0] if asked is None and codes else asked or ""
    made = make(session, seen, currency, today, actor.time_zone)
    kept = _kept(session, currency, made, today) if _sees_all(actor, wanted) else []
    calibration = calibration_of(said_by_managers(session, seen, made.learnt))
    return Forecast(today, currency, codes, made.outlook, made.learnt, made.past, kept, calibration)


def _sees_all(actor: Actor, wanted: Wanted) -> bool:
    """What was kept counts all deals, so it is for those who see all, and asked for all."""
    return actor.is_director and wanted == Wanted()


def _kept(session: Session, currency: str, made: Made, today: date) -> list[Proved]:
    """The last forecast before each month that is over, beside what came."""
    present = months_from(today, 1)[0]
    found: dict[date, Proved] = {}
    for kept in kept_forecasts(session, currency, present.moved(-BACK).first):
        month = month_of(kept)
        if month < present and month.first not in found:
            came = brought(made.stories, kept.made_on, month)
            found[month.first] = proved_of(kept, came)
    return [found[first] for first in sorted(found)]
