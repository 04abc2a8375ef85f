"""Plans for files written in a test, against a chart written in a test."""

from datetime import date

from dossiers.facts.models import Confidence, Source
from dossiers.people.chart.snapshot import Chart, Holder, Known, Seat
from dossiers.people.kinds import PositionKind
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.ground import Ground
from dossiers.people.transfer.ground import Known as Person
from dossiers.people.transfer.mapping import guess_mapping
from dossiers.people.transfer.planning import Plan, Wanted, make_plan
from dossiers.people.transfer.reading import read_table
from dossiers.people.transfer.vocabulary import codes_only

DAY = date(2026, 2, 1)
KNOWN = Known(Source.MEETING, Confidence.SURE, date(2020, 1, 1), date(2020, 1, 1))


def seat(ident: int, title: str, manager: int | None = None, code: str = "", *names: str) -> Seat:
    """A position of the present chart; its holders are numbered by its own number."""
    holders = tuple(
        Holder(100 * ident + place, name, True, False, KNOWN) for place, name in enumerate(names)
    )
    kind = PositionKind.MEMBER
    return Seat(ident, title, "", kind, code, True, 0, KNOWN, manager, KNOWN, holders)


def ground_with(*seats: Seat) -> Ground:
    chart = Chart(1, DAY, {seat.id: seat for seat in seats})
    return Ground(chart, (), tuple(Person(i, name) for i, name in sorted(chart.names.items())))


def plan_of(
    text: str, ground: Ground | None = None, absent: Absent | None = None, day: date = DAY
) -> Plan:
    """The plan for a CSV with columns that are guessed."""
    table = read_table(text.encode())
    wanted = Wanted(guess_mapping(table), day, absent)
    return make_plan(table, wanted, ground or ground_with(), 1, codes_only())


def drawn(plan: Plan) -> dict[str, tuple[str | None, list[str]]]:
    """Title → title of the manager, names of the holders."""
    seats = plan.after.chart.seats
    return {
        one.title: (
            seats[one.manager_id].title if one.manager_id else None,
            [holder.name for holder in one.holders],
        )
        for one in seats.values()
    }


def reasons(plan: Plan) -> dict[int, str]:
    return {number: str(why) for number, why in plan.refused.items()}
