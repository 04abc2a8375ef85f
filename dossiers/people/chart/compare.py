"""What differs between two charts of one client, as plain values.

"Moved" is a position that reports to another position than before. "New manager" is a position that
reports to the same position as before, which other people hold now. A new or gone position says
by itself who holds it and where it stands, so that nothing is told twice.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dossiers.people.chart.snapshot import Chart, Holder, Line, Seat, Standing, Tie
from dossiers.people.chart.walking import seats_in_order
from dossiers.people.kinds import Aspect


class What(StrEnum):
    """What a difference is about; lists show them in this order."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    MANAGER = "manager"
    HOLDER = "holder"
    LEFT = "left"
    VACANT = "vacant"
    ACTING = "acting"
    MAIN = "main"
    TITLE = "title"
    UNIT = "unit"
    KIND = "kind"
    CODE = "code"
    KNOWN = "known"
    NAME = "name"
    LINE = "line"
    LINE_GONE = "line_gone"
    TIE = "tie"
    TIE_GONE = "tie_gone"
    ROLE = "role"
    ATTITUDE = "attitude"
    POWER = "power"
    ORIENTATION = "orientation"


Plain = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; `before` and `after` are codes, texts or the numbers of positions.

    `what` says which: for "new", "gone" and "moved" the manager's position, for lines the other
    position, for ties the other person. `detail` is the kind of a line or tie.
    """

    what: What
    position_id: int | None
    person_id: int | None = None
    before: Plain = None
    after: Plain = None
    detail: str = ""


def changes_between(before: Chart, after: Chart) -> list[Difference]:
    """All differences, by what they are about, then in the order of the drawing."""
    place = _places(before, after)
    found = [
        *_seats(before, after),
        *_unplaced(before, after),
        *_names(before, after, place),
        *_lines(before, after),
        *_ties(before, after, place),
        *_standings(before, after, place),
    ]
    order = {what: number for number, what in enumerate(What)}
    drawn = _drawn(before, after)
    found.sort(key=lambda one: (order[one.what], drawn.get(one.position_id, len(drawn))))
    return found


def manager_of(chart: Chart, seat: Seat) -> int | None:
    """The position that a seat reports to; none when that is not in the chart."""
    return seat.manager_id if seat.manager_id in chart.seats else None


def _drawn(before: Chart, after: Chart) -> dict[int | None, int]:
    """Each position's place in the drawing; those that are gone come last."""
    seats = [*seats_in_order(after), *seats_in_order(before)]
    idents = dict.fromkeys(seat.id for seat, _depth in seats)
    return {ident: number for number, ident in enumerate(idents)}


def _places(before: Chart, after: Chart) -> dict[int, int]:
    """Person → a position that they hold now, else held before; main ones first."""
    places: dict[int, int] = {}
    for chart in (after, before):
        for main in (True, False):
            for seat in chart.seats.values():
                for holder in seat.holders:
                    if holder.main is main:
                        places.setdefault(holder.person_id, seat.id)
    return places


def _seats(before: Chart, after: Chart) -> Iterator[Difference]:
    works = after.names
    for ident, new in after.seats.items():
        old = before.seats.get(ident)
        if old is None:
            yield Difference(What.NEW, ident, after=manager_of(after, new))
        else:
            yield from _place(before, after, old, new)
            yield from _saying(old, new)
            yield from _holders(old, new, works)
    for ident, old in before.seats.items():
        if ident not in after.seats:
            yield Difference(What.GONE, ident, before=manager_of(before, old))


def _place(before: Chart, after: Chart, old: Seat, new: Seat) -> Iterator[Difference]:
    was, now = manager_of(before, old), manager_of(after, new)
    if was != now:
        yield Difference(What.MOVED, new.id, before=was, after=now)
    elif now is not None and _people(before.seats[now]) != _people(after.seats[now]):
        yield Difference(What.MANAGER, new.id, before=was, after=now)


def _people(seat: Seat) -> set[int]:
    return {holder.person_id for holder in seat.holders}


def _saying(old: Seat, new: Seat) -> Iterator[Difference]:
    pairs: tuple[tuple[What, Plain, Plain], ...] = (
        (What.TITLE, old.title, new.title),
        (What.UNIT, old.unit, new.unit),
        (What.KIND, old.kind.value, new.kind.value),
        (What.CODE, old.code, new.code),
        (What.KNOWN, old.is_known, new.is_known),
    )
    for what, was, now in pairs:
        if was != now:
            yield Difference(what, new.id, before=was, after=now)


