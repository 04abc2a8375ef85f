"""Solid lines never form a circle, on any day."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.facts.models import ALWAYS, NEVER
from dossiers.facts.periods import Period
from dossiers.facts.writing import in_parts
from dossiers.people.models import SolidLine
from wiki.errors import Refusal

Stretch = tuple[int, Period]
Lines = Mapping[int, list[Stretch]]
"""For each position whom it reports to, and on which days."""


def check_no_cycle(session: Session, position_id: int, manager_id: int, period: Period) -> None:
    """Raise `Refusal` when the position would stand above its own manager on some day of `period`.

    Walks up level by level, so it costs as many statements as the chart is deep.
    """
    reached: list[Stretch] = [(manager_id, period)]
    seen: set[tuple[int, date, date]] = set()
    while reached:
        for ident, days in reached:
            if ident == position_id:
                raise _circle(days)
        lines = _lines_of(session, {ident for ident, _days in reached})
        reached = [step for step in _up(reached, lines) if _is_new(step, seen)]


def _is_new(step: Stretch, seen: set[tuple[int, date, date]]) -> bool:
    mark = (step[0], step[1].start, step[1].end)
    if mark in seen:
        return False
    seen.add(mark)
    return True


def _up(reached: Iterable[Stretch], lines: Lines) -> Iterable[Stretch]:
    for ident, days in reached:
        for manager, when in lines.get(ident, ()):
            if when.meets(days):
                yield manager, when.with_(days)


def _lines_of(session: Session, idents: Iterable[int]) -> Lines:
    found: dict[int, list[Stretch]] = {}
    columns = SolidLine.__table__.c
    wanted = (
        columns.from_position_id,
        columns.to_position_id,
        columns.valid_from,
        columns.valid_to,
    )
    for some in in_parts(idents):
        rows = session.connection().execute(
            select(*wanted).where(
                columns.superseded_at == NEVER, columns.from_position_id.in_(some)
            )
        )
        for from_id, to_id, start, end in rows:
            found.setdefault(from_id, []).append((to_id, Period(start, end)))
    return found


def check_whole_chart(session: Session, client_id: int) -> None:
    """Raise `Refusal` when any solid lines of the client form a circle on some day.

    For deeds that write many lines at once; looks at every line once for each stretch of days in
    which it can be a part of a circle.
    """
    columns = SolidLine.__table__.c
    rows = session.connection().execute(
        select(
            columns.from_position_id, columns.to_position_id, columns.valid_from, columns.valid_to
        ).where(columns.superseded_at == NEVER, columns.client_id == client_id)
    )
    lines: dict[int, list[Stretch]] = {}
    for from_id, to_id, start, end in rows:
        lines.setdefault(from_id, []).append((to_id, Period(start, end)))
    check_lines(lines)


def check_lines(lines: Lines) -> None:
    """Raise `Refusal` when these lines form a circle on some day.

    Cuts time at every day on which a line begins, and walks up each day's forest once.
    """
    starts = sorted({when.start for stretches in lines.values() for _to, when in stretches})
    for day in starts:
        _check_day(_managers_on(lines, day), day)


def _managers_on(lines: Lines, day: date) -> dict[int, int]:
    return {f: to for f, stretches in lines.items() for to, when in stretches if day in when}


def _check_day(managers: Mapping[int, int], day: date) -> None:
    clear: set[int] = set()
    for start in managers:
        path: dict[int, None] = {}
        ident: int | None = start
        while ident is not None and ident not in clear:
            if ident in path:
                raise _circle(Period(day))
            path[ident] = None
            ident = managers.get(ident)
        clear.update(path)


def _circle(days: Period) -> Refusal:
    if days.start == ALWAYS:
        return Refusal(
            "That would make a position report to itself through others, so nothing was changed. "
            "Move the manager first, or choose another one."
        )
    return Refusal(
        "From %(day)s on that would make a position report to itself through others, so nothing "
        "was changed. Move the manager first, or choose another one.",
        day=days.start.isoformat(),
    )
