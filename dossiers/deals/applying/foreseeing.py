"""What writing records would do, without doing it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from dossiers.deals.applying.naming import Names
from dossiers.deals.applying.states import states_of
from dossiers.deals.applying.values import said_values
from dossiers.deals.applying.writing import AT_ONCE, Counts
from dossiers.deals.record import DealRecord
from dossiers.facts.writing import in_parts
from wiki import clock


def foresee_records(
    session: Session, names: Names, records: Iterable[DealRecord], anew: bool = False
) -> Counts:
    """The counts that `apply_records` would give now; nothing is written."""
    counts = Counts()
    for some in in_parts(records, AT_ONCE):
        counts.add(_foreseen(session, names, some, anew))
    return counts


def _foreseen(session: Session, names: Names, records: list[DealRecord], anew: bool) -> Counts:
    states, now = states_of(session, names, [r.external_id for r in records]), clock.now()
    for record in records:
        states[record.external_id].join(record, said_values(record), now, anew)
    new = sum(state.is_new for state in states.values())
    changed = sum(bool(not state.is_new and state.difference()) for state in states.values())
    return Counts(new, changed, len(records) - new - changed)
