"""The people whose names somebody typed; who is not in the dossier yet is written down."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from dossiers.approvals.runs.evidence import person_typed
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.persons import person_called
from wiki.accounts.actor import Actor
from wiki.errors import Refusal


def people_typed(
    session: Session, actor: Actor, client_id: int, names: Sequence[str], may_add: bool
) -> list[int]:
    """The numbers of these people. Raises `Refusal` for a name that is not one person's here.

    With `may_add` such a name becomes a person of the client, which is a deed of its own.
    """
    return [_person(session, actor, client_id, name, may_add) for name in names]


def _person(session: Session, actor: Actor, client_id: int, name: str, may_add: bool) -> int:
    try:
        found = person_typed(session, client_id, name)
    except Refusal:
        if not may_add:
            raise
        found = None
    return found or person_called(open_dossier(session, actor, client_id), name).id
