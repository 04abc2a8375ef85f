"""What a removed position means to paths: which need it, and what they do without it."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalPath, PathPosition, PathVersion
from dossiers.approvals.paths.belonging import check_belongs
from dossiers.approvals.paths.merge import merge
from dossiers.approvals.paths.queries import newest_version, version_numbered
from dossiers.approvals.paths.replacing import replaced
from dossiers.approvals.paths.services import Draft, add_version
from dossiers.clients.queries import dossier_ids
from dossiers.facts.models import Change
from dossiers.facts.writing import in_parts
from dossiers.people.editing.aftermath import follow, is_in_force
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.positions import REMOVED
from dossiers.people.editing.uses import Use, User, know_user
from wiki.accounts.actor import Actor
from wiki.errors import Clash
from wiki.outbox import changed_many


def init() -> None:
    """Let removals of positions ask what acts in their place, and be taken back whole."""
    know_user("paths", User(path_uses, replace_in_paths, index_renamed))
    follow(REMOVED, put_back)


def path_uses(session: Session, client_id: int, positions: Collection[int]) -> list[Use]:
    """Which paths of the dossier, outside of the archive, go through these positions."""
    wanted = (
        select(ApprovalPath.id, ApprovalPath.subject, PathPosition.position_id)
        .join(ApprovalPath, ApprovalPath.id == PathPosition.path_id)
        .where(ApprovalPath.client_id.in_(dossier_ids(client_id)), ApprovalPath.archived.is_(False))
        .group_by(
            ApprovalPath.id,
            ApprovalPath.subject,
            ApprovalPath.subject_folded,
            PathPosition.position_id,
        )
        .order_by(ApprovalPath.subject_folded, ApprovalPath.id, PathPosition.position_id)
    )
    return [
        Use(position, subject, f"/clients/{client_id}/paths/{ident}")
        for some in in_parts(positions)
        for ident, subject, position in session.execute(
            wanted.where(PathPosition.position_id.in_(some))
        )
    ]


def replace_in_paths(pen: Pen, change: Change, gone: Collection[int], instead: int | None) -> None:
    """A new version of every path of the dossier that goes through what is gone."""
    for path in _paths_with(pen.session, pen.client.id, gone):
        newest = newest_version(pen.session, path)
        document = replaced(newest.document, gone, instead)
        since = max(pen.day, newest.row.valid_from)
        add_version(pen.session, pen.actor, change, path, Draft(document, path.newest, since))


def _paths_with(
    session: Session, client_id: int, positions: Collection[int]
) -> Sequence[ApprovalPath]:
    idents = {
        ident
        for some in in_parts(positions)
        for ident in session.scalars(
            select(PathPosition.path_id).where(PathPosition.position_id.in_(some))
        )
    }
    wanted = select(ApprovalPath).where(
        ApprovalPath.id.in_(idents),
        ApprovalPath.client_id.in_(dossier_ids(client_id)),
        ApprovalPath.archived.is_(False),
    )
    return session.scalars(wanted.order_by(ApprovalPath.id)).all()


def put_back(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """When a removal is taken back, its positions act again; done again, they do not."""
    made = select(PathVersion).where(PathVersion.change_id == first.id).order_by(PathVersion.id)
    for version in session.scalars(made).all():
        _put_back(session, actor, version, undo)


def _put_back(session: Session, actor: Actor, made: PathVersion, undo: Change) -> None:
    """Join what the removal did, or its opposite, with what others did to the path since."""
    path = session.get_one(ApprovalPath, made.path_id)
    check_belongs(session, undo.client_id, path.client_id)
    without = version_numbered(session, path.id, made.number)
    within = version_numbered(session, path.id, made.number - 1)
    before, after = (within, without) if is_in_force(session, undo) else (without, within)
    newest = newest_version(session, path)
    joined = merge(before.document, after.document, newest.document)
    if joined.disputed:
        raise Clash(
            "The steps of the path «%(path)s» at which this position acted were changed since, so "
            "this cannot be taken back by itself. Nothing was changed. Change those steps first.",
            path=path.subject,
        )
    is_same = joined.document == after.document
    since = after.row.valid_from if is_same else newest.row.valid_from
    draft = Draft(joined.document, path.newest, since)
    add_version(session, actor, undo, path, draft, after.row.number if is_same else None)


def index_renamed(session: Session, positions: Sequence[int]) -> None:
    """Paths are found by the titles of those who act in them."""
    for some in in_parts(positions):
        wanted = select(PathPosition.path_id).where(PathPosition.position_id.in_(some))
        changed_many(session, "path", sorted(set(session.scalars(wanted))))
