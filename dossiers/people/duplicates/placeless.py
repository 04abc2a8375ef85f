"""After a merge nobody is left without a place on days on which their place is known."""

from collections import defaultdict

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from dossiers.facts.models import Change
from dossiers.facts.periods import Period
from dossiers.people.duplicates.rehoming import Row, believed_rows, cut
from dossiers.people.models import Employment


def drop_placeless(session: Session, change: Change, among: ColumnElement[bool]) -> None:
    """Where a place is known, no longer believe of these employments that it is not."""
    rows = believed_rows(session, Employment, among)
    placed: dict[tuple[int, int], list[Period]] = defaultdict(list)
    for row in rows:
        if row["position_id"] is not None:
            placed[_whom(row)].append(_days(row))
    away = {
        row["id"]: placed[_whom(row)]
        for row in rows
        if row["position_id"] is None
        and any(_days(row).meets(other) for other in placed[_whom(row)])
    }
    cut(session, change, Employment, [row for row in rows if row["id"] in away], away)


def _whom(row: Row) -> tuple[int, int]:
    return row["person_id"], row["client_id"]


def _days(row: Row) -> Period:
    return Period(row["valid_from"], row["valid_to"])
