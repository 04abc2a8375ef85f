"""Applying records in bulk: a constant number of statements for each few hundred of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from dossiers.deals.applying.naming import Names
from dossiers.deals.applying.stages import Seen, stages_said, write_stages
from dossiers.deals.applying.states import State, states_of, write_states
from dossiers.deals.applying.values import said_values
from dossiers.deals.discounts.renewing import renew_figures
from dossiers.deals.models import DealChange
from dossiers.deals.record import DealRecord
from dossiers.facts.writing import in_parts
from wiki import clock
from wiki.outbox import changed_many

AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Written:
    """By whom and by which load records are written; both may be nobody.

    `anew` lets what is read now hold against what the same state of a deal was read as before.
    """

    actor_id: int | None = None
    load_id: int | None = None
    anew: bool = False


@dataclass
class Counts:
    """What became of records: new deals, changed ones, and those that said nothing new."""

    created: int = 0
    changed: int = 0
    same: int = 0

    def add(self, other: "Counts") -> None:
        """Count these, too."""
        self.created += other.created
        self.changed += other.changed
        self.same += other.same


def apply_records(
    session: Session, names: Names, records: Iterable[DealRecord], by: Written
) -> Counts:
    """Write what these records say; the same records again, in any order, change nothing."""
    counts = Counts()
    for some in in_parts(records, AT_ONCE):
        counts.add(_apply_some(session, names, some, by))
    return counts


def _apply_some(
    session: Session, names: Names, records: Sequence[DealRecord], by: Written
) -> Counts:
    names.learn(session, records)
    now = clock.now()
    states = states_of(session, names, [record.external_id for record in records], locked=True)
    stages: list[tuple[State, list[Seen]]] = []
    for record in records:
        state = states[record.external_id]
        changed = state.join(record, said_values(record), now, by.anew)
        stages.append((state, stages_said(record, "stage" in changed, now)))
    touched = [state for state in states.values() if state.is_touched]
    told = {s.id: fields for s in touched if not s.is_new and (fields := s.difference())}
    write_states(session, names, touched, told.keys(), now)
    write_stages(session, stages)
    renew_figures(session, [state.known_id for state in touched])
    _tell(session, told, by, now)
    changed_many(session, "deal", [state.known_id for state in touched])
    new = sum(state.is_new for state in states.values())
    return Counts(new, len(told), len(records) - new - len(told))


def _tell(
    session: Session, told: Mapping[int | None, dict[str, Any]], by: Written, now: datetime
) -> None:
    """Keep what changed in deals that were known before."""
    own = {"at": now, "actor_id": by.actor_id, "load_id": by.load_id}
    rows = [{**own, "deal_id": ident, "fields": fields} for ident, fields in told.items()]
    if rows:
        session.execute(insert(DealChange), rows)