def _holders(old: Seat, new: Seat, works: Container[int]) -> Iterator[Difference]:
    was = {holder.person_id: holder for holder in old.holders}
    now = {holder.person_id: holder for holder in new.holders}
    for person, holder in now.items():
        if person in was:
            yield from _same_holder(new.id, was[person], holder)
        else:
            how = "acting" if holder.acting else "holds"
            yield Difference(What.HOLDER, new.id, person, after=how)
    for person in was:
        if person not in now:
            yield Difference(What.LEFT, new.id, person, "holds", _where(person, works))
    if new.is_vacant and not old.is_vacant:
        yield Difference(What.VACANT, new.id, before=False, after=True)


def _where(person: int, works: Container[int]) -> str | None:
    """What became of somebody who left a place: "elsewhere" at the client, or not there at all."""
    return "elsewhere" if person in works else None


def _same_holder(seat_id: int, was: Holder, now: Holder) -> Iterator[Difference]:
    if was.acting != now.acting:
        yield Difference(What.ACTING, seat_id, now.person_id, was.acting, now.acting)
    if was.main != now.main:
        yield Difference(What.MAIN, seat_id, now.person_id, was.main, now.main)


def _unplaced(before: Chart, after: Chart) -> Iterator[Difference]:
    """People whose position nobody knows: they are so now, or have left the client."""
    was = {holder.person_id for holder in before.unplaced}
    now = {holder.person_id for holder in after.unplaced}
    for person in sorted(now - was):
        yield Difference(What.HOLDER, None, person, after="holds")
    for person in sorted(was - after.names.keys()):
        yield Difference(What.LEFT, None, person, "holds")


def _names(before: Chart, after: Chart, place: Mapping[int, int]) -> Iterator[Difference]:
    was, now = before.names, after.names
    for person in sorted(was.keys() & now.keys()):
        if was[person] != now[person]:
            yield Difference(What.NAME, place.get(person), person, was[person], now[person])


def _lines(before: Chart, after: Chart) -> Iterator[Difference]:
    was = {_line_key(line) for line in before.lines}
    now = {_line_key(line) for line in after.lines}
    for from_id, to_id, kind in sorted(now - was):
        yield Difference(What.LINE, from_id, after=to_id, detail=kind)
    for from_id, to_id, kind in sorted(was - now):
        yield Difference(What.LINE_GONE, from_id, before=to_id, detail=kind)


def _line_key(line: Line) -> tuple[int, int, str]:
    return line.from_id, line.to_id, line.kind.value


def _ties(before: Chart, after: Chart, place: Mapping[int, int]) -> Iterator[Difference]:
    was = {_tie_key(tie) for tie in before.ties}
    now = {_tie_key(tie) for tie in after.ties}
    for from_id, to_id, kind in sorted(now - was):
        yield Difference(What.TIE, place.get(from_id), from_id, after=to_id, detail=kind)
    for from_id, to_id, kind in sorted(was - now):
        yield Difference(What.TIE_GONE, place.get(from_id), from_id, before=to_id, detail=kind)


def _tie_key(tie: Tie) -> tuple[int, int, str]:
    return tie.from_id, tie.to_id, tie.kind.value


_NOTHING = Standing()


def _standings(before: Chart, after: Chart, place: Mapping[int, int]) -> Iterator[Difference]:
    for person in sorted({*before.standings, *after.standings}):
        was = before.standings.get(person, _NOTHING)
        now = after.standings.get(person, _NOTHING)
        seat = place.get(person)
        for role in [role for role in now.roles if role not in was.roles]:
            yield Difference(What.ROLE, seat, person, after=role.value)
        for role in [role for role in was.roles if role not in now.roles]:
            yield Difference(What.ROLE, seat, person, before=role.value)
        for aspect in (Aspect.ATTITUDE, Aspect.POWER, Aspect.ORIENTATION):
            old, new = _code(was, aspect), _code(now, aspect)
            if old != new:
                yield Difference(What(aspect.value), seat, person, old, new)


def _code(standing: Standing, aspect: Aspect) -> str | None:
    value: StrEnum | None = getattr(standing, aspect.value)
    return value.value if value else None
