"""The positions and people of a chart as lines of a snapshot."""

from collections.abc import Iterator, Mapping

from dossiers.people.chart.snapshot import Chart, Seat, Standing
from dossiers.renewals.snapshot.shape import LABEL, Fields, Lines, plain_day


def position_lines(chart: Chart) -> Lines:
    """Every position, and every line beside the solid ones, in the order of the drawing."""
    seats = {f"position:{seat.id}": _seat(chart, seat) for seat in _in_order(chart)}
    beside = {
        f"line:{line.from_id}-{line.to_id}-{line.kind.value}": {
            LABEL: _title(chart, line.from_id),
            "line": line.kind.value,
            "to": _title(chart, line.to_id),
        }
        for line in chart.lines
    }
    return seats | beside


def _in_order(chart: Chart) -> Iterator[Seat]:
    return iter(sorted(chart.seats.values(), key=lambda seat: (seat.rank, seat.id)))


def _title(chart: Chart, position_id: int) -> str:
    seat = chart.seats.get(position_id)
    return seat.title if seat else ""


def _seat(chart: Chart, seat: Seat) -> Fields:
    manager = chart.seats.get(seat.manager_id) if seat.manager_id is not None else None
    return {
        LABEL: seat.title,
        "title": seat.title,
        "unit": seat.unit,
        "kind": seat.kind.value,
        "code": seat.code,
        "is_known": seat.is_known,
        "manager": manager.id if manager else None,
        "manager_people": _holders(manager) if manager else [],
        "holders": _holders(seat),
        "acting": sorted(one.person_id for one in seat.holders if one.acting),
        "additional": sorted(one.person_id for one in seat.holders if not one.main),
    }


def _holders(seat: Seat) -> list[int]:
    return sorted({one.person_id for one in seat.holders})


def person_lines(chart: Chart) -> Lines:
    """Everybody who works there or is judged, the ties between them, and who of ours knows whom."""
    names = chart.names
    everybody = sorted({*names, *chart.standings})
    people = {f"person:{ident}": _person(names, chart.standings, ident) for ident in everybody}
    return people | _ties(chart, names) | _acquaintances(chart, names)


def _person(names: Mapping[int, str], standings: Mapping[int, Standing], ident: int) -> Fields:
    standing = standings.get(ident, Standing())
    return {
        LABEL: names.get(ident, ""),
        "name": names.get(ident, ""),
        "works_here": ident in names,
        "roles": sorted(role.value for role in standing.roles),
        "attitude": standing.attitude.value if standing.attitude else None,
        "power": standing.power.value if standing.power else None,
        "orientation": standing.orientation.value if standing.orientation else None,
    }


def _ties(chart: Chart, names: Mapping[int, str]) -> Lines:
    return {
        f"tie:{tie.from_id}-{tie.to_id}-{tie.kind.value}": {
            LABEL: names.get(tie.from_id, ""),
            "tie": tie.kind.value,
            "to": names.get(tie.to_id, ""),
            "strength": tie.strength,
            "both_ways": tie.both_ways,
        }
        for tie in chart.ties
    }


def _acquaintances(chart: Chart, names: Mapping[int, str]) -> Lines:
    return {
        f"known:{one.user_id}-{one.person_id}": {
            LABEL: f"{one.user} – {names.get(one.person_id, '')}",
            "coverage": one.coverage.value,
            "level": one.level.value if one.level else None,
            "wanted": one.wanted.value if one.wanted else None,
            "wanted_by": plain_day(one.wanted_by),
        }
        for one in chart.acquaintances
    }
