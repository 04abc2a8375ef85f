"""The chart as one JSON document: what the drawing, the API and programs of others read."""

from datetime import date
from typing import Any

from dossiers.facts.models import ALWAYS
from dossiers.people.chart.snapshot import Chart, Holder, Known, Seat, Standing


def document_of(chart: Chart) -> dict[str, Any]:
    """The chart as plain JSON values.

    Positions stand in the order of the drawing. What is false, empty or not known is left out, so
    that ten thousand positions stay small. `age` is in days since the fact was learnt.
    """
    return {
        "client": chart.client_id,
        "on": chart.day.isoformat(),
        "positions": [_seat(seat, chart) for seats in chart.below().values() for seat in seats],
        "unplaced": [_holder(holder, chart) for holder in chart.unplaced],
        "lines": [
            {"from": line.from_id, "to": line.to_id, "kind": line.kind, **_known(line.known, chart)}
            for line in chart.lines
        ],
        "influences": [
            {
                "from": tie.from_id,
                "to": tie.to_id,
                "kind": tie.kind,
                "strength": tie.strength,
                "bothWays": tie.both_ways,
                "note": tie.note,
                **_known(tie.known, chart),
            }
            for tie in chart.ties
        ],  # fmt: skip
    }


def _seat(seat: Seat, chart: Chart) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": seat.id,
        "title": seat.title,
        "unit": seat.unit,
        "kind": seat.kind,
        "code": seat.code,
        "manager": seat.manager_id if seat.manager_id in chart.seats else None,
        "unknown": not seat.is_known,
        "vacant": seat.is_vacant,
        "guess": seat.known.is_guess,
        "lineGuess": bool(seat.line and seat.line.is_guess),
        "age": (chart.day - seat.known.learned_on).days,
        "holders": [_holder(holder, chart) for holder in seat.holders],
    }
    return {name: value for name, value in shown.items() if _says(name, value)}


def _says(name: str, value: Any) -> bool:
    return name in ("id", "title", "age") or value not in (None, "", False, [])


def _holder(holder: Holder, chart: Chart) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "person": holder.person_id,
        "name": holder.name,
        "acting": holder.acting,
        "additional": not holder.main,
        **_known(holder.known, chart),
        **_standing(chart.standings.get(holder.person_id)),
        "coverage": [
            {"user": a.user_id, "name": a.user, "coverage": a.coverage, "level": a.level}
            for a in chart.acquaintances
            if a.person_id == holder.person_id
        ]
        if chart.acquaintances
        else [],
    }
    return {name: value for name, value in shown.items() if _says(name, value)}


def _standing(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return {}
    return {
        "roles": list(standing.roles),
        "attitude": standing.attitude,
        "power": standing.power,
        "orientation": standing.orientation,
        "ofDeal": sorted(standing.of_deal),
    }


def _known(known: Known, chart: Chart) -> dict[str, Any]:
    return {
        "since": day_or_none(known.since),
        "guess": known.is_guess,
        "source": known.source,
        "age": (chart.day - known.learned_on).days,
    }


def day_or_none(day: date) -> str | None:
    """The day as ISO text; `None` when nobody knows since when."""
    return None if day == ALWAYS else day.isoformat()
