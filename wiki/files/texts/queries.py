"""How the reading of files stands."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.files.texts.models import FileText, State


def count_by_state(session: Session) -> dict[State, int]:
    """How many contents wait, were read, could not be read."""
    rows = session.execute(select(FileText.state, func.count()).group_by(FileText.state))
    return {State(state): number for state, number in rows}
