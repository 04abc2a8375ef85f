"""What an outline would change in a chart.

The outline is held against the chart that it was opened from (`base`), line by line: only what
somebody changed in the text is an edit, so what others did meanwhile stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dossiers.people.chart.outline import Entry, LineRefusal, Named, Unreadable, parse_outline
from dossiers.people.chart.outline_writing import write_outline
from dossiers.people.chart.plan import FIRST_NEW, Placing, Plan
from dossiers.people.chart.snapshot import Chart
from dossiers.people.chart.walking import seats_in_order
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title

#: Folded name → the people of that name who ever worked at the client.
Known = Mapping[str, Sequence[int]]


@dataclass(slots=True)
class _Seated:
    """Who held a position in the base, by name, and who is named there now."""

    position_id: int
    before: list[tuple[Named, int]]
    after: list[Named]


def plan_outline(
    base: Chart, present: Chart, typed: Sequence[Entry], known: Known, remove_missing: bool
) -> Plan:
    """The edits that lead from `base` to what was typed, to be done in the present chart.

    Raises `Unreadable` for a number that no position has.
    """
    opened = parse_outline(write_outline(base, "en"))
    before = {entry.position_id: entry for entry in opened if entry.position_id}
    _check_numbers(typed, before)
    idents = [entry.position_id or FIRST_NEW + number for number, entry in enumerate(typed, 1)]
    plan = Plan()
    for ident, entry in zip(idents, typed, strict=True):
        _plan_position(plan, ident, entry, before.get(ident), idents, opened)
    if remove_missing:
        typed_too = set(idents)
        plan.removed = [ident for ident in before if ident not in typed_too]
        _lift_reports(plan, present)
    _plan_people(plan, _seated(base, opened, idents, typed, plan.removed), present, known)
    _plan_order(plan, idents, typed, present)
    return plan


def _check_numbers(typed: Sequence[Entry], before: Mapping[int, Entry]) -> None:
    problems = [
        LineRefusal(entry.line, _no_such_number(entry.position_id))
        for entry in typed
        if entry.position_id is not None and entry.position_id not in before
    ]
    if problems:
        raise Unreadable(problems)


def _no_such_number(number: int) -> Refusal:
    return Refusal(
        "Line %(line)d bears the number #%(number)d, but no position of this chart has it on that "
        "day. Take the number away and the position is added as a new one.",
        number=number,
    )


def _plan_position(
    plan: Plan,
    ident: int,
    entry: Entry,
    before: Entry | None,
    idents: Sequence[int],
    opened: Sequence[Entry],
) -> None:
    manager = None if entry.above is None else idents[entry.above]
    if before is None:
        plan.added[ident] = entry
        if manager is not None:
            plan.managers[ident] = manager
        return
    if _said(entry) != _said(before):
        plan.changed[ident] = entry
    if manager != (None if before.above is None else opened[before.above].position_id):
        plan.managers[ident] = manager


def _said(entry: Entry) -> tuple[object, ...]:
    return entry.title, entry.unit, entry.kind, entry.is_known


def _lift_reports(plan: Plan, present: Chart) -> None:
    """What others put under a position that is removed comes under the manager of that."""
    removed = set(plan.removed)
    for seat in present.seats.values():
        manager = seat.manager_id
        if manager in removed and seat.id not in removed and seat.id not in plan.managers:
            while manager in removed:
                manager = present.seats[manager].manager_id if manager in present.seats else None
            plan.lifted[seat.id] = manager


def _seated(
    base: Chart,
    opened: Sequence[Entry],
    idents: Sequence[int],
    typed: Sequence[Entry],
    removed: Iterable[int],
) -> list[_Seated]:
    """For each position of the text, and each removed one, its holders in the base and now."""
    before: dict[int, list[tuple[Named, int]]] = {}
    for (seat, _depth), entry in zip(seats_in_order(base), opened, strict=True):
        people = [holder.person_id for holder in seat.holders]
        before[seat.id] = list(zip(entry.holders, people, strict=True))
    now = {ident: list(entry.holders) for ident, entry in zip(idents, typed, strict=True)}
    now |= {ident: [] for ident in removed}
    return [_Seated(ident, before.get(ident, []), names) for ident, names in now.items()]


def _plan_people(plan: Plan, seated: Sequence[_Seated], present: Chart, known: Known) -> None:
    """End what is no longer said, then place who is newly named: first those who lost a place."""
    leavers: dict[str, list[int]] = defaultdict(list)
    arrivals: list[tuple[int, Named]] = []
    for seat in seated:
        stay, gone, new = _matched(seat)
        plan.placed += _acting_otherwise(seat.position_id, stay, present)
        for named, person in gone:
            plan.ended.append((seat.position_id, person))
            leavers[fold_title(named.name)].append(person)
        arrivals += [(seat.position_id, named) for named in new]
    finder = _Finder(leavers, present, known)
    seats_left = _seats_left(plan, present)
    for position, named in arrivals:
        person = finder.person(named.name)
        plan.names[person] = named.name
        if position not in seats_left[person]:
            is_first = not seats_left[person]
            plan.placed.append(Placing(position, person, is_first, named.acting))
            seats_left[person].add(position)


_Matched = tuple[list[tuple[Named, Named, int]], list[tuple[Named, int]], list[Named]]


def _matched(seat: _Seated) -> _Matched:
    """Who stays (as before, as now), who is gone, who is new at one position."""
    waiting: dict[str, list[tuple[Named, int]]] = defaultdict(list)
    for named, person in seat.before:
        waiting[fold_title(named.name)].append((named, person))
    stay, new = [], []
    for named in seat.after:
        same = waiting[fold_title(named.name)]
        if same:
            was, person = same.pop(0)
            stay.append((was, named, person))
        else:
            new.append(named)
    gone = [pair for pairs in waiting.values() for pair in pairs]
    return stay, gone, new


def _acting_otherwise(
    position: int, stay: Iterable[tuple[Named, Named, int]], present: Chart
) -> Iterator[Placing]:
    seat = present.seats.get(position)
    mains = {holder.person_id: holder.main for holder in seat.holders} if seat else {}
    for was, now, person in stay:
        if was.acting != now.acting:
            yield Placing(position, person, mains.get(person, True), now.acting)


def _seats_left(plan: Plan, present: Chart) -> dict[int, set[int]]:
    """Person → the positions that they keep."""
    kept: dict[int, set[int]] = defaultdict(set)
    ended = set(plan.ended)
    for seat in present.seats.values():
        for holder in seat.holders:
            if (seat.id, holder.person_id) not in ended:
                kept[holder.person_id].add(seat.id)
    return kept


class _Finder:
    """Says whom a name means; somebody whom nobody knows becomes a newcomer."""

    def __init__(self, leavers: Mapping[str, list[int]], present: Chart, known: Known) -> None:
        self._leavers, self._known = leavers, known
        self._unplaced: dict[str, list[int]] = defaultdict(list)
        for holder in present.unplaced:
            self._unplaced[fold_title(holder.name)].append(holder.person_id)
        self._new: dict[str, int] = {}

    def person(self, name: str) -> int:
        """The number of the person."""
        folded = fold_title(name)
        for people in (self._leavers, self._unplaced, self._known):
            if people.get(folded):
                return people[folded][0]
        return self._new.setdefault(folded, FIRST_NEW + len(self._new))


def _plan_order(plan: Plan, idents: Sequence[int], typed: Sequence[Entry], present: Chart) -> None:
    """Where the text has another order of reports than the drawing would, number them anew."""
    groups: dict[int | None, list[int]] = defaultdict(list)
    for ident, entry in zip(idents, typed, strict=True):
        if ident >= FIRST_NEW or ident in present.seats:
            groups[None if entry.above is None else idents[entry.above]].append(ident)
    for group in groups.values():
        if group != sorted(group, key=lambda ident: _drawn(ident, present)):
            plan.ranks |= {ident: place for place, ident in enumerate(group, 1)}


def _drawn(ident: int, present: Chart) -> tuple[int, int]:
    """By what the drawing sorts; new positions come in the order of the text, after all others."""
    return (present.seats[ident].rank if ident in present.seats else 0), ident
