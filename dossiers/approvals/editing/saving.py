"""Keeping what came out of the editor as a new version."""

from dataclasses import replace

from sqlalchemy.orm import Session

from dossiers.approvals.editing.disputes import dispute_of, taken
from dossiers.approvals.paths.queries import path_in
from dossiers.approvals.paths.services import Draft, Saved, save_version
from wiki.accounts.actor import Actor


def save_settled(
    session: Session,
    actor: Actor,
    client_id: int,
    path_id: int,
    draft: Draft,
    over: int,
    theirs: frozenset[tuple[str, str]],
) -> Saved:
    """A new version after somebody decided what two people disputed up to version `over`.

    Ours is taken wherever both changed the same, theirs in the places `theirs` (step and field).
    Raises `PathClash` when there is a newer version that changed the same again.
    """
    path = path_in(session, client_id, path_id)
    if path.newest == over:
        document = taken(dispute_of(session, path, draft), theirs)
        draft = replace(draft, document=document, base=over)
    return save_version(session, actor, client_id, path_id, draft)
