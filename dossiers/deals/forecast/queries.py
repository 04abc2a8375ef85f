"""Reading what forecasts are made of, within sight."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, and_, cast, func, select
from sqlalchemy.orm import Session

from dossiers.deals.forecast.calibration import Said
from dossiers.deals.forecast.learning import Learnt, Rate
from dossiers.deals.forecast.models import PipelineForecast
from dossiers.deals.forecast.proving import Proved
from dossiers.deals.forecast.stories import Story
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealChange, DealStage
from dossiers.deals.reports.periods import Period, Unit
from dossiers.deals.reports.statements import DECIDED

REMEMBERED = timedelta(days=730)
MOST_ENDED = 10_000
_MOST_CHANGES = 5_000
Conditions = Sequence[ColumnElement[bool]]
_Stages = Mapping[int, list[tuple[date, str]]]


def open_currencies(session: Session, seen: Conditions) -> list[tuple[str, int]]:
    """The currencies of open deals with their numbers; the one of most deals first."""
    wanted = select(Deal.currency, func.count()).where(Deal.kind == DealKind.OPEN, *seen)
    rows = session.execute(wanted.group_by(Deal.currency)).all()
    return sorted(((code, deals) for code, deals in rows), key=lambda one: (-one[1], one[0]))


def stories_of(
    session: Session, seen: Conditions, currency: str, today: date, zone: str
) -> list[Story]:
    """The open deals of a currency, and those that ended in two years, in three statements.

    Of the ended ones the last `MOST_ENDED`.
    """
    ended = and_(Deal.kind.in_(DECIDED), Deal.closed_on.between(today - REMEMBERED, today))
    going = Deal.kind == DealKind.OPEN
    mine = (Deal.currency == currency, *seen)
    newest = select(Deal.id).where(ended, *mine).order_by(Deal.closed_on.desc()).limit(MOST_ENDED)
    rows: list[Any] = []
    stages: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for some in (Deal.id.in_(newest), and_(going, *mine)):
        rows += session.execute(select(*_COLUMNS).where(some))
        for ident, stage, at in session.execute(_stages().where(some)):
            stages[ident].append((_day(at, zone), stage))
    return [_story(row, stages, today, zone) for row in rows]


_COLUMNS = (
    Deal.id, Deal.pipeline, Deal.kind, Deal.began_on, Deal.created_there, Deal.first_seen_at,
    Deal.planned_on, Deal.closed_on, Deal.amount, Deal.list_total, Deal.probability, Deal.stage,
)  # fmt: skip


def _stages() -> Any:
    """The stages at which deals were under way, in their order."""
    return (
        select(DealStage.deal_id, DealStage.stage, DealStage.at)
        .join(Deal, Deal.id == DealStage.deal_id)
        .where(DealStage.kind.is_(None) | (DealStage.kind == DealKind.OPEN))
        .order_by(DealStage.at, DealStage.id)
    )


def _story(row: Any, stages: _Stages, today: date, zone: str) -> Story:
    mine = list(stages.get(row.id, ()))
    if row.kind is DealKind.OPEN and row.stage and (not mine or mine[-1][1] != row.stage):
        mine.append((min(today, _day(row.first_seen_at, zone)), row.stage))
    began = row.began_on or _began(row, zone)
    return Story(
        row.id, row.pipeline, row.kind, began, row.planned_on,
        None if row.kind is DealKind.OPEN else row.closed_on,
        _whole(row.amount), _whole(row.list_total), mine, _whole(row.probability),
    )  # fmt: skip


def _whole(figure: Decimal | None) -> int | None:
    return None if figure is None else int(figure)


def _began(row: Any, zone: str) -> date | None:
    """When a deal is first known: there, else here, unless it had ended by then."""
    first = _day(row.created_there or row.first_seen_at, zone)
    return first if row.closed_on is None or first <= row.closed_on else None


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def said_by_managers(session: Session, seen: Conditions, learnt: Learnt) -> list[Said]:
    """What managers said last of deals whose end we saw, in one statement."""
    ended = cast(DealChange.fields, String).contains('"kind"', autoescape=True)
    wanted = (
        select(DealChange.fields, Deal.kind, Deal.probability, Deal.pipeline)
        .join(Deal, Deal.id == DealChange.deal_id)
        .where(ended, Deal.kind.in_(DECIDED), *seen)
        .order_by(DealChange.id.desc())
        .limit(_MOST_CHANGES)
    )
    found = []
    for fields, kind, probability, pipeline in session.execute(wanted):
        # A deal may be called "kind", too.
        if "kind" not in fields or fields["kind"][1] != kind:
            continue
        before = fields["probability"][0] if "probability" in fields else probability
        if before is not None:
            won, stage = kind is DealKind.WON, fields.get("stage", [None])[0]
            rate = learnt.rate_of((pipeline, stage) if stage else None)
            found.append(Said(float(Decimal(str(before))), _without(rate, won) * 100, won))
    return found


def _without(rate: Rate, won: bool) -> float:
    """The chance as it was without this one deal."""
    return Rate(max(0, rate.won - won), max(0, rate.ended - 1), rate.prior).chance


def kept_forecasts(session: Session, currency: str, since: date) -> list[PipelineForecast]:
    """The forecasts of the whole company, made before the months they are of, the newest first."""
    wanted = select(PipelineForecast).where(
        PipelineForecast.currency == currency,
        PipelineForecast.month >= since,
        PipelineForecast.made_on < PipelineForecast.month,
    )
    newest = wanted.order_by(PipelineForecast.month.desc(), PipelineForecast.made_on.desc())
    return list(session.scalars(newest.limit(2_000)))


def month_of(kept: PipelineForecast) -> Period:
    """The month of which a kept forecast is."""
    return Period(kept.month, Unit.MONTH)


def proved_of(kept: PipelineForecast, came: int) -> Proved:
    """A kept forecast beside what came."""
    sums = (int(kept.low), int(kept.likely), int(kept.high))
    return Proved(kept.made_on, month_of(kept), *sums, came)
