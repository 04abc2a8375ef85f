"""The stage history: as the source has it, or as we saw it change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from dossiers.deals.applying.states import State
from dossiers.deals.kinds import Origin
from dossiers.deals.models import DealStage
from dossiers.deals.record import DealRecord, StageSince
from wiki.upserts import insert_into

Seen = tuple[StageSince, Origin]


def stages_said(record: DealRecord, changed: bool, now: datetime) -> list[Seen]:
    """Where the deal was when, as the record tells or lets us see.

    A record that says when it was updated is an observation of its stage at that moment, also
    when it comes late; one that does not is one only when the stage is another than before.
    """
    if record.stages or "stage" not in record.said or not record.stage:
        return [(one, Origin.SOURCE) for one in record.stages]
    if record.updated_at is None and not changed:
        return []
    return [(StageSince(record.stage, record.updated_at or now, record.kind), Origin.SEEN)]


def write_stages(session: Session, said: Iterable[tuple[State, Sequence[Seen]]]) -> None:
    """Add what is not known yet."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for state, stages in said:
        for one, origin in stages:
            row = {"deal_id": state.known_id, "stage": one.stage, "kind": one.kind, "at": one.at}
            rows[(state.known_id, one.at, one.stage)] = {**row, "origin": origin}
    if rows:
        statement = insert_into(session, DealStage).on_conflict_do_nothing(
            index_elements=["deal_id", "at", "stage"]
        )
        session.execute(statement, list(rows.values()))
