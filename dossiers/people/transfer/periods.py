"""How long the facts of an import hold: a file about an earlier day leaves later ones alone."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.facts.asking import believed
from dossiers.facts.models import FOREVER, Dated
from dossiers.facts.periods import Period
from dossiers.facts.writing import Fact
from dossiers.people.models import Employment, PersonName, PositionFact, SideLine, SolidLine
from dossiers.people.transfer.loading import next_whole_day
from dossiers.people.transfer.planning import Plan

_OF_POSITIONS = (PositionFact, SolidLine, SideLine, Employment)

_Key = tuple[Any, ...]
_Days = list[tuple[date, date]]


class Periods:
    """Cuts facts where something later is known.

    A fact ends on the next day for which something else is known of its key, and not later than
    the positions it hangs on. What is new, and was not in the next file that was taken for the
    whole chart, ends where that file begins.
    """

    def __init__(self, session: Session, client_id: int, plan: Plan) -> None:
        self._session, self._client_id = session, client_id
        self._day = plan.after.chart.day
        self._here = plan.before.seats.keys()
        self._whole = next_whole_day(session, client_id, self._day) or FOREVER
        self._known: dict[tuple[type[Dated], _Key], dict[_Key, date]] = {}
        self._stands = {key[0]: self._end(days) for key, days in self._rows_of_positions().items()}

    def of(self, table: type[Dated], fact: Fact) -> Period:
        """The days of the fact."""
        period = fact.period
        if period.end != FOREVER or table is PersonName:
            return period
        ends = [self._next(table, table.KEY, fact), *self._by_position(table, fact)]
        return Period(period.start, min(ends))

    def _by_position(self, table: type[Dated], fact: Fact) -> Iterator[date]:
        if table not in _OF_POSITIONS or fact.values is None:
            return
        for name, value in (*fact.key.items(), *fact.values.items()):
            if name in ("position_id", "from_position_id", "to_position_id"):
                yield self._end_of(value, table)
        if table is Employment and fact.key["position_id"] is not None:
            # Whoever is known to hold the position later holds it then.
            yield self._next(Employment, ("position_id",), fact, only_beginnings=True)

    def _end_of(self, position: int | None, table: type[Dated]) -> date:
        if position is None or position < 0:
            return self._whole
        if position in self._here:
            return FOREVER if table is PositionFact else self._stands.get(position, FOREVER)
        return self._next(PositionFact, ("position_id",), Fact({"position_id": position}, None))

    def _next(
        self, table: type[Dated], names: tuple[str, ...], fact: Fact, only_beginnings: bool = False
    ) -> date:
        if (table, names) not in self._known:
            self._known[table, names] = self._later(table, names, only_beginnings)
        key = tuple(fact.key[name] for name in names)
        return self._known[table, names].get(key, FOREVER)

    def _later(
        self, table: type[Dated], names: tuple[str, ...], only_beginnings: bool
    ) -> dict[_Key, date]:
        """For each key the first day after that of the file on which it begins or ends."""
        found: dict[_Key, date] = {}
        for key, days in self._rows(table, names).items():
            edges = [edge for start, end in days for edge in (start, end)[: 2 - only_beginnings]]
            found[key] = min((edge for edge in edges if edge > self._day), default=FOREVER)
        return found

    def _rows_of_positions(self) -> dict[_Key, _Days]:
        return self._rows(PositionFact, ("position_id",))

    def _rows(self, table: type[Dated], names: tuple[str, ...]) -> dict[_Key, _Days]:
        columns = [getattr(table, name) for name in names]
        wanted = select(*columns, table.valid_from, table.valid_to).where(
            table.client_id == self._client_id, believed(table), table.valid_to > self._day
        )
        found: dict[_Key, _Days] = defaultdict(list)
        for row in self._session.execute(wanted.order_by(table.valid_from)):
            found[tuple(row[:-2])].append((row[-2], row[-1]))
        return found

    def _end(self, days: _Days) -> date:
        """The day on which a position that is here now goes, as far as is known."""
        end = self._day
        for start, last in days:
            if start > end:
                break
            end = max(end, last)
        return end
