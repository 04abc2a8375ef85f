"""A chart as it would be when a plan is carried out, for a look before it is."""

from collections.abc import Mapping
from dataclasses import replace

from dossiers.people.chart.outline import Entry
from dossiers.people.chart.plan import Plan
from dossiers.people.chart.snapshot import Chart, Holder, Known, Seat


def foreseen(present: Chart, plan: Plan, known: Known) -> Chart:
    """The chart after the plan. `known` is the evidence that its facts will have."""
    names = {**plan.names, **present.names}
    seats = {ident: seat for ident, seat in present.seats.items() if ident not in plan.removed}
    for ident, entry in plan.changed.items():
        seats[ident] = _saying(seats[ident], entry)
    for ident, entry in plan.added.items():
        blank = Seat(ident, "", "", entry.kind, "", True, 0, known)
        seats[ident] = _saying(blank, entry)
    for ident, manager in (plan.managers | plan.lifted).items():
        line = known if manager else None
        seats[ident] = replace(seats[ident], manager_id=manager, line=line)
    for ident, rank in plan.ranks.items():
        seats[ident] = replace(seats[ident], rank=rank)
    _end(seats, plan)
    _place(seats, plan, names, known)
    return replace(present, seats=seats, unplaced=_unplaced(present, seats, plan, names, known))


def _saying(seat: Seat, entry: Entry) -> Seat:
    return replace(
        seat,
        title=entry.title,
        unit=entry.unit,
        kind=entry.kind,
        is_known=entry.is_known,
    )


def _end(seats: dict[int, Seat], plan: Plan) -> None:
    for position, person in plan.ended:
        if position in seats:
            stay = tuple(h for h in seats[position].holders if h.person_id != person)
            seats[position] = replace(seats[position], holders=stay)


def _place(seats: dict[int, Seat], plan: Plan, names: Mapping[int, str], known: Known) -> None:
    for one in plan.placed:
        name = names.get(one.person_id, "")
        holder = Holder(one.person_id, name, one.main, one.acting, known)
        others = tuple(h for h in seats[one.position_id].holders if h.person_id != one.person_id)
        seats[one.position_id] = replace(seats[one.position_id], holders=(*others, holder))


def _unplaced(
    present: Chart,
    seats: Mapping[int, Seat],
    plan: Plan,
    names: Mapping[int, str],
    known: Known,
) -> tuple[Holder, ...]:
    """Who lost a place and got no other stays at the client; who got one is placed."""
    seated = {holder.person_id for seat in seats.values() for holder in seat.holders}
    placed = {one.person_id for one in plan.placed}
    stay = [holder for holder in present.unplaced if holder.person_id not in placed]
    there = {holder.person_id for holder in stay}
    working = present.names.keys() - seated - there
    lost = dict.fromkeys(person for _position, person in plan.ended)
    new = [person for person in lost if person in working]
    return (*stay, *(Holder(person, names[person], True, False, known) for person in new))
