"""What becomes of positions that the file does not tell of, and of people who lost theirs."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from dossiers.people.chart.compare import manager_of
from dossiers.people.chart.snapshot import Chart, Holder, Seat
from dossiers.people.transfer.assembling import Draft
from dossiers.people.transfer.entries import Refused
from dossiers.people.transfer.linking import Register
from dossiers.people.transfer.posts import Sorted
from wiki.rendering.titles import fold_title


class Absent(StrEnum):
    """What becomes of positions of the chart that are not in the file."""

    LEAVE = "leave"
    END = "end"


def told_of(found: Sorted, chart: Chart, register: Register) -> set[int]:
    """The positions of the chart that the file tells of, also in rows that are refused."""
    told = {post.seat_id for post in found.posts}
    told |= {post.manager for post in found.posts if isinstance(post.manager, int)}
    mentioned = _Mentioned(found.mentioned, register)
    return {ident for ident, seat in chart.seats.items() if ident in told or seat in mentioned}


class _Mentioned:
    """Positions of refused rows: by number, else whatever has that title or holder."""

    def __init__(self, refused: Iterable[Refused], register: Register) -> None:
        rows = list(refused)
        self._idents = {register.with_code(row.position) for row in rows if row.position}
        bare = [row for row in rows if not row.position]
        self._titles = {fold_title(row.title) for row in bare if row.title}
        self._names = {fold_title(row.name) for row in bare if row.name}

    def __contains__(self, seat: Seat) -> bool:
        if seat.id in self._idents or fold_title(seat.title) in self._titles:
            return True
        return any(fold_title(holder.name) in self._names for holder in seat.holders)


def end_absent(draft: Draft, told: set[int]) -> None:
    """End the positions that the file does not tell of; what stays below goes one level up."""
    before = draft.ground.chart
    gone = before.seats.keys() - told
    for ident in gone:
        del draft.seats[ident]
    for seat in list(draft.seats.values()):
        if seat.manager_id in gone:
            above = _next_above(before, seat.manager_id, gone)
            draft.seats[seat.id] = replace(seat, manager_id=above)


def _next_above(chart: Chart, ident: int | None, gone: set[int]) -> int | None:
    seen: set[int] = set()
    while ident is not None and ident in gone and ident not in seen:
        seen.add(ident)
        ident = manager_of(chart, chart.seats[ident])
    return None if ident in gone else ident


def keep_people(draft: Draft) -> None:
    """Whoever lost a position stays at the client, and where is not known."""
    before = draft.ground.chart
    placed = {holder.person_id for seat in draft.seats.values() for holder in seat.holders}
    for seat in before.seats.values():
        for holder in seat.holders:
            if holder.person_id not in placed and holder.person_id not in draft.unplaced:
                known = replace(holder.known, since=draft.day)
                draft.unplaced[holder.person_id] = Holder(
                    holder.person_id, holder.name, True, False, known
                )


def share_told(told: set[int], chart: Chart) -> float:
    """How much of the chart the file tells of; 0 for an empty chart."""
    return len(told) / len(chart.seats) if chart.seats else 0.0
