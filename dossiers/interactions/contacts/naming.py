"""The people whose names somebody typed; who is not in the dossier yet is written down."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.approvals.runs.evidence import person_typed
from dossiers.clients.queries import dossier_ids
from dossiers.facts.models import NEVER
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.persons import person_called
from dossiers.people.models import Employment, Person
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title


def people_typed(
    session: Session, actor: Actor, client_id: int, names: Sequence[str], may_add: bool
) -> list[int]:
    """The numbers of these people. Raises `Refusal` for a name that is not one person's here.

    With `may_add` a name that nobody has becomes a person of the client, which is a deed of its
    own; one that two people share is refused all the same.
    """
    return [_person(session, actor, client_id, name, may_add) for name in names]


def _person(session: Session, actor: Actor, client_id: int, name: str, may_add: bool) -> int:
    try:
        found = person_typed(session, client_id, name)
    except Refusal:
        if not may_add or _is_shared(session, client_id, name):
            raise
        found = None
    return found or person_called(open_dossier(session, actor, client_id), name).id


def _is_shared(session: Session, client_id: int, name: str) -> bool:
    works = select(Employment.person_id).where(
        Employment.client_id.in_(dossier_ids(client_id)), Employment.superseded_at == NEVER
    )
    named = select(func.count(Person.id)).where(
        Person.id.in_(works),
        Person.merged_into_id.is_(None),
        Person.name_folded == fold_title(name)[:250],
    )
    return (session.scalar(named) or 0) > 1
